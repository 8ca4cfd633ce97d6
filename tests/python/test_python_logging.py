"""The logger `katapult_disk` as a Python program uses it."""

import json
import logging
import os
import subprocess
import sys
import threading
import time

import katapult_disk
import pytest
from faults import after, answer, echo
from logs import NAME, Records, parsed, python_records

DISK = echo


@pytest.fixture
def client(fault_server):
    fault_server.run(DISK)
    return katapult_disk.Client(**fault_server.katapult(timeout=10))


def run(program, *arguments, seconds=60):
    """A Python of its own; what it wrote to standard error."""
    command = [sys.executable, "-c", program, *arguments]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    assert finished.returncode == 0, finished.stderr
    return finished.stderr


def test_a_record_names_the_logger_and_the_line_that_called(client):
    with python_records() as records:
        client.get_disk("disk_x")
    [record] = records
    assert (record.name, record.levelname, record.args) == (NAME, "DEBUG", ())
    here = (os.path.basename(__file__), "test_a_record_names_the_logger_and_the_line_that_called")
    assert (record.filename, record.funcName) == here


def test_a_message_is_no_format(client):
    """What is percent-encoded in a URL must not be taken for a placeholder."""
    with python_records() as records:
        client.get_disk("%s %d")
    assert "disk%5Bid%5D=%25s%20%25d" in records[0].getMessage()


def test_basic_config_shows_it(fault_server):
    fault_server.run(DISK)
    program = """
import json, logging, sys, katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
client.get_disk("before")
logging.basicConfig(level=logging.DEBUG)
client.get_disk("shown")
logging.getLogger().setLevel(logging.INFO)
client.get_disk("after")
"""
    [line] = run(program, json.dumps(fault_server.katapult())).splitlines()
    assert line.startswith("DEBUG:katapult_disk:GET ")
    assert parsed(line.split(":", 2)[2])["url"].endswith("=shown")


@pytest.mark.parametrize("off", ["level", "disable", "disabled"])
def test_a_level_counts_from_the_next_call_on(client, off):
    logger = logging.getLogger(NAME)
    switch = {
        "level": lambda on: logger.setLevel(logging.DEBUG if on else logging.INFO),
        "disable": lambda on: logging.disable(logging.NOTSET if on else logging.DEBUG),
        "disabled": lambda on: setattr(logger, "disabled", not on),
    }[off]
    seen = []

    def work():
        with python_records() as records:
            for on in (False, True, False, True):
                switch(on)
                client.get_disk("disk_x")
                seen.append(len(records))

    # A thread that has never asked: what others know must not help it.
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [0, 1, 1, 2]


def test_a_level_that_changes_in_a_long_call_counts_soon(fault_server):
    pending = answer(200, {"task": {"id": "task_x", "name": "Build", "status": "pending", "progress": 0}})
    fault_server.run(pending)
    client = katapult_disk.Client(**fault_server.katapult())
    with python_records(logging.INFO) as records:
        timer = threading.Timer(0.3, logging.getLogger(NAME).setLevel, [logging.DEBUG])
        timer.start()
        with pytest.raises(katapult_disk.TimedOut):
            client.wait_task("task_x", timeout=3)
        timer.join()
    assert 0 < len(records) < fault_server.count()


def test_importing_the_package_does_not_import_logging():
    program = "import sys, katapult_disk; sys.exit('logging' in sys.modules)"
    assert run(program) == ""


def test_without_logging_a_call_imports_nothing(fault_server):
    fault_server.run(DISK)
    program = """
import json, sys, katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
client.get_disk("first")
before = set(sys.modules)
client.get_disk("second")
sys.exit(sorted(set(sys.modules) - before) or "logging" in sys.modules)
"""
    assert run(program, json.dumps(fault_server.katapult())) == ""


OPEN_FILE = """
import sys, katapult_disk.openstack
assert "logging" not in sys.modules
katapult_disk.openstack.Client(cloud="sim")
"""


def test_a_warning_shows_although_nobody_asked_for_a_log(tmp_path, monkeypatch):
    path = tmp_path / "clouds.yaml"
    path.write_text("clouds: {sim: {auth: {auth_url: 'http://127.0.0.1:1', token: t0ken-t0ken}}}\n")
    path.chmod(0o644)
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(path))
    [line] = run(OPEN_FILE).splitlines()
    assert str(path) in line and "chmod 600" in line and "t0ken-t0ken" not in line
    path.chmod(0o600)
    assert run(OPEN_FILE) == ""


class Raising(logging.Handler):
    """Fails in a way that logging does not catch."""

    def __init__(self, exception):
        super().__init__()
        self.exception = exception

    def handle(self, record):
        raise self.exception


@pytest.fixture
def raising():
    logger, made = logging.getLogger(NAME), []

    def adding(exception):
        made.append(Raising(exception))
        logger.addHandler(made[0])

    before = logger.level
    logger.setLevel(logging.DEBUG)
    yield adding
    logger.setLevel(before)
    for handler in made:
        logger.removeHandler(handler)


def test_a_handler_that_fails_does_not_break_the_call(client, raising, monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: seen.append(unraisable.exc_value))
    failure = RuntimeError("a handler's own")
    raising(failure)
    assert client.get_disk("disk_x").id == "disk_x"
    assert seen == [failure]


