"""How much of the permitted rate a fleet uses, and what it leaves to others who want a read now and then."""

import programs
import rows
from figures import Figure, count
from lengths import PERMITTED
from simulator import Simulator

READS_A_MINUTE = 20  # every 3 s
LONGEST_WAIT = 1  # seconds


def whole(length):
    """Nobody else has the token, so nothing has to be left."""
    with Simulator(5, PERMITTED, length.minute) as simulator:
        fleet(simulator, length, share=1.0)
        row = "a fleet, share 1.0"
        return [used(row, simulator, least=0.97), rows.refused(row, simulator)]


def with_neighbours(length):
    """Another process reads, and another thread with the fleet's own client."""
    every = length.minute / READS_A_MINUTE
    with Simulator(5, PERMITTED, length.minute) as simulator:
        neighbour = programs.start(simulator, length.minute, "neighbour", every=every)
        try:
            figures = fleet(simulator, length, share=0.95, every=every)
            # It reads until its input ends, which ends here.
            reads = programs.figures_of(neighbour, limit=10)
        finally:
            programs.end(neighbour)
        row = "a fleet, share 0.95"
        return [
            used(row, simulator, least=0.92),
            rows.refused(row, simulator),
            *waits("reads of another process", reads, length),
            *waits("reads with the fleet's own client", figures["own_reads"], length),
        ]


def fleet(simulator, length, **order):
    programs.wait_for_a_minute(length.minute)
    ran = programs.run(simulator, length.minute, "fleet", count=length.shared, **order)
    return rows.complete(ran, length.shared)


def used(row, simulator, least):
    """Of the minutes in which there was enough to do: from the one with the first create to the one before the last's."""
    minutes = [minute for minute in simulator.counts()["minutes"] if minute["token"] == simulator.about["api_token"]]
    writing = [minute["minute"] for minute in minutes if minute["writes"]]
    minutes = [minute for minute in minutes if min(writing) <= minute["minute"] < max(writing)]
    assert len(minutes) >= 3, f"only {len(minutes)} whole minutes: {minutes}"
    answered = sum(minute["reads"] + minute["writes"] - minute["limited"] for minute in minutes)
    part = answered / (PERMITTED * len(minutes))
    return Figure(row, f"of the rate in {len(minutes)} whole minutes", part, least=least, shows="{:.1%}")


def waits(row, reads, length):
    assert reads["reads"] >= READS_A_MINUTE * 2, f"only {reads['reads']} reads in more than three minutes"
    if reads["failures"]:
        print(f"{row}: the first of the failures is {reads['failures'][0]}")
    row = f"{row}, every {length.minute / READS_A_MINUTE:g} s"
    return [
        count(row, f"failures of {reads['reads']}", len(reads["failures"])),
        Figure(row, "worst wait, s", reads["worst_seconds"], most=LONGEST_WAIT),
    ]
