"""The interpreter ends while daemon threads are in calls. What counts is how the process ends, so these only begin."""

import atexit
import contextlib
import threading
import time

import katapult_disk

from .checks import OF_A_FAULT, Readers, read_disks, some_disk

THREADS = 8


def during_calls(world):
    client = world.client()
    Readers(client, THREADS, "daemon", daemon=True).start()
    # The last calls of the main thread come after the interpreter has begun to end.
    atexit.register(read_disks, client, "atexit", 3)
    time.sleep(world.random.uniform(0, 0.1))


def during_progress(world):
    """Waits for tasks: half of the threads call back all the time, the others sleep between two looks."""
    client = world.client()

    def looks():
        while True:
            wait(client, "task_looks", timeout=0)

    def waits():
        wait(client, "task_waits", timeout=None)

    for number in range(THREADS):
        threading.Thread(target=looks if number % 2 else waits, daemon=True).start()
    time.sleep(world.random.uniform(0, 0.1))


def during_python_code(world):
    """Threads that are mostly in Python code that the library runs for them, each kind of it."""
    client = world.client()
    disk = some_disk(client)

    def progress(task):
        for _ in range(100):
            time.sleep(0.0002)  # Asks for the interpreter again.

    def looks():
        with contextlib.suppress(katapult_disk.TimedOut, *OF_A_FAULT):
            client.wait_task("task_looks", timeout=0, progress=progress)

    def decodes():
        disk.to_dict()

    def fails():
        with contextlib.suppress(katapult_disk.InvalidArgument):
            client.get_disk("")

    def again_and_again(function):
        while True:
            function()

    for function in (looks, decodes, fails):
        for _ in range(THREADS):
            threading.Thread(target=again_and_again, args=(function,), daemon=True).start()
    time.sleep(world.random.uniform(0.1, 0.2))


def wait(client, task_id, timeout):
    def progress(task):
        assert task.id == task_id, task

    try:
        client.wait_task(task_id, timeout=timeout, progress=progress)
    except (katapult_disk.TimedOut, *OF_A_FAULT):
        pass


def without_closing(world):
    """Clients, results and a half-read list that nobody closes, in cycles and in globals."""
    client = world.client()
    cycle = [client, some_disk(client)]
    cycle.append(cycle)
    globals()["kept"] = [world.client(), iter(client.list_disks())]
