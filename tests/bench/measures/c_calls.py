"""A call in C on a kept connection: instructions, CPU time, system calls, allocations; a process with one call."""

import callgrind
import strace
from memcheck import Heap
from processes import Rounds, whole
from rows import Row, compared, microseconds, number, start_text, thousand

PEER = "libcurl + yyjson"


def measure(bench, server):
    return [
        *instructions(bench, server),
        cpu_time(bench, server),
        *connections(bench, server),
        *system_calls(bench, server),
        *allocations(bench, server),
        cold_start(bench, server),
    ]


def instructions(bench, server):
    if not bench.valgrind:
        return
    calls = 50 if bench.short else 200
    for job, title, goal in (("get", "get disk", 40_000), ("detach", "detach", 45_000)):

        def count(client):
            if client not in bench.c_clients:
                return None
            return callgrind.instructions(lambda number: bench.c(client, job, number, server.url), calls)

        ours, peer = count("katapult"), count("libcurl")
        yield Row(f"C, {title}: instructions a call", thousand(ours), PEER, thousand(peer), ours, goal,
                  counted=(f"c_{job}", ours), share=ours / peer if peer else None)


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
    for job, status in (("get", 200), ("missing", 404), ("failing", 500)):
        before = server.connections()
        Rounds({"katapult": bench.c("katapult", job, calls, server.url)}, 1)
        opened = server.connections() - before
        yield Row(f"C: connections for {calls} answers with status {status}", str(opened), "", "", opened, 1)


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
    yield Row("C, get disk: system calls a call", strace.text(counts["katapult"]), PEER, theirs, ours, 4)


def allocations(bench, server):
    """Counted by memcheck, where a reallocation is an allocation and a free."""
    if not bench.valgrind:
        return
    calls = 50 if bench.short else 500
    once, twice, four = (Heap(bench.c("katapult", "get", number * calls, server.url)) for number in (1, 2, 4))
    count = (twice.allocations - once.allocations) / calls
    size = (twice.bytes - once.bytes) / calls
    later = (four.bytes - twice.bytes) / (2 * calls)
    left = ((four.allocations - four.frees) - (once.allocations - once.frees)) / (3 * calls)
    yield Row("C, get disk: allocations a call", f"{number(count)}, {number(size)} bytes", "", "", count, 40)
    yield Row("C, get disk: allocations a call that are never freed", number(left), "", "", left, 0)
    yield Row("C, get disk: bytes allocated a call, later calls to earlier ones", f"{later:.1f} to {size:.1f}", "", "",
              later / size, 1.001)


def cold_start(bench, server):
    commands = {client: bench.c(client, "get", 1, server.url) for client in ("katapult", "libcurl")}
    rounds = Rounds(commands, 3 if bench.short else 41, whole)
    times = [start_text(rounds, client) for client in commands]
    return compared("C: a process that makes one call", times[0], PEER, times[1],
               rounds.ratio("katapult", "libcurl", "wall"), 0.5)
