"""Many disks in one call, in Python: what progress shows."""

import io
import re
import threading

import katapult_disk
from katapult_disk import FleetCounts, progress
from slow_fleets import specs, where


def test_progress_is_called_on_the_callers_thread(sim):
    client = katapult_disk.Client(**sim.katapult(**where(sim)))
    seen = []
    with client.create_disks(specs(20), progress=lambda counts: seen.append((threading.get_ident(), counts))) as run:
        list(run)
    assert {thread for thread, _ in seen} == {threading.get_ident()}
    assert seen[-1][1] == FleetCounts(created=20)


def test_progress_shows_one_line_in_a_log(sim, capfd):
    client = katapult_disk.Client(**sim.katapult(**where(sim)))
    with client.create_disks(list(specs(20)), fleet="order-4711", progress=True) as run:
        list(run)
    assert re.fullmatch(r"order-4711: 20 of 20 created  \d s\n", capfd.readouterr().err)
    with client.ensure_disks_deleted(client.list_disks(), progress=True) as run:
        count = sum(1 for _ in run)
    [line] = capfd.readouterr().err.splitlines()
    assert line.startswith(f"ensure_disks_deleted: {run.counts.deleted} deleted") and count >= 20


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_line_is_redrawn_on_a_terminal():
    line = progress.FleetLine("order-4711", "created", 10000, stream=Terminal())
    line(FleetCounts(created=1200, existed=30, failed=2, pending=400, not_started=8368))
    line(FleetCounts(created=9970, existed=30))
    line.finish()
    shown = line._stream.getvalue()
    first, second = shown.removesuffix("\n").split("\r")[1:]
    assert first == "order-4711: 1200 of 10000 created, 30 existed, 2 failed, 400 under way  0 s"
    assert second == "order-4711: 9970 of 10000 created, 30 existed  0 s".ljust(len(first))


def test_a_line_each_minute_in_a_log(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    line = progress.FleetLine("wait_disks", "built", 3, stream=io.StringIO())
    for second in range(0, 150, 10):
        now[0] = float(second)
        line(FleetCounts(existed=second // 45, pending=3 - second // 45))
    line.finish()
    assert line._stream.getvalue().splitlines() == [
        "wait_disks: 1 of 3 built, 2 under way  60 s",
        "wait_disks: 2 of 3 built, 1 under way  120 s",
        "wait_disks: 3 of 3 built  140 s",
    ]
