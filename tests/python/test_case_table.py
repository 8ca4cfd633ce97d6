"""The case table is complete: every documented error and every argument has its case."""

import pytest
from cases import canonical, load, load_all
from faces import LISTS
from places import CASES

TOKEN_ERRORS = {
    (400, "missing_api_token"),
    (403, "invalid_api_token"),
    (403, "unauthorized_network_for_api_token"),
    (403, "invalid_capabilities_token"),
    (403, "scope_not_granted"),
}
COMMON = TOKEN_ERRORS | {(429, "rate_limit_reached"), (503, "service_unavailable")}

QUEUE = {(406, "task_queueing_error")}
TRASH = {(406, "object_in_trash")}
DENIED = {(403, "permission_denied")}
INVALID = {(422, "validation_error")}
NO_DISK = {(404, "disk_not_found")}
NO_MACHINE = {(404, "virtual_machine_not_found")}
# What every operation on one disk may answer.
DISK = COMMON | DENIED | NO_DISK | TRASH
ORGANIZATION = COMMON | {
    (403, "organization_suspended"),
    (403, "organization_not_activated"),
    (404, "organization_not_found"),
}
TEMPLATE_VERSION = COMMON | {(404, "disk_template_version_not_found")}
POLICY = COMMON | TRASH | {(404, "disk_backup_policy_not_found")}
IN_TRASH = COMMON | {(404, "trash_object_not_found")}
NOVA = {(400, "badRequest"), (401, "error"), (403, "forbidden"), (404, "itemNotFound")}

# The five documents and the table of endpoints, and for detach and tasks besides what every operation may answer. What
# has several paths, one for each kind of object, may answer what any of them may: see PATHS.
DOCUMENTED = {
    "create_disk": ORGANIZATION | DENIED | QUEUE | INVALID,
    "get_disk": COMMON | NO_DISK | TRASH,
    "update_disk": DISK | INVALID | {(422, "unassigned_disk")},
    "delete_disk": DISK | INVALID,
    "assign_disk": DISK | NO_MACHINE | {(422, "unable_to_assign")},
    "unassign_disk": DISK | {(422, "unable_to_unassign")},
    "attach_disk": DISK | QUEUE | {(422, "unassigned_disk")},
    "detach_disk": DISK | QUEUE | {(422, "unassigned_disk")},
    "resize_disk": DISK | QUEUE | INVALID,
    "set_disk_io_profile": DISK | QUEUE | {(404, "disk_io_profile_not_found")},
    "get_task": COMMON | {(404, "task_not_found")},
    # It asks as get_task does.
    "wait_task": {(404, "task_not_found")},
    "list_disks": ORGANIZATION,
    "list_virtual_machine_disks": COMMON | NO_MACHINE | TRASH,
    "list_disk_io_profiles": ORGANIZATION,
    "list_disk_templates": ORGANIZATION | {(404, "operating_system_not_found")},
    "get_disk_template": COMMON | {(404, "disk_template_not_found")},
    "list_disk_template_versions": COMMON | {(404, "disk_template_not_found")},
    "get_disk_template_version": TEMPLATE_VERSION,
    "get_disk_template_version_spec": TEMPLATE_VERSION,
    "list_data_centers": COMMON,
    "get_data_center": COMMON | {(404, "data_center_not_found")},
    "list_disk_backup_policies": ORGANIZATION | DENIED | NO_MACHINE | NO_DISK | TRASH,
    "get_disk_backup_policy": POLICY,
    "create_disk_backup_policy": COMMON | DENIED | NO_MACHINE | NO_DISK | TRASH | INVALID,
    "update_disk_backup_policy": POLICY | DENIED | INVALID,
    "delete_disk_backup_policy": POLICY | DENIED,
    "schedule_disk_backup_policy_deletion": POLICY | DENIED | {(400, "invalid_timestamp")},
    "list_trash_objects": ORGANIZATION,
    "get_trash_object": IN_TRASH,
    "restore_trash_object": IN_TRASH | DENIED,
    "purge_trash_object": IN_TRASH | DENIED | QUEUE,
    "purge_all_trash": ORGANIZATION | DENIED | QUEUE,
    "list_virtual_machines": ORGANIZATION,
    "get_virtual_machine": COMMON | NO_MACHINE | TRASH,
    "openstack_detach_volume": NOVA | {(409, "conflictingRequest")},
    "openstack_get_volume_attachment": NOVA,
    "openstack_list_volume_attachments": NOVA,
}

