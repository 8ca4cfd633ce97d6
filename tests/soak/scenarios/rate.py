"""The service's limit per minute."""

import collections
import threading
import time

import katapult_disk

THREADS = 16
CREATORS = 32


def limited(world):
    """`count` calls from 16 threads with `timeout=120`; not one of them fails."""
    disk_id = world.about["disks"]["unassigned"]
    left = iter(range(world.count))
    lock = threading.Lock()
    done, failures = collections.Counter(), []

    def work():
        while not failures:
            with lock:
                if next(left, None) is None:
                    return
            try:
                assert client.get_disk(disk_id).id == disk_id
            except Exception as failure:
                failures.append(failure)
            with lock:
                done[int(time.time() // 60)] += 1

    with world.client(timeout=120) as client:
        started = time.monotonic()
        in_threads(THREADS, work)
    if failures:
        raise failures[0]
    return {"calls": sum(done.values()), "seconds": time.monotonic() - started, "minutes": done}


def in_threads(count, work):
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def created(world):
    """32 threads create `count` disks and wait for each; client and calls have all their defaults."""
    left = iter(range(world.count))
    lock = threading.Lock()
    failures = []

    def work():
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                return
            try:
                client.create_disk(f"disk {number}", 20, wait=True)
            except katapult_disk.KatapultError as failure:
                with lock:
                    failures.append(f"{type(failure).__name__}: {failure}")

    with world.client() as client:
        started = time.monotonic()
        in_threads(CREATORS, work)
    return {"failures": failures, "seconds": time.monotonic() - started}
