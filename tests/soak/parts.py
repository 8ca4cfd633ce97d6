"""What the soak is made of: the scenarios in Python, the programs in C, and what of their figures is right."""

from dataclasses import dataclass
from typing import Callable

import jobs
import plan

LIMITS = {"short": 60, "full": 900}  # seconds for one process

# Of 100,000 calls of 64 threads. An arena of glibc's for each thread grows at its own pace for long: a client that kept
# 200 bytes a call would need 10 MiB between half way and the end.
MOST_MIXED_KIB = 8 << 10
# Of the 2,000 calls of a short run, in half a second: half way, most arenas have only begun to grow.
MOST_MIXED_SHORT_KIB = 16 << 10
# Of 900,000 calls: a leak of 2 bytes a call would be 1,760 KiB. Less than this is malloc's and the interpreter's own.
MOST_KIB = 1 << 10
# An answer that breaks off takes its connection along, so at the first poll some may have been missing.
MOST_DESCRIPTORS = 4
# Of 9,000 clients: 100 bytes a client would be 880 KiB.
MOST_CLIENTS_KIB = 768


@dataclass(frozen=True)
class Scenario:
    """A function of scenarios/, run in every interpreter."""

    name: str  # module.function
    says: str  # what it is, for the page
    short: int  # its count
    full: int
    shows: Callable = lambda figures: "holds"  # the figure for the page
    server: str = "moody"
    fates: Callable = lambda seed, count: plan.fates(seed, count, one_of=25)  # of the simulator's requests
    processes: tuple = (1, 1)  # how many, each with a seed of its own
    check: Callable = lambda figures, simulator: None

    def count(self, length):
        return self.short if length == "short" else self.full

    def runs(self, length):
        return self.processes[0] if length == "short" else self.processes[1]

    def run(self, interpreter, package, seed, length):
        """The figures of its last process."""
        for number in range(self.runs(length)):
            figures = self.run_once(interpreter, package, seed + number, length)
        return figures

    def run_once(self, interpreter, package, seed, length):
        count = self.count(length)

        def child(about):
            return jobs.run_scenario(interpreter, package, self.name, about, seed, count, LIMITS[length])

        if self.server == "moody":
            with jobs.moody(seed) as about:
                return child(about)
        with jobs.simulator(self.fates(seed, count)) as simulator:
            figures = child(simulator.about)
            self.check(figures, simulator)
            return figures


def check_mixed(figures, simulator):
    """No write was performed twice, as the server counts, and memory stayed what it was."""
    tasks = simulator.state()["tasks"]
    least, most = figures["tasks"], figures["tasks"] + figures["perhaps_tasks"]
    assert least <= tasks <= most, f"{tasks} tasks at the server, of {least} to {most} that were asked for"
    performed_once(simulator.requests())
    is_short = figures["calls"] < 10_000
    grown(figures["half_way_kib"], figures["end_kib"], MOST_MIXED_SHORT_KIB if is_short else MOST_MIXED_KIB)


def performed_once(requests):
    """No write that carries a name of its own; the simulator keeps the latest 50,000 requests."""
    seen = set()
    for request in requests:
        body = request["body"] or {}
        name = body.get("properties", {}).get("name") if request["method"] in ("POST", "PATCH") else None
        if name and request["status"] in (200, 201) and not name.replace("own-", "").isdigit():
            assert name not in seen, f"the write of {name} was performed twice"
            seen.add(name)


def check_memory(figures, simulator):
    grown(figures["warm_kib"], figures["end_kib"], MOST_KIB if "calls" in figures else MOST_CLIENTS_KIB)
    more = figures["more_descriptors"]
    assert more <= MOST_DESCRIPTORS, f"{more} descriptors more than after a tenth of the calls"


def grown(before, after, most):
    if before is not None and before >= 0:
        assert after - before <= most, f"the memory grew by {after - before} KiB, and {most} are allowed"


def pace(figures):
    return f"{figures['calls'] / figures['seconds']:,.0f} calls/s"


