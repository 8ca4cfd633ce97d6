"""A fleet that is killed, and run again: whatever it had done, no disk comes twice and none is missing."""

import json
import signal
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import programs
from figures import count
from lengths import Length
from simulator import Simulator

DISKS = 300
MINUTE = 6
PERMITTED = 200  # so that it has to wait for a second minute
TASK_SECONDS = 5
LATENCY = 0.02  # so that requests are under way when it is killed
PAGE = 200
AT_ONCE = 5


@dataclass(frozen=True)
class Point:
    """It is killed once the simulator has counted so many calls and created so many disks, and so long after."""

    calls: int = 0
    created: int = 0
    then: float = 0


POINTS = [
    *(Point(calls=calls) for calls in (0, 1, 2, 3)),
    *(Point(created=created) for created in (1, 20, 50, 90, 130, 160, 180)),
    # All that this minute permits is used.
    Point(created=180, then=1),
    *(Point(created=created) for created in (190, 210, 240, 270)),
    # Till the last is built.
    *(Point(created=DISKS, then=then) for then in (0, 1, 3, 4.8)),
]


def killed(length: Length):
    points = POINTS[:: length.kills]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(killed_at, range(len(points)), points))
    row = f"{DISKS} disks, killed at each of {len(points)} points and run again"
    return [
        count(row, "disks that exist twice", sum(twice for twice, _ in found)),
        count(row, "missing disks", sum(missing for _, missing in found)),
    ]


def killed_at(number, point):
    """How many disks exist twice in the end, and how many are missing."""
    with Simulator(TASK_SECONDS, PERMITTED, MINUTE) as simulator:
        # What is under way is performed, or not at all.
        simulator.latency(LATENCY, before=number % 2 == 1)
        order = {"count": DISKS, "fleet": "killed"}
        process = programs.start(simulator, MINUTE, "fleet", **order)
        try:
            wait_for(point, simulator, process)
        finally:
            programs.end(process)
        assert process.returncode == -signal.SIGKILL, f"{point}: it had ended with {process.returncode}"
        figures = programs.run(simulator, MINUTE, "fleet", **order)
        return judged(point, figures, disks_of(simulator))


def wait_for(point, simulator, process):
    while simulator.calls() < point.calls or simulator.state()["created"] < point.created:
        assert process.poll() is None, f"{point}: it ended before: {process.stderr.read()}"
        time.sleep(0.005)
    time.sleep(point.then)


def judged(point, figures, disks):
    counts, errors = figures["counts"], figures["errors"]
    assert not errors, f"{point}: {len(errors)} disks failed, the first with {errors[0]}"
    assert counts["created"] + counts["existed"] == figures["ids"] == DISKS, f"{point}: {counts}"
    twice = sum(times - 1 for times in Counter(disk["name"] for disk in disks).values())
    missing = DISKS - len({disk["name"] for disk in disks if disk["state"] == "built"})
    if twice or missing:
        print(f"{point}: {twice} disks exist twice, {missing} are missing, and it counted {counts}")
    return twice, missing


def disks_of(simulator):
    """All disks that a fleet has created, as the service lists them."""
    simulator.rate_limit(1_000_000)
    disks, page, pages = [], 1, 1
    while page <= pages:
        answer = get(simulator, f"per_page={PAGE}&page={page}")
        disks += [disk for disk in answer["disk"] if disk["name"].startswith("data-")]
        page, pages = page + 1, answer["pagination"]["total_pages"]
    return disks


def get(simulator, query):
    organization = f"organization[sub_domain]={simulator.about['organization']}"
    url = f"{simulator.about['katapult_url']}/organizations/organization/disks?{organization}&{query}"
    headers = {"Authorization": f"Bearer {simulator.about['api_token']}"}
    with simulator.opener.open(urllib.request.Request(url, headers=headers), timeout=10) as answer:
        return json.load(answer)
