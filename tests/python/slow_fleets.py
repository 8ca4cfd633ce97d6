"""Fleets whose disks take longer to build than any test, so that it is the test that ends them."""

import os
import sys
import threading

import katapult_disk
import pytest
from simulator import Simulator
from stories import wait_for


@pytest.fixture(scope="module")
def slow_simulator():
    """One whose disks take longer to build than any of these tests."""
    with Simulator(task_seconds=60) as simulator:
        yield simulator


@pytest.fixture
def slow(slow_simulator):
    slow_simulator.reset()
    return slow_simulator


def where(sim):
    return {"organization": sim.about["organization"], "data_center": sim.about["data_center"]}


@pytest.fixture
def slow_client(slow):
    with katapult_disk.Client(**slow.katapult(**where(slow))) as client:
        yield client


def specs(count):
    return ({"name": f"data-{number:05}", "size_in_gb": 20} for number in range(count))


def is_under_way(run):
    return run.counts.pending >= 5


def threads():
    """How many threads of fleets this process has."""
    found = 0
    for thread in os.listdir("/proc/self/task") if sys.platform == "linux" else []:
        try:
            with open(f"/proc/self/task/{thread}/comm") as name:
                found += name.read().startswith("katapult-fleet")
        # It has ended meanwhile.
        except OSError:
            pass
    return found


def wait_until_none_is_left():
    """The kernel lists a thread a moment longer than it takes to join it."""
    wait_for(lambda: threads() == 0)


def wait_for_threads_to_begin(run):
    """Another thread iterates, since nothing is taken from the specs otherwise."""
    iterating = threading.Thread(target=ends_when_closed, args=(run,), daemon=True)
    iterating.start()
    wait_for(lambda: is_under_way(run))


def ends_when_closed(run):
    try:
        next(run)
    except katapult_disk.Interrupted:
        pass
