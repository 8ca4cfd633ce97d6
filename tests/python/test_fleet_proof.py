"""The machinery of `make fleet`: what goes wrong there must not pass (it measures the fleets themselves)."""

import importlib.util
import sys

import pytest
from places import PROJECT, shared_library

FLEET = PROJECT / "tests" / "fleet"
sys.path[:0] = [str(FLEET), str(PROJECT / "tests")]

import comparison  # noqa: E402
import kills  # noqa: E402
import lengths  # noqa: E402
import programs  # noqa: E402
import rows  # noqa: E402
import section  # noqa: E402
import shares  # noqa: E402
from figures import Figure, count  # noqa: E402

GOOD = {"counts": {"created": 3, "existed": 0}, "ids": 3, "errors": []}


@pytest.fixture
def run():
    """Other commands have a run.py, too."""
    spec = importlib.util.spec_from_file_location("fleet_run", FLEET / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_user_gets_a_shorter_minute():
    name = programs.SHORT_MINUTE
    assert f'"{name}"' in (PROJECT / "core/src/transport/minute.rs").read_text()
    assert name.encode() not in shared_library().read_bytes()


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("row", "calls", 1.05, most=1.05), True),
        (Figure("row", "calls", 1.051, most=1.05), False),
        (Figure("row", "share", 0.92, least=0.92), True),
        (Figure("row", "share", 0.919, least=0.92), False),
        (count("row", "429s", 0), True),
        (count("row", "429s", 1), False),
    ],
)
def test_a_figure_is_judged(figure, met):
    assert figure.met == met
    assert ("**no**" in figure.cells()) == (not met)


@pytest.mark.parametrize(
    "change",
    [{"errors": ["refused"]}, {"counts": {"created": 2}}, {"ids": 2}],
    ids=["failed", "too-few", "id-comes-twice"],
)
def test_an_incomplete_fleet_is_no_measurement(change):
    assert rows.complete(GOOD, 3)
    with pytest.raises(AssertionError):
        rows.complete({**GOOD, **change}, 3)


def disks(*names, state="built"):
    return [{"name": name, "state": state} for name in names]


def test_disks_that_exist_twice_or_are_missing_are_found(monkeypatch, capsys):
    monkeypatch.setattr(kills, "DISKS", 3)

    def judged(disks):
        return kills.judged(kills.Point(), GOOD, disks)

    assert judged(disks("a", "b", "c")) == (0, 0)
    assert judged(disks("a", "b", "c", "a")) == (1, 0)
    assert judged(disks("a", "b")) == (0, 1)
    assert judged(disks("a", "b") + disks("c", state="building")) == (0, 1)
    assert "Point(" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change", [{"errors": ["refused"]}, {"counts": {"created": 1, "existed": 1}}, {"ids": 2}], ids=["failed", "counts", "ids"]
)
def test_a_second_run_must_account_for_every_disk(monkeypatch, change):
    monkeypatch.setattr(kills, "DISKS", 3)
    with pytest.raises(AssertionError):
        kills.judged(kills.Point(), {**GOOD, **change}, disks("a", "b", "c"))


def test_a_long_run_has_twenty_points_and_a_short_one_some_of_each_kind():
    assert len(kills.POINTS) == len(set(kills.POINTS)) == 20
    some = kills.POINTS[:: lengths.SHORT.kills]
    assert any(point.calls for point in some)
    assert any(0 < point.created < kills.DISKS for point in some)
    assert any(point.created == kills.DISKS for point in some)


def test_the_share_is_that_of_minutes_with_enough_to_do():
    class Counted:
        about = {"api_token": "t"}

        def counts(self):
            minutes = [(0, 5, 0, 0), (60, 40, 900, 0), (120, 40, 910, 30), (180, 30, 900, 0), (240, 9, 80, 0), (300, 9, 0, 0)]
            names = ("minute", "reads", "writes", "limited")
            return {"minutes": [{"token": "t", **dict(zip(names, minute))} for minute in minutes]}

    figure = shares.used("row", Counted(), least=0.92)
    assert figure.what == "of the rate in 3 whole minutes"
    assert figure.value == pytest.approx((940 + 920 + 930) / 3000)


def fleets(run, monkeypatch, jobs, *options):
    """What the command returns, and what it writes into the page."""
    pages = []
    monkeypatch.setattr(sys, "argv", ["run.py", *options])
    monkeypatch.setattr(programs, "check_builds", lambda: None)
    monkeypatch.setattr(run, "jobs", lambda length: jobs)
    monkeypatch.setattr(section, "write", lambda length, results, seconds: pages.append(section.text(length, results, seconds)))
    return run.main(), pages


def broken():
    raise AssertionError("3 disks failed")


def test_the_command_fails_when_a_goal_is_missed_or_nothing_was_measured(run, monkeypatch, capsys):
    way = comparison.Way("pool", 5.9, 0, 70)
    good = {"good": lambda: [count("row", "429s", 0)], "way": lambda: [way]}
    failed, [page] = fleets(run, monkeypatch, good)
    assert not failed and "1 of 1 goals met." in page and "| 5.90 | 0 | 70 s |" in page
    assert fleets(run, monkeypatch, good, "--short") == (False, [])
    failed, [page] = fleets(run, monkeypatch, {"missed": lambda: [count("row", "429s", 2)], **good})
    assert failed and "1 of 2 goals met." in page
    assert fleets(run, monkeypatch, {"broken": broken, **good}) == (True, [])
    assert "3 disks failed" in capsys.readouterr().out
