"""A broken network, in every face: what the caller is told, and how often the server was asked."""

import email.utils
import os
import socket
import sys
import time
from pathlib import Path

import pytest
from faults import FaultServer, after, answer, cut_short, drip, gzip_bomb, large, reset, silence, then_close
from stories import wait_for

DISK = "disk_Fa1Lt2Ts3Un4Dr5K"
READ = ("get_disk", {"disk_id": DISK})
WRITE = ("create_disk", {"name": "Data", "size_in_gb": 20, "organization": "acme", "data_center": "uk-she-01"})
READ_ANSWER = answer(200, {"disk": {"id": DISK}, "annotations": []})
WRITE_ANSWER = answer(
    201, {"disk": {"id": DISK}, "task": {"id": "task_Fa1Lt2Ts3Un4Dr5K", "status": "pending"}, "annotations": []}
)
HTML = {"Content-Type": "text/html"}
GATEWAY = answer(502, b"<html><h1>502 Bad Gateway</h1></html>", HTML)
DETACH = (
    "openstack_detach_volume",
    {"server_id": "4d1f7a52-0c3b-4e8a-b6d9-75f2c81e9a30", "volume_id": "c9a8b7e6-1d2f-4a3b-8c5d-6e7f80912a3b"},
)


def api_error(status, code, **headers):
    body = {"error": {"code": code, "description": "Not now", "detail": {}}}
    return answer(status, body, {"Content-Type": "application/json", "X-Api-Schema": "json-error", **headers})


def timed(call, *arguments):
    started = time.monotonic()
    outcome = call(*arguments)
    return outcome, time.monotonic() - started


def assert_error(outcome, status, certain=None):
    assert outcome.error is not None, f"should have failed, gave {outcome.value}"
    assert outcome.error["status"] in status.split("|"), outcome.error
    if certain:
        assert outcome.error["outcome"] == certain, outcome.error


@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
def test_connection_refused(face, call):
    # Bound, so that nobody else gets the port meanwhile, and not listening.
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        port = deaf.getsockname()[1]
        options = {"base_url": f"http://127.0.0.1:{port}/core/v1", "api_token": "t", "timeout": 2}
        assert_error(face.call(options, *call), "connection_failed", "not_sent")


def test_a_write_on_a_connection_that_was_closed_while_idle_costs_nothing(face, fault_server):
    fault_server.run(then_close(READ_ANSWER), WRITE_ANSWER)
    options = fault_server.katapult()
    assert face.call(options, *READ).error is None
    wait_for(lambda: not fault_server.open)  # On loopback the FIN has arrived then.
    assert face.call(options, *WRITE).error is None
    assert fault_server.count("POST") == 1
    assert fault_server.connections == 2


def test_a_kept_connection_is_used_again(face, fault_server):
    fault_server.run(READ_ANSWER, WRITE_ANSWER, READ_ANSWER)
    for call in (READ, WRITE, READ):
        assert face.call(fault_server.katapult(), *call).error is None
    assert fault_server.connections == 1


@pytest.mark.quiet
def test_a_connection_is_given_up_before_the_server_does(face, fault_server):
    """With `Keep-Alive: timeout=2` it may be closed after 2 s, while a request is on its way."""
    hint = {"Content-Type": "application/json", "Keep-Alive": "timeout=2, max=100"}
    fault_server.run(answer(200, {"disk": {"id": DISK}, "annotations": []}, hint))
    options = fault_server.katapult()
    for pause, connections in [(0, 1), (0.5, 1), (1.2, 2)]:
        time.sleep(pause)
        assert face.call(options, *READ).error is None
        assert fault_server.connections == connections


@pytest.mark.parametrize("broken", [reset, cut_short])
def test_a_write_whose_answer_breaks_off_is_not_repeated(face, fault_server, broken):
    fault_server.run(broken)
    assert_error(face.call(fault_server.katapult(), *WRITE), "connection_failed|invalid_response", "unknown")
    assert fault_server.count() == 1


@pytest.mark.parametrize("broken", [reset, cut_short])
def test_a_read_whose_answer_breaks_off_is_repeated(face, fault_server, broken):
    fault_server.run(broken, READ_ANSWER)
    assert face.call(fault_server.katapult(), *READ).value == {"id": DISK}
    assert fault_server.count() == 2


def test_a_detach_at_nova_whose_answer_breaks_off_is_not_repeated(face, fault_server):
    fault_server.run(reset)
    outcome = face.call(fault_server.openstack(), *DETACH)
    assert_error(outcome, "connection_failed|invalid_response|openstack_error", "unknown")
    assert fault_server.count() == 1


def test_a_proxys_html_on_a_write(face, fault_server):
    fault_server.run(GATEWAY)
    outcome = face.call(fault_server.katapult(), *WRITE)
    assert_error(outcome, "invalid_response", "unknown")
    assert outcome.error["http_status"] == 502
    assert "Bad Gateway" in outcome.error["message"]
    assert fault_server.count() == 1


def test_an_empty_503_on_a_write_is_not_repeated(face, fault_server):
    fault_server.run(answer(503, b"", {}))
    assert_error(face.call(fault_server.katapult(), *WRITE), "invalid_response", "unknown")
    assert fault_server.count() == 1


def test_an_empty_503_on_a_read_is_repeated(face, fault_server):
    fault_server.run(answer(503, b"", {}), READ_ANSWER)
    assert face.call(fault_server.katapult(), *READ).value == {"id": DISK}
    assert fault_server.count() == 2


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
def test_100_megabytes_of_body(face, fault_server, chunked):
    fault_server.run(large(100, chunked))
    assert_error(face.call(fault_server.katapult(), *READ), "response_too_large")
    assert fault_server.count() == 1


