"""Exceptions in Python: their bases, their fields, and that they travel."""

import builtins
import copy
import importlib
import pickle

import katapult_disk
import pytest
from katapult_disk import openstack

ABOUT = ("operation", "object_id")
FIELDS = (*ABOUT, "code", "description", "detail", "http_status", "request_id", "outcome")
API_CODES = """
    missing_api_token invalid_api_token unauthorized_network_for_api_token invalid_capabilities_token scope_not_granted
    permission_denied organization_suspended organization_not_activated organization_not_found disk_not_found
    task_not_found object_in_trash task_queueing_error validation_error unassigned_disk rate_limit_reached
    service_unavailable
""".split()
BUILTIN = {
    "InvalidArgument": ValueError,
    "ConnectionFailed": ConnectionError,
    "TimedOut": TimeoutError,
    "DiskNotFound": LookupError,
    "OrganizationNotFound": LookupError,
    "TaskNotFound": LookupError,
}
OTHERS = [
    "InvalidArgument",
    "InvalidConfiguration",
    "ConnectionFailed",
    "TlsFailed",
    "TimedOut",
    "Interrupted",
    "InvalidResponse",
    "ResponseTooLarge",
    "InternalError",
    "TaskFailed",
    "Refused",
    "NoEffect",
]
OPENSTACK = [
    *("BadRequest", "Unauthorized", "Forbidden", "NotFound", "Conflict"),
    *("RootDevice", "AlreadyDetaching", "DetachFailed"),
]


def camel(code):
    return "".join(part.capitalize() for part in code.split("_"))


CLASSES = (
    [katapult_disk.KatapultError, katapult_disk.ApiError, openstack.OpenStackError]
    + [getattr(katapult_disk, name) for name in [*map(camel, API_CODES), *OTHERS]]
    + [getattr(openstack, name) for name in OPENSTACK]
)


@pytest.mark.parametrize("code", API_CODES)
def test_every_code_has_its_class(sim, code):
    kind = getattr(katapult_disk, camel(code))
    assert issubclass(kind, katapult_disk.ApiError)
    detail = {"errors": ["Name can't be blank"]} if code == "validation_error" else {"details": "x"}
    sim.answer(
        {
            "status": 418,
            "headers": {"X-Request-Id": "rid-1"},
            "body": {"error": {"code": code, "description": "Certainly not", "detail": detail}},
        }
    )
    with pytest.raises(katapult_disk.KatapultError) as caught:
        katapult_disk.Client(**sim.katapult()).get_disk("disk_x")
    error = caught.value
    assert type(error) is kind
    told = ["get_disk", "disk_x", code, "Certainly not", detail, 418, "rid-1", "rejected"]
    assert [getattr(error, name) for name in FIELDS] == told
    assert str(error).startswith("get_disk disk_x: Certainly not")
    if code == "validation_error":
        assert "Name can't be blank" in str(error), "a person needs the reasons"
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is kind
        assert str(other) == str(error)
        assert [getattr(other, name) for name in FIELDS] == [getattr(error, name) for name in FIELDS]


def test_an_unknown_code_is_an_api_error(sim):
    sim.answer({"status": 400, "body": {"error": {"code": "brewing_failed", "description": "x", "detail": {}}}})
    with pytest.raises(katapult_disk.ApiError) as caught:
        katapult_disk.Client(**sim.katapult()).get_disk("disk_x")
    assert type(caught.value) is katapult_disk.ApiError
    assert caught.value.code == "brewing_failed"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__qualname__)
def test_every_class(kind):
    assert issubclass(kind, katapult_disk.KatapultError)
    assert issubclass(kind, Exception)
    assert getattr(importlib.import_module(kind.__module__), kind.__qualname__) is kind, "importable as it prints"
    assert kind.__module__ in ("katapult_disk", "katapult_disk.openstack")
    assert kind.__doc__
    error = kind("a message")
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(other) is kind
        assert str(other) == str(error)
        assert other.__dict__ == error.__dict__
    assert "a message" in str(error)
    for name in FIELDS:
        assert hasattr(error, name)


@pytest.mark.parametrize(("name", "base"), BUILTIN.items())
def test_builtin_bases(name, base):
    assert issubclass(getattr(katapult_disk, name), base)


def test_not_found_is_a_lookup_error_and_nothing_else_is():
    lookups = {kind.__name__ for kind in CLASSES if issubclass(kind, LookupError)}
    assert lookups - {"NotFound"} == {camel(code) for code in API_CODES if code.endswith("_not_found")}


def test_openstack_kinds():
    for name in OPENSTACK:
        assert issubclass(getattr(openstack, name), openstack.OpenStackError)
        assert name in openstack.__all__
    assert not issubclass(openstack.OpenStackError, katapult_disk.ApiError)
    assert issubclass(openstack.AlreadyDetaching, openstack.BadRequest)
    assert openstack.DetachFailed.__bases__ == (openstack.OpenStackError,)


