"""Signals, fork and threads: what a program around the library does to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import katapult_disk
import pytest
from faults import after, answer, echo, silence
from stories import wait_for

# Within 0.1 s is the promise; a busy machine gets some more.
INTERRUPTED_WITHIN = 0.25

BLOCKED = """
import json, sys, time
import katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
print("calling", flush=True)
try:
    CALL
except KeyboardInterrupt:
    print(time.monotonic(), flush=True)
"""
CALLS = {
    "get_disk": "client.get_disk('disk_x')",
    "create_disk": "client.create_disk('Data', 20, organization='acme')",
    "wait_task": "client.wait_task('task_x', timeout=None)",
}
PENDING = answer(200, {"task": {"id": "task_x", "name": "Build disk", "status": "pending", "progress": 0}})
DISK = answer(200, {"disk": {"id": "disk_x"}, "annotations": []})
REFUSED = answer(422, {"error": {"code": "validation_error", "description": "No", "detail": {"errors": ["Name"]}}})
BUSY = answer(
    429,
    {"error": {"code": "rate_limit_reached", "description": "Slow down", "detail": {}}},
    {"Content-Type": "application/json", "Retry-After": "20"},
)


class Blocked:
    """A Python of its own that makes one call; `interrupt` is how long Ctrl-C took to end it."""

    def __init__(self, options, call):
        # Not eval(): after that, Python ends by the signal although the exception was caught.
        command = [sys.executable, "-c", BLOCKED.replace("CALL", call), json.dumps(options)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "calling\n", self.process.communicate()

    def interrupt(self):
        sent = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        printed, errors = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, errors
        return float(printed) - sent


@pytest.mark.quiet
@pytest.mark.parametrize(
    ("call", "behaviour", "timeout"),
    [
        ("get_disk", silence, 20),
        ("get_disk", silence, None),
        ("create_disk", silence, 20),
        ("wait_task", PENDING, 20),
        ("wait_task", silence, 20),
        ("create_disk", BUSY, 60),
        ("wait_task", BUSY, 1),
    ],
    ids=[
        *("get", "get-without-limit", "create", "between-two-looks", "in-a-look"),
        *("waiting-for-the-rate-limit", "longer-than-the-clients-timeout"),
    ],
)
def test_ctrl_c(fault_server, call, behaviour, timeout):
    fault_server.run(behaviour)
    blocked = Blocked(fault_server.katapult(timeout=timeout), CALLS[call])
    wait_for(lambda: fault_server.count() == 1)
    time.sleep(0.2)
    assert blocked.interrupt() < INTERRUPTED_WITHIN


@pytest.fixture
def deaf_port():
    """A port where connecting neither succeeds nor fails: its queue is full, and nobody empties it."""
    if sys.platform != "linux":
        pytest.skip("a full queue of connections blocks connect() on Linux only")
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = [socket.socket() for _ in range(4)]
        for connection in waiting:
            connection.setblocking(False)
            connection.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]
        for connection in waiting:
            connection.close()


@pytest.mark.quiet
def test_ctrl_c_while_connecting(deaf_port):
    options = {"base_url": f"http://127.0.0.1:{deaf_port}", "api_token": "t", "connect_timeout": 20}
    blocked = Blocked(options, CALLS["get_disk"])
    time.sleep(0.4)
    assert blocked.interrupt() < INTERRUPTED_WITHIN


@pytest.mark.quiet
def test_a_connect_timeout(deaf_port):
    client = katapult_disk.Client("t", base_url=f"http://127.0.0.1:{deaf_port}", timeout=0.6, connect_timeout=0.3)
    started = time.monotonic()
    with pytest.raises((katapult_disk.TimedOut, katapult_disk.ConnectionFailed)) as caught:
        client.create_disk("Data", 20, organization="acme")
    assert time.monotonic() - started < 0.8
    assert caught.value.outcome == "not_sent"


def test_another_signal_does_not_end_a_call(fault_server):
    """A handler that returns, as for SIGCHLD or SIGWINCH, interrupts nothing."""
    fault_server.run(after(0.5, DISK))
    seen = []
    before = signal.signal(signal.SIGALRM, lambda *_: seen.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    try:
        assert katapult_disk.Client(**fault_server.katapult()).get_disk("disk_x").id == "disk_x"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert len(seen) >= 3, "handlers run while a call waits"
    assert fault_server.count() == 1


def test_an_exception_of_a_signal_handler_comes_through(fault_server):
    fault_server.run(silence)

    class Alarm(Exception):
        pass

    def ring(*_):
        raise Alarm

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(Alarm):
            katapult_disk.Client(**fault_server.katapult(timeout=20)).get_disk("disk_x")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


FORK = """
import json, os, sys
import katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
assert client.get_disk("disk_before").id == "disk_before"
child = os.fork()
name = "child" if child == 0 else "parent"
for i in range(50):
    disk_id = f"disk_{name}_{i}"
    assert client.get_disk(disk_id).id == disk_id
