"""The programs of docs/python.md, and what the page says about ending them."""

import signal
import subprocess
import sys
import time

import document_blocks
import pytest
from stories import wait_for

POOL, ASYNCIO = document_blocks.blocks("python.md")


def start(program, sim, folder, *arguments):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        env=document_blocks.environment(sim, folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_pool(sim, tmp_path):
    disk = sim.about["disks"]["attached"]
    out, err = start(POOL, sim, tmp_path, *[disk] * 20).communicate(timeout=60)
    assert len(out.splitlines()) == 20, err


def test_asyncio(sim, tmp_path):
    out, err = start(ASYNCIO, sim, tmp_path).communicate(timeout=60)
    assert "disks, " in out, err


@pytest.mark.quiet
@pytest.mark.parametrize("program", [POOL, ASYNCIO], ids=["pool", "asyncio"])
def test_ctrl_c_ends_it(sim, program, tmp_path):
    """Within 100 ms, and the interpreter takes its time to end."""
    sim.latency(20, before=True)
    disk = sim.about["disks"]["attached"]
    process = start(program, sim, tmp_path, *[disk] * 100)
    wait_for(lambda: sim.counts()["kinds"] or sim.requests(), 20)
    time.sleep(0.3)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert time.monotonic() - started < 1
    assert process.returncode == -signal.SIGINT or "KeyboardInterrupt" in err, err
