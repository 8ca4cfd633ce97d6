"""The service's limit of calls a minute: a client with 16 threads, or two processes that share a token, lose no call
and use what is permitted.

The limit counts by the minute of the clock. Nobody used the minute in which a run begins, so it counts in full, as all
others do but the last, in which the calls run out. What is used is the calls done in these minutes, by 200 for each.
"""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import jobs

PERMITTED = 200  # calls a minute, the smallest limit that was recorded
CALLS = 1000
THREADS = 16  # scenarios/rate.py has as many
TIMEOUT = 120
LEAST_USED = 0.95
LIMIT = 500  # seconds; five minutes are needed


def all_jobs(interpreter, package):
    def python(about, calls):
        return jobs.run_scenario(interpreter, package, "rate.limited", about, 0, calls, LIMIT)

    def c(about, calls):
        disk_id = about["disks"]["unassigned"]
        return jobs.run_program("calls", about, disk_id, THREADS, calls, 0, 0, TIMEOUT, limit=LIMIT)

    return [
        (f"rate limit, {count} x {CALLS // count} calls", where, lambda call=call, count=count: limited(call, count))
        for where, call in (("C", c), (interpreter.name, python))
        for count in (1, 2)
    ]


def limited(call, processes):
    """Makes the calls in so many processes at once."""
    wait_for_room()
    with jobs.simulator(rate_limit=PERMITTED) as simulator, ThreadPoolExecutor(processes) as pool:
        parts = list(pool.map(lambda _: call(simulator.about, CALLS // processes), range(processes)))
        refused = [request["status"] for request in simulator.requests()].count(429)
    return judged(parts, refused)


def wait_for_room():
    """The first minute counts in full, so there has to be time to use it."""
    second = time.time() % 60
    if second > 50:
        time.sleep(60.5 - second)


def judged(parts, refused):
    done = Counter()
    for part in parts:
        assert part.get("failed", 0) == 0, f"{part['failed']} calls failed"
        done.update({int(minute): calls for minute, calls in part["minutes"].items()})
    first, last = min(done), max(done)
    whole = range(first, last)
    used = sum(done[minute] for minute in whole) / (PERMITTED * len(whole))
    a_minute = [done[minute] for minute in range(first, last + 1)]
    assert used >= LEAST_USED, f"{used:.1%} of the rate was used: {a_minute}"
    return {
        "calls": sum(a_minute),
        "used": used,
        "minutes": a_minute,
        "refused": refused,
        "seconds": max(part["seconds"] for part in parts),
    }
