"""What the parts of the package must agree on."""

import inspect
import os
import subprocess
import sys

import katapult_disk
import pytest
from katapult_disk import _katapult_disk, errors, openstack

FUNCTIONS = sorted(
    name
    for name in katapult_disk.__all__
    if inspect.isfunction(getattr(katapult_disk, name)) and name != "set_default_client"
)


def test_there_are_functions():
    assert {"create_disk", "list_disks", "get_virtual_machine", "purge_all_trash"} < set(FUNCTIONS)


def test_every_status_has_a_class():
    assert set(errors.BY_STATUS) == set(_katapult_disk._STATUS_NAMES) - {"ok"}
    assert len(set(errors.BY_STATUS.values())) == len(errors.BY_STATUS)


def test_every_class_is_public():
    for kind in errors.BY_STATUS.values():
        module = openstack if kind.__module__ == "katapult_disk.openstack" else katapult_disk
        assert getattr(module, kind.__name__) is kind
        assert kind.__name__ in module.__all__


def parameters(function):
    return [(p.name, p.kind, p.default) for p in inspect.signature(function).parameters.values()]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_as_its_method(name):
    function, method = getattr(katapult_disk, name), getattr(katapult_disk.Client, name)
    assert parameters(function) == parameters(method)[1:]
    assert function.__doc__ == method.__doc__


def test_importing_stays_light():
    """Importing typing, datetime or enum's friends would take longer than all the rest."""
    script = "import sys; before = set(sys.modules); import katapult_disk; print(*(set(sys.modules) - before))"
    finished = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, env=environment())
    assert finished.returncode == 0, finished.stderr
    assert not {"typing", "datetime", "json", "inspect"} & set(finished.stdout.split())


def environment():
    return {**os.environ, "PYTHONPATH": os.path.dirname(os.path.dirname(katapult_disk.__file__))}


def test_the_default_client_can_be_set():
    client = katapult_disk.Client("token", base_url="http://127.0.0.1:1", timeout=1)
    katapult_disk.set_default_client(client)
    try:
        with pytest.raises(katapult_disk.ConnectionFailed):
            katapult_disk.get_disk("disk_x")
    finally:
        katapult_disk.set_default_client(None)


def test_exceptions_can_be_made_by_tests_of_our_users():
    error = katapult_disk.DiskNotFound("no such disk", code="disk_not_found", outcome="rejected")
    assert (str(error), error.code, error.outcome) == ("no such disk", "disk_not_found", "rejected")
    assert isinstance(error.outcome, katapult_disk.Outcome)
    assert katapult_disk.TimedOut("late").outcome == "unknown"


class Index:
    def __index__(self):
        return 20


@pytest.mark.parametrize("size", [True, 20.0, "20", None, 10**30, -1, [20]])
def test_a_size_that_is_no_whole_number(size):
    client = katapult_disk.Client("token", base_url="http://127.0.0.1:1", timeout=1, organization="acme")
    with pytest.raises(katapult_disk.InvalidArgument, match="size_in_gb"):
        client.create_disk("data", size)
    with pytest.raises(katapult_disk.ConnectionFailed):
        client.create_disk("data", Index())


def test_a_lone_surrogate_is_an_invalid_argument():
    with pytest.raises(katapult_disk.InvalidArgument, match="disk_id"):
        katapult_disk.Client("token").get_disk("\ud800")
    with pytest.raises(katapult_disk.InvalidArgument, match="api_token"):
        katapult_disk.Client("secret\ud800")
