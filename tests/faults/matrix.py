"""Which cells there are, and running them: many at once, each worker in a process of its own."""

import json
import queue
import random
import sys
import threading
import time
from pathlib import Path

import summary
from catalogue import FAULTS
from cell import Cell
from conftest import clean_environment
from faces import Driver
from names import namespace
from operations import SHORT, operations
from places import TARGET
from simulator import Simulator

FACES = ("python", "c", "rust")
# Besides the others: those that have a name server, in a network of their own.
NAME_WORKERS = 4
# Far longer than any cell takes; what is still silent then hangs.
HUNG_SECONDS = 120


class Run:
    def __init__(self, workers):
        self.workers = workers
        self.cells = []
        self.lock = threading.Lock()
        self.numbers = iter(range(1, 1 << 30))

    def each(self, plan, workers, prefix=(), with_names=False):
        """Starts workers on the cells of `plan`; gives their threads."""
        waiting = queue.SimpleQueue()
        for entry in plan:
            waiting.put(entry)
        arguments = (waiting, [*prefix, *command(with_names)])
        threads = [threading.Thread(target=self.work, args=arguments) for _ in range(min(workers, len(plan)))]
        for thread in threads:
            thread.start()
        return threads

    def work(self, waiting, words):
        driver = Driver(words)
        while True:
            try:
                entry = waiting.get_nowait()
            except queue.Empty:
                break
            cell = self.one(driver, entry)
            with self.lock:
                self.cells.append(cell)
        if driver.stop() != 0:
            print(f"faults: a worker did not end well: {' '.join(words)}", file=sys.stderr)

    def one(self, driver, entry):
        operation, fault, face = entry
        with self.lock:
            number = next(self.numbers)
        try:
            return Cell(**json.loads(driver.ask(json.dumps([*entry, number]).encode(), HUNG_SECONDS)))
        except AssertionError as problem:
            return Cell(operation, fault, face, claim="none", broken=[f"the worker {problem}"])

    def watch(self, threads, total):
        started = said = time.monotonic()
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.2)
            if time.monotonic() - said > 5:
                said = time.monotonic()
                with self.lock:
                    done, broken = len(self.cells), sum(bool(cell.broken) for cell in self.cells)
                print(f"faults: {done} of {total} cells, {broken} broken, {said - started:.0f} s", file=sys.stderr)


def command(with_names):
    # PYTHONPATH, CARGO_TARGET_DIR and all else are inherited.
    words = [sys.executable, str(Path(__file__).parent), "--worker"]
    return [*words, "--with-names"] if with_names else words


def chosen(names, known, what):
    unknown = set(names or ()) - set(known)
    if unknown:
        raise SystemExit(f"no such {what}: {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    return [name for name in known if not names or name in names]


def is_named(entry):
    """Whether it needs the name server."""
    return FAULTS[entry[1]].stage == "name"


def plan(given):
    with Simulator() as sim:
        known = operations(sim.about)
    wanted = chosen(given.operation or (SHORT if given.short else None), known, "operation")
    entries = [
        (operation, fault, face)
        for operation in wanted
        for fault in chosen(given.fault, FAULTS, "fault")
        for face in chosen(given.face, FACES, "face")
        if known[operation].meets(FAULTS[fault])
    ]
    # Slow and quick ones mixed, always in the same order.
    random.Random(4).shuffle(entries)
    return entries


def run(given):
    clean_environment()
    started = time.monotonic()
    entries = plan(given)
    named = [entry for entry in entries if is_named(entry)]
    others = [entry for entry in entries if not is_named(entry)]
    this = Run(given.workers)
    prefix = namespace() if named else []
    if prefix is None:
        print("faults: the faults of names are left out: unshare gives no network namespace here", file=sys.stderr)
        named = []
    threads = this.each(others, given.workers)
    threads += this.each(named, NAME_WORKERS, prefix or (), with_names=True)
    this.watch(threads, len(others) + len(named))
    again = alone(this, prefix)
    seconds = time.monotonic() - started
    keep(this.cells)
    whole = not (given.short or given.fault or given.operation or given.face)
    return summary.tell(this.cells, again, seconds, whole)


def alone(this, prefix):
    """Runs once more, one after the other, the cells that failed for want of time; how many."""
    starved = {cell.place: cell for cell in this.cells if cell.is_starved}
    this.cells = [cell for cell in this.cells if cell.place not in starved]
    for named in (False, True):
        again = [place for place in starved if is_named(place) is named]
        for thread in this.each(again, 1, prefix if named else (), named):
            thread.join()
    for cell in this.cells:
        before = starved.get(cell.place)
        # Another try is for the time alone: what else was broken stays so.
        kept = [words for words in before.broken if "timed_out" not in words] if before else []
        cell.broken += [words for words in kept if words not in cell.broken]
    for cell in this.cells:
        if cell.is_late:
            cell.broken.append(f"took {cell.seconds:.3f} s with a timeout of {cell.timeout} s")
    return len(starved)


def keep(cells):
    """Everything that was found, for whoever wants to look closer."""
    path = TARGET / "faults" / "cells.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(cell.as_json()) + "\n" for cell in sorted(cells, key=lambda cell: cell.place)))
    print(f"faults: every cell is in {path}", file=sys.stderr)
