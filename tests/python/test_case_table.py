"""The case table is complete: every documented error and every argument has its case."""

import pytest
from cases import load, load_all

TOKEN_ERRORS = {
    (400, "missing_api_token"),
    (403, "invalid_api_token"),
    (403, "unauthorized_network_for_api_token"),
    (403, "invalid_capabilities_token"),
    (403, "scope_not_granted"),
}
COMMON = TOKEN_ERRORS | {(429, "rate_limit_reached"), (503, "service_unavailable")}

# The five documents, and for detach and tasks besides what every operation may answer.
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
    "update_disk": COMMON
    | {
        (403, "permission_denied"),
        (404, "disk_not_found"),
        (406, "object_in_trash"),
        (422, "unassigned_disk"),
        (422, "validation_error"),
    },
    "detach_disk": COMMON
    | {
        (403, "permission_denied"),
        (404, "disk_not_found"),
        (406, "object_in_trash"),
        (406, "task_queueing_error"),
        (422, "unassigned_disk"),
    },
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
    "detach_disk": {"disk_id"},
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


@pytest.mark.parametrize("operation", ["create_disk", "get_disk", "update_disk", "detach_disk", "get_task"])
def test_errors_come_wrapped_as_in_reality_and_bare_as_documented(operation):
    refused = [case for case in load(operation) if case.get("error", {}).get("outcome") == "rejected"]
    assert any("error" in error_body(case) for case in refused)
    assert any("code" in error_body(case) for case in refused)


@pytest.mark.parametrize("operation", ARGUMENTS)
def test_every_argument_has_a_case(operation):
    used = {name for case in successes(operation) for name in case["arguments"]}
    assert used == ARGUMENTS[operation]


@pytest.mark.parametrize(
    ("operation", "lookup"),
    [
        (operation, lookup)
        for operation in ("create_disk", "update_disk")
        for lookup in LOOKUPS
        if lookup in ARGUMENTS[operation]
    ],
)
def test_every_alternative_of_a_lookup_has_a_case(operation, lookup):
    sent = [find(case["request"]["body"], lookup) for case in successes(operation)]
    assert {key for value in sent if value for key in value} == {"id", LOOKUPS[lookup]}
    given = [case["arguments"].get(lookup) for case in successes(operation)]
    assert any(isinstance(value, str) for value in given)
    assert any(isinstance(value, dict) for value in given)


def find(body, name):
    if name in body:
        return body[name]
    properties = body["properties"]
    return properties.get(name) or properties.get("virtual_machine_disk", {}).get(name)


@pytest.mark.parametrize("operation", ["create_disk", "update_disk"])
@pytest.mark.parametrize("name", ENUMS)
def test_every_value_of_an_enumeration_has_a_case(operation, name):
    given = {case["arguments"].get(name) for case in successes(operation)} - {None}
    assert given == ENUMS[name]
    refused = [case for case in load(operation) if case.get("error", {}).get("status") == "invalid_argument"]
    assert any(isinstance(case["arguments"].get(name), str) for case in refused)


def test_every_case_says_what_it_expects():
    for case in load_all():
        assert ("result" in case) != ("error" in case), case["name"]
        assert (case["request"] is None) == (case["answers"] == []), case["name"]
        if case["request"] is None:
            assert case["error"]["outcome"] == "not_sent", case["name"]
