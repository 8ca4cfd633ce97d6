"""How long calls wait for a rate limit, and whose timeout decides that."""

import inspect
import itertools
import re
import threading
import time

import katapult_disk
import pytest
from faults import answer, silence
from katapult_disk import openstack
from places import PROJECT
from stories import fails, value

LIMIT = {"error": {"code": "rate_limit_reached", "description": "Slow down", "detail": {"total_permitted": 1}}}
BUSY = {"error": {"code": "service_unavailable", "description": "Not now", "detail": {}}}
TASK = "task_Of0ne7est5aaaaaa"
RUNNING = answer(200, {"task": {"id": TASK, "name": "Build", "status": "running"}})
COMPLETED = answer(200, {"task": {"id": TASK, "name": "Build", "status": "completed"}})
# The service counts by its own minute: a window that ends 3 s after this, in any year.
LATE = {"Date": "Sun, 06 Nov 1994 08:49:58 GMT"}
LATE_LASTS = 3
SHORT = 0.5  # seconds: a client's timeout
numbers = itertools.count()


def limited(headers=LATE, **more):
    """What the simulator answers instead of doing what it is asked."""
    return {"status": 429, "headers": headers, "body": LIMIT, **more}


def refusal(status=429, body=LIMIT, **headers):
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return answer(status, body, {"Content-Type": "application/json", **named})


def fresh(**options):
    """What a client has learnt of a limit holds for its later calls, so a test needs one of its own."""
    return {"user_agent": f"rate-limit-{next(numbers)}", **options}


@pytest.fixture
def timed():
    def timing(call, *arguments, **named):
        started = time.monotonic()
        return call(*arguments, **named), time.monotonic() - started

    return timing


def statuses(sim):
    return [request["status"] for request in sim.requests()]


@pytest.mark.parametrize("before", range(3), ids=["create", "first-poll", "later"])
def test_a_waits_timeout_governs_its_wait_for_the_limit(create, sim, before):
    """The client's timeout is too short for it, at each of the requests."""
    sim.answer(*[{"perform": True}] * before, limited())
    started = time.monotonic()
    made = create(wait=True, timeout=20, client=fresh(timeout=SHORT))
    assert LATE_LASTS <= time.monotonic() - started < 15
    assert made["task"]["status"] == "completed" and made["disk"]["state"] == "built"
    assert sim.state()["created"] == 1
    assert statuses(sim).count(429) == 1


def test_a_workflows_timeout_governs_its_wait_for_the_limit(call, sim):
    sim.answer(limited())
    wish = {"disk_id": sim.about["disks"]["unassigned"], "size_in_gb": 40, "timeout": 20}
    assert value(call("ensure_disk_size", **wish, client=fresh(timeout=SHORT)))["size_in_gb"] == 40


def test_a_wait_without_limit_waits_for_the_limit(face, fault_server):
    fault_server.run(refusal(Retry_After="1"), COMPLETED)
    options = fault_server.katapult(timeout=SHORT)
    assert value(face.call(options, "wait_task", {"task_id": TASK, "timeout": None}))["status"] == "completed"


def test_a_wait_follows_the_retry_after_of_a_service_that_is_unavailable(face, fault_server):
    fault_server.run(refusal(503, BUSY, Retry_After="1"), COMPLETED)
    options = fault_server.katapult(timeout=SHORT)
    assert value(face.call(options, "wait_task", {"task_id": TASK, "timeout": 20}))["status"] == "completed"


@pytest.mark.quiet
def test_the_clients_timeout_limits_each_attempt_of_a_wait(face, fault_server, timed):
    fault_server.run(refusal(Retry_After="1"), silence)
    options = fault_server.katapult(timeout=SHORT)
    outcome, seconds = timed(face.call, options, "wait_task", {"task_id": TASK, "timeout": 20})
    fails(outcome, "timed_out", "unknown")
    assert 1 + SHORT <= seconds < 1 + SHORT + 0.6


@pytest.mark.quiet
def test_a_wait_of_zero_seconds_polls_once_within_the_clients_timeout(face, fault_server, timed):
    fault_server.run(refusal(Retry_After="1"), RUNNING)
    outcome, seconds = timed(face.call, fault_server.katapult(timeout=5), "wait_task", {"task_id": TASK, "timeout": 0})
    assert "its status is running" in fails(outcome, "timed_out", "unknown")["message"]
    assert 1 <= seconds < 2
    assert fault_server.count() == 2
    fault_server.run(silence)
    options = fault_server.katapult(timeout=SHORT)
    outcome, seconds = timed(face.call, options, "wait_task", {"task_id": TASK, "timeout": 0})
    fails(outcome, "timed_out", "unknown")
    assert SHORT <= seconds < SHORT + 0.5


