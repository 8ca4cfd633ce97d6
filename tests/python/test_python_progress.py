"""What `progress` shows of one wait: a function of the caller's, or a bar on stderr, whatever that is."""

import contextlib
import io
import os
import sys

import katapult_disk
import pytest


def test_progress_is_reported(sim):
    client = katapult_disk.Client(**sim.katapult())
    sim.next_task(seconds=0.5)
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    seen = []
    done = client.wait_task(task, timeout=20, progress=seen.append)
    assert len(seen) >= 2
    assert seen[-1] == done
    assert {item.id for item in seen} == {task.id}


def test_an_exception_in_the_progress_function_ends_the_wait(sim):
    client = katapult_disk.Client(**sim.katapult())
    sim.next_task(seconds=60)
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    with pytest.raises(ZeroDivisionError):
        client.wait_task(task, timeout=20, progress=lambda task: 1 / 0)


def test_an_exception_in_the_progress_function_tells_what_was_started(sim):
    client = katapult_disk.Client(**sim.katapult())
    disk_id = sim.about["disks"]["attached"]
    with pytest.raises(ZeroDivisionError) as caught:
        client.detach_disk(disk_id, wait=True, progress=lambda task: 1 / 0)
    stopped = caught.value.__cause__
    assert isinstance(stopped, katapult_disk.Interrupted) and stopped.outcome == "unknown"
    assert stopped.detail["disk"]["id"] == disk_id and stopped.detail["task"]["id"] in str(stopped)


def test_a_progress_bar_goes_to_stderr(sim, capfd):
    client = katapult_disk.Client(**sim.katapult())
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    client.wait_task(task, timeout=20, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "Detach disk" in err
    assert "100" in err


@pytest.mark.parametrize("how", ["nobody reads it", "closed"])
def test_a_progress_bar_that_cannot_be_shown_stops_nothing(sim, monkeypatch, how):
    reader, writer = os.pipe()
    os.close(reader)
    stderr = open(writer, "w")
    if how == "closed":
        stderr.close()
    monkeypatch.setattr(sys, "stderr", stderr)
    client = katapult_disk.Client(**sim.katapult())
    detached = client.detach_disk(sim.about["disks"]["attached"], wait=True, progress=True)
    monkeypatch.undo()
    assert detached.task.status == "completed"
    with contextlib.suppress(BrokenPipeError):
        stderr.close()


class OnlyWrites:
    """What some programs put in the place of stderr."""

    def __init__(self, error=None):
        self.error, self.text = error, ""

    def write(self, text):
        if self.error:
            raise self.error
        self.text += text


@pytest.mark.parametrize("stderr", [OnlyWrites(), OnlyWrites(RuntimeError("broken"))], ids=["only writes", "breaks"])
def test_a_progress_bar_in_something_that_is_no_file_stops_nothing(sim, monkeypatch, stderr):
    monkeypatch.setattr(sys, "stderr", stderr)
    client = katapult_disk.Client(**sim.katapult())
    detached = client.detach_disk(sim.about["disks"]["attached"], wait=True, progress=True)
    monkeypatch.undo()
    assert detached.task.status == "completed"
    assert stderr.error or "completed" in stderr.text


class Odd:
    """Everything that it is asked fails."""

    def __getattr__(self, name):
        raise RuntimeError(name)


@pytest.mark.parametrize("stderr", [None, Odd(), object(), io.BytesIO()], ids=["none", "odd", "object", "bytes"])
def test_a_progress_bar_in_any_other_thing_stops_nothing(sim, monkeypatch, stderr):
    monkeypatch.setattr(sys, "stderr", stderr)
    detached = katapult_disk.Client(**sim.katapult()).detach_disk(
        sim.about["disks"]["attached"], wait=True, progress=True
    )
    monkeypatch.undo()
    assert detached.task.status == "completed"


def test_a_progress_bar_without_any_stderr_stops_nothing(sim, monkeypatch):
    monkeypatch.delattr(sys, "stderr")
    detached = katapult_disk.Client(**sim.katapult()).detach_disk(
        sim.about["disks"]["attached"], wait=True, progress=True
    )
    monkeypatch.undo()
    assert detached.task.status == "completed"
