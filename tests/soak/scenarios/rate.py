"""The service's limit per minute."""

import collections
import threading
import time

THREADS = 16


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
        threads = [threading.Thread(target=work) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if failures:
        raise failures[0]
    return {"calls": sum(done.values()), "seconds": time.monotonic() - started, "minutes": done}
