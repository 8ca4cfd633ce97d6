"""What every scenario looks at: is an answer the one that was asked for, and is nothing left over?"""

import contextlib
import gc
import os
import threading
import time

import katapult_disk

# What the servers' faults may end in; anything else that fails is a defect.
OF_A_FAULT = (
    katapult_disk.ConnectionFailed,
    katapult_disk.InvalidResponse,
    katapult_disk.RateLimitReached,
    katapult_disk.ServiceUnavailable,
)

# Of what has to succeed for the checks to begin: so many faults in a row do not happen.
RETRIES = 20


def read_disk(client, disk_id):
    """Whether the disk was read; a fault may prevent that, and nothing else."""
    try:
        disk = client.get_disk(disk_id)
    except OF_A_FAULT:
        return False
    assert disk.id == disk_id, f"asked for {disk_id}, got {disk.id}"
    return True


def read_disks(client, prefix, count):
    """Reads so many disks, each with an id of its own; at least one of three has to be read."""
    good = sum(read_disk(client, f"disk_{prefix}x{number}") for number in range(count))
    assert good * 3 >= count, f"only {good} of {count} calls succeeded"
    return good


def all_disks(client):
    return insist(lambda: list(client.list_disks()))


def some_disk(client):
    return insist(lambda: client.get_disk("disk_kept"))


def insist(call):
    for tried in range(RETRIES):
        try:
            return call()
        except OF_A_FAULT:
            if tried == RETRIES - 1:
                raise


def descriptors():
    return len(os.listdir("/dev/fd"))


def resident_kib():
    """The resident memory, or None where the system does not tell."""
    with contextlib.suppress(OSError), open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return None


@contextlib.contextmanager
def nothing_left():
    """No descriptor and no thread more than before."""
    before = descriptors(), threading.active_count()
    yield
    gc.collect()  # An exception and its frames hold each other, and with them a list that was being read.
    end = time.monotonic() + 5
    while (descriptors(), threading.active_count()) > before and time.monotonic() < end:
        time.sleep(0.01)  # A thread that was joined may still be on its way out.
    after = descriptors(), threading.active_count()
    assert after[0] <= before[0] and after[1] <= before[1], f"descriptors, threads: {before} before, {after} after"


class Readers:
    """Threads that read disks until they are told to stop; what goes wrong in one is raised at the end."""

    def __init__(self, client, threads, name, daemon=False):
        self.stop = False
        self.calls = 0
        self.failure = None
        self.threads = [
            threading.Thread(target=self.run, args=(client, f"{name}x{number}"), daemon=daemon)
            for number in range(threads)
        ]

    def run(self, client, prefix):
        number = 0
        try:
            while not self.stop:
                number += 1
                read_disk(client, f"disk_{prefix}x{number}")
                self.calls += 1
        except BaseException as failure:
            self.failure = failure

    def start(self):
        for thread in self.threads:
            thread.start()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop = True
        for thread in self.threads:
            thread.join()
        if self.failure is not None:
            raise self.failure