if child == 0:
    os._exit(0)
_, status = os.waitpid(child, 0)
assert client.get_disk("disk_after").id == "disk_after"
sys.exit(status)
"""


def test_fork(fault_server):
    fault_server.run(echo)
    command = [sys.executable, "-c", FORK, json.dumps(fault_server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    assert fault_server.count() == 102
    assert fault_server.connections == 2


SAME_ID = """
import ctypes, json, os, sys
import katapult_disk
NEW_USER, NEW_PID = 0x10000000, 0x20000000
FORBIDDEN = 77
options, system = json.loads(sys.argv[1]), ctypes.CDLL(None)

def ended_well(child):
    _, status = os.waitpid(child, 0)
    if status:
        os._exit(os.waitstatus_to_exitcode(status))

if system.unshare(NEW_USER | NEW_PID):
    sys.exit(FORBIDDEN)
first = os.fork()
if first:
    ended_well(first)
    sys.exit()
assert os.getpid() == 1
client = katapult_disk.Client(**options)
assert client.get_disk("disk_before").id == "disk_before"
if system.unshare(NEW_PID):
    os._exit(FORBIDDEN)
namesake = os.fork()
assert os.getpid() == 1
for i in range(50):
    disk_id = f"disk_{namesake}_{i}"
    assert client.get_disk(disk_id).id == disk_id
if namesake:
    ended_well(namesake)
