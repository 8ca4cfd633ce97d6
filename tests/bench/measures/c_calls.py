"""A call in C on a kept connection: instructions, CPU time, system calls, allocations; a process with one call."""

import callgrind
import strace
from memcheck import allocations_of
from processes import Rounds, output, whole
from rows import Row, compared, microseconds, number, start_text, thousand

PEER = "libcurl + yyjson"


def measure(bench, server):
    return [
        *instructions(bench, server),
        cpu_time(bench, server),
        connections(bench, server),
        *system_calls(bench, server),
        *allocations(bench, server),
        growth(bench, server),
        cold_start(bench, server),
    ]


def instructions(bench, server):
    if not bench.valgrind:
        return
    calls = 50 if bench.short else 200
    for job, title, goal in (("get", "get disk", 0.62), ("detach", "detach", 0.68)):

        def count(client):
            if client not in bench.c_clients:
                return None
            return callgrind.instructions(lambda number: bench.c(client, job, number, server.url), calls)

        ours, peer = count("katapult"), count("libcurl")
        yield compared(f"C, {title}: instructions a call", thousand(ours), PEER, thousand(peer),
                       ours / peer if peer else None, goal, counted=(f"c_{job}", ours))


def cpu_time(bench, server):
    calls = 100 if bench.short else 5000
    commands = {client: bench.c(client, "get", calls, server.url) for client in ("katapult", "libcurl")}
    rounds = Rounds(commands, 1 if bench.short else 11)
    times = [microseconds(rounds.median(client, "cpu")) for client in commands]
    return compared("C, get disk: CPU time a call", times[0], PEER, times[1],
               rounds.ratio("katapult", "libcurl", "cpu"), 0.75)


def connections(bench, server):
    """After an error, too, the next call goes out on the same connection."""
    calls = 100
    before = server.connections()
    output(bench.c("katapult", "mixed", calls, server.url))
    opened = server.connections() - before
    return Row(f"C: connections for {calls} answers with status 200, 404, 500 in turn", str(opened), "", "", opened, 1)


def system_calls(bench, server):
    if not bench.strace:
        return
    calls = 100
    counts = {}
    for client in ("katapult", "libcurl"):
        if client in bench.c_clients:
            counts[client] = strace.system_calls(lambda number: bench.c(client, "get", number, server.url), calls)
    ours = sum(counts["katapult"].values())
    theirs = strace.text(counts["libcurl"]) if "libcurl" in counts else "not measured"
    title = "C, get disk on a kept connection: system calls a call"
    yield Row(title, strace.text(counts["katapult"]), PEER, theirs, ours, 4)


def allocations(bench, server):
    """Counted by memcheck, where a reallocation is an allocation and a free."""
    if not bench.valgrind:
        return
    calls = 50 if bench.short else 500
    once, twice = (allocations_of(bench.c("katapult", "get", number * calls, server.url)) for number in (1, 2))
    count, size = ((after - before) / calls for before, after in zip(once, twice))
    yield Row("C, get disk: allocations a call", f"{number(count)}, {number(size)} bytes", "", "", count, 70)


def growth(bench, server):
    """What a call leaves behind, be it lost or kept in the client: the client is not freed yet."""
    calls = 1000
    once, four = (output(bench.c("katapult", "mixed", times * calls, server.url))["heap"] for times in (1, 4))
    # In whole bytes: what the allocator keeps for itself may differ a little. The smallest block it gives has 24.
    grown = None if once is None else round((four - once) / (3 * calls))
    ours = "not measured" if grown is None else f"{number(once)} bytes, later {number(four)}"
    return Row("C: bytes of heap in use that a call adds", ours, "", "", grown, 0)


def cold_start(bench, server):
    commands = {client: bench.c(client, "get", 1, server.url) for client in ("katapult", "libcurl")}
    rounds = Rounds(commands, 3 if bench.short else 41, whole)
    times = [start_text(rounds, client) for client in commands]
    return compared("C: a process that makes one call", times[0], PEER, times[1],
               rounds.ratio("katapult", "libcurl", "wall"), 0.5)
