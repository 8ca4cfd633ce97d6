"""Signals at any moment of a call."""

import os
import signal
import subprocess
import threading

from .checks import nothing_left, read_disk, read_disks

EVERY = 0.003  # seconds between two alarms


class Handled:
    """A signal's handler for a while."""

    def __init__(self, number, handler):
        self.number, self.handler = number, handler

    def __enter__(self):
        self.before = signal.signal(self.number, self.handler)

    def __exit__(self, *_):
        if self.number == signal.SIGALRM:
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(self.number, self.before)


def alarms(world):
    """A handler every few milliseconds that returns, and sometimes makes a call of its own."""
    rung = 0

    def ring(*_):
        nonlocal rung
        rung += 1
        if rung % 20 == 0:
            signal.setitimer(signal.ITIMER_REAL, 0)  # A call takes longer than the time to the next alarm.
            read_disk(client, f"disk_handler{rung}")
            signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)

    with nothing_left(), world.client() as client, Handled(signal.SIGALRM, ring):
        read_disk(client, "disk_before")
        signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
        calls = read_disks(client, "alarms", world.count)
        assert rung > 0, "no handler ran"
    return {"calls": calls, "signals": rung}


def child_storm(world):
    """Children that end all the time, whose SIGCHLD arrives in the middle of calls."""
    ended = 0

    def reap(*_):
        nonlocal ended
        ended += 1

    def spawn():
        while not done:
            subprocess.run(["/bin/true"], check=True)

    done = False
    with nothing_left(), world.client() as client, Handled(signal.SIGCHLD, reap):
        spawners = [threading.Thread(target=spawn) for _ in range(2)]
        for spawner in spawners:
            spawner.start()
        calls = read_disks(client, "storm", world.count)
        done = True
        for spawner in spawners:
            spawner.join()
        assert ended > 0, "no child ended"
    return {"calls": calls, "signals": ended}


def raising_handlers(world):
    """A handler that raises ends the call with its own exception, and the next call is as good as any."""

    class Alarm(Exception):
        pass

    def ring(*_):
        raise Alarm

    with nothing_left(), world.client() as client:
        read_disk(client, "disk_before")
        raised = 0
        with Handled(signal.SIGALRM, ring):
            for number in range(world.count):
                try:
                    signal.setitimer(signal.ITIMER_REAL, world.random.uniform(0.0001, 0.01))
                    while True:
                        read_disk(client, f"disk_raise{number}")
                except Alarm:
                    raised += 1
        calls = read_disks(client, "after", 10)
    assert raised == world.count, f"{raised} exceptions of {world.count}"
    return {"calls": calls, "signals": raised}


def from_a_process(world):
    """Signals from outside, as they come from a terminal or a supervisor."""
    seen = 0

    def note(*_):
        nonlocal seen
        seen += 1

    with nothing_left(), world.client() as client, Handled(signal.SIGUSR1, note):
        sender = subprocess.Popen(["/bin/sh", "-c", f"while kill -USR1 {os.getpid()}; do sleep 0.002; done"])
        try:
            calls = read_disks(client, "outside", world.count)
        finally:
            sender.kill()
            sender.wait()
        assert seen > 0, "no handler ran"
    return {"calls": calls, "signals": seen}
