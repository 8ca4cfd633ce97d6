"""OpenStack's tokens: when they are renewed, by whom, and an identity service that does not answer."""

import json
import subprocess
import sys
import threading
import time

import katapult_disk
import pytest
from canned_cloud import CannedCloud, compute, stamp, token
from faces import Cloud
from faults import answer
from stories import fails, value

LOGIN, GET = ("POST", "login"), ("GET", "volume")
THREADS = 16
REFUSAL = {"status": 401, "body": {"error": {"code": 401, "title": "Unauthorized", "message": "No."}}}


@pytest.fixture
def cloud(face, sim):
    return Cloud(face, sim)


@pytest.mark.parametrize("end", ["expire", "revoke"])
def test_a_token_that_was_refused_is_renewed_once(cloud, sim, end):
    value(cloud.get())
    sim.tokens(**{end: True})
    value(cloud.get())
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, GET, LOGIN, GET, GET]
    assert sim.state()["logins"] == 2


def test_a_detach_whose_token_was_refused_is_sent_again(cloud, sim):
    value(cloud.get())
    sim.tokens(revoke=True)
    sim.forget_requests()
    value(cloud.detach())
    assert [request["status"] for request in sim.requests()] == [401, 201, 202]


def test_a_token_that_expires_during_a_wait(cloud, sim):
    sim.volume(sim.about["volume_id"], detach_seconds=2)
    value(cloud.get())
    expiring = threading.Timer(1, lambda: sim.tokens(expire=True))
    expiring.start()
    value(cloud.detach(wait=True, timeout=20))
    expiring.join()
    assert sim.state()["logins"] == 2


def test_a_token_is_renewed_before_its_end(cloud, sim):
    sim.tokens(lifetime_seconds=3)
    value(cloud.get())
    value(cloud.get())
    assert sim.state()["logins"] == 1
    # A tenth of its life before.
    time.sleep(2.75)
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, GET, LOGIN, GET]


@pytest.mark.parametrize("lifetime", [10, 60, 119])
def test_a_short_token_is_used_for_its_life(cloud, sim, lifetime):
    sim.tokens(lifetime_seconds=lifetime)
    for _ in range(3):
        value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, GET, GET]


def test_a_token_that_never_counts_is_asked_for_once(cloud, sim):
    sim.answer({**REFUSAL, "service": "nova", "times": 2})
    fails(cloud.get(), "openstack_unauthorized", "rejected")
    assert cloud.asked() == [LOGIN, GET, LOGIN, GET]


def test_a_token_that_is_refused_in_its_first_second_is_renewed(cloud, sim):
    """A revocation of the same second concerns it, too, so the next one is asked for a second later."""
    sim.answer({**REFUSAL, "service": "nova"})
    started = time.monotonic()
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, LOGIN, GET]
    assert 0.9 < time.monotonic() - started < 5


def test_no_time_for_that_second(face, sim):
    cloud = Cloud(face, sim, sim.login(timeout=0.9))
    sim.answer({**REFUSAL, "service": "nova"})
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, LOGIN, GET]


def test_a_refusal_in_the_plain_text_of_old_middleware(face, fault_server):
    routes = {("POST", "/v3/auth/tokens"): token([compute(fault_server.url() + "/v2.1")])}
    cloud = CannedCloud(fault_server, {"auth_url": fault_server.url()}, routes=routes)
    cloud.refuse_tokens(times=1)
    value(cloud.get(face))
    assert cloud.asked() == [("POST", "/v3/auth/tokens"), ("GET", "/v2.1")] * 2
    cloud.refuse_tokens()
    fails(cloud.get(face), "openstack_unauthorized", "rejected")


@pytest.mark.parametrize(
    "about",
    [
        {"issued_at": None},
        # Its end is not known, or makes no sense: it is used until it is refused.
        {"expires_at": None},
        {"issued_at": None, "expires_at": "2020-01-01T00:00:10Z"},
        {"expires_at": "soon"},
    ],
    ids=str,
)
def test_a_token_that_says_less_of_its_life_is_used(face, fault_server, about):
    routes = {("POST", "/v3/auth/tokens"): token([compute(fault_server.url() + "/v2.1")], **about)}
    cloud = CannedCloud(fault_server, {"auth_url": fault_server.url()}, routes=routes)
    for _ in range(3):
        value(cloud.get(face))
    assert fault_server.count("POST") == 1


def test_the_services_clock_counts_for_a_token_without_its_time_of_issue(face, fault_server):
    """The clock here is years ahead."""
    about = {"issued_at": None, "expires_at": "2020-01-01T00:00:02Z"}
    granted = token([compute(fault_server.url() + "/v2.1")], date="Wed, 01 Jan 2020 00:00:00 GMT", **about)
    cloud = CannedCloud(fault_server, {"auth_url": fault_server.url()}, routes={("POST", "/v3/auth/tokens"): granted})
    value(cloud.get(face))
    value(cloud.get(face))
    assert fault_server.count("POST") == 1
    time.sleep(1.9)
    value(cloud.get(face))
    assert fault_server.count("POST") == 2


def test_a_token_that_is_due_is_used_while_the_identity_service_is_away(face, fault_server):
    """Nova takes it until its end, and says so after it."""
    now = time.time()
    about = {"issued_at": stamp(now), "expires_at": stamp(now + 2)}
    login = ("POST", "/v3/auth/tokens")
    routes = {login: token([compute(fault_server.url() + "/v2.1")], **about)}
    cloud = CannedCloud(fault_server, {"auth_url": fault_server.url()}, routes=routes)
    value(cloud.get(face))
    time.sleep(1.9)
    cloud.routes[login] = answer(500, {"error": {"code": 500, "title": "Error", "message": "Away."}})
    value(cloud.get(face))
    assert fault_server.count("POST") == 2
    cloud.refuse_tokens()
    error = fails(cloud.get(face), "openstack_error", "not_sent")
    assert "identity service" in error["message"] and "Away." in error["message"]