def signals(figures):
    return f"{figures['signals']:,}"


def slowest(figures):
    return f"{figures['slowest_interrupt_ms']:.0f} ms"


def growth(figures):
    return f"{figures['end_kib'] - figures['warm_kib']:+,} KiB"


CONCURRENCY = (
    Scenario(
        "threads.mixed_calls",
        "64 threads, mixed calls, one request of 25 meets a fault",
        short=2_000,
        full=100_000,
        shows=pace,
        server="simulator",
        check=check_mixed,
    ),
    Scenario("forks.fork_during_calls", "forks, half of them by another thread, during calls", 10, 300),
    Scenario("forks.pool_fork", "multiprocessing pool, fork", 6, 60),
    Scenario("forks.pool_spawn", "multiprocessing pool, spawn", 3, 30),
    Scenario("forks.pool_forkserver", "multiprocessing pool, forkserver", 3, 30),
    Scenario("forks.exit_during_calls", "os._exit() during calls", 10, 300),
    Scenario("shutdown.during_calls", "the interpreter ends, daemon threads in calls", 1, 1, processes=(4, 60)),
    Scenario("shutdown.during_progress", "the same, in waits with a progress function", 1, 1, processes=(4, 60)),
    Scenario("shutdown.during_python_code", "the same, in Python code that the calls run", 1, 1, processes=(4, 60)),
    Scenario("shutdown.without_closing", "the same, nothing closed", 1, 1, processes=(1, 10)),
    Scenario("subinterpreters.refused", "import in a subinterpreter, refused", 3, 30),
    Scenario("signals.alarms", "calls, SIGALRM every 3 ms, handlers that call: signals", 150, 5_000, shows=signals),
    Scenario("signals.child_storm", "calls, SIGCHLD storm: signals", 150, 3_000, shows=signals),
    Scenario("signals.from_a_process", "calls, signals of another process: signals", 150, 3_000, shows=signals),
    Scenario("signals.raising_handlers", "calls, handlers that raise: signals", 50, 2_000, shows=signals),
    Scenario("interrupts.calls", "Ctrl-C in calls: the slowest", 20, 500, shows=slowest),
    Scenario("interrupts.waits", "Ctrl-C in waits: the slowest", 8, 150, shows=slowest),
    Scenario(
        "interrupts.writes",
        "Ctrl-C in creates: the slowest",
        20,
        500,
        shows=slowest,
        server="simulator",
        fates=lambda seed, count: plan.fates(seed, 100 * count, one_of=2, faults=plan.FAULTS + 20 * (plan.LATE,)),
    ),
)

MEMORY = (
    Scenario(
        "memory.calls",
        "calls",
        20_000,
        1_000_000,
        shows=growth,
        server="simulator",
        fates=lambda seed, count: plan.fates(seed, count, one_of=1000),
        check=check_memory,
    ),
    Scenario(
        "memory.clients",
        "clients made and freed",
        200,
        10_000,
        shows=growth,
        server="simulator",
        fates=lambda seed, count: (),
        check=check_memory,
    ),
)


def c_threads(seed, length):
    calls = 5_000 if length == "short" else 100_000
    with jobs.simulator(plan.fates(seed, calls, one_of=25)) as simulator:
        figures = jobs.run_program("threads", simulator.about, 64, calls, seed, limit=LIMITS[length])
        check_mixed(figures, simulator)
    return figures


def c_memory(seed, length):
    calls, clients = (20_000, 200) if length == "short" else (1_000_000, 10_000)
    with jobs.simulator(plan.fates(seed, calls, one_of=1000)) as simulator:
        disk_id = simulator.about["disks"]["unassigned"]
        figures = jobs.run_program("calls", simulator.about, disk_id, 4, calls, 3, clients, 60, limit=LIMITS[length])
    check_memory(figures, simulator)
    grown(figures["clients_warm_kib"], figures["clients_end_kib"], MOST_CLIENTS_KIB)
    return figures
