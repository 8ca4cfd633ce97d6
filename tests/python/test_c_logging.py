"""`katapult_log_set` as C programs use it; what a line says is in test_logging.py."""

import json
import shutil
import subprocess

import pytest
from c_face import CFace
from faults import echo
from logs import c_log, into_file, parsed
from places import C_LOG, built
from c_stories import VALGRIND_COMMAND


def test_threads_forks_changes_and_calls_within(fault_server):
    """tests/c/log.c checks; this one counts."""
    fault_server.run(echo)
    program = [str(built(C_LOG)), fault_server.url()]
    finished = subprocess.run(program, capture_output=True, text=True, timeout=120)
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr


@pytest.fixture
def log(tmp_path):
    made = c_log(tmp_path / "log")
    yield made
    made.close()


@pytest.mark.parametrize(("limit", "shown"), [("0", 0), ("1", 0), ("2", 0), ("3", 0), ("4", 1), ("5", 1), (None, 0)])
def test_the_limit(log, sim, limit, shown):
    assert log.face.send("log_set", limit) == ["ok"]
    assert log.face.send("client_new", json.dumps(sim.katapult())) == ["ok", None]
    assert log.face.send("disk_get", sim.about["disks"]["attached"])[0] == "ok"
    assert len(log.lines()) == shown


def test_a_client_need_not_be_newer_than_the_function(tmp_path, sim):
    face = CFace(into_file(tmp_path / "log"))
    assert face.send("client_new", json.dumps(sim.katapult())) == ["ok", None]
    for limit in ("4", None, "4"):
        assert face.send("log_set", limit) == ["ok"]
        assert face.send("disk_get", "disk_0000000000000000")[0] == "disk_not_found"
    face.close()
    lines = (tmp_path / "log").read_text().splitlines()
    assert [parsed(line.removeprefix("log 4 "))["came"] for line in lines] == ["404 disk_not_found (rejected)"] * 2


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind is not installed")
def test_going_on_and_off_leaks_nothing(sim):
    face = CFace(["sh", "-c", 'exec "$@" 2>/dev/null', "sh", *VALGRIND_COMMAND])
    assert face.send("client_new", json.dumps(sim.katapult())) == ["ok", None]
    for limit in ("4", None, "2", "4", "0", "4", None):
        assert face.send("log_set", limit) == ["ok"]
        assert face.send("disk_get", "disk_0000000000000000")[0] == "disk_not_found"
    face.close()
