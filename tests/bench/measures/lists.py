"""100,000 disks in 500 pages: in Python one after the other and all held, in C as text and parsed."""

import json
import subprocess

from answers import PER_PAGE
from processes import Rounds, output
from rows import AHEAD, compared, milliseconds

MIB = 1024


def measure(bench, server):
    return [*in_python(bench, server), *in_c(bench, server)]


def in_python(bench, server):
    rounds = 1 if bench.short else 7
    clients = ("katapult", "requests", "pycurl")

    def run(job):
        commands = {client: bench.py(client, job, 1, server.url) for client in clients}
        return Rounds(commands, rounds, lambda command: complete(output(command), bench.pages))

    bare = json.loads(subprocess.check_output([bench.python, "-c", BARE]))["memory"]

    def memory(done, client):
        most = done.median(client, "memory")
        return None if most is None else (most - bare) / MIB

    def compared_memory(job, done, goal):
        ours, theirs = memory(done, "katapult"), memory(done, "requests")
        return compared(f"Python, 100,000 disks {job}: memory", mebibytes(ours), "requests", mebibytes(theirs),
                        ours / theirs if theirs else None, goal)

    iterated = run("iterate")
    yield compared("Python, 100,000 disks iterated: wall", milliseconds(iterated.median("katapult", "wall")),
              "requests", milliseconds(iterated.median("requests", "wall")),
              iterated.ratio("katapult", "requests", "wall"), 0.25)
    yield compared_memory("iterated", iterated, AHEAD)

    kept = run("keep")
    yield compared("Python, 100,000 disks kept: wall", milliseconds(kept.median("katapult", "wall")),
              "pycurl + orjson", milliseconds(kept.median("pycurl", "wall")),
              kept.ratio("katapult", "pycurl", "wall"), 0.65)
    yield compared_memory("kept", kept, 0.55)


def in_c(bench, server):
    commands = {
        "text": bench.c("katapult", "list", 1, server.url),
        "parsed": bench.c("katapult", "parse", 1, server.url) if bench.yyjson else None,
        "libcurl": bench.c("libcurl", "list", 1, server.url),
    }
    done = Rounds(commands, 1 if bench.short else 11, lambda command: complete(output(command), bench.pages))
    theirs = milliseconds(done.median("libcurl", "cpu"))
    for ours, title, goal in (("text", "handed through", 0.75), ("parsed", "parsed by the user", AHEAD)):
        yield compared(f"C, 100,000 disks {title}: CPU time", milliseconds(done.median(ours, "cpu")),
                       "libcurl + yyjson", theirs, done.ratio(ours, "libcurl", "cpu"), goal)


def complete(result, pages):
    """A list that lacks disks is not a measurement."""
    if result["disks"] != pages * PER_PAGE:
        raise SystemExit(f"{result['disks']} disks instead of {pages * PER_PAGE}")
    return result


def mebibytes(amount):
    return "not measured" if amount is None else f"{amount:.1f} MiB"


# What the interpreter itself needs, in a process that does nothing else.
BARE = """
with open("/proc/self/status") as status:
    print('{"memory": %d}' % next(int(line.split()[1]) for line in status if line.startswith("VmHWM")))
"""
