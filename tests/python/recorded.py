"""The recorded exchanges of our operations, as calls."""

import json
import re
import urllib.parse

from faces import PART

OPERATIONS = {
    ("POST", "/organizations/organization/disks"): "create_disk",
    ("GET", "/disks/disk"): "get_disk",
    ("PATCH", "/disks/disk"): "update_disk",
    ("DELETE", "/disks/disk"): "delete_disk",
    ("POST", "/disks/disk/assign"): "assign_disk",
    ("POST", "/disks/disk/unassign"): "unassign_disk",
    ("POST", "/disks/disk/attach"): "attach_disk",
    ("POST", "/disks/disk/detach"): "detach_disk",
    ("PUT", "/disks/disk/resize"): "resize_disk",
    ("PUT", "/disks/disk/io_profile"): "set_disk_io_profile",
}
# For replay.py --only: the exchanges of these operations and no others.
PATHS = "|".join(f"{method} /core/v1{path}" for method, path in OPERATIONS)
ONLY = rf"^({PATHS}|GET /core/v1/tasks/[^/]+)$"


class Exchange:
    def __init__(self, line):
        self.status, self.text = line["status"], line["response_body"]
        self.body = json.loads(self.text)
        headers = {key.lower(): value for key, value in line["response_headers"].items()}
        self.request_id = headers.get("x-request-id")
        path = urllib.parse.unquote(line["path"]).removeprefix("/core/v1")
        query, body = dict(line["query"]), line["request_body"]
        task = re.fullmatch(r"/tasks/([^/]+)", path)
        if task and line["method"] == "GET":
            self.operation = "get_task"
            # Old clients wrote the id as a part of the path.
            self.arguments = {"task_id": query.get("task[id]", task[1])}
            return
        self.operation = OPERATIONS.get((line["method"], path))
        self.arguments = {"disk_id": query["disk[id]"]} if self.operation == "get_disk" else flat(body or {})

    def result(self):
        """What to_dict() must give."""
        part = PART.get(self.operation)
        return self.body[part] if part else self.body


def flat(body):
    """A request body as Python's arguments."""
    given = dict(body)
    if "disk" in given:
        given["disk_id"] = given.pop("disk")["id"]
    given.update(given.pop("properties", {}))
    given.update(given.pop("virtual_machine_disk", {}))
    if "annotations" in given:
        given["annotations"] = {item["key"]: item["value"] for item in given["annotations"]}
    if "resize_method" in given:
        given["method"] = given.pop("resize_method")
    return given


def read(files):
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            exchange = Exchange(json.loads(line))
            if exchange.operation:
                yield exchange
