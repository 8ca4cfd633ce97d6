"""Calls within calls: a signal handler or progress function that makes calls, and so runs again within them."""

import json
import os
import subprocess
import sys

import pytest
from faults import answer, silence
from places import PROJECT

sys.path.insert(0, str(PROJECT / "tests" / "soak"))

import interpreters  # noqa: E402

INTERPRETERS = [interpreter for interpreter in interpreters.find() if not interpreter.free_threaded]
PENDING = answer(200, {"task": {"id": "task_x", "name": "Build disk", "status": "pending", "progress": 0}})
START = """
import json, signal, sys, threading
import katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))

def ends(call):
    try:
        call()
    except RecursionError as error:
        signal.setitimer(signal.ITIMER_REAL, 0)
        assert "katapult_disk" in str(error), error
        assert isinstance(error.__cause__, katapult_disk.Interrupted), error.__cause__
        print("RecursionError", flush=True)
"""
HANDLER = """
def again(*_):
    client.get_disk("disk_x")

signal.signal(signal.SIGALRM, again)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
ends(again)
"""
PROGRESS = """
def again(*_):
    client.wait_task("task_x", progress=again)

ends(again)
thread = threading.Thread(target=ends, args=(again,))
thread.start()
thread.join()
"""
HANDLER_CALLS_ONCE = """
calls = []

def ring(*_):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    calls.append(katapult_disk.Client(**{**client_options, "timeout": 0.3}))
    try:
        calls[0].get_disk("disk_y")
    except katapult_disk.TimedOut:
        calls.append("timed out")

client_options = json.loads(sys.argv[1])
signal.signal(signal.SIGALRM, ring)
signal.setitimer(signal.ITIMER_REAL, 0.2)
try:
    katapult_disk.Client(**{**client_options, "timeout": 1}).get_disk("disk_x")
except katapult_disk.TimedOut:
    print(calls[1:])
"""


def run(interpreter, script, options):
    package = str(interpreters.package_for(interpreter))
    environment = {**os.environ, "PYTHONPATH": package}
    command = [interpreter.path, "-c", START + script, json.dumps(options)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


@pytest.mark.quiet
@pytest.mark.parametrize("interpreter", INTERPRETERS, ids=lambda interpreter: interpreter.name)
@pytest.mark.parametrize(
    ("script", "behaviour", "times"), [(HANDLER, silence, 1), (PROGRESS, PENDING, 2)], ids=["handler", "progress"]
)
def test_recursion_is_an_exception(fault_server, interpreter, script, behaviour, times):
    fault_server.run(behaviour)
    finished = run(interpreter, script, fault_server.katapult(timeout=60))
    assert finished.returncode == 0, (finished.returncode, finished.stderr[-2000:])
    assert finished.stdout == "RecursionError\n" * times


def test_a_handler_may_make_a_call_within_a_call(fault_server):
    fault_server.run(silence)
    finished = run(INTERPRETERS[0], HANDLER_CALLS_ONCE, fault_server.katapult())
    assert (finished.returncode, finished.stdout) == (0, "['timed out']\n"), finished.stderr