@pytest.mark.parametrize(("how", "status"), [("bad_request", 400), ("forbidden", 403)])
@pytest.mark.parametrize("kind", ["RootDevice", "BadRequest", "Forbidden"])
def test_the_root_device_is_refused_in_one_way(sim, how, status, kind):
    """Whichever status a cloud answers, and whichever of the classes a caller knows."""
    sim.control("POST", "openstack", {"root_device": how})
    with pytest.raises(getattr(openstack, kind)) as caught:
        openstack.Client(**sim.openstack()).detach_volume(sim.about["server_id"], sim.about["root_volume_id"])
    error = caught.value
    assert type(error) is openstack.RootDevice
    assert (error.http_status, error.outcome) == (status, "rejected")
    assert type(pickle.loads(pickle.dumps(error))) is openstack.RootDevice


def test_a_volume_that_is_being_detached_already(sim):
    sim.control("POST", f"volumes/{sim.about['volume_id']}", {"detach_seconds": 60})
    nova = openstack.Client(**sim.openstack())
    ids = sim.about["server_id"], sim.about["volume_id"]
    nova.detach_volume(*ids)
    with pytest.raises(openstack.BadRequest) as caught:
        nova.detach_volume(*ids)
    assert type(caught.value) is openstack.AlreadyDetaching
    assert (caught.value.http_status, caught.value.outcome) == (400, "rejected")


def test_a_detach_that_fails(sim):
    sim.control("POST", f"volumes/{sim.about['volume_id']}", {"detach": "fails"})
    nova = openstack.Client(**sim.openstack())
    with pytest.raises(openstack.DetachFailed) as caught:
        nova.detach_volume(sim.about["server_id"], sim.about["volume_id"], wait=True, timeout=20)
    error = caught.value
    assert error.request_id.startswith("req-")
    assert (error.outcome, error.http_status) == ("unknown", None)
    assert error.request_id in str(error)
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is openstack.DetachFailed
    assert [getattr(other, name) for name in FIELDS] == [getattr(error, name) for name in FIELDS]


def test_an_error_of_our_users_says_what_it_is_about():
    error = katapult_disk.DiskNotFound("no such disk", operation="get_disk", object_id="disk_x")
    assert (error.operation, error.object_id) == ("get_disk", "disk_x")
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (other.operation, other.object_id) == ("get_disk", "disk_x")
    assert [getattr(katapult_disk.DiskNotFound("x"), name) for name in ABOUT] == [None, None]


def test_no_name_hides_a_builtin():
    assert [kind.__name__ for kind in CLASSES if hasattr(builtins, kind.__name__)] == []


def test_the_outcome_is_its_string():
    with pytest.raises(katapult_disk.InvalidArgument) as caught:
        katapult_disk.Client("token").get_disk("")
    assert caught.value.outcome == "not_sent"
    assert "not_sent" == caught.value.outcome
    assert caught.value.outcome != "rejected"
    assert {"not_sent": 1}[caught.value.outcome] == 1
    assert f"{caught.value.outcome}" == "not_sent"


def test_an_error_takes_every_outcome_and_nothing_else():
    for outcome in katapult_disk.Outcome:
        for given in (outcome, outcome.value):
            assert katapult_disk.KatapultError("a message", outcome=given).outcome is outcome
    with pytest.raises(ValueError, match="'perhaps' is not a valid Outcome"):
        katapult_disk.KatapultError("a message", outcome="perhaps")


def test_fields_that_are_not_there_are_none():
    with pytest.raises(katapult_disk.InvalidArgument) as caught:
        katapult_disk.Client("token").get_disk("")
    error = caught.value
    assert (error.code, error.http_status, error.request_id) == (None, None, None)
    assert "disk_id" in str(error)


def test_nova_errors_pickle(sim):
    with pytest.raises(openstack.NotFound) as caught:
        openstack.Client(**sim.openstack()).detach_volume("no-such-server", sim.about["volume_id"])
    error = caught.value
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is openstack.ServerNotFound
    assert [getattr(other, name) for name in FIELDS] == [getattr(error, name) for name in FIELDS]
    assert (error.code, error.http_status, error.outcome) == ("itemNotFound", 404, "rejected")


def test_connection_errors_keep_their_fields():
    """OSError's constructor rewrites several arguments, which must not happen to ours."""
    client = katapult_disk.Client("token", base_url="http://127.0.0.1:1", timeout=1)
    with pytest.raises(ConnectionError) as caught:
        client.get_disk("disk_x")
    error = caught.value
    assert type(error) is katapult_disk.ConnectionFailed
    assert error.outcome == "not_sent"
    assert "127.0.0.1" in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
