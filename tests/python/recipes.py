"""What is expected of the recipes of docs/fleets.md and docs/engines.md, whichever engine they are for."""

import os
import re
import signal
import subprocess
import time
import zlib
from collections import Counter

import document_blocks
from stories import wait_for

DISKS = 200
# Within a second is the promise; a busy machine gets some more.
ENDS_WITHIN = 2.5


def names(sim):
    """How often the disks of the recipes exist, by name."""
    import katapult_disk

    with katapult_disk.Client(**sim.katapult(organization=sim.about["organization"])) as client:
        found = Counter(disk.name for disk in client.list_disks())
    return Counter({name: count for name, count in found.items() if name.startswith("data-")})


ALL = Counter(f"data-{number:05}" for number in range(DISKS))


def ends(process, seconds=60):
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        raise AssertionError(f"it has not ended within {seconds} s: {out}{err}") from None
    return out, err


def run(recipe, sim, folder, *arguments):
    process = document_blocks.start(recipe, sim, folder, "order-4711", str(DISKS), *arguments)
    out, err = ends(process)
    assert process.returncode == 0, out + err
    return out, err


def costs(sim, most):
    """Calls a disk in all, and none that the service has refused for its rate."""
    counts = sim.counts()
    assert sum(minute["limited"] for minute in counts["minutes"]) == 0
    assert sum(counts["kinds"].values()) / DISKS <= most, counts["kinds"]


def creates_all(recipe, sim, folder, *arguments, lines=4):
    """All disks, at little cost, with a line of progress for each worker."""
    sim.forget_counts()
    out, err = run(recipe, sim, folder, *arguments)
    assert len(re.findall(r"\d+ of \d+ (?:created|built)  \d+ s", err)) >= lines, err
    # What a worker shows may be prefixed, and a launcher adds its own.
    assert len(re.findall("data-", err)) == 0
    assert names(sim) == ALL
    return out


def again_nothing_is_created(recipe, sim, folder, *arguments):
    sim.forget_counts()
    out, _ = run(recipe, sim, folder, *arguments)
    assert names(sim) == ALL
    assert sim.counts()["kinds"].get("POST /organizations/organization/disks", 0) == 0
    return out


def tells_of_errors(recipe, sim, folder, *arguments):
    """One build fails, one disk is refused: each is told with its outcome, the others are built."""
    sim.fail_by_name(["data-00007"], "build")
    sim.fail_by_name(["data-00150"], "refuse")
    out, err = run(recipe, sim, folder, *arguments)
    assert re.search(r"^data-00007 \(disk_\w+\): .* failed; .* \(outcome: unknown\)$", out, re.MULTILINE), out
    assert re.search(r"^data-00150 \(None\): .* \(outcome: rejected\)$", out, re.MULTILINE), out
    assert len(re.findall(r"\(outcome: ", out)) == 2
    assert "Traceback" not in err


def is_under_way(sim):
    """In two shards: a worker that still starts does not yet ignore Ctrl-C."""
    created = [disk["name"] for disk in sim.control("GET", "objects")["disks"] if disk["name"].startswith("data-")]
    return len(created) >= 40 and len({zlib.crc32(name.encode()) % 4 for name in created}) > 1


def ends_at_ctrl_c(recipe, sim, folder, *arguments, whom="group", permitted=100):
    """In the middle of the creations. A terminal sends it to all processes of the group, `kill` to the main one.

    Once the permitted requests are used up, the rest has to wait for the next minute, and so is not begun.
    """
    sim.rate_limit(permitted)
    process = document_blocks.start(recipe, sim, folder, "order-4711", str(DISKS), *arguments)
    wait_for(lambda: is_under_way(sim) or process.poll() is not None, seconds=60)
    time.sleep(0.2)
    sent = time.monotonic()
    (os.killpg if whom == "group" else os.kill)(process.pid, signal.SIGINT)
    lines = []
    for line in process.stdout:
        lines.append((time.monotonic() - sent, line))
    out, err = "".join(line for _, line in lines), process.stderr.read()
    created = sim.state()["created"]
    process.communicate()
    assert process.returncode == 130, out + err
    assert lines and lines[-1][0] < ENDS_WITHIN, (lines[-1], err)
    assert "Traceback" not in err
    existing = set(names(sim))
    named = set(re.findall(r"^(data-\d+)\b", out, re.MULTILINE))
    built = sum(map(int, re.findall(r"'created': (\d+)", out)))
    assert 0 < len(existing) < DISKS and len(existing - named) == built
    time.sleep(0.5)
    assert sim.state()["created"] == created, "nothing was created after the end"
    sim.rate_limit(1_000_000)
    run(recipe, sim, folder, *arguments)
    assert names(sim) == ALL
