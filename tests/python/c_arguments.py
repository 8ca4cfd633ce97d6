"""Python's arguments in the form in which C has them, and the tests' Rust driver: texts with the names of C's parameters,
a request as a JSON object, and how to wait."""

from c_header import declared, texts
from table import TABLE, c_name

# Python's arguments that are in a katapult_wait, or say whether there is one.
WAIT = {"wait", "timeout", "progress"}
# What is beside the properties in a disk's body, and in a backup policy's.
BESIDE_OF_DISK = {"organization", "annotations", "idempotency_key"}
BESIDE_OF_POLICY = {"disk", "virtual_machine"}
# Of a disk's properties, what is about its virtual machine.
RELATION = {"virtual_machine", "boot", "attach_on_boot", "attach"}
# What C calls another name.
NAMES = {"page_size": "per_page"}


def bodies(specs):
    return [in_body(TABLE["create_disk"], spec) for spec in specs]


def sizes(mapping):
    return [{"disk": disk, "size_in_gb": size} for disk, size in mapping.items()]


def same(value):
    return value


# The disks of a fleet, by what Python calls them; to C they are `disks`.
FLEETS = {"specs": bodies, "sizes": sizes}


def split(operation, arguments):
    """The arguments that are C's texts, in its order, and the members of the request; what is None, C leaves out of that."""
    operation = TABLE[operation]
    parameters = [name for name in texts(declared()[c_name(operation)]) if name != "request_json"]
    named = {name: arguments[name] for name in parameters if name in arguments}
    rest = {name: arguments[name] for name in arguments if name not in named and name not in WAIT}
    given = {NAMES.get(name, name): value for name, value in rest.items() if value is not None}
    if FLEETS.keys() & given.keys():
        given = {"disks" if name in FLEETS else name: FLEETS.get(name, same)(value) for name, value in given.items()}
    return named, in_body(operation, given) if "properties" in (operation.body or {}) else given


def in_body(operation, given):
    """As the API's own body has them."""
    is_disk = operation.name in ("create_disk", "update_disk")
    relation = {name: value for name, value in given.items() if is_disk and name in RELATION}
    of_body = BESIDE_OF_DISK if is_disk else BESIDE_OF_POLICY
    beside = {name: value for name, value in given.items() if name in of_body}
    properties = {name: value for name, value in given.items() if name not in {**relation, **beside}}
    if relation:
        properties["virtual_machine_disk"] = relation
    return {**beside, "properties": properties}


def always_waits(operation):
    """Whether it waits without being told to: so it takes a time, and no word whether to wait."""
    return bool(TABLE[operation].several) or operation == "wait_task"


def waits(operation, arguments):
    return always_waits(operation) or bool(arguments.get("wait"))
