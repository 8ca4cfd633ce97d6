"""A row of the table: what was measured, and what the goal is."""

import dataclasses
from typing import Optional


@dataclasses.dataclass
class Row:
    title: str
    ours: str
    peer: str
    """Who does the same; empty if nobody is compared."""
    theirs: str
    value: Optional[float]
    """What the goal is about; None if it could not be measured."""
    goal: float
    at_least: bool = False
    """Whether the goal is a lower bound. (Else it is an upper one.)"""
    charted: bool = False
    """Whether `value` is what we need as a part of what the peer needs, which the chart shows."""
    counted: Optional[tuple] = None
    """A name in limits.json and the instructions that are compared with it."""

    @property
    def met(self):
        if self.value is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def cells(self):
        """The row for people."""
        sign = "≥" if self.at_least else "≤"
        measured = "not measured" if self.value is None else number(self.value)
        verdict = {True: "yes", False: "**no**", None: "–"}[self.met]
        peer = f"{self.peer} {self.theirs}".strip()
        return [self.title, self.ours, peer, measured, f"{sign} {number(self.goal)}", verdict]


# The goal of a comparison for which no other goal is set.
AHEAD = 1.0


def compared(title, ours, peer, theirs, ratio, goal, counted=None):
    """A row whose goal is a ratio to the peer."""
    return Row(title, ours, peer, theirs, ratio, goal, charted=True, counted=counted)


def number(value):
    """With as many digits as mean something."""
    if value >= 10_000:
        return f"{value / 1000:.1f} k"
    if value >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.2f}" if value >= 0.2 else f"{value:.3f}"


def microseconds(seconds):
    return "not measured" if seconds is None else f"{seconds * 1e6:.0f} µs"


def milliseconds(seconds):
    return "not measured" if seconds is None else f"{seconds * 1e3:.1f} ms"


def start_text(rounds, client):
    """Wall and CPU time of whole processes."""
    return f"{milliseconds(rounds.median(client, 'wall'))} (CPU {milliseconds(rounds.median(client, 'cpu'))})"


def thousand(count):
    return "not measured" if count is None else f"{count / 1000:.1f} k"
