"""The C face: tests/c/driver.c, which makes one call of the library per line."""

import json

from faces import LISTS, PART, Driver, Outcome
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
    if "idempotency_key" in given:
        body["idempotency_key"] = given["idempotency_key"]
    return json.dumps(body)


def members(**names):
    """Makes a request body of these members, each from the argument that Python has for it."""

    def body(arguments):
        return json.dumps({name: arguments[given] for name, given in names.items() if given in arguments})

    return body


def list_request(arguments):
    """Python's arguments of a list as the keys that C has for them."""
    given = {key: value for key, value in arguments.items() if value is not None}
    if "page_size" in given:
        given["per_page"] = given.pop("page_size")
    # Where a bool says it, false is the same as nothing.
    if given.get("include_disks") is False:
        del given["include_disks"]
    if "annotations" in given:
        given["annotations"] = [{"key": key, "value": value} for key, value in given["annotations"].items()]
    return json.dumps(given)


def policy_request(arguments):
    """Python's arguments of a backup policy in the form of the API's own request body."""
    given = {name: value for name, value in arguments.items() if value is not None}
    body = {name: given[name] for name in ("disk", "virtual_machine") if name in given}
    body["properties"] = {name: given[name] for name in ("retention", "schedule") if name in given}
    return json.dumps(body)


def lookup(name):
    """Makes the field of a lookup that has an alternative key: a mapping is the API's own object."""

    def text(arguments):
        value = arguments.get(name)
        return value if value is None or isinstance(value, str) else json.dumps(value)

    return text


def every_page(arguments):
    return "all"


def seconds(arguments):
    timeout = arguments.get("timeout")
    return "inf" if timeout is None else repr(timeout)


resize_request = members(size_in_gb="size_in_gb", resize_method="method")
# How long to wait, and without a progress function.
HOW = (seconds, lambda _: "none")

# The command of an operation and its fields: an argument's name, or what makes the field of all arguments.
COMMANDS = {
    "create_disk": ("disk_create", request_body),
    "get_disk": ("disk_get", "disk_id"),
    "update_disk": ("disk_update", "disk_id", request_body),
    "delete_disk": ("disk_delete", "disk_id"),
    "assign_disk": ("disk_assign", "disk_id", members(virtual_machine="virtual_machine")),
    "unassign_disk": ("disk_unassign", "disk_id"),
    "attach_disk": ("disk_attach", "disk_id"),
    "detach_disk": ("disk_detach", "disk_id"),
    "resize_disk": ("disk_resize", "disk_id", resize_request),
    "set_disk_io_profile": ("disk_set_io_profile", "disk_id", members(io_profile="io_profile")),
    "list_disks": ("disk_list_pages", list_request, every_page),
    "list_virtual_machine_disks": ("virtual_machine_disk_list_pages", list_request, every_page),
    "list_disk_io_profiles": ("disk_io_profile_list_pages", list_request, every_page),
    "list_disk_templates": ("disk_template_list_pages", list_request, every_page),
    "get_disk_template": ("disk_template_get", lookup("disk_template")),
    "list_disk_template_versions": ("disk_template_version_list_pages", list_request, every_page),
    "get_disk_template_version": ("disk_template_version_get", "disk_template_version_id"),
    "get_disk_template_version_spec": ("disk_template_version_spec_get", "disk_template_version_id"),
    "list_data_centers": ("data_center_list",),
    "get_data_center": ("data_center_get", lookup("data_center")),
    "list_disk_backup_policies": ("disk_backup_policy_list_pages", list_request, every_page),
    "get_disk_backup_policy": ("disk_backup_policy_get", "disk_backup_policy_id"),
    "create_disk_backup_policy": ("disk_backup_policy_create", policy_request),
    "update_disk_backup_policy": ("disk_backup_policy_update", "disk_backup_policy_id", policy_request),
    "delete_disk_backup_policy": ("disk_backup_policy_delete", "disk_backup_policy_id"),
    "schedule_disk_backup_policy_deletion": (
        "disk_backup_policy_schedule_deletion",
        "disk_backup_policy_id",
        members(timestamp="timestamp"),
    ),
    "list_trash_objects": ("trash_object_list_pages", list_request, every_page),
    "get_trash_object": ("trash_object_get", lookup("trash_object")),
    "restore_trash_object": ("trash_object_restore", lookup("trash_object")),
    "purge_trash_object": ("trash_object_purge", lookup("trash_object")),
    "purge_all_trash": ("trash_purge_all", members(organization="organization")),
    "get_virtual_machine": ("virtual_machine_get", lookup("virtual_machine")),
    "list_virtual_machines": ("virtual_machine_list_pages", list_request, every_page),
    "get_task": ("task_get", "task_id"),
    "wait_task": ("task_wait", "task_id", seconds, lambda _: "none"),
    "ensure_disk_attached": ("disk_ensure_attached", "disk_id", members(virtual_machine="virtual_machine"), *HOW),
    "ensure_disk_detached": ("disk_ensure_detached", "disk_id", members(virtual_machine="virtual_machine"), *HOW),
    "ensure_disk_unassigned": ("disk_ensure_unassigned", "disk_id", members(virtual_machine="virtual_machine"), *HOW),
    "ensure_disk_size": ("disk_ensure_size", "disk_id", resize_request, *HOW),
    "ensure_disk_deleted": ("disk_ensure_deleted", "disk_id", members(purge="purge"), *HOW),
    "openstack_detach_volume": ("openstack_volume_detach", "server_id", "volume_id"),
    "openstack_get_volume_attachment": ("openstack_volume_attachment_get", "server_id", "volume_id"),
    "openstack_list_volume_attachments": ("openstack_volume_attachment_list", "server_id"),
}


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

    def __init__(self, prefix=(), program=C_DRIVER):
        self.driver = Driver([*prefix, str(built(program))])
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
        openstack = operation.startswith("openstack_")
        failed = self.use("openstack_client_new" if openstack else "client_new", options)
        if failed:
            return failed
        status, reply, *more = self.send(*self.fields(operation, arguments))
        if status != "ok":
            return failure(status, reply)
        if operation in LISTS:
            assert reply is None, f"a list must set the reply to NULL on success, not {reply!r}"
            return Outcome(value=[item for page in more for item in json.loads(page)[LISTS[operation]]])
        value = json.loads(reply)
        return Outcome(value=value[PART[operation]] if operation in PART else value, raw=reply)

    @staticmethod
    def fields(operation, arguments):
        command, *makers = COMMANDS[operation]
        if arguments.get("wait"):
            command, makers = f"{command}_wait", [*makers, *HOW]
        return command, *(maker(arguments) if callable(maker) else arguments[maker] for maker in makers)

    def close(self):
        assert self.driver.stop() == 0, "katapult-c-driver did not end well"


def failure(status, reply):
    error = json.loads(reply)
    assert error["status"] == status, f"the reply says {error['status']}, the return value {status}"
    assert set(error) == {"status", "code", "description", "detail", "http_status", "request_id", "outcome"}
    return Outcome(error={**error, "message": error["description"] or ""}, raw=reply)
