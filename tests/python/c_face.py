"""The C face: tests/c/driver.c, which makes one call of the library per line."""

import json

from faces import Driver, Outcome
from places import C_DRIVER, built

PROPERTIES = (
    "name",
    "size_in_gb",
    "data_center",
    "io_profile",
    "bus_type",
    "initial_file_system",
    "storage_speed",
)
RELATION = ("virtual_machine", "boot", "attach_on_boot", "attach")
# What a reply holds beside the object that Python's to_dict() gives.
INSIDE = {"get_disk": "disk", "update_disk": "disk", "get_task": "task", "wait_task": "task"}


def request_body(arguments):
    """Python's arguments in the form of the API's own request body."""
    given = {name: value for name, value in arguments.items() if value is not None}
    properties = {name: given[name] for name in PROPERTIES if name in given}
    relation = {name: given[name] for name in RELATION if name in given}
    if relation:
        properties["virtual_machine_disk"] = relation
    body = {"properties": properties}
    if "organization" in given:
        body["organization"] = given["organization"]
    if "annotations" in given:
        annotations = given["annotations"]
        if isinstance(annotations, dict):
            annotations = [{"key": key, "value": value} for key, value in annotations.items()]
        body["annotations"] = annotations
    return body


def field(value):
    """One field of a command line; bytes go as they are."""
    if value is None:
        return b"\\N"
    if isinstance(value, str):
        value = value.encode()
    return value.replace(b"\\", b"\\\\").replace(b"\t", b"\\t").replace(b"\n", b"\\n")


def unfield(text):
    if text == b"\\N":
        return None
    out, i = bytearray(), 0
    escapes = {ord("t"): b"\t", ord("n"): b"\n", ord("\\"): b"\\"}
    while i < len(text):
        if text[i] == ord("\\"):
            out += escapes[text[i + 1]]
            i += 2
        else:
            out.append(text[i])
            i += 1
    return out.decode()


def command_line(*fields):
    return b"\t".join(field(value) for value in fields)


class CFace:
    name = "c"

    def __init__(self, prefix=()):
        self.driver = Driver([*prefix, str(built(C_DRIVER))])
        self.current = {}

    @property
    def pid(self):
        return self.driver.process.pid

    def send(self, *fields):
        """One command; its answer as a list: status name, reply or None, and what a command adds."""
        return [unfield(part) for part in self.driver.ask(command_line(*fields)).split(b"\t")]

    def use(self, command, options):
        """Makes the client, unless it is there already; the error if it cannot be made."""
        key = json.dumps(options, sort_keys=True)
        if self.current.get(command) == key and self.driver.process is not None:
            return None
        self.current.pop(command, None)
        status, reply = self.send(command, json.dumps(options))
        if status != "ok":
            return failure(status, reply)
        assert reply is None, f"{command} must set the reply to NULL on success, not {reply!r}"
        self.current[command] = key
        return None

    def call(self, options, operation, arguments):
        openstack = operation == "openstack_detach_volume"
        failed = self.use("openstack_client_new" if openstack else "client_new", options)
        if failed:
            return failed
        status, reply, *_ = self.send(*self.fields(operation, arguments))
        if status != "ok":
            return failure(status, reply)
        value = json.loads(reply)
        return Outcome(value=value[INSIDE[operation]] if operation in INSIDE else value, raw=reply)

    @staticmethod
    def fields(operation, arguments):
        if operation == "create_disk":
            return "disk_create", json.dumps(request_body(arguments))
        if operation == "update_disk":
            return "disk_update", arguments["disk_id"], json.dumps(request_body(arguments))
        if operation == "wait_task":
            timeout = arguments.get("timeout")
            return "task_wait", arguments["task_id"], "inf" if timeout is None else repr(timeout), "none"
        if operation == "openstack_detach_volume":
            return "openstack_volume_detach", arguments["server_id"], arguments["volume_id"]
        command = {"get_disk": "disk_get", "detach_disk": "disk_detach", "get_task": "task_get"}[operation]
        return command, arguments["task_id" if operation == "get_task" else "disk_id"]

    def close(self):
        assert self.driver.stop() == 0, "katapult-c-driver did not end well"


def failure(status, reply):
    error = json.loads(reply)
    assert error["status"] == status, f"the reply says {error['status']}, the return value {status}"
    assert set(error) == {"status", "code", "description", "detail", "http_status", "request_id", "outcome"}
    return Outcome(error={**error, "message": error["description"] or ""}, raw=reply)
