"""The recorded exchanges with the real service, as calls."""

import json
import re
import urllib.parse

from documented import ARGUMENTS
from table import TABLE, paths_of

def paths():
    """What a method and a path mean."""
    for name, operation in TABLE.items():
        if operation.request and not operation.polls:
            for _, path in paths_of(operation):
                method, path = path.request
                yield (method, path.removeprefix("/core/v1")), name


OPERATIONS = dict(paths())
RENAMED = {"resize_method": "method", "per_page": "page_size"}


class Exchange:
    def __init__(self, line):
        self.line = line
        self.status, self.text = line["status"], line["response_body"]
        self.body = json.loads(self.text)
        headers = {key.lower(): value for key, value in line["response_headers"].items()}
        self.request_id = headers.get("x-request-id")
        self.operation = OPERATIONS[line["method"], documented(line["path"])]
        self.arguments = arguments(self.operation, line)

    def result(self):
        """What to_dict() must give, of a list for every item."""
        part = TABLE[self.operation].part
        return self.body[part] if part else self.body


def documented(path):
    """The path as the document has it, whatever an old client wrote into the segment that names the object."""
    segments = urllib.parse.unquote(path).removeprefix("/core/v1/").split("/")
    if len(segments) > 1:
        segments[1] = segments[0].removesuffix("s")
    return "/" + "/".join(segments)


def arguments(operation, line):
    """A request as Python's arguments. Old clients sent a lookup in the path, or in the query of a DELETE."""
    path, given = urllib.parse.unquote(line["path"]), {}
    in_path = re.fullmatch(r"/core/v1/tasks/(task_[^/]+)", path)
    if in_path:
        given["task"] = {"id": in_path[1]}
    for key, value in line["query"]:
        lookup = re.fullmatch(r"(\w+)\[(\w+)\]", key)
        assert key not in given and (not lookup or lookup[1] not in given), f"{key} comes twice in {line}"
        if lookup:
            given[lookup[1]] = {lookup[2]: value}
        elif key == "page":
            # One exchange is one page, and the first.
            assert value == "1" and json.loads(line["response_body"])["pagination"]["total_pages"] <= 1
        else:
            given[key] = json.loads(value)
    given.update(flat(line["request_body"] or {}))
    given = {RENAMED.get(name, name): value for name, value in given.items()}
    for name in ("disk", "task"):
        if f"{name}_id" in ARGUMENTS[operation]:
            given[f"{name}_id"] = given.pop(name)["id"]
    if "page_size" in ARGUMENTS[operation]:
        # Where a client did not say how large a page is, neither do we.
        given.setdefault("page_size", None)
    return given


def flat(body):
    """A request body without its inner objects of properties."""
    given = dict(body)
    given.update(given.pop("properties", {}))
    given.update(given.pop("virtual_machine_disk", {}))
    if "annotations" in given:
        given["annotations"] = {item["key"]: item["value"] for item in given["annotations"]}
    return given


def read(files):
    """All exchanges; one of another operation than ours is a KeyError."""
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield Exchange(json.loads(line))
