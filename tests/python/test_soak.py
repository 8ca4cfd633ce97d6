"""The soak's own machinery: what goes wrong in a scenario must not pass (`make soak` runs the scenarios themselves)."""

import sys

import pytest
from places import PROJECT

sys.path.insert(0, str(PROJECT / "tests" / "soak"))

import interpreters  # noqa: E402
import jobs  # noqa: E402
import many_disks  # noqa: E402
import parts  # noqa: E402
import plan  # noqa: E402
import rate_limit  # noqa: E402


def child(code, limit=20):
    return jobs.run([sys.executable, "-c", code], limit)


def test_the_figures_are_the_last_line():
    assert child("print('noise'); print('{\"calls\": 3}')") == {"calls": 3}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise AssertionError('asked for a, got b')", "asked for a, got b"),
        ("import os; os.abort()", "ended with -6"),
        ("import sys; sys.stderr.write('thread panicked at'); print('{}')", "panicked"),
    ],
    ids=["wrong-answer", "crash", "panic-at-the-end"],
)
def test_what_goes_wrong_in_a_child_is_a_failure(code, told):
    result = jobs.finished("name", "here", lambda: child(code))
    assert told in result.problem


def test_a_hang_is_a_failure_that_shows_the_stacks():
    hanging = "import faulthandler, time; faulthandler.dump_traceback_later(0.2, exit=True); time.sleep(60)"
    with pytest.raises(AssertionError, match="Timeout"):
        child(hanging)


def test_a_child_inherits_no_settings(monkeypatch):
    monkeypatch.setenv("KATAPULT_API_TOKEN", "somebody's")
    monkeypatch.setenv("https_proxy", "http://proxy.example")
    code = "import os, json; print(json.dumps([k for k in os.environ if 'KATAPULT' in k or 'proxy' in k.lower()]))"
    assert child(code) == []


def test_one_request_of_so_many_meets_a_fault():
    fates = plan.fates(1, 10_000, one_of=25)
    good = sum(fate["times"] for fate in fates if "times" in fate)
    faults = [fate for fate in fates if "times" not in fate]
    assert good + len(faults) == 10_000
    assert 300 < len(faults) < 500
    assert all(fault in faults for fault in plan.FAULTS)
    assert fates == plan.fates(1, 10_000, one_of=25) != plan.fates(2, 10_000, one_of=25)


def test_a_write_that_is_performed_twice_is_seen():
    write = {"method": "POST", "status": 201, "body": {"properties": {"name": "soak-1-2"}}}
    parts.performed_once([write, {**write, "status": 503}, {**write, "status": None}])
    with pytest.raises(AssertionError, match="soak-1-2"):
        parts.performed_once([write, write])


def test_growth_is_a_failure():
    parts.grown(None, None, 10)
    parts.grown(100, 110, 10)
    with pytest.raises(AssertionError, match="grew by 11 KiB"):
        parts.grown(100, 111, 10)


@pytest.mark.parametrize(
    ("minutes", "used"),
    [
        ({"7": 200, "8": 200, "9": 200, "10": 200, "11": 200}, 1),
        ({"7": 200, "8": 180, "9": 200, "10": 200, "11": 200, "12": 20}, 0.98),
    ],
)
def test_how_much_of_the_rate_is_used(minutes, used):
    figures = rate_limit.judged([{"minutes": minutes, "seconds": 1}], refused=0)
    assert figures["used"] == used


@pytest.mark.parametrize(
    "part",
    [
        {"minutes": {"7": 200, "9": 200, "10": 1}, "seconds": 1},
        {"minutes": {"7": 200, "8": 200}, "seconds": 1, "failed": 1},
    ],
    ids=["a-minute-left-out", "a-failed-call"],
)
def test_a_rate_that_is_not_used_is_a_failure(part):
    with pytest.raises(AssertionError):
        rate_limit.judged([part], refused=0)


def test_this_python_is_among_those_found():
    names = [interpreter.name for interpreter in interpreters.find()]
    assert f"{sys.version_info[0]}.{sys.version_info[1]}" in {name.rstrip("t") for name in names}
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("wrong", [{"failures": ["RateLimitReached"]}, {"made": 999}, {"made": 1001}, {"calls": 1000}])
def test_a_disk_that_was_not_made_is_a_failure(wrong):
    good = {"failures": [], "made": 1000, "calls": 4500, "refused": 9, "seconds": 240}
    assert "0 errors, 4.5 calls a disk, 4.0 minutes, 9 calls" in many_disks.sentence(many_disks.judged(good))
    with pytest.raises(AssertionError):
        many_disks.judged({**good, **wrong})