@pytest.mark.quiet
@pytest.mark.parametrize("headers", [LATE, {"Retry_After": "3"}], ids=["date", "retry-after"])
def test_nothing_is_sent_while_the_limit_is_known_to_last_too_long(face, fault_server, timed, headers):
    fault_server.run(refusal(**headers), COMPLETED)
    options = fault_server.katapult(timeout=1.5)
    too_short = "the limit lasts 3 s longer, and the client's timeout of 1.5 s ends before"
    refused = fails(face.call(options, "get_task", {"task_id": TASK}), "rate_limit_reached", "rejected")
    assert refused["hint"] == too_short
    outcome, seconds = timed(face.call, options, "get_task", {"task_id": TASK})
    unsent = fails(outcome, "rate_limit_reached", "not_sent")
    assert too_short in unsent["message"] and unsent["http_status"] is None
    assert seconds < 0.3
    # A wait goes on without asking, and then does not claim that the task has not ended.
    outcome, seconds = timed(face.call, options, "wait_task", {"task_id": TASK, "timeout": 1})
    assert "is not known" in fails(outcome, "timed_out", "unknown")["message"]
    assert 1 <= seconds < 1.3
    assert fault_server.count() == 1
    # Who has the time waits for the window, and is the first to ask again.
    value(face.call(options, "wait_task", {"task_id": TASK, "timeout": 20}))
    assert fault_server.count() == 2


def test_a_proxys_limit_concerns_one_call_only(face, fault_server):
    page = answer(429, b"<html>slow down</html>", {"Content-Type": "text/html", "Retry-After": "30"})
    fault_server.run(page, RUNNING)
    options = fault_server.katapult(timeout=5)
    fails(face.call(options, "get_task", {"task_id": TASK}), "rate_limit_reached", "rejected")
    value(face.call(options, "get_task", {"task_id": TASK}))
    assert fault_server.count() == 2


def test_threads_share_what_one_of_them_has_learnt(sim):
    """The client's timeout is too short for the window, the waits' timeouts are not."""
    sim.answer(limited())
    failures = []

    def work(number):
        try:
            client.create_disk(f"disk {number}", 20, wait=True, timeout=30)
        except katapult_disk.KatapultError as error:
            failures.append(error)

    place = {name: sim.about[name] for name in ("organization", "data_center")}
    with katapult_disk.Client(**sim.katapult(timeout=SHORT, **place)) as client:
        first = threading.Thread(target=work, args=(0,))
        first.start()
        time.sleep(0.3)
        threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 16)]
        for thread in threads:
            thread.start()
        time.sleep(1)
        assert statuses(sim) == [429], "only the first has asked"
        for thread in [first, *threads]:
            thread.join()
    assert failures == []
    assert sim.state()["created"] == 16


@pytest.mark.parametrize(
    "order",
    [{"service": "nova", "method": "DELETE"}, {"service": "nova", "method": "GET"}, {"service": "keystone"}],
    ids=["delete", "poll", "login"],
)
def test_a_wait_for_a_volume_waits_for_the_limit(face, sim, order):
    fault = {"overLimit": {"code": 429, "message": "This request was rate-limited.", "retryAfter": "1"}}
    sim.answer({"status": 429, "headers": {"Retry-After": "1"}, "body": fault, **order})
    volume = {"server_id": sim.about["server_id"], "volume_id": sim.about["volume_id"]}
    options = sim.login(**fresh(timeout=SHORT))
    value(face.call(options, "openstack_detach_volume", {**volume, "wait": True, "timeout": 20}))
    assert statuses(sim).count(429) == 1


def test_the_poll_of_a_volume_that_meets_a_long_limit_does_not_end_the_wait(face, sim):
    fault = {"overLimit": {"code": 429, "message": "This request was rate-limited.", "retryAfter": "60"}}
    sim.answer({"status": 429, "headers": {"Retry-After": "60"}, "body": fault, "service": "nova", "method": "GET"})
    volume = {"server_id": sim.about["server_id"], "volume_id": sim.about["volume_id"]}
    options = sim.openstack(**fresh(timeout=SHORT))
    value(face.call(options, "openstack_detach_volume", {**volume, "wait": True, "timeout": 10}))


def test_the_default_timeout_is_the_same_everywhere():
    clients = (katapult_disk.Client, openstack.Client)
    signatures = [inspect.signature(client).parameters["timeout"].default for client in clients]
    places = {
        "core/src/http_options.rs": r"timeout: Some\(Duration::from_secs\((\d+)\)\),\n +connect",
        "include/katapult_disk.h": r"`timeout`: the seconds that one call [^`]*?, (\d+);",
        "README.md": r"`timeout` \(seconds for a whole call with its retries, (\d+);",
    }
    found = [re.search(pattern, (PROJECT / path).read_text()) for path, pattern in places.items()]
    assert {*signatures, *(float(match[1]) for match in found)} == {signatures[0]}
