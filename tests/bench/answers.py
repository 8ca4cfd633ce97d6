"""What the server answers: one disk, one detach, two errors, and 500 pages of 200 disks.

All ids, names and values are made up; the fields are those of the simulator, and so is which of them a list has.
"""

import json
import random

PAGES = 500
PER_PAGE = 200

DISK_ID = "disk_Tn4LqX8bVw2KzYd6"
MISSING_DISK_ID = "disk_Missing000000000"
FAILING_DISK_ID = "disk_Failing000000000"

DISK = {
    "id": DISK_ID,
    "name": "postgres-data-eu-primary-0001-vo",
    "size_in_gb": 40,
    "wwn": "3f9a61c07d52e8b4",
    "state": "built",
    "created_at": 1781236800,
    "storage_speed": "nvme",
    "io_profile": {
        "id": "diop_h7RmZs3QfJc9WtNe",
        "name": "Unrestricted",
        "permalink": "unrestricted",
        "speed_in_mb": None,
        "iops": None,
    },
    "bus_type": "virtio",
    "data_center": {"id": "loc_kE5vPy1XoGu8DbMa", "name": "Shetland", "permalink": "uk-she-01"},
    "virtual_machine_disk": None,
    "installation": None,
}
TASK = {
    "id": "task_Bq6HnFs0RjYw3CvT",
    "name": "Detach disk from virtual machine",
    "status": "pending",
    "created_at": 1781236801,
    "started_at": None,
    "finished_at": None,
    "progress": 0,
}


def compact(value):
    """JSON as the service writes it: without blanks."""
    return json.dumps(value, separators=(",", ":"))


def error(code, description):
    return compact({"error": {"code": code, "description": description, "detail": {}}})


GET = compact({"disk": DISK, "annotations": []})
DETACH = compact({"disk": DISK, "task": TASK})
MISSING = error("disk_not_found", "No disk was found matching any of the criteria provided in the arguments")
FAILING = error("internal_server_error", "An unexpected error occurred")


def configuration(root):
    """The locations for nginx. `root` is the directory with the pages."""
    return f"""
location = /core/v1/disks/disk {{
    if ($args ~ {MISSING_DISK_ID}) {{ return 404 '{MISSING}'; }}
    if ($args ~ {FAILING_DISK_ID}) {{ return 500 '{FAILING}'; }}
    return 200 '{GET}';
}}
location = /core/v1/disks/disk/detach {{
    return 200 '{DETACH}';
}}
location = /core/v1/organizations/organization/disks {{
    root {root};
    try_files /$arg_page.json =400;
}}
location = /connections {{
    stub_status;
}}
"""


def write_pages(directory, pages=PAGES):
    """Writes the list, a file for each page; the same bytes in every run."""
    chance = random.Random(20260)
    for page in range(1, pages + 1):
        pagination = {
            "current_page": page,
            "total_pages": pages,
            "total": pages * PER_PAGE,
            "per_page": PER_PAGE,
            "large_set": False,
        }
        first = (page - 1) * PER_PAGE
        disks = [list_item(chance, first + index) for index in range(PER_PAGE)]
        (directory / f"{page}.json").write_text(compact({"pagination": pagination, "disk": disks}))


def list_item(chance, number):
    assigned = chance.random() < 0.8
    machine = {"id": identifier(chance, "vm"), "fqdn": f"node-{number // 4}.shetland.example"}
    return {
        "id": identifier(chance, "disk"),
        "name": f"data-{number:06}",
        "size_in_gb": chance.choice([10, 20, 40, 80, 160, 500, 1000]),
        "wwn": f"{chance.getrandbits(64):016x}",
        "state": "built",
        "virtual_machine_disk": {"virtual_machine": machine} if assigned else None,
    }


def identifier(chance, prefix):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return prefix + "_" + "".join(chance.choices(letters, k=16))
