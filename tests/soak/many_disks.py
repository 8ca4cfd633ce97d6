"""A default client with 32 threads creates disks and waits for each, although the calls of every minute run out: no
create fails."""

import jobs

DISKS = 1000
THREADS = 32  # scenarios/rate.py has as many
PERMITTED = 1000  # calls a minute, what most tokens have
TASK_SECONDS = 2  # how long a disk is built; most tasks took 1 to 8 s (recorded)
LIMIT = 900  # seconds; five minutes are needed
NAME = f"{DISKS:,} disks"


def job(interpreter, package):
    return NAME, interpreter.name, lambda: created(interpreter, package)


def created(interpreter, package):
    with jobs.simulator(task_seconds=TASK_SECONDS, rate_limit=PERMITTED) as simulator:
        figures = jobs.run_scenario(interpreter, package, "rate.created", simulator.about, 0, DISKS, LIMIT)
        statuses = [request["status"] for request in simulator.requests()]
        made = simulator.state()["created"]
    return judged({**figures, "made": made, "calls": len(statuses), "refused": statuses.count(429)})


def judged(figures):
    failures = figures["failures"]
    assert not failures, f"{len(failures)} of {DISKS} failed, the first with {failures[0]}"
    assert figures["made"] == DISKS, f"{figures['made']} disks were made"
    assert figures["calls"] > PERMITTED, "the limit was never reached"
    return {**figures, "a_disk": figures["calls"] / DISKS}


def sentence(figures):
    return (
        f"{DISKS:,} disks, created and waited for by {THREADS} threads with a default client at a limit of {PERMITTED:,} calls "
        f"a minute: 0 errors, {figures['a_disk']:.1f} calls a disk, {figures['seconds'] / 60:.1f} minutes, {figures['refused']} "
        f"calls answered with 429. Building a disk takes {TASK_SECONDS} s there."
    )
