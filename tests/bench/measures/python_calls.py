"""A call in Python on a kept connection, the import, and the first call of a process."""

import callgrind
from processes import Rounds, whole
from rows import AHEAD, compared, microseconds, milliseconds, start_text, thousand

CLIENTS = ("katapult", "requests", "httpx", "pycurl")
NAMES = {"requests": "requests", "httpx": "httpx", "pycurl": "pycurl + orjson"}


def measure(bench, server):
    return [
        *cpu_time(bench, server),
        *instructions(bench, server),
        imports(bench),
        cold_start(bench, server),
    ]


def cpu_time(bench, server):
    calls = {client: 50 if bench.short else 2000 for client in CLIENTS}
    if not bench.short:
        calls["requests"] = calls["httpx"] = 200
    commands = {client: bench.py(client, "get", calls[client], server.url) for client in CLIENTS}
    rounds = Rounds(commands, 1 if bench.short else 9)
    ours = microseconds(rounds.median("katapult", "cpu"))
    for peer, goal in (("requests", 0.075), ("httpx", 0.11), ("pycurl", 0.75)):
        theirs = microseconds(rounds.median(peer, "cpu"))
        yield compared("Python, get disk: CPU time a call", ours, NAMES[peer], theirs,
                  rounds.ratio("katapult", peer, "cpu"), goal)


def instructions(bench, server):
    if not bench.valgrind:
        return
    counts = {}
    for client, calls in (("katapult", 100), ("requests", 20)):
        # The peer's count takes half a minute, and CI compares only ours.
        if client in bench.python_clients and not (bench.short and client == "requests"):
            counts[client] = callgrind.instructions(lambda number: bench.py(client, "get", number, server.url), calls)
    ours, peer = counts["katapult"], counts.get("requests")
    ratio = ours / peer if peer else None
    yield compared("Python, get disk: instructions a call", thousand(ours), "requests", thousand(peer), ratio, AHEAD,
                   counted=("python_get", ours))


def imports(bench):
    """Above what Python itself needs to start and to end. In CPU time, since few milliseconds of wall time are mostly
    what else the machine does."""
    modules = {"katapult": "katapult_disk", "pycurl": "pycurl, orjson"}
    commands = {"bare": [str(bench.python), "-c", ""]}
    for client, names in modules.items():
        if client in bench.python_clients:
            commands[client] = [str(bench.python), "-c", f"import {names}"]
    rounds = Rounds(commands, 3 if bench.short else 31, whole)
    ours, theirs = (rounds.above(client, "bare", "cpu") for client in modules)
    return compared("Python: import above bare Python, CPU time", milliseconds(ours), NAMES["pycurl"],
                    milliseconds(theirs), ours / theirs if theirs else None, AHEAD)


def cold_start(bench, server):
    commands = {client: bench.py(client, "get", 1, server.url) for client in ("katapult", "requests")}
    rounds = Rounds(commands, 3 if bench.short else 21, whole)
    times = [start_text(rounds, client) for client in commands]
    return compared("Python: a process that makes one call", times[0], "requests", times[1],
               rounds.ratio("katapult", "requests", "wall"), 0.15)
