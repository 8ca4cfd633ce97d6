"""Many calls and many clients, and what they leave behind."""

import threading
import time

import katapult_disk

from .checks import OF_A_FAULT, descriptors, nothing_left, resident_kib

THREADS = 4
WARM_UP = 0.1  # of the calls: by then every buffer has been as large as it gets


def calls(world):
    """`count` reads by a few threads, a third of them of disks that do not exist, with the server's faults."""
    with nothing_left(), world.client() as client:
        workers = [Worker(client, world, number) for number in range(THREADS)]
        started = time.monotonic()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        seconds = time.monotonic() - started
        end = resident_kib(), descriptors()
    for worker in workers:
        if worker.failure is not None:
            raise worker.failure
    warm = workers[0].warm
    return {
        "calls": world.count,
        "missed": sum(worker.missed for worker in workers),
        "failed": sum(worker.failed for worker in workers),
        "seconds": seconds,
        "warm_kib": warm[0],
        "end_kib": end[0],
        "more_descriptors": end[1] - warm[1],
    }


class Worker(threading.Thread):
    def __init__(self, client, world, number):
        super().__init__()
        self.client = client
        self.numbers = range(number, world.count, THREADS)
        self.warm_at = int(world.count * WARM_UP) // THREADS * THREADS
        self.exists = world.about["disks"]["unassigned"]
        self.missed = self.failed = 0
        self.failure = self.warm = None

    def run(self):
        try:
            for number in self.numbers:
                if number == self.warm_at:
                    self.warm = resident_kib(), descriptors()
                self.read(f"disk_none{number}" if number % 3 == 0 else self.exists)
        except BaseException as failure:
            self.failure = failure

    def read(self, asked_for):
        try:
            assert self.client.get_disk(asked_for).id == asked_for == self.exists
        except katapult_disk.DiskNotFound:
            assert asked_for != self.exists, "it exists"
            self.missed += 1
        except OF_A_FAULT:
            self.failed += 1


def clients(world):
    """`count` clients, each with one call; half of them closed, half of them only forgotten."""
    warm = None
    started = time.monotonic()
    with nothing_left():
        for number in range(world.count):
            if number == int(world.count * WARM_UP):
                warm = resident_kib(), descriptors()
            client = world.client()
            client.list_data_centers()
            if number % 2:
                client.close()
        del client
        end = resident_kib(), descriptors()
    return {
        "clients": world.count,
        "seconds": time.monotonic() - started,
        "warm_kib": warm[0],
        "end_kib": end[0],
        "more_descriptors": end[1] - warm[1],
    }