CREATE_ARGUMENTS = {
    "name",
    "size_in_gb",
    "organization",
    "data_center",
    "io_profile",
    "bus_type",
    "initial_file_system",
    "storage_speed",
    "virtual_machine",
    "boot",
    "attach_on_boot",
    "attach",
    "annotations",
}
ARGUMENTS = {
    "create_disk": CREATE_ARGUMENTS,
    "get_disk": {"disk_id"},
    "update_disk": CREATE_ARGUMENTS - {"organization", "size_in_gb", "attach"} | {"disk_id"},
    "delete_disk": {"disk_id"},
    "assign_disk": {"disk_id", "virtual_machine"},
    "unassign_disk": {"disk_id"},
    "attach_disk": {"disk_id"},
    "detach_disk": {"disk_id"},
    "resize_disk": {"disk_id", "size_in_gb", "method"},
    "set_disk_io_profile": {"disk_id", "io_profile"},
    "get_task": {"task_id"},
    "wait_task": {"task_id", "timeout"},
    "list_disks": {"organization", "annotations", "page_size"},
    "list_virtual_machine_disks": {"virtual_machine"},
    "list_disk_io_profiles": {"organization", "page_size"},
    "list_disk_templates": {"organization", "operating_system", "include_universal", "page_size"},
    "get_disk_template": {"disk_template"},
    "list_disk_template_versions": {"disk_template", "page_size"},
    "get_disk_template_version": {"disk_template_version_id"},
    "get_disk_template_version_spec": {"disk_template_version_id"},
    "list_data_centers": set(),
    "get_data_center": {"data_center"},
    "list_disk_backup_policies": {"organization", "virtual_machine", "disk", "include_disks", "page_size"},
    "get_disk_backup_policy": {"disk_backup_policy_id"},
    "create_disk_backup_policy": {"disk", "virtual_machine", "retention", "schedule"},
    "update_disk_backup_policy": {"disk_backup_policy_id", "retention", "schedule"},
    "delete_disk_backup_policy": {"disk_backup_policy_id"},
    "schedule_disk_backup_policy_deletion": {"disk_backup_policy_id", "timestamp"},
    "list_trash_objects": {"organization", "page_size"},
    "get_trash_object": {"trash_object"},
    "restore_trash_object": {"trash_object"},
    "purge_trash_object": {"trash_object"},
    "purge_all_trash": {"organization"},
    "list_virtual_machines": {"organization", "annotations", "page_size"},
    "get_virtual_machine": {"virtual_machine"},
    "openstack_detach_volume": {"server_id", "volume_id"},
    "openstack_get_volume_attachment": {"server_id", "volume_id"},
    "openstack_list_volume_attachments": {"server_id"},
}
# The arguments that name an object, and the key besides the id, if there is one.
LOOKUPS = {
    "organization": "sub_domain",
    "data_center": "permalink",
    "io_profile": "permalink",
    "virtual_machine": "fqdn",
    "disk_template": "permalink",
    "trash_object": "object_id",
    "operating_system": None,
    "disk": None,
}
# Those that an operation cannot do without.
NEEDED = (
    ("assign_disk", "virtual_machine"),
    ("set_disk_io_profile", "io_profile"),
    ("list_virtual_machine_disks", "virtual_machine"),
    ("list_disk_template_versions", "disk_template"),
    ("get_disk_template", "disk_template"),
    ("get_data_center", "data_center"),
    ("get_trash_object", "trash_object"),
    ("restore_trash_object", "trash_object"),
    ("purge_trash_object", "trash_object"),
    ("get_virtual_machine", "virtual_machine"),
)
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
# Enumerations in what an operation gives, each as the way to it; * is every item of a list.
ANSWERED = [
    ("get_disk", "state", DISK_STATES),
    ("get_disk", "virtual_machine_disk.state", ATTACHMENT_STATES),
    ("list_disks", "*.state", DISK_STATES),
    ("list_virtual_machine_disks", "*.state", ATTACHMENT_STATES),
    ("list_virtual_machine_disks", "*.disk.state", DISK_STATES),
    ("get_task", "status", TASK_STATUSES),
    ("purge_trash_object", "status", TASK_STATUSES),
    ("purge_all_trash", "status", TASK_STATUSES),
    ("get_virtual_machine", "state", MACHINE_STATES),
    ("get_disk_template_version_spec", "spec.fields.*.type", FIELD_TYPES),
    ("list_disk_backup_policies", "*.schedule.interval", ENUMS["schedule.interval"]),
    ("get_disk_backup_policy", "schedule.interval", ENUMS["schedule.interval"]),
    ("create_disk_backup_policy", "schedule.interval", ENUMS["schedule.interval"]),
    ("update_disk_backup_policy", "schedule.interval", ENUMS["schedule.interval"]),
]
# The paths of operations that have several, and what each of them may answer.
PATHS = {
    "list_disk_backup_policies": {
        "organizations/organization": ORGANIZATION | DENIED,
        "virtual_machines/virtual_machine": DENIED | NO_MACHINE | TRASH,
        "disks/disk": DENIED | NO_DISK | TRASH,
    },
    "create_disk_backup_policy": {
        "virtual_machines/virtual_machine": DENIED | NO_MACHINE | TRASH | INVALID,
        "disks/disk": COMMON | DENIED | NO_DISK | TRASH | INVALID,
    },
}


