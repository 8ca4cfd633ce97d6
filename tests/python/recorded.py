"""The recorded exchanges of our operations, as calls."""

import json
import re
import urllib.parse

OPERATIONS = {
    ("POST", "/organizations/organization/disks"): "create_disk",
    ("GET", "/disks/disk"): "get_disk",
    ("PATCH", "/disks/disk"): "update_disk",
    ("POST", "/disks/disk/detach"): "detach_disk",
}
# For replay.py --only: the exchanges of these operations and no others.
ONLY = (
    r"^(POST /core/v1/organizations/organization/disks"
    r"|(GET|PATCH) /core/v1/disks/disk"
    r"|POST /core/v1/disks/disk/detach"
    r"|GET /core/v1/tasks/[^/]+)$"
)


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
        if self.operation == "get_disk":
            self.arguments = {"disk_id": query["disk[id]"]}
        elif self.operation == "detach_disk":
            self.arguments = {"disk_id": body["disk"]["id"]}
        elif self.operation == "update_disk":
            self.arguments = {"disk_id": body["disk"]["id"], **properties(body)}
        elif self.operation == "create_disk":
            self.arguments = {"organization": body["organization"], **properties(body)}

    def result(self):
        """What to_dict() must give."""
        inside = {"get_disk": "disk", "update_disk": "disk", "get_task": "task"}.get(self.operation)
        return self.body[inside] if inside else self.body


def properties(body):
    flat = dict(body["properties"])
    flat.update(flat.pop("virtual_machine_disk", {}))
    if "annotations" in body:
        flat["annotations"] = {item["key"]: item["value"] for item in body["annotations"]}
    return flat


def read(files):
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            exchange = Exchange(json.loads(line))
            if exchange.operation:
                yield exchange
