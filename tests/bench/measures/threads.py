"""16 threads of Python that share two cores with nginx: how many calls a second they come to."""

from processes import Rounds
from rows import Row


def measure(bench, server):
    calls = 20 if bench.short else 500
    commands = {
        "alone": bench.py("katapult", "get", 4 * calls, server.url),
        "katapult": bench.py("katapult", "threads", calls, server.url),
        "requests": bench.py("requests", "threads", calls // 10, server.url),
        "pycurl": bench.py("pycurl", "threads", calls, server.url),
    }
    rounds = Rounds(commands, 1 if bench.short else 7)

    def rate(name):
        wall = rounds.median(name, "wall")
        return "not measured" if wall is None else f"{1 / wall / 1000:.1f} k/s"

    for peer, name, goal in (
        ("alone", "katapult_disk, 1 thread:", 2.5),
        ("requests", "requests, 16 threads:", 30),
        ("pycurl", "pycurl + orjson, 16 threads:", 1.2),
    ):
        yield Row("Python, 16 threads: calls a second", rate("katapult"), name, rate(peer),
                  rounds.ratio(peer, "katapult", "wall"), goal, at_least=True)
