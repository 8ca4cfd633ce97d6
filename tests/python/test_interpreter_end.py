"""The end of an interpreter whose daemon threads are in calls. `make soak` has more threads, in every Python."""

import json
import subprocess
import sys

import pytest
from faults import answer

TASK = {"task": {"id": "task_x", "name": "Build disk", "status": "pending", "progress": 0}}
DISK = {"disk": {"id": "disk_x"}, "annotations": []}

BEGIN = """
import atexit, json, os, sys, threading, time
import katapult_disk

client = katapult_disk.Client(**json.loads(sys.argv[1]))

def daemon(function):
    threading.Thread(target=function, daemon=True).start()

def wait(progress):
    client.wait_task("task_x", progress=progress)
"""


def run(code, server):
    """The lines that a Python of its own prints. It has to end well, and within 20 seconds."""
    command = [sys.executable, "-c", BEGIN + code, json.dumps(server.katapult())]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert (finished.returncode, finished.stderr) == (0, "")
    return finished.stdout.splitlines()


IN_PROGRESS = """
began = threading.Event()

def progress(task):
    began.set()
    PROGRESS

daemon(lambda: wait(progress))
began.wait()
print("ending", flush=True)
"""


@pytest.mark.parametrize(
    ("progress", "told"),
    [
        ("time.sleep(0.3); print('seen')", ["ending", "seen"]),
        ("time.sleep(60)", ["ending"]),
        ("time.sleep(0.3); client.get_disk('disk_x').to_dict(); print('read')", ["ending", "read"]),
    ],
    ids=["it-returns", "it-hangs", "it-calls"],
)
def test_a_progress_function_has_a_second_to_return(fault_server, progress, told):
    fault_server.run(one_for_all)
    assert run(IN_PROGRESS.replace("PROGRESS", progress), fault_server) == told


PROGRESS_AT_THE_END = """
def end():
    print("ending", flush=True)
    daemon(lambda: wait(lambda task: print("seen")))
    time.sleep(0.5)

atexit._run_exitfuncs()  # Runs what the package registered, so that it comes first.
end()
"""


def test_no_progress_function_is_called_once_the_interpreter_ends(fault_server):
    fault_server.run(one_for_all)
    assert run(PROGRESS_AT_THE_END, fault_server) == ["ending"]


CALLS_AT_THE_END = """
read = threading.Event()

def get():
    client.get_disk("disk_x")
    read.set()

atexit._run_exitfuncs()
daemon(get)
print("a thread:", read.wait(5), flush=True)
try:
    client.get_disk("")
except katapult_disk.InvalidArgument:
    print("the main thread: InvalidArgument", client.get_disk("disk_x").to_dict()["id"])
"""


@pytest.mark.quiet
def test_calls_work_while_the_interpreter_ends(fault_server):
    fault_server.run(one_for_all)
    assert run(CALLS_AT_THE_END, fault_server) == ["a thread: True", "the main thread: InvalidArgument disk_x"]


FORK = """
import warnings
warnings.simplefilter("ignore")  # Newer ones say that this is a bad idea.
began = threading.Event()

def progress(task):
    began.set()
    time.sleep(60)

daemon(lambda: wait(progress))
began.wait()
child = os.fork()
if child != 0:
    print("the child ended with", os.waitpid(child, 0)[1], flush=True)
    os._exit(0)
started = time.monotonic()
atexit._run_exitfuncs()
print("at once:", time.monotonic() - started < 0.9, flush=True)
"""


def test_a_forked_process_does_not_wait_for_threads_of_its_parent(fault_server):
    fault_server.run(one_for_all)
    assert run(FORK, fault_server) == ["at once: True", "the child ended with 0"]


def one_for_all(server, connection, request):
    body = TASK if any(key.startswith("task") for key, _ in request.query) else DISK
    return answer(200, body)(server, connection, request)