def test_a_fixed_token_is_not_renewed(face, sim):
    cloud = Cloud(face, sim, {"token": "not-a-token", "endpoint": sim.about["openstack_url"] + "/v2.1"})
    fails(cloud.get(), "openstack_unauthorized", "rejected")
    assert cloud.asked() == [GET]
    without_endpoint = Cloud(face, sim, {"auth_url": sim.about["auth_url"], "token": "not-a-token"})
    assert "identity service" in fails(without_endpoint.get(), "openstack_unauthorized", "rejected")["message"]
    assert sim.state()["logins"] == 0


def test_a_revoked_token_that_nova_still_takes(cloud, sim):
    """Nova passes it on, and what becomes of that is not known."""
    value(cloud.get())
    sim.tokens(revoke_unnoticed=True)
    sim.forget_requests()
    fails(cloud.detach(), "openstack_error", "unknown")
    assert cloud.asked() == [("DELETE", "volume")]


# An identity service that does not do its work


@pytest.mark.quiet
@pytest.mark.parametrize("wait", [False, True])
def test_an_identity_service_that_hangs(face, sim, wait):
    cloud = Cloud(face, sim, sim.login(timeout=1))
    sim.answer({"service": "keystone", "perform": True, "delay_seconds": 5})
    how = {"wait": True, "timeout": 20} if wait else {}
    started = time.monotonic()
    error = fails(cloud.detach(**how), "timed_out", "not_sent")
    assert 0.8 < time.monotonic() - started < 2
    assert "identity service" in error["message"]
    assert cloud.asked("nova") == []


@pytest.mark.quiet
def test_the_timeout_of_a_wait_counts_for_the_login_too(face, sim):
    cloud = Cloud(face, sim)
    sim.answer({"service": "keystone", "perform": True, "delay_seconds": 5})
    started = time.monotonic()
    fails(cloud.detach(wait=True, timeout=1), "timed_out", "not_sent")
    assert time.monotonic() - started < 3


BROKEN = {
    "503": {"status": 503, "body": {}},
    "an HTML page": {"status": 200, "body_text": "<h1>Welcome</h1>"},
    "no token": {"status": 201, "body": {"token": {}}},
    "cut short": {"perform": True, "send": "half_body"},
    "lost": {"perform": True, "send": "nothing"},
}


@pytest.mark.parametrize("broken", BROKEN)
def test_an_identity_service_that_fails(cloud, sim, broken):
    sim.answer({"service": "keystone", "times": 10, **BROKEN[broken]})
    error = cloud.detach().error
    assert error is not None
    assert (error["outcome"], cloud.asked("nova")) == ("not_sent", [])
    assert "identity service" in error["message"]
    sim.drop_answers()
    value(cloud.detach())


def test_a_compute_service_that_cannot_reach_the_identity_service(cloud, sim):
    sim.conditions(keystone_down=True)
    assert fails(cloud.detach(), "openstack_error", "unknown")["http_status"] == 503
    assert cloud.asked().count(("DELETE", "volume")) == 1


# Threads and processes


def at_once(work):
    """Lets all threads begin together; what they raised."""
    barrier, errors = threading.Barrier(THREADS), []

    def run():
        barrier.wait()
        try:
            work()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


@pytest.mark.parametrize("delay", [0, 0.5])
def test_many_threads_make_one_login(sim, delay):
    client = katapult_disk.openstack.Client(**sim.login())
    ids = sim.about["server_id"], sim.about["volume_id"]
    slow = {"service": "keystone", "perform": True, "delay_seconds": delay}
    sim.answer(slow)
    assert at_once(lambda: client.get_volume_attachment(*ids)) == []
    assert sim.state()["logins"] == 1
    sim.tokens(expire=True)
    sim.answer(slow)
    assert at_once(lambda: client.get_volume_attachment(*ids)) == []
    assert sim.state()["logins"] == 2


def test_many_threads_whose_token_is_due_make_one_login(sim):
    client = katapult_disk.openstack.Client(**sim.login())
    ids = sim.about["server_id"], sim.about["volume_id"]
    sim.tokens(lifetime_seconds=3)
    client.get_volume_attachment(*ids)
    sim.tokens(lifetime_seconds=3600)
    time.sleep(2.75)
    assert at_once(lambda: client.get_volume_attachment(*ids)) == []
    assert sim.state()["logins"] == 2


FORK = """
import json, os, sys, threading, time
import katapult_disk
options, ids, midway = json.loads(sys.argv[1])
client = katapult_disk.openstack.Client(**options)
first = threading.Thread(target=client.get_volume_attachment, args=ids)
first.start()
# Either in the middle of the first login, or after it.
time.sleep(0.5) if midway else first.join()
child = os.fork()
assert client.get_volume_attachment(*ids).volume_id == ids[1]
if child == 0:
    os._exit(0)
first.join()
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.parametrize("midway", [True, False])
def test_a_fork_logs_in_for_itself(sim, midway):
    if midway:
        sim.answer({"service": "keystone", "perform": True, "delay_seconds": 1.5})
    given = [sim.login(), [sim.about["server_id"], sim.about["volume_id"]], midway]
    command = [sys.executable, "-W", "ignore", "-c", FORK, json.dumps(given)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    assert sim.state()["logins"] == 2