os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="PID namespaces are Linux's")
def test_a_child_with_its_parents_id_connects_for_itself(fault_server):
    fault_server.run(echo)
    command = [sys.executable, "-W", "ignore", "-c", SAME_ID, json.dumps(fault_server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if finished.returncode == 77:
        pytest.skip("the kernel forbids new PID namespaces here")
    assert finished.returncode == 0, finished.stderr
    assert fault_server.count() == 101
    assert fault_server.connections == 2


FORK_HOOK = """
import json, os, sys
client = None
# Before the package's own functions, so that it runs before them.
os.register_at_fork(after_in_child=lambda: client.get_disk("disk_hook"))
import katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
client.get_disk("disk_before")
child = os.fork()
client.get_disk("disk_after")
if child == 0:
    os._exit(0)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_a_function_that_runs_first_in_the_child_connects_for_itself(fault_server):
    fault_server.run(echo)
    command = [sys.executable, "-c", FORK_HOOK, json.dumps(fault_server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    # The parent's, the function's, and that of the child after it.
    assert (fault_server.count(), fault_server.connections) == (4, 3)


FORK_IN_A_HANDLER = """
import json, os, signal, sys
import katapult_disk
child = None

def fork(*_):
    global child
    child = os.fork()

signal.signal(signal.SIGALRM, fork)
client = katapult_disk.Client(**json.loads(sys.argv[1]))
signal.setitimer(signal.ITIMER_REAL, 0.2)
try:
    assert client.get_disk("disk_parent").id == "disk_parent"
    assert child
except katapult_disk.Interrupted as error:
    assert child == 0 and error.outcome == "unknown", error
    assert client.get_disk("disk_child").id == "disk_child"
    os._exit(0)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_a_child_that_is_forked_in_a_call_leaves_it_to_its_parent(fault_server):
    fault_server.run(after(0.5, echo))
    command = [sys.executable, "-c", FORK_IN_A_HANDLER, json.dumps(fault_server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr
    assert [request.query[0][1] for request in fault_server.requests] == ["disk_parent", "disk_child"]
    assert fault_server.connections == 2


FORK_IN_THE_FIRST_CALL = """
import json, logging, os, signal, sys, threading
import katapult_disk
options = json.loads(sys.argv[1])
real, begun, go_on = logging.getLogger, threading.Event(), threading.Event()

def slow(name):
    begun.set()
    go_on.wait()
    return real(name)

logging.getLogger = slow
# The logger is found during the first call, of which this is one.
first = threading.Thread(target=katapult_disk.Client, kwargs=options)
first.start()
begun.wait()
logging.getLogger = real
child = os.fork()
if child == 0:
    signal.alarm(20)
    katapult_disk.Client(**options).get_disk("disk_child")
    os._exit(0)
go_on.set()
first.join()
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_a_fork_while_the_first_call_begins(fault_server):
    fault_server.run(echo)
    command = [sys.executable, "-W", "ignore", "-c", FORK_IN_THE_FIRST_CALL, json.dumps(fault_server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert finished.returncode == 0, finished.stderr


def test_sixteen_threads_on_one_client(fault_server):
    fault_server.run(echo)
    client = katapult_disk.Client(**fault_server.katapult())
    wrong = []

    def work(number):
        for i in range(40):
            disk_id = f"disk_{number}_{i}"
            if client.get_disk(disk_id).id != disk_id:
                wrong.append(disk_id)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert fault_server.count() == 640
    assert fault_server.connections <= 20


@pytest.mark.skipif(sys.platform != "linux", reason="counts the threads in /proc")
def test_calls_start_no_threads(fault_server):
    fault_server.run(DISK)
    client = katapult_disk.Client(**fault_server.katapult())
    client.get_disk("disk_x")
    before = os.listdir("/proc/self/task")
    for _ in range(20):
        client.get_disk("disk_x")
    assert set(os.listdir("/proc/self/task")) <= set(before)


def test_a_signal_while_the_exception_is_made(fault_server, monkeypatch):
    """What Ctrl-C raises has the error as its cause, wherever it comes."""
    fault_server.run(REFUSED)
    client = katapult_disk.Client(**fault_server.katapult())
    real, signals = katapult_disk.KatapultError.__init__, [signal.SIGINT]

    def interrupted(self, *arguments, **fields):
        while signals:
            signal.raise_signal(signals.pop())
        real(self, *arguments, **fields)

    monkeypatch.setattr(katapult_disk.KatapultError, "__init__", interrupted)
    with pytest.raises(KeyboardInterrupt) as caught:
        client.update_disk("disk_x", name="Data")
    cause = caught.value.__cause__
    assert type(cause) is katapult_disk.ValidationError
    assert (cause.outcome, cause.detail) == ("rejected", {"errors": ["Name"]})


EXIT = """
import json, sys, threading
import katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
thread = threading.Thread(target=lambda: client.get_disk("disk_x"), daemon=True)
thread.start()
thread.join(0.3)
print("leaving", flush=True)
"""


def test_the_interpreter_may_end_during_a_call(fault_server):
    fault_server.run(silence)
    command = [sys.executable, "-c", EXIT, json.dumps(fault_server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=10)
    assert (finished.returncode, finished.stdout) == (0, "leaving\n"), finished.stderr
    assert "panicked" not in finished.stderr
