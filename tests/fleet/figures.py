"""What is measured, and the goals that it is judged against."""

import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    row: str  # what was done
    what: str  # what is measured of it
    value: float
    most: float = None
    least: float = None
    shows: str = "{:.3f}"

    @property
    def met(self):
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def measured(self):
        return self.shows.format(self.value)

    @property
    def goal(self):
        sign, goal = ("≤", self.most) if self.least is None else ("≥", self.least)
        # A count's format has no place for the fractions that a goal has none of.
        return f"{sign} {goal:g}" if "%" not in self.shows else f"{sign} {goal:.0%}"

    def cells(self):
        return [self.row, self.what, self.measured, self.goal, "yes" if self.met else "**no**"]


def count(row, what, value, most=0):
    return Figure(row, what, value, most=most, shows="{:.0f}")


printing = threading.Lock()


def show(figure):
    with printing:
        good = "ok" if figure.met else "MISSED"
        print(f"{good:6} {figure.row:52} {figure.what:40} {figure.measured:>9} {figure.goal}", flush=True)
