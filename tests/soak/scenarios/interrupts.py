"""Ctrl-C at random moments of calls and of waits: it comes out at once, and the client is as good as before."""

import os
import signal
import threading
import time

import katapult_disk

from .checks import OF_A_FAULT, all_disks, nothing_left, read_disk, read_disks

# 100 ms is the library's promise; the rest is Python's way from the handler to the except clause.
WITHIN = 0.15
TICK = 0.005


class Finger:
    """Presses Ctrl-C, each time at a random moment after it was armed.

    It counts presses and catches instead of using the locks of threading, which an interrupt would leave in any state.
    """

    def __init__(self, chance, most_seconds):
        self.chance, self.most_seconds = chance, most_seconds
        self.main = threading.get_ident()
        self.waiting, self.ready = os.pipe()
        self.presses = self.catches = 0
        self.pressed = self.stalled = 0
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def arm(self):
        os.write(self.ready, b".")

    def run(self):
        while os.read(self.waiting, 1) == b".":
            time.sleep(self.chance.uniform(0, self.most_seconds))
            self.stalled = 0
            self.presses += 1
            self.pressed = last = time.monotonic()
            if self.chance.random() < 0.5:
                signal.pthread_kill(self.main, signal.SIGINT)
            else:
                os.kill(os.getpid(), signal.SIGINT)
            while self.catches < self.presses:
                time.sleep(TICK)
                now = time.monotonic()
                self.stalled += max(0, now - last - 2 * TICK)
                last = now

    def caught(self):
        """How long the interrupt took, less the time for which the machine did not let a thread run that only slept."""
        took = time.monotonic() - self.pressed - self.stalled
        self.catches += 1
        return max(0, took)

    def end(self):
        os.write(self.ready, b"q")
        self.thread.join()
        os.close(self.ready)
        os.close(self.waiting)


def interrupted(world, most_seconds, act):
    """Interrupts `act`, which is called again and again, so many times."""
    took = []
    with nothing_left(), world.client() as client:
        read_disk(client, "disk_before")
        finger = Finger(world.random, most_seconds)
        for number in range(world.count):
            try:
                finger.arm()
                while True:
                    act(client, number)
            except KeyboardInterrupt:
                took.append(finger.caught())
            # The connection that the interrupted call left behind must not be used again.
            read_disks(client, f"next{number}", 2)
        finger.end()
        read_disks(client, "after", 10)
    return quick(took)


def quick(took):
    assert max(took) <= WITHIN, f"Ctrl-C took {max(took):.3f} s"
    return {"interrupts": len(took), "slowest_interrupt_ms": 1000 * max(took)}


def calls(world):
    counter = iter(range(10**9))
    return interrupted(world, 0.05, lambda client, _: read_disk(client, f"disk_interrupted{next(counter)}"))


def waits(world):
    """Within a poll, between two polls, and in the progress function."""
    return interrupted(world, 0.3, wait)


def wait(client, number):
    def progress(task):
        assert task.id == f"task_{number}", task

    try:
        client.wait_task(f"task_{number}", timeout=None, progress=progress)
    except OF_A_FAULT:
        pass


def writes(world):
    """An interrupted create says truly whether the disk may exist (against the simulator)."""
    claims, took = {}, []
    with nothing_left(), world.client() as client:
        finger = Finger(world.random, 0.03)
        number = 0
        for _ in range(world.count):
            name = outcome = None
            try:
                finger.arm()
                while True:
                    number += 1
                    name, outcome = f"interrupted-{number}", "unknown"
                    outcome = create(client, name)
                    claims[name] = outcome
            except KeyboardInterrupt as interrupt:
                took.append(finger.caught())
                if isinstance(interrupt.__cause__, katapult_disk.KatapultError):
                    outcome = str(interrupt.__cause__.outcome)
                claims[name] = outcome
        finger.end()
        there = [disk.name for disk in all_disks(client)]
    for name, claim in claims.items():
        count = there.count(name)
        assert count <= 1, f"{name} was created {count} times"
        assert claim != "created" or count == 1, f"{name} was created and is not there"
        assert claim not in ("not_sent", "rejected") or count == 0, f"{name}: {claim}, and it is there"
    unknown = list(claims.values()).count("unknown")
    return {**quick(took), "creates": number, "unknown": unknown}


def create(client, name):
    """`created`, or the outcome of a fault."""
    try:
        assert client.create_disk(name, 10).disk.name == name
    except OF_A_FAULT as error:
        return str(error.outcome)
    return "created"
