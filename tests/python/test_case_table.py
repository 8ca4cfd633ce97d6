"""The case table is complete: every documented error and every argument has its case."""

import pytest
from cases import canonical, load, load_all

TOKEN_ERRORS = {
    (400, "missing_api_token"),
    (403, "invalid_api_token"),
    (403, "unauthorized_network_for_api_token"),
    (403, "invalid_capabilities_token"),
    (403, "scope_not_granted"),
}
COMMON = TOKEN_ERRORS | {(429, "rate_limit_reached"), (503, "service_unavailable")}

# What every operation on one disk may answer.
DISK = COMMON | {(403, "permission_denied"), (404, "disk_not_found"), (406, "object_in_trash")}
QUEUE = {(406, "task_queueing_error")}

# The five documents and the table of endpoints, and for detach and tasks besides what every operation may answer.
DOCUMENTED = {
    "create_disk": COMMON
    | {
        (403, "organization_suspended"),
        (403, "organization_not_activated"),
        (403, "permission_denied"),
        (404, "organization_not_found"),
        (406, "task_queueing_error"),
        (422, "validation_error"),
    },
    "get_disk": COMMON | {(404, "disk_not_found"), (406, "object_in_trash")},
    "update_disk": DISK | {(422, "unassigned_disk"), (422, "validation_error")},
    "delete_disk": DISK | {(422, "validation_error")},
    "assign_disk": DISK | {(404, "virtual_machine_not_found"), (422, "unable_to_assign")},
    "unassign_disk": DISK | {(422, "unable_to_unassign")},
    "attach_disk": DISK | QUEUE | {(422, "unassigned_disk")},
    "detach_disk": DISK | QUEUE | {(422, "unassigned_disk")},
    "resize_disk": DISK | QUEUE | {(422, "validation_error")},
    "set_disk_io_profile": DISK | QUEUE | {(404, "disk_io_profile_not_found")},
    "get_task": COMMON | {(404, "task_not_found")},
    "openstack_detach_volume": {
        (400, "badRequest"),
        (401, "error"),
        (403, "forbidden"),
        (404, "itemNotFound"),
        (409, "conflictingRequest"),
    },
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
    "openstack_detach_volume": {"server_id", "volume_id"},
}
LOOKUPS = {
    "organization": "sub_domain",
    "data_center": "permalink",
    "io_profile": "permalink",
    "virtual_machine": "fqdn",
}
ENUMS = {
    "bus_type": {"scsi", "virtio"},
    "initial_file_system": {"ext4", "xfs"},
    "storage_speed": {"nvme", "ssd"},
    "method": {"offline", "online"},
}


def successes(operation):
    return [case for case in load(operation) if "result" in case]


def error_body(case):
    body = case["answers"][0].get("body") if case["answers"] else None
    return body if isinstance(body, dict) else {}


@pytest.mark.parametrize("operation", DOCUMENTED)
def test_every_documented_error_has_a_case(operation):
    errors = [case["error"] for case in load(operation) if "error" in case]
    missing = DOCUMENTED[operation] - {(error.get("http_status"), error.get("code")) for error in errors}
    assert not missing


@pytest.mark.parametrize("operation", [name for name in DOCUMENTED if not name.startswith("openstack")])
def test_errors_come_wrapped_as_in_reality_and_bare_as_documented(operation):
    refused = [case for case in load(operation) if case.get("error", {}).get("outcome") == "rejected"]
    assert any("error" in error_body(case) for case in refused)
    assert any("code" in error_body(case) for case in refused)


@pytest.mark.parametrize("operation", ARGUMENTS)
def test_every_argument_has_a_case(operation):
    used = {name for case in successes(operation) for name in case["arguments"]}
    assert used == ARGUMENTS[operation]


def with_argument(names):
    return [(operation, name) for operation, used in ARGUMENTS.items() for name in names if name in used]


@pytest.mark.parametrize(("operation", "lookup"), with_argument(LOOKUPS))
def test_every_alternative_of_a_lookup_has_a_case(operation, lookup):
    sent = [find(case["request"]["body"], lookup) for case in successes(operation)]
    assert {key for value in sent if value for key in value} == {"id", LOOKUPS[lookup]}
    given = [case["arguments"].get(lookup) for case in successes(operation)]
    assert any(isinstance(value, str) for value in given)
    assert any(isinstance(value, dict) for value in given)


def find(body, name):
    if name in body:
        return body[name]
    properties = body.get("properties", {})
    return properties.get(name) or properties.get("virtual_machine_disk", {}).get(name)


@pytest.mark.parametrize(("operation", "name"), with_argument(ENUMS))
def test_every_value_of_an_enumeration_has_a_case(operation, name):
    given = {case["arguments"].get(name) for case in successes(operation)} - {None}
    assert given == ENUMS[name]
    assert any(isinstance(value, str) for value in refused_values(operation, name))


@pytest.mark.parametrize("operation", ["create_disk", "resize_disk"])
def test_every_kind_of_wrong_size_has_a_case(operation):
    refused = refused_values(operation, "size_in_gb")
    assert {"0", "true"} <= {canonical(value) for value in refused}
    assert {str, float, list} <= {type(value) for value in refused}
    numbers = [value for value in refused if type(value) is int]
    assert min(numbers) < 0
    assert max(numbers) > 2**64


@pytest.mark.parametrize(
    ("operation", "name"), [("assign_disk", "virtual_machine"), ("set_disk_io_profile", "io_profile")]
)
def test_a_lookup_that_must_be_given_has_its_mistakes(operation, name):
    refused = refused_values(operation, name)
    assert None in refused and "" in refused and {} in refused
    assert any(isinstance(value, dict) and len(value) == 2 for value in refused)


def refused_values(operation, name):
    """The values of an argument in cases that are refused before anything is sent; None if it is not given."""
    refused = [case for case in load(operation) if case.get("error", {}).get("status") == "invalid_argument"]
    return [case["arguments"].get(name) for case in refused]


def test_every_case_says_what_it_expects():
    for case in load_all():
        assert ("result" in case) != ("error" in case), case["name"]
        assert (case["request"] is None) == (case["answers"] == []), case["name"]
        if case["request"] is None:
            assert case["error"]["outcome"] == "not_sent", case["name"]
