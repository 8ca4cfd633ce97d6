"""What the API documents of each operation: its errors, arguments and enumerations, each of which needs a case."""

import api_errors
from cases import load
from shared_arguments import LOOKUPS
from table import TABLE, paths_of

# What every operation of a service may answer.
COMMON = {(status, code) for code, (status, *_) in api_errors.EVERY_OPERATION.items()}
NOVA = {(400, "badRequest"), (401, "error"), (403, "forbidden"), (404, "itemNotFound")}


def errors_of(operation):
    """Of all its paths: what has several may answer what any of them may."""
    own = set().union(*(path.documented for _, path in paths_of(operation)))
    if operation.is_cloud:
        return own | NOVA
    return own if operation.polls else own | COMMON


def arguments_of(operation):
    """Those that its cases know, and succeed with."""
    return {name for case in load(operation.name) if "result" in case for name in case["arguments"]}


def refused_arguments(operation):
    """Those that are there to be refused with a good message."""
    given = {name for case in load(operation.name) for name in case["arguments"]}
    return given - arguments_of(operation)


# Calls that send several requests have no cases.
WITH_CASES = {name: operation for name, operation in TABLE.items() if not operation.several}
DOCUMENTED = {name: errors_of(operation) for name, operation in WITH_CASES.items()}
ARGUMENTS = {name: arguments_of(operation) for name, operation in WITH_CASES.items()}
REFUSED_ARGUMENTS = {name: refused_arguments(operation) for name, operation in WITH_CASES.items()}
# The arguments that an operation cannot do without and that name an object.
NEEDED = [(name, argument) for name, entry in WITH_CASES.items() for argument in entry.needs if argument in LOOKUPS]
ENUMS = {
    "bus_type": {"scsi", "virtio"},
    "initial_file_system": {"ext4", "xfs"},
    "storage_speed": {"nvme", "ssd"},
    "method": {"offline", "online"},
    "schedule.interval": {"hourly", "daily", "weekly", "monthly"},
}
SCHEDULE = {"interval", "frequency", "minute", "time"}
DISK_STATES = {
    *("not_built", "building", "built", "failed", "installing"),
    *("restoring", "formatting", "resizing", "configuring", "importing"),
}
ATTACHMENT_STATES = {"detached", "attaching", "attached", "detaching", "failed"}
MACHINE_STATES = {
    *("stopped", "starting", "started", "stopping", "shutting_down", "resetting"),
    *("allocated", "allocating", "migrating", "transferring", "failed", "orphaned"),
}
TASK_STATUSES = {"pending", "running", "completed", "failed"}
FIELD_TYPES = {"Text", "Boolean", "Password", "Keyboard"}
# The lists that `values` in a head may name.
VALUES = {
    "attachment_states": ATTACHMENT_STATES,
    "disk_states": DISK_STATES,
    "field_types": FIELD_TYPES,
    "intervals": ENUMS["schedule.interval"],
    "machine_states": MACHINE_STATES,
    "task_statuses": TASK_STATUSES,
}
# Enumerations in what an operation gives, each as the way to it; * is every item of a list.
ANSWERED = [(name, way, VALUES[of]) for name, operation in TABLE.items() for way, of in operation.values.items()]


def path_prefix(operation):
    """What its path begins with, without the version and the last word."""
    return operation.request[1].removeprefix("/core/v1/").rpartition("/")[0]


# The paths of operations that have several, and what each of them may answer.
PATHS = {
    name: {path_prefix(path): path.documented | (set() if of else COMMON) for of, path in paths_of(operation)}
    for name, operation in TABLE.items()
    if operation.also
}
