"""Runs programs and measures them from outside, in alternating order."""

import json
import os
import statistics
import subprocess
import time


def output(command):
    """What a program of the benchmarks says about itself, with the times of one call."""
    result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return {**result, "cpu": result["cpu"] / result["calls"], "wall": result["wall"] / result["calls"]}


def whole(command):
    """A whole process, from its start to its end: seconds of wall and CPU time."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{command} ended with status {child.returncode}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime}


class Rounds:
    """Measurements of several commands that took turns, so that what else the machine did met all alike.

    `commands` maps names to command lines; those that are None (a peer that is not there) are left out. Every second
    round runs in reverse order.
    """

    def __init__(self, commands, rounds, measure=output):
        commands = {name: command for name, command in commands.items() if command}
        self.rounds = []
        for number in range(rounds):
            order = list(commands) if number % 2 == 0 else list(reversed(commands))
            self.rounds.append({name: measure(commands[name]) for name in order})

    def median(self, name, key):
        """None if it was not measured."""
        if name not in self.rounds[0]:
            return None
        return statistics.median(each[name][key] for each in self.rounds)

    def above(self, name, base, key):
        """The median of how much more one needs than the other, None if one of them was not measured."""
        if name not in self.rounds[0] or base not in self.rounds[0]:
            return None
        return statistics.median(each[name][key] - each[base][key] for each in self.rounds)

    def ratio(self, name, peer, key):
        """The median of the ratios of each round, None if one of them was not measured."""
        if name not in self.rounds[0] or peer not in self.rounds[0]:
            return None
        return statistics.median(each[name][key] / each[peer][key] for each in self.rounds)
