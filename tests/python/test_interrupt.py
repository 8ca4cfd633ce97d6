"""`client.interrupt()` and `client.close()` end calls on other threads."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import katapult_disk
import pytest
from faults import answer, silence
from katapult_disk import openstack

SOON = 0.5  # seconds: 100 ms, on a machine that has other things to do
PENDING = answer(200, {"task": {"id": "task_x", "name": "Build disk", "status": "pending", "progress": 0}})
LIMIT = {"error": {"code": "rate_limit_reached", "description": "Slow down", "detail": {"total_permitted": 1}}}
LIMITED = answer(429, LIMIT, {"Content-Type": "application/json", "Retry-After": "40"})
SPECS = [{"name": f"data-{number}", "size_in_gb": 1} for number in range(50)]
ENDS = ["interrupt", "close"]


def katapult(fault_server):
    return katapult_disk.Client(**fault_server.katapult(organization="acme", data_center="uk-lon-01", timeout=60))


def nova(fault_server):
    return openstack.Client(**fault_server.openstack(timeout=60))


def ended(call, end):
    """The exception of a call on another thread, which `end` ends."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(call)
        time.sleep(0.3)
        assert not future.done(), future
        started = time.monotonic()
        end()
        error = future.exception(timeout=20)
        took = time.monotonic() - started
    assert isinstance(error, katapult_disk.Interrupted), error
    assert took < SOON
    return error


CALLS = {
    "read": (silence, lambda client: client.get_disk("disk_x")),
    "write": (silence, lambda client: client.create_disk("data", 1)),
    "request": (silence, lambda client: client.request("GET", "/x")),
    "list": (silence, lambda client: list(client.list_disks())),
    "wait": (PENDING, lambda client: client.wait_task("task_x")),
    "rate limit": (LIMITED, lambda client: client.get_disk("disk_x")),
    "workflow": (silence, lambda client: client.ensure_disk_detached("disk_x")),
    "fleet": (silence, lambda client: list(client.create_disks(SPECS))),
    "no timeout": (silence, lambda client: client.get_disk("disk_x", timeout=None)),
}


@pytest.mark.quiet
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", CALLS)
def test_every_kind_of_call_ends(fault_server, name, end):
    behaviour, call = CALLS[name]
    fault_server.run(behaviour)
    client = katapult(fault_server)
    error = ended(lambda: call(client), getattr(client, end))
    assert "interrupted" in str(error)
    if name in ("read", "write"):
        assert error.outcome == "unknown"


@pytest.mark.quiet
@pytest.mark.parametrize("end", ENDS)
def test_openstack(fault_server, end):
    fault_server.run(silence)
    client = nova(fault_server)
    ended(lambda: client.list_volume_attachments("4d1f7a52"), getattr(client, end))
    login = {"auth_url": fault_server.url() + "/v3", "username": "u", "password": "p", "project_name": "p"}
    client = openstack.Client(**login, timeout=60)
    assert ended(lambda: client.list_volume_attachments("4d1f7a52"), getattr(client, end)).outcome == "not_sent"


@pytest.mark.quiet
def test_one_that_waits_for_another_ends(fault_server):
    """Two workflows on one disk take turns, and both end."""
    fault_server.run(silence)
    client = katapult(fault_server)
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(client.ensure_disk_detached, "disk_x") for _ in range(4)]
        time.sleep(0.5)
        assert fault_server.count() == 1
        started = time.monotonic()
        client.interrupt()
        errors = [future.exception(timeout=20) for future in futures]
        assert time.monotonic() - started < SOON
    assert {type(error) for error in errors} == {katapult_disk.Interrupted}
    assert fault_server.count() == 1


def test_later_calls_are_not_concerned(sim):
    client = katapult_disk.Client(**sim.katapult())
    for _ in range(3):
        client.interrupt()
        assert client.list_data_centers()
    client.close()
    client.interrupt()
    with pytest.raises(katapult_disk.InvalidArgument, match="closed"):
        client.list_data_centers()


def test_the_next_page_of_a_list_is_a_later_call(sim):
    client = katapult_disk.Client(**sim.katapult(organization=sim.about["organization"]))
    disks = client.list_disks(page_size=1)
    first = next(disks)
    client.interrupt()
    assert first.id not in [disk.id for disk in disks]


def test_a_signals_handler_may_interrupt(fault_server):
    """And make calls, which are later ones."""
    fault_server.run(silence, answer(200, {"data_centers": []}))
    client = katapult(fault_server)
    answers = []

    def ring(*_):
        client.interrupt()
        answers.append(client.list_data_centers())

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        started = time.monotonic()
        with pytest.raises(katapult_disk.Interrupted):
            client.get_disk("disk_x")
        assert time.monotonic() - started < 5
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert answers == [[]]


def test_a_fleet_is_ended_between_two_results(sim):
    where = {"organization": sim.about["organization"], "data_center": sim.about["data_center"]}
    client = katapult_disk.Client(**sim.katapult(**where))
    with client.create_disks(SPECS) as run:
        next(run)
        client.interrupt()
        with pytest.raises(katapult_disk.Interrupted) as raised:
            list(run)
    assert raised.value.detail["counts"] == run.counts.to_dict()
    assert sum(1 for _ in client.list_disks()) > 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_has_its_own(fault_server):
    fault_server.run(silence)
    client = katapult(fault_server)

    def in_child():
        timer = threading.Timer(0.2, client.interrupt)
        timer.start()
        try:
            client.get_disk("disk_x")
        except katapult_disk.Interrupted:
            os._exit(0)
        os._exit(1)

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(client.get_disk, "disk_y")
        time.sleep(0.2)
        child = os.fork()
        if child == 0:
            in_child()
        assert os.waitpid(child, 0)[1] == 0
        assert not future.done(), "the parent's calls are not the child's"
        client.interrupt()
        assert isinstance(future.exception(timeout=20), katapult_disk.Interrupted)
