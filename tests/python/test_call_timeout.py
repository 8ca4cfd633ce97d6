"""The `timeout` that each call of Python has of its own."""

import inspect
import time

import katapult_disk
import pytest
from faults import after, answer, silence
from katapult_disk import openstack
from table import TABLE

SHORT = 0.3
# What sends nothing itself.
OTHERS = {"close", "interrupt", "description"}
CALLS = [operation for operation in TABLE.values() if not operation.several]
LIMIT = {"error": {"code": "rate_limit_reached", "description": "Slow down", "detail": {"total_permitted": 1}}}


def made(fault_server, operation, **options):
    if operation.is_cloud:
        return openstack.Client(**fault_server.openstack(**options))
    return katapult_disk.Client(**fault_server.katapult(organization="acme", data_center="uk-lon-01", **options))


def call(client, operation, **more):
    arguments = {name: value for name, value in operation.arguments.items() if name != "timeout"}
    if operation.name == "wait_task":
        arguments["task"] = arguments.pop("task_id")
    result = getattr(client, operation.method)(**arguments, **more)
    return list(result) if operation.items else result


@pytest.mark.parametrize("kind", [katapult_disk.Client, openstack.Client])
def test_every_call_has_one(kind):
    methods = {name: value for name, value in vars(kind).items() if not name.startswith("_") and callable(value)}
    without = [name for name, method in methods.items() if "timeout" not in inspect.signature(method).parameters]
    assert set(without) <= OTHERS
    silent = [name for name, method in methods.items() if name not in without and "`timeout`" not in method.__doc__]
    assert silent == [], "say in the docstring what timeout is: py/src/texts"


@pytest.mark.parametrize("operation", CALLS, ids=lambda operation: operation.name)
def test_it_governs_the_call(fault_server, operation):
    fault_server.run(silence)
    started = time.monotonic()
    with pytest.raises(katapult_disk.TimedOut):
        call(made(fault_server, operation, timeout=30), operation, timeout=SHORT)
    assert SHORT - 0.05 <= time.monotonic() - started < 10
    assert fault_server.count() == 1


@pytest.mark.parametrize("operation", CALLS, ids=lambda operation: operation.name)
def test_one_that_is_none_is_refused(fault_server, operation):
    fault_server.run(silence)
    client = made(fault_server, operation, timeout=30)
    for wrong in (-1, float("nan"), "5", True, [5]) if operation.name == "wait_task" else (0, -1, float("nan"), "5", True, [5]):
        with pytest.raises(katapult_disk.InvalidArgument, match=r"\btimeout (must be|is too)"):
            call(client, operation, timeout=wrong)
    assert fault_server.count() == 0


@pytest.mark.parametrize("given", [{"timeout": None}, {"timeout": 20}], ids=["none", "longer"])
def test_it_may_be_longer_than_the_clients(fault_server, given):
    fault_server.run(after(3 * SHORT, answer(200, {"data_centers": []})))
    client = katapult_disk.Client(**fault_server.katapult(timeout=SHORT))
    assert client.list_data_centers(**given) == []
    for clients in ({}, {"timeout": ...}):
        with pytest.raises(katapult_disk.TimedOut):
            client.list_data_centers(**clients)


def test_of_a_list_it_is_for_each_page(fault_server):
    def page(number):
        disks = [{"id": f"disk_{number}", "name": "x"}]
        pagination = {"current_page": number, "total_pages": 3, "total": 3, "per_page": 1, "large_set": False}
        return after(0.6 * SHORT, answer(200, {"pagination": pagination, "disk": disks}))

    fault_server.run(page(1), page(2), page(3), silence)
    client = katapult_disk.Client(**fault_server.katapult(organization="acme", timeout=0.2 * SHORT))
    disks = client.list_disks(page_size=1, timeout=SHORT)
    assert [disk.id for disk in disks] == ["disk_1", "disk_2", "disk_3"]


def test_messages_say_whose_it_is(fault_server):
    limited = answer(429, LIMIT, {"Content-Type": "application/json", "Retry-After": "30"})
    fault_server.run(limited)
    client = katapult_disk.Client(**fault_server.katapult(timeout=2))
    with pytest.raises(katapult_disk.RateLimitReached, match="the call's timeout of 5 s ends before"):
        client.get_disk("disk_x", timeout=5)
    with pytest.raises(katapult_disk.RateLimitReached, match="the client's timeout of 2 s ends before"):
        client.get_disk("disk_x")
    assert fault_server.count() == 1, "calls with a timeout of their own share what the client knows"


def test_they_share_the_connection(sim):
    client = katapult_disk.Client(**sim.katapult())
    client.list_data_centers()
    sim.forget_requests()
    for timeout in (5, None, 0.9):
        client.list_data_centers(timeout=timeout)
    assert client.rate_limit.remaining > 0
    assert len({request.get("connection") for request in sim.requests()}) == 1


def test_without_a_wait_it_is_the_calls(sim, fault_server):
    fault_server.run(silence)
    client = katapult_disk.Client(**fault_server.katapult(timeout=SHORT))
    started = time.monotonic()
    # The default of a wait is none of the call's.
    for given in ({}, {"timeout": 600}, {"timeout": 0.2}):
        with pytest.raises(katapult_disk.TimedOut):
            client.detach_disk("disk_x", **given)
    assert time.monotonic() - started < 10
    with pytest.raises(katapult_disk.InvalidArgument, match="progress needs wait=True"):
        client.detach_disk("disk_x", timeout=5, progress=True)