def successes(operation):
    return [case for case in load(operation) if "result" in case]


def requests(case):
    """Of a case that sends something: its requests."""
    return case["request"] if isinstance(case["request"], list) else [case["request"]]


def given(operation, name):
    """The values of an argument in the cases that succeed; name.key is a member of a mapping."""
    name, _, key = name.partition(".")
    values = [case["arguments"].get(name) for case in successes(operation)]
    return [value.get(key) for value in values if value] if key else values


def refused_values(operation, name):
    """The values of an argument in cases that are refused before anything is sent; None if it is not given."""
    name, _, key = name.partition(".")
    refused = [case for case in load(operation) if case.get("error", {}).get("status") == "invalid_argument"]
    values = [case["arguments"].get(name) for case in refused]
    return [value.get(key) for value in values if isinstance(value, dict)] if key else values


def error_body(case):
    body = case["answers"][0].get("body") if case["answers"] else None
    return body if isinstance(body, dict) else {}


def errors(cases):
    return {(case["error"].get("http_status"), case["error"].get("code")) for case in cases if "error" in case}


def with_argument(names):
    found = [(operation, name) for operation, used in ARGUMENTS.items() for name in names if name.partition(".")[0] in used]
    assert {name for _, name in found} == set(names), "an argument that no operation has"
    return found


def test_every_operation_is_in_the_table():
    files = {path.stem for path in CASES.glob("*.json")} - {"client"}
    assert files == set(DOCUMENTED) == set(ARGUMENTS)
    assert set(LISTS) <= files
    # 37 in the document, of which two are paths of one here and three of another; wait_task and OpenStack's three besides.
    assert len(files) == 37 - 1 - 2 + 4


@pytest.mark.parametrize("operation", DOCUMENTED)
def test_every_documented_error_has_a_case(operation):
    missing = DOCUMENTED[operation] - errors(load(operation))
    assert not missing


@pytest.mark.parametrize(("operation", "path"), [(name, path) for name, paths in PATHS.items() for path in paths])
def test_every_documented_error_of_every_path_has_a_case(operation, path):
    prefix = f"/core/v1/{path}/"
    cases = [case for case in load(operation) if case["request"] and requests(case)[0]["path"].startswith(prefix)]
    missing = PATHS[operation][path] - errors(cases)
    assert not missing
    assert any("result" in case for case in cases)


WRAPPED = [name for name in DOCUMENTED if not name.startswith("openstack") and name != "wait_task"]


@pytest.mark.parametrize("operation", WRAPPED)
def test_errors_come_wrapped_as_in_reality_and_bare_as_documented(operation):
    refused = [case for case in load(operation) if case.get("error", {}).get("outcome") == "rejected"]
    assert any("error" in error_body(case) for case in refused)
    assert any("code" in error_body(case) for case in refused)


@pytest.mark.parametrize("operation", ARGUMENTS)
def test_every_argument_has_a_case(operation):
    used = {name for case in successes(operation) for name in case["arguments"]}
    assert used == ARGUMENTS[operation]


@pytest.mark.parametrize(("operation", "lookup"), with_argument(LOOKUPS))
def test_every_alternative_of_a_lookup_has_a_case(operation, lookup):
    sent = {key for case in successes(operation) for key in sent_keys(requests(case)[0], lookup)}
    assert sent == {"id", LOOKUPS[lookup]} - {None}
    kinds = {type(value) for value in given(operation, lookup)}
    assert {str, dict} <= kinds
    by_mapping = {key for value in given(operation, lookup) if isinstance(value, dict) for key in value}
    assert by_mapping == {"id", LOOKUPS[lookup]} - {None}


def sent_keys(request, lookup):
    """By which keys a request names an object, in its query or its body."""
    parts = [key.partition("[") for key, _ in request["query"]]
    found = {key.rstrip("]") for name, _, key in parts if name == lookup}
    return found | set(find(request["body"] or {}, lookup) or {})


def find(body, name):
    if name in body:
        return body[name]
    properties = body.get("properties", {})
    return properties.get(name) or properties.get("virtual_machine_disk", {}).get(name)


