"""Instruction counts: what a program's calls cost, from callgrind.

A program runs with N calls and with 2 N; the difference is N calls without start and end.
"""

import collections
import os
import pathlib
import re
import subprocess
import tempfile

NAME = re.compile(r"\((\d+)\)(?: (.*))?$")
COST = re.compile(r"[0-9+*-]\S* \d+$")


def instructions(command, calls):
    """Instructions of one call of `command`, a function from a number of calls to a command line."""
    once, twice = (profile(command(number)).total for number in (calls, 2 * calls))
    return (twice - once) / calls


def profile(command):
    """Runs `command` under callgrind."""
    with tempfile.TemporaryDirectory(prefix="katapult-bench-") as directory:
        out = pathlib.Path(directory) / "callgrind.out"
        valgrind = ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}"]
        # One seed for hash tables, so that two runs count the same.
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run(valgrind + command, check=True, stdout=subprocess.DEVNULL, env=environment)
        return Profile(out.read_text().splitlines())


class Profile:
    """What a file of callgrind's says: `total`, `own` by (function, file of the source line), `inclusive` by function.

    The format is described in valgrind's manual, under "Callgrind Format Specification".
    """

    def __init__(self, lines):
        self.own = collections.Counter()
        self.inclusive = collections.Counter()
        self.files, self.functions = {}, {}
        self.read(lines)
        self.total = sum(self.own.values())

    def read(self, lines):
        function = file = None
        call = False
        for line in lines:
            key, _, rest = line.partition("=")
            if key == "fn":
                function = self.name(self.functions, rest)
            elif key in ("fl", "fi", "fe"):
                file = self.name(self.files, rest)
            elif key == "cfn":
                self.name(self.functions, rest)
            elif key in ("cfi", "cfl"):
                self.name(self.files, rest)
            elif key == "calls":
                call = True
            elif COST.match(line):
                cost = int(line.split()[1])
                self.inclusive[function] += cost
                if not call:
                    self.own[function, file] += cost
                call = False

    @staticmethod
    def name(names, text):
        """A name is written out once, and is a number from then on."""
        number, name = NAME.match(text).groups()
        return names.setdefault(number, name)

    def __sub__(self, other):
        """What this run did more than the other one."""
        difference = Profile([])
        difference.own = self.own - other.own
        difference.inclusive = self.inclusive - other.inclusive
        difference.total = self.total - other.total
        return difference
