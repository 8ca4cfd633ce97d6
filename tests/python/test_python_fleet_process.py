"""Many disks in one call, in Python: what a program around it does to it, by forks, logs, pickles and its own end."""

import copy
import gc
import json
import logging
import os
import pickle
import subprocess
import sys
import threading
import weakref

import katapult_disk
import pytest
from katapult_disk import openstack
from places import PROJECT
from slow_fleets import slow, slow_client, slow_simulator, specs, threads, wait_until_none_is_left, where  # noqa: F401
from stories import wait_for

sys.path.insert(0, str(PROJECT / "tests" / "soak"))

import interpreters  # noqa: E402

INTERPRETERS = interpreters.find()


def test_one_that_is_dropped_stops(slow_client):
    run = slow_client.create_disks(specs(1000))
    run.__enter__()
    wait_for(lambda: threads() > 0)
    del run
    wait_until_none_is_left()


def begin_in_a_cycle(client):
    def generate():
        yield from specs(5)
        print(run)

    run = client.create_disks(generate())
    run.__enter__()
    wait_for(lambda: threads() > 0)


def test_one_in_a_cycle_stops(slow_client):
    begin_in_a_cycle(slow_client)
    gc.collect()
    wait_until_none_is_left()


def raise_its_error(client):
    with client.create_disks([7]) as run:
        [result] = run
    with pytest.raises(katapult_disk.InvalidArgument):
        print(result.disk)
    return weakref.ref(result.error)


def test_a_result_that_has_raised_is_garbage_then(slow_client):
    error = raise_its_error(slow_client)
    gc.collect()
    assert error() is None


def test_one_that_was_never_started_warns(slow_client, slow):
    slow.forget_requests()
    with pytest.warns(RuntimeWarning, match="create_disks was never started: use it with `with`, or iterate over it"):
        slow_client.create_disks(specs(5))
    with pytest.warns(RuntimeWarning, match="^ensure_disks_deleted was never started"):
        slow_client.ensure_disks_deleted([])
    slow_client.create_disks(specs(5)).close()
    with slow_client.create_disks([]):
        pass
    assert slow.requests() == []


@pytest.mark.parametrize("travel", [pickle.dumps, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
def test_clients_do_not_travel(slow_client, slow, travel):
    nova = openstack.Client(**slow.openstack())
    with slow_client.create_disks([]) as run:
        for thing in (slow_client, nova, run):
            with pytest.raises(TypeError, match="token must never travel in a pickle: make one client per process"):
                travel(thing)
        with pytest.raises(TypeError, match="module functions do that"):
            travel(slow_client)


FORK = """
import json, os, signal, sys, warnings
import katapult_disk
warnings.simplefilter("ignore", DeprecationWarning)
client = katapult_disk.Client(**json.loads(sys.argv[1]))
specs = [{"name": f"data-{number:05}", "size_in_gb": 20} for number in range(200)]
never_started = client.create_disks([])
with client.create_disks(specs) as run:
    for number, result in enumerate(run):
        if number % 10:
            continue
        child = os.fork()
        if child == 0:
            signal.alarm(20)
            for use in (lambda: next(run), lambda: run.counts, run.__enter__):
                try:
                    use()
                    print("no error")
                except katapult_disk.InvalidArgument as error:
                    assert "a forked child" in str(error), error
            repr(run), run.unfinished
            client.get_disk(result.id)
            sys.exit()
        _, status = os.waitpid(child, 0)
        assert status == 0, status
assert run.counts == katapult_disk.FleetCounts(created=200), run.counts
never_started.close()
"""


def test_a_forked_child_leaves_it_to_its_parent(sim):
    command = [sys.executable, "-c", FORK, json.dumps(sim.katapult(**where(sim)))]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


FORK_IN_A_HANDLER = """
import json, os, signal, sys
import katapult_disk
child = None

def fork(*_):
    global child
    child = os.fork()

client = katapult_disk.Client(**json.loads(sys.argv[1]))
specs = [{"name": f"data-{number:05}", "size_in_gb": 20} for number in range(30)]
signal.signal(signal.SIGALRM, fork)
with client.create_disks(specs) as run:
    signal.setitimer(signal.ITIMER_REAL, 0.15)
    try:
        count = sum(1 for _ in run)
    except katapult_disk.KatapultError as error:
        assert child == 0, error
        os._exit(0)
assert count == 30 and child
sys.exit(os.waitpid(child, 0)[1])
"""


def test_a_child_that_is_forked_while_it_waits(sim):
    sim.next_task(seconds=2)
    command = [sys.executable, "-W", "ignore", "-c", FORK_IN_A_HANDLER, json.dumps(sim.katapult(**where(sim)))]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr


AT_THE_END = """
import json, logging, sys, threading, time
import katapult_disk
logging.basicConfig(level=logging.DEBUG, stream=open("/dev/null", "w"))
client = katapult_disk.Client(**json.loads(sys.argv[1]))
specs = ({"name": f"data-{number:05}", "size_in_gb": 20} for number in range(5000))

def iterate(run):
    for result in run:
        pass

run = client.create_disks(specs, progress=lambda counts: None)
HOW
"""
ITERATES = """
threading.Thread(target=iterate, args=(run,), daemon=DAEMON).start()
while run.counts.pending < 20:
    time.sleep(0.01)
"""
HOW = {
    "a daemon thread iterates": ITERATES.replace("DAEMON", "True"),
    "another thread iterates": ITERATES.replace("DAEMON", "False") + "run.close()",
    "nobody iterates any more": ITERATES.replace("DAEMON", "True") + "run.close(); run = client.create_disks(specs); run.__enter__()",
    "it was never started": "",
}


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("interpreter", INTERPRETERS, ids=lambda interpreter: interpreter.name)
def test_the_end_of_the_interpreter(slow, interpreter, how):
    """Handlers of the log run on the fleet's threads until then."""
    environment = {**os.environ, "PYTHONPATH": str(interpreters.package_for(interpreter))}
    program = AT_THE_END.replace("HOW", HOW[how])
    command = [interpreter.path, "-c", program, json.dumps(slow.katapult(**where(slow)))]
    for _ in range(3):
        finished = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30)
        assert finished.returncode == 0, finished.stderr[-2000:]
        assert "Fatal" not in finished.stderr and "panicked" not in finished.stderr, finished.stderr[-2000:]


class Refusing(logging.Handler):
    """A handler that uses what it must not."""

    def __init__(self, run):
        super().__init__()
        self.run, self.caught, self.seen_by = run, set(), set()

    def emit(self, record):
        self.seen_by.add(threading.get_ident())
        for use in (self.run.close, self.run.__enter__, lambda: next(self.run)):
            try:
                use()
            except katapult_disk.InvalidArgument as error:
                self.caught.add(str(error))
        if len(self.seen_by) > 3:
            raise SystemExit


def test_a_log_handler_on_the_threads_of_a_fleet(sim, capsys):
    client = katapult_disk.Client(**sim.katapult(**where(sim)))
    logger = logging.getLogger("katapult_disk")
    run = client.create_disks(specs(50))
    handler = Refusing(run)
    logger.addHandler(handler)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    unraisable = []
    sys.unraisablehook, hook = unraisable.append, sys.unraisablehook
    try:
        with run:
            assert sum(1 for _ in run) == 50
    finally:
        sys.unraisablehook = hook
        logger.setLevel(before)
        logger.removeHandler(handler)
    assert len(handler.seen_by) > 3 and threading.get_ident() not in handler.seen_by
    assert {type(one.exc_value) for one in unraisable} == {SystemExit}
    assert len(handler.caught) == 1 and "must not make calls" in handler.caught.pop()
