"""The rows about one fleet, or two: calls, time, memory."""

from concurrent.futures import ThreadPoolExecutor

import programs
from figures import Figure, count
from lengths import PERMITTED
from simulator import Simulator

# The program's own read before it measures memory; the fleet has no part in it.
OWN_CALLS = 1
MOST_CALLS = 1.05
MOST_MEMORY = 8  # MiB above a client


def calls_a_disk(length, task_seconds, disks=1000):
    with Simulator(task_seconds, PERMITTED, length.minute) as simulator:
        complete(programs.run(simulator, length.minute, "fleet", count=disks), disks)
        calls = simulator.calls() - OWN_CALLS
        row = f"{disks:,} disks, tasks of {task_seconds} s"
        return [Figure(row, "calls a disk", calls / disks, most=MOST_CALLS), refused(row, simulator)]


def many_disks(length, task_seconds=5):
    with Simulator(task_seconds, PERMITTED, length.minute) as simulator:
        programs.wait_for_a_minute(length.minute)
        figures = complete(programs.run(simulator, length.minute, "fleet", count=length.many), length.many)
        calls = simulator.calls() - OWN_CALLS
        bound = calls / PERMITTED * length.minute + task_seconds
        row = f"{length.many:,} disks, tasks of {task_seconds} s"
        return [
            Figure(row, f"wall ({figures['seconds']:.1f} s) / lower bound", figures["seconds"] / bound, most=1.10),
            Figure(row, "calls a disk", calls / length.many, most=MOST_CALLS),
            refused(row, simulator),
            Figure(row, "memory above a client, MiB", figures["memory_kib"] / 1024, most=MOST_MEMORY, shows="{:.1f}"),
        ]


def two_processes(length):
    disks = length.each_of_two
    with Simulator(5, PERMITTED, length.minute) as simulator, ThreadPoolExecutor(2) as pool:
        orders = [{"count": disks, "first": number * disks, "fleet": f"fleet-{number}"} for number in range(2)]
        ran = pool.map(lambda order: programs.run(simulator, length.minute, "fleet", **order), orders)
        for figures in ran:
            complete(figures, disks)
        calls = simulator.calls() - 2 * OWN_CALLS
        row = f"two processes, one token, {disks:,} disks each"
        return [Figure(row, "calls a disk", calls / (2 * disks), most=MOST_CALLS), refused(row, simulator)]


def all_there(length, disks=1000):
    """The service's rate has no part in it."""
    with Simulator(task_seconds=0.2) as simulator:
        order = {"count": disks, "fleet": "there"}
        complete(programs.run(simulator, length.minute, "fleet", **order), disks)
        simulator.forget_counts()
        figures = programs.run(simulator, length.minute, "fleet", **order)
        existed = figures["counts"]["existed"]
        assert existed == disks == simulator.state()["created"], f"{existed} of {disks} were there"
        return [count(f"{disks:,} disks, all there already", "calls in all", simulator.calls() - OWN_CALLS, most=7)]


def complete(figures, disks):
    """The figures of a fleet that has created all of its disks."""
    counts, errors = figures["counts"], figures["errors"]
    assert not errors, f"{len(errors)} disks failed, the first with {errors[0]}"
    assert counts["created"] == figures["ids"] == disks, f"{disks} disks were to be created: {counts}"
    return figures


def refused(row, simulator):
    return count(row, "calls answered with 429", limited(simulator))


def limited(simulator):
    return sum(minute["limited"] for minute in simulator.counts()["minutes"])
