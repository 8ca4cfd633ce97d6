"""How fleets end in C: tests/c/fleet.c checks; and the example, with and without Ctrl-C."""

import json
import os
import signal
import subprocess
import time

import pytest
from c_bad_input import text
from c_stories import VALGRIND, VALGRIND_COMMAND
from places import C_FLEET, C_FLEET_EXAMPLE, built
from simulator import Simulator


@pytest.fixture
def slow():
    """A service whose tasks take long, and whose answers are late."""
    with Simulator(task_seconds=30) as simulator:
        simulator.latency(0.05)
        yield simulator


def run(sim, disks, begun, seconds, *prefix):
    about = sim.about
    options = sim.katapult(organization=about["organization"], data_center=about["data_center"])
    program = [*prefix, str(built(C_FLEET)), text(options), str(disks), str(begun), str(seconds)]
    finished = subprocess.run(program, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    *fleets, done = finished.stdout.splitlines()
    assert done == "done"
    return [int(line.split()[0]) for line in fleets]


@pytest.mark.quiet
def test_whatever_stops_a_fleet_ends_it_at_once(slow):
    # 0.1 s, on a machine that has other things to do.
    unknown = run(slow, 300, 0.5, 0.2)
    assert len(unknown) == 4
    created = slow.state()["created"]
    assert created <= sum(unknown), "what may have been created is named"
    time.sleep(0.3)
    assert slow.state()["created"] == created, "nothing goes on"


@pytest.mark.quiet
@pytest.mark.skipif(VALGRIND is None, reason="valgrind is not installed")
def test_what_is_stopped_leaks_nothing(slow):
    # Everything takes some fifty times as long, also the first look at what is there.
    run(slow, 1000, 3, 10, *VALGRIND_COMMAND)


# The example


def start(sim, name, count):
    environment = {**os.environ, **sim.about["environment"]}
    program = [str(built(C_FLEET_EXAMPLE)), name, str(count)]
    return subprocess.Popen(program, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def counts(output):
    return {name: count for name, count in json.loads(output.splitlines()[-1]).items() if count}


def test_the_example_creates_what_is_missing(sim):
    sim.fail_by_name(["data-0002"], "refuse")
    ran = start(sim, "order-4711", 5)
    output, errors = ran.communicate(timeout=60)
    assert ran.returncode == 1 and "1 of 5 disks failed" in errors
    assert counts(output) == {"created": 4, "failed": 1}
    assert "disk 2: validation_error: " in output
    sim.fail_by_name([], "refuse")
    ran = start(sim, "order-4711", 5)
    output, errors = ran.communicate(timeout=60)
    assert ran.returncode == 0, errors
    assert counts(output) == {"created": 1, "existed": 4}
    assert sim.state()["created"] == 5


@pytest.mark.quiet
def test_the_example_ends_with_ctrl_c(slow):
    ran = start(slow, "order-4712", 500)
    while slow.state()["created"] < 10:
        time.sleep(0.02)
    ran.send_signal(signal.SIGINT)
    began = time.monotonic()
    output, errors = ran.communicate(timeout=60)
    assert time.monotonic() - began < 0.3
    assert ran.returncode == 1 and "interrupted: " in errors
    ended = counts(output)
    assert ended.keys() == {"unknown", "not_started"} and sum(ended.values()) == 500
    assert ended["unknown"] >= slow.state()["created"] >= 10
