"""What the services answer, with fields that no version knows."""

DISK_ID = "disk_Py1Th2On3Ob4Je5C"
SECRET = "correct-horse-battery"
DISK = {
    "id": DISK_ID,
    "name": "Data",
    "size_in_gb": 40,
    "wwn": "0a1b2c3d4e5f6071",
    "state": "built",
    "created_at": 1780000000,
    "storage_speed": "nvme",
    "io_profile": {"id": "diop_x", "name": "Fast", "permalink": "fast", "speed_in_mb": 400, "iops": None},
    "bus_type": "virtio",
    "data_center": {"id": "dc_Py1Th2On3Ob4Je5Cx", "name": "Texel", "permalink": "nl-tex-01"},
    "virtual_machine_disk": {
        "virtual_machine": {"id": "vm_Py1Th2On3Ob4Je5C", "fqdn": "web1.acme.example"},
        "attach_on_boot": True,
        "boot": False,
        "state": "attached",
    },
    "installation": {
        "id": "dinst_Py1Th2On3Ob4Je5C",
        "disk_template_version": {"number": 7, "stable": True, "disk_template": {"id": "dtpl_x", "name": "Debian 12"}},
        "attributes": [
            {"key": "hostname", "label": "Hostname", "value": "web1", "description": None, "protect": False},
            {"key": "root_password", "label": "Root password", "value": SECRET, "description": None, "protect": True},
        ],
    },
    "future": {"field": [1, None]},
}
TASK = {
    "id": "task_Py1Th2On3Ob4Je5C",
    "name": "Build disk",
    "status": "running",
    "created_at": 1780000001,
    "started_at": 1780000002,
    "finished_at": None,
    "progress": 37,
    "future": "x",
}
TRASH_OBJECT = {
    "id": "trsh_Py1Th2On3Ob4Je5C",
    "keep_until": 1780172800,
    "object_id": DISK_ID,
    "object_type": "Disk",
    "future": "x",
}
COUNTRY = {"id": "ctry_Py1Th2On3Ob4Je5C", "name": "Netherlands", "iso_code2": "NL"}
DATA_CENTER = {"id": "dc_Py1Th2On3Ob4Je5Cx", "name": "Texel", "permalink": "nl-tex-01", "country": COUNTRY}
ZONE = {"id": "zone_Py1Th2On3Ob4Je5C", "name": "Texel 1", "permalink": None, "data_center": DATA_CENTER, "future": "x"}
MACHINE_SUMMARY = {
    "id": "vm_Py1Th2On3Ob4Je5C",
    "name": "Web",
    "hostname": "web1",
    "fqdn": "web1.acme.example",
    "created_at": 1780000004,
    "zone": ZONE,
    "package": {"name": "rock-3"},
}
MACHINE = {
    **MACHINE_SUMMARY,
    "description": None,
    "initial_root_password": SECRET,
    "state": "started",
    "suspended": False,
    "cpu_cores": 2,
    "memory_in_gb": 4,
}
TEMPLATE = {
    "id": "dtpl_Py1Th2On3Ob4Je5C",
    "name": "Debian 12",
    "description": None,
    "permalink": "debian-12",
    "universal": True,
    "size_in_gb": 10,
    "latest_version": {"id": "dtplv_Py1Th2On3Ob4Je5", "number": 7},
    "operating_system": {"id": "os_Py1Th2On3Ob4Je5C", "name": "Debian"},
    "future": "x",
}
VERSION = {"id": "dtplv_Py1Th2On3Ob4Je5", "number": 7, "stable": True, "size_in_gb": 10, "disk_template": TEMPLATE}
FIELD = {
    "name": "hostname",
    "type": "Text",
    "label": "Hostname",
    "description": None,
    "required": True,
    "placeholder": "web1",
    "prefill": "from-here",
    "future": "x",
}
SPEC = {"disk_template_version": VERSION, "spec": {"fields": [FIELD, {"name": "new", "type": "Colour"}], "future": "x"}}
SCHEDULE = {
    "interval": "daily",
    "frequency": 1,
    "minute": 30,
    "time": 3,
    "next_invocation_at": 1780000005,
    "future": "x",
}
POLICY = {
    "id": "dbpol_Py1Th2On3Ob4Je5",
    "retention": 7,
    "total_size": 1.5,
    "target": {"target": {"id": DISK_ID, "name": "Data", "size_in_gb": 40}, "future": "x"},
    "schedule": SCHEDULE,
    "auto_move_to_trash_at": 1780000006,
    "future": "x",
}
ANNOTATIONS = [{"key": "team", "value": "storage"}]
# As of a microversion between 2.79 and 2.88.
ATTACHMENT = {
    "device": "/dev/vdb",
    "id": "2f1c7e1b-0f0e-4b6a-9a0e-6d1d3f6b5a11",
    "serverId": "6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02",
    "volumeId": "2f1c7e1b-0f0e-4b6a-9a0e-6d1d3f6b5a11",
    "tag": None,
    "delete_on_termination": False,
    "future": [1, None],
}