def test_a_write_with_too_large_an_answer_may_have_happened(face, fault_server):
    fault_server.run(large(100, True))
    assert_error(face.call(fault_server.katapult(), *WRITE), "response_too_large", "unknown")
    assert fault_server.count() == 1


def test_a_gzip_bomb(face, fault_server):
    fault_server.run(READ_ANSWER, gzip_bomb(1024))
    face.call(fault_server.katapult(), *READ)
    assert_error(face.call(fault_server.katapult(), *READ), "response_too_large")
    assert "gzip" in fault_server.requests[-1].headers["accept-encoding"]
    assert fault_server.count() == 2


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process from /proc")
def test_a_gzip_bomb_takes_little_memory(face, fault_server):
    fault_server.run(READ_ANSWER, gzip_bomb(1024))
    face.call(fault_server.katapult(), *READ)
    process = Path("/proc") / str(face.pid or os.getpid())
    (process / "clear_refs").write_text("5")  # starts the count of the peak anew
    before = peak_megabytes(process)
    assert_error(face.call(fault_server.katapult(), *READ), "response_too_large")
    # The cap is 64 MiB, and a buffer that grows holds its old self for a moment.
    assert peak_megabytes(process) - before < 256


def peak_megabytes(process):
    [line] = [line for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) // 1024


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(face, fault_server, status):
    with FaultServer() as elsewhere:
        elsewhere.run(READ_ANSWER)
        location = {"Location": elsewhere.url("localhost") + "/core/v1/disks/disk"}
        fault_server.run(answer(status, b"", location))
        for call in (READ, WRITE):
            outcome = face.call(fault_server.katapult(), *call)
            assert_error(outcome, "invalid_response")
            assert outcome.error["http_status"] == status
            assert location["Location"] in outcome.error["message"]
        outcome = face.call(fault_server.openstack(), *DETACH)
        assert_error(outcome, "openstack_error")
        assert location["Location"] in outcome.error["message"]
        assert elsewhere.connections == 0
    assert fault_server.count() == 3


@pytest.mark.quiet
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
def test_no_answer_at_all(face, fault_server, call):
    fault_server.run(silence)
    outcome, seconds = timed(face.call, fault_server.katapult(timeout=0.5), *call)
    assert_error(outcome, "timed_out", "unknown" if call is WRITE else None)
    assert 0.4 < seconds < 0.7
    assert fault_server.count() == 1


@pytest.mark.quiet
def test_one_byte_a_second(face, fault_server):
    fault_server.run(drip)
    outcome, seconds = timed(face.call, fault_server.katapult(timeout=1.2), *WRITE)
    assert_error(outcome, "timed_out", "unknown")
    assert 1.1 < seconds < 1.4


def test_a_slow_answer_within_the_timeout(face, fault_server):
    fault_server.run(after(0.3, WRITE_ANSWER))
    assert face.call(fault_server.katapult(timeout=5), *WRITE).error is None


@pytest.mark.quiet
@pytest.mark.parametrize(("status", "code"), [(429, "rate_limit_reached"), (503, "service_unavailable")])
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
def test_retry_after_in_seconds_is_waited_for_and_repeated(face, fault_server, call, status, code):
    good = READ_ANSWER if call is READ else WRITE_ANSWER
    fault_server.run(api_error(status, code, **{"Retry-After": "1"}), good)
    outcome, seconds = timed(face.call, fault_server.katapult(timeout=10), *call)
    assert outcome.error is None, outcome.error
    assert 0.95 < seconds < 4
    assert fault_server.count() == 2


@pytest.mark.quiet
@pytest.mark.parametrize("seconds", ["86400", str(2**64 - 1), str(2**80)])
def test_an_absurd_retry_after(face, fault_server, seconds):
    fault_server.run(api_error(429, "rate_limit_reached", **{"Retry-After": seconds}))
    options = fault_server.katapult(timeout=0.5)
    outcome, took = timed(face.call, options, *WRITE)
    assert_error(outcome, "rate_limit_reached", "rejected")
    assert took < 0.7
    assert fault_server.count("POST") == 1


def test_a_retry_after_that_no_clock_can_hold(face, fault_server):
    fault_server.run(api_error(429, "rate_limit_reached", **{"Retry-After": str(2**64 - 1)}))
    assert_error(face.call(fault_server.katapult(timeout=None), *WRITE), "rate_limit_reached", "rejected")


@pytest.mark.quiet
def test_retry_after_as_a_date(face, fault_server):
    then = email.utils.formatdate(time.time() + 2, usegmt=True)
    fault_server.run(api_error(429, "rate_limit_reached", **{"Retry-After": then}), WRITE_ANSWER)
    outcome, seconds = timed(face.call, fault_server.katapult(timeout=10), *WRITE)
    assert outcome.error is None, outcome.error
    # A date has whole seconds: 2 s from now is somewhere between 1 and 2.
    assert 0.9 < seconds < 5
    assert fault_server.count() == 2


@pytest.mark.quiet
def test_every_attempt_refused_by_the_service_is_rejected(face, fault_server):
    fault_server.run(api_error(503, "service_unavailable", **{"Retry-After": "1"}))
    outcome, seconds = timed(face.call, fault_server.katapult(timeout=1.9), *WRITE)
    assert_error(outcome, "service_unavailable", "rejected")
    assert seconds < 1.9
    assert fault_server.count() == 2


@pytest.mark.quiet
def test_a_refusal_and_then_silence_is_unknown(face, fault_server):
    fault_server.run(api_error(429, "rate_limit_reached", **{"Retry-After": "1"}), silence)
    outcome, seconds = timed(face.call, fault_server.katapult(timeout=1.9), *WRITE)
    assert_error(outcome, "timed_out", "unknown")
    assert 1.8 < seconds < 2.1
    assert fault_server.count() == 2