@pytest.mark.parametrize("exception", [KeyboardInterrupt, SystemExit])
def test_what_is_meant_for_the_program_ends_the_call(client, raising, exception):
    raising(exception())
    with pytest.raises(exception):
        client.get_disk("disk_x")


@pytest.mark.quiet
def test_it_ends_a_long_call_soon(fault_server, raising):
    """Ctrl-C in a handler, between two repeats that would take a while."""
    busy = answer(429, {"error": {"code": "rate_limit_reached", "description": "No"}}, {"Retry-After": "20"})
    fault_server.run(busy)
    raising(KeyboardInterrupt())
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        katapult_disk.Client(**fault_server.katapult(timeout=60)).get_disk("disk_x")
    assert time.monotonic() - started < 1
    assert fault_server.count() == 1


def test_a_handler_must_not_call_the_package(client):
    refused = []

    class Calling(Records):
        def emit(self, record):
            super().emit(record)
            with pytest.raises(katapult_disk.InvalidArgument, match="handler of the logger") as caught:
                client.get_disk("disk_y")
            refused.append(caught.value.outcome)

    logger, handler = logging.getLogger(NAME), Calling()
    with python_records():
        logger.addHandler(handler)
        try:
            client.get_disk("disk_x")
        finally:
            logger.removeHandler(handler)
    assert refused == ["not_sent"] and len(handler.records) == 1
    assert client.get_disk("disk_z").id == "disk_z", "afterwards all is as before"


def test_threads_log_their_own_requests(fault_server):
    fault_server.run(echo)
    client = katapult_disk.Client(**fault_server.katapult())

    def work(number):
        for i in range(25):
            client.get_disk(f"disk_{number}_{i}")

    threads = [threading.Thread(target=work, args=(number,), name=f"worker-{number}") for number in range(16)]
    with python_records() as records:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    seen = {(record.threadName, parsed(record.getMessage())["url"].rsplit("=", 1)[1]) for record in records}
    assert seen == {(f"worker-{number}", f"disk_{number}_{i}") for number in range(16) for i in range(25)}
    assert len(records) == 400


FORK = """
import json, logging, os, sys, threading
import katapult_disk
logging.basicConfig(level=logging.DEBUG, format="%(process)d %(message)s")
client = katapult_disk.Client(**json.loads(sys.argv[1]))

def work():
    while not done.is_set():
        client.get_disk("disk_thread")

done = threading.Event()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
statuses = []
for i in range(10):
    child = os.fork()
    if child == 0:
        client.get_disk(f"disk_child_{i}")
        os._exit(0)
    statuses.append(os.waitpid(child, 0)[1])
done.set()
for thread in threads:
    thread.join()
sys.exit(any(statuses))
"""


def test_a_child_logs_its_own_requests(fault_server):
    fault_server.run(echo)
    lines = run(FORK, json.dumps(fault_server.katapult())).splitlines()
    children = [line.split()[0] for line in lines if "=disk_child_" in line]
    assert len(children) == len(set(children)) == 10


DAEMONS = """
import json, logging, sys, threading, time
import katapult_disk
logging.basicConfig(level=logging.DEBUG, stream=open("/dev/null", "w"))
client = katapult_disk.Client(**json.loads(sys.argv[1]))

def work():
    while True:
        client.get_disk("disk_x")

for _ in range(8):
    threading.Thread(target=work, daemon=True).start()
time.sleep(float(sys.argv[2]))
"""


def test_the_interpreter_may_end_while_daemon_threads_log(fault_server):
    """Python ends threads that want to run then, wherever they are: one of 35 such ends used to abort."""
    fault_server.run(after(0.001, DISK))
    for hundredths in range(5, 25):
        errors = run(DAEMONS, json.dumps(fault_server.katapult()), str(hundredths / 100), seconds=20)
        assert "panicked" not in errors and "Fatal" not in errors, errors


def test_what_runs_at_exit_may_still_log(fault_server):
    fault_server.run(DISK)
    program = """
import atexit, json, logging, sys, katapult_disk
client = katapult_disk.Client(**json.loads(sys.argv[1]))
atexit.register(lambda: client.get_disk("last"))
logging.basicConfig(level=logging.DEBUG)
client.get_disk("first")
"""
    first, last = run(program, json.dumps(fault_server.katapult())).splitlines()
    assert "=first:" in first and "=last:" in last


def test_off_asks_once_a_call_and_formats_nothing(fault_server):
    """A call of three requests asks the logger as often as a call of one, and hands it nothing."""
    busy = answer(503, {"error": {"code": "service_unavailable", "description": "No"}})
    fault_server.run(busy, busy, DISK)
    client = katapult_disk.Client(**fault_server.katapult())
    logger, asked = logging.getLogger(NAME), []
    with python_records(logging.INFO) as records:
        logger.isEnabledFor = lambda level: asked.append(level) or False
        try:
            client.get_disk("disk_x")
        finally:
            del logger.isEnabledFor
    assert (asked, records, fault_server.count()) == ([logging.DEBUG], [], 3)