@pytest.mark.parametrize(("operation", "name"), with_argument(ENUMS))
def test_every_value_of_an_enumeration_has_a_case(operation, name):
    assert set(given(operation, name)) - {None} == ENUMS[name]
    assert any(isinstance(value, str) for value in refused_values(operation, name))


@pytest.mark.parametrize("operation", [operation for operation, _ in with_argument(["schedule"])])
def test_every_part_of_a_schedule_has_a_case_alone_and_a_mistake(operation):
    alone = {next(iter(value)) for value in given(operation, "schedule") if value and len(value) == 1}
    assert SCHEDULE == alone
    wrong = {key for value in refused_values(operation, "schedule") if isinstance(value, dict) for key in value}
    assert SCHEDULE < wrong, "each part, and one that a schedule does not have"


@pytest.mark.parametrize(("operation", "way", "values"), ANSWERED)
def test_every_value_of_an_enumeration_in_answers_has_a_case(operation, way, values):
    found = {value for case in successes(operation) for value in walk(case["result"], way.split("."))}
    assert values <= found
    assert found - values, "a value that is not documented must survive"


def walk(value, way):
    if not way:
        yield value
    elif way[0] == "*":
        for item in value or []:
            yield from walk(item, way[1:])
    elif value and way[0] in value:
        yield from walk(value[way[0]], way[1:])


@pytest.mark.parametrize("operation", LISTS)
def test_every_kind_of_list_has_a_case(operation):
    answers = [[answer["body"] for answer in case["answers"]] for case in successes(operation)]
    items = LISTS[operation]
    one = [body[0] for body in answers if len(body) == 1]
    assert any(body["pagination"]["total_pages"] == 0 and body[items] == [] for body in one), "an empty list"
    assert any(body[-1]["pagination"]["total_pages"] == len(body) > 1 for body in answers), "several pages"
    large = [body for body in answers if body[0]["pagination"]["total_pages"] is None and len(body) > 1]
    assert any(body[-1][items] for body in large), "a large set whose last page is not full"
    assert any(not body[-1][items] for body in large), "a large set whose last page is empty"
    failed = [case for case in load(operation) if case.get("error", {}).get("status") == "invalid_response"]
    assert any("pagination" in error_body(case) and items not in error_body(case) for case in failed), "no items"
    assert any(error_body(case).get(items, 0) is None for case in failed), "null for the items"
    assert any(isinstance(case["request"], list) and "error" in case for case in load(operation)), "a later page fails"


@pytest.mark.parametrize(
    ("operation", "name"),
    [pair for pair in with_argument(["size_in_gb", "page_size", "retention", "timestamp"])],
)
def test_every_kind_of_wrong_number_has_a_case(operation, name):
    refused = refused_values(operation, name)
    assert "true" in {canonical(value) for value in refused}
    assert {str, float, list} <= {type(value) for value in refused}
    numbers = [value for value in refused if type(value) is int]
    assert min(numbers) < 0
    assert max(numbers) > 2**64
    if name in ("size_in_gb", "page_size"):
        assert 0 in numbers


@pytest.mark.parametrize(("operation", "name"), NEEDED)
def test_a_lookup_that_must_be_given_has_its_mistakes(operation, name):
    refused = refused_values(operation, name)
    assert None in refused and "" in refused and {} in refused
    assert any(isinstance(value, dict) and len(value) == 2 for value in refused)


@pytest.mark.parametrize(
    ("operation", "name"), [(operation, name) for operation, used in ARGUMENTS.items() for name in used if name.endswith("_id")]
)
def test_an_id_that_must_be_given_has_its_mistakes(operation, name):
    refused = refused_values(operation, name)
    assert None in refused and "" in refused
    assert any(type(value) is int for value in refused)


@pytest.mark.parametrize("operation", [operation for operation, _ in with_argument(["organization"])])
def test_an_organization_comes_from_the_call_or_the_client_or_is_missed(operation):
    cases = load(operation)
    from_client = [case for case in cases if "organization" in case["client"]]
    assert any(case["arguments"].get("organization") is None for case in from_client)
    assert any(case["arguments"].get("organization") is not None for case in from_client)
    assert None in refused_values(operation, "organization")


def test_every_case_says_what_it_expects():
    for case in load_all():
        assert ("result" in case) != ("error" in case), case["name"]
        assert (case["request"] is None) == (case["answers"] == []), case["name"]
        if case["request"] is None:
            assert case["error"]["outcome"] == "not_sent", case["name"]
        if isinstance(case["request"], list):
            assert len(case["request"]) == len(case["answers"]), case["name"]


def test_every_case_has_a_name_of_its_own():
    names = [(case["table"], case["name"]) for case in load_all()]
    assert sorted(set(names)) == sorted(names)
