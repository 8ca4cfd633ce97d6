"""The same work as people do it without fleets."""

from dataclasses import dataclass

import programs
import rows
from lengths import PERMITTED
from simulator import Simulator

TASK_SECONDS = 5
WAYS = {
    "pool": "16 threads, each with `create_disk(wait=True)`",
    "polls": "16 threads, each reads its disk every 2 s, as openstacksdk waits",
    "fleet": "`create_disks`",
}


@dataclass(frozen=True)
class Way:
    mode: str
    calls_a_disk: float
    refused: int
    seconds: float

    def cells(self):
        return [WAYS[self.mode], f"{self.calls_a_disk:.2f}", f"{self.refused:,}", f"{self.seconds:.0f} s"]


def measure(length, mode):
    with Simulator(TASK_SECONDS, PERMITTED, length.minute) as simulator:
        programs.wait_for_a_minute(length.minute)
        figures = programs.run(simulator, length.minute, mode, count=length.compared)
        created = simulator.state()["created"]
        assert created == length.compared and not figures["errors"], f"{created} were created: {figures['errors'][:1]}"
        own = rows.OWN_CALLS if mode == "fleet" else 0
        calls = simulator.calls() - own
        return Way(mode, calls / length.compared, rows.limited(simulator), figures["seconds"])
