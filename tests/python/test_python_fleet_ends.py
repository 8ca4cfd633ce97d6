"""Many disks in one call, in Python: how it ends too early."""

import json
import signal
import subprocess
import sys
import threading
import time

import katapult_disk
import pytest
from katapult_disk import FleetCounts
from slow_fleets import (  # noqa: F401
    is_under_way,
    slow,
    slow_client,
    slow_simulator,
    specs,
    wait_for_threads_to_begin,
    wait_until_none_is_left,
    where,
)
from stories import wait_for

# Within 0.1 s is the promise; a busy machine gets some more.
ENDS_WITHIN = 0.25


def began_and_ends(sim, run):
    """Everything has ended: nothing more is sent, and the counts say what was."""
    posts = sum(request["method"] == "POST" for request in sim.requests())
    time.sleep(0.4)
    assert sum(request["method"] == "POST" for request in sim.requests()) == posts
    wait_until_none_is_left()
    assert run.counts.pending == 0
    assert run.counts.unknown == len(run.unfinished)
    assert posts - 16 <= sim.state()["created"] <= run.counts.unknown
    for result in run.unfinished:
        assert (result.outcome, result.name.startswith("data-")) == ("unknown", True)


@pytest.mark.quiet
def test_leaving_the_block_early(slow_client, slow):
    with pytest.raises(ZeroDivisionError):
        with slow_client.create_disks(specs(1000)) as run:
            wait_for_threads_to_begin(run)
            left = time.monotonic()
            raise ZeroDivisionError
    assert time.monotonic() - left < ENDS_WITHIN
    began_and_ends(slow, run)
    assert list(run) == []
    assert run.unfinished is run.unfinished


@pytest.mark.quiet
@pytest.mark.parametrize("limit", [1.0, 0.3])
def test_a_timeout(slow_client, slow, limit):
    started = time.monotonic()
    with pytest.raises(katapult_disk.TimedOut, match="the fleet has not ended within") as caught:
        with slow_client.create_disks(specs(1000), timeout=limit) as run:
            next(run)
    assert limit <= time.monotonic() - started < limit + ENDS_WITHIN
    began_and_ends(slow, run)
    error = caught.value
    assert (error.operation, error.outcome) == ("create_disks", "unknown")
    assert error.detail["counts"] == run.counts.to_dict()
    assert [one["name"] for one in error.detail["unfinished"]] == [result.name for result in run.unfinished]
    assert run.fleet in error.hint


@pytest.mark.quiet
def test_an_exception_of_the_generator(slow_client, slow):
    def generate():
        yield from specs(10)
        raise ZeroDivisionError("no more")

    with slow_client.create_disks(generate()) as run:
        with pytest.raises(ZeroDivisionError) as caught:
            next(run)
        assert list(run) == []
    assert isinstance(caught.value.__cause__, katapult_disk.Interrupted)
    assert caught.value.__cause__.detail["counts"] == run.counts.to_dict()
    began_and_ends(slow, run)
    assert run.counts.unknown + run.counts.not_started == 10


@pytest.mark.quiet
def test_an_exception_of_the_progress_function(slow_client, slow):
    seen = []

    def show(counts):
        seen.append(counts)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as caught:
        for _ in slow_client.create_disks(specs(1000), progress=show):
            pass
    assert isinstance(seen[0], FleetCounts) and seen[0].pending > 0
    assert caught.value.__cause__.detail["unfinished"]
    wait_until_none_is_left()


def test_stop_iteration_is_not_taken_for_the_end(slow_client):
    def stop(counts):
        raise StopIteration

    with pytest.raises(RuntimeError, match="StopIteration"):
        list(slow_client.create_disks(specs(20), progress=stop))


CTRL_C = """
import json, sys, time
import katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
specs = [{"name": f"data-{number:05}", "size_in_gb": 20} for number in range(5000)]
run = client.create_disks(specs, fleet="order")
try:
    with run:
        for result in run:
            print(result, flush=True)
except KeyboardInterrupt as error:
    ended = time.monotonic()
    cause = error.__cause__
    assert isinstance(cause, katapult_disk.Interrupted), cause
    assert cause.detail["counts"] == run.counts.to_dict(), cause.detail
    print(json.dumps([ended, run.counts.to_dict(), len(run.unfinished)]), flush=True)
    time.sleep(0.5)
"""


@pytest.mark.quiet
def test_ctrl_c(slow):
    options = json.dumps(slow.katapult(**where(slow)))
    command = [sys.executable, "-c", CTRL_C, options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: slow.state()["created"] > 20)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        line = process.stdout.readline()
        created = slow.state()["created"]
        assert process.wait(20) == 0, process.stderr.read()
    ended, counts, unfinished = json.loads(line)
    assert ended - sent < ENDS_WITHIN
    assert sum(counts.values()) == 5000
    assert counts["unknown"] == unfinished >= created > 0
    assert slow.state()["created"] == created, "nothing was created after the end"


def test_threads_may_look_but_not_iterate(slow_client):
    with slow_client.create_disks(specs(100)) as run:
        wait_for_threads_to_begin(run)
        with pytest.raises(katapult_disk.InvalidArgument, match="is being iterated over already"):
            next(run)
        assert run.counts.pending > 0
        assert run.unfinished == ()
        run.close()
        wait_for(lambda: run.counts.pending == 0)
    wait_until_none_is_left()


def test_who_iterates_learns_of_a_close(slow_client):
    run = slow_client.create_disks(specs(100))
    caught = []

    def iterate():
        try:
            next(run)
        except katapult_disk.KatapultError as error:
            caught.append(error)

    thread = threading.Thread(target=iterate)
    thread.start()
    wait_for(lambda: is_under_way(run))
    run.close()
    thread.join(5)
    assert [type(error) for error in caught] == [katapult_disk.Interrupted]
    assert caught[0].detail["counts"]["unknown"] == len(run.unfinished) > 0


def test_it_is_not_used_within_itself(slow_client):
    said = []

    def generate():
        for use in (lambda: next(run), lambda: run.counts, run.close):
            try:
                use()
            except katapult_disk.InvalidArgument as error:
                said.append(str(error))
        yield from specs(5)

    run = slow_client.create_disks(generate())
    with pytest.raises(katapult_disk.Interrupted), run:
        next(run)
    assert len(said) == 1 and "is being iterated over already" in said[0]
    wait_until_none_is_left()


def test_a_closed_client(slow_client):
    slow_client.close()
    with pytest.raises(katapult_disk.InvalidArgument, match="the client is closed"):
        slow_client.create_disks(specs(5))


def test_a_client_that_is_closed_meanwhile(sim):
    # They take 1.5 s, and the first ones are built before.
    sim.latency(0.05)
    client = katapult_disk.Client(**sim.katapult(**where(sim)))
    with client.create_disks(list(specs(500))) as run:
        next(run)
        client.close()
        with pytest.raises(katapult_disk.Interrupted):
            list(run)
    assert run.counts.created < 500 and sum(run.counts.to_dict().values()) == 500
