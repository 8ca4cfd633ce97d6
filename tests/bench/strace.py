"""System calls that a program's calls make, as the difference between N and 2 N calls."""

import collections
import subprocess
import tempfile


def system_calls(command, calls):
    """System calls of one call of `command`, by name."""
    once, twice = (count(command(number)) for number in (calls, 2 * calls))
    twice.subtract(once)
    # What does not grow with the calls differs by one or two, by chance.
    return {name: number / calls for name, number in twice.items() if number > 0.05 * calls}


def count(command):
    with tempfile.NamedTemporaryFile("r", prefix="katapult-bench-") as out:
        subprocess.run(["strace", "-f", "-c", "-o", out.name, *command], check=True, stdout=subprocess.DEVNULL)
        lines = [line.split() for line in out if line.strip()[:1].isdigit()]
    # % time, seconds, microseconds a call, calls, errors (if any), name
    return collections.Counter({words[-1]: int(words[3]) for words in lines if words[-1] != "total"})


def text(counts):
    total = sum(counts.values())
    parts = ", ".join(f"{name} {number:g}" for name, number in sorted(counts.items(), key=lambda item: -item[1]))
    return f"{total:g} ({parts})"
