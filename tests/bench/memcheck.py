"""What a program allocates in all, from valgrind's memcheck."""

import re
import subprocess

TOTALS = re.compile(r"total heap usage: ([\d,]+) allocs, [\d,]+ frees, ([\d,]+) bytes allocated")


def allocations_of(command):
    """How many allocations a run of `command` makes, and of how many bytes in all."""
    memcheck = ["valgrind", "--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"]
    done = subprocess.run([*memcheck, *command], check=True, capture_output=True, text=True)
    return tuple(int(total.replace(",", "")) for total in TOTALS.search(done.stderr).groups())
