"""What a program allocates in all, from valgrind's memcheck."""

import re
import subprocess

TOTALS = re.compile(r"total heap usage: ([\d,]+) allocs, ([\d,]+) frees, ([\d,]+) bytes allocated")


class Heap:
    """The `allocations`, `frees` and `bytes` of a run of `command`."""

    def __init__(self, command):
        memcheck = ["valgrind", "--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"]
        done = subprocess.run([*memcheck, *command], check=True, capture_output=True, text=True)
        totals = TOTALS.search(done.stderr).groups()
        self.allocations, self.frees, self.bytes = (int(total.replace(",", "")) for total in totals)
