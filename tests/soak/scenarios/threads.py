"""One client and many threads."""

import random
import threading
import time

import katapult_disk

from .checks import OF_A_FAULT, RETRIES, all_disks, nothing_left, resident_kib

THREADS = 64


def mixed_calls(world):
    """`count` calls of all kinds from 64 threads: the same as threads.c does."""
    started = time.monotonic()
    with nothing_left(), world.client(timeout=60) as client:
        workers = [Worker(world, client, number) for number in range(THREADS)]
        threads = [threading.Thread(target=worker.run) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for worker in workers:
            if worker.failure is not None:
                raise worker.failure
        check_creates(client, workers)
    totals = {name: sum(getattr(worker, name) for worker in workers) for name in COUNTED}
    return {
        **totals,
        "seconds": time.monotonic() - started,
        "half_way_kib": workers[0].half_way_kib,
        "end_kib": workers[0].end_kib,
    }


COUNTED = ("calls", "good", "refused", "broken", "tasks", "perhaps_tasks")


class Worker:
    def __init__(self, world, client, number):
        self.client = client
        self.number = number
        self.limit = -(-world.count // THREADS)
        self.random = random.Random(f"{world.seed} {number}")
        self.owner = {"owner": f"thread-{number}"}
        self.data_center = world.about["data_center"]
        self.machine = world.about["virtual_machine"]["id"]
        self.calls = self.good = self.refused = self.broken = self.tasks = self.perhaps_tasks = 0
        self.creates = {}  # name: the disk's id, or the outcome of the failure
        self.failure = self.half_way_kib = self.end_kib = None

    def run(self):
        try:
            self.make_own()
            while self.calls < self.limit:
                if self.half_way_kib is None and self.calls >= self.limit // 2:
                    self.half_way_kib = resident_kib()
                [kind] = self.random.choices(list(KINDS), KINDS.values())
                kind(self)
            self.end_kib = resident_kib()
        except BaseException as failure:
            self.failure = failure

    def call(self, function, *arguments, refusal=(), **options):
        """The result, or the error of a fault or a refusal that was expected."""
        self.calls += 1
        try:
            result = function(*arguments, **options)
        except OF_A_FAULT as error:
            self.broken += 1
            return error
        except refusal as error:
            self.refused += 1
            return error
        self.good += 1
        return result

    def make_own(self):
        """Its own disk, which no other thread changes."""
        for _ in range(RETRIES):
            made = self.start(self.client.create_disk, f"own-{self.number}", 10, annotations=self.owner)
            if made is not None:
                self.disk, self.task = made.disk, made.task
                break
        unable = katapult_disk.UnableToAssign  # when an attempt before it was done and its answer was lost
        for _ in range(RETRIES):
            answer = self.call(self.client.assign_disk, self.disk.id, self.machine, refusal=unable)
            if isinstance(answer, (katapult_disk.Disk, unable)):
                return
        raise AssertionError(f"no disk of its own after {RETRIES} attempts")

    def start(self, function, *arguments, **options):
        """The answer of a call that starts a task, or None."""
        answer = self.call(function, *arguments, **options)
        if not isinstance(answer, Exception):
            self.tasks += 1
            return answer
        self.perhaps_tasks += answer.outcome == "unknown"
        return None

    def get_own(self):
        answer = self.call(self.client.get_disk, self.disk.id)
        if isinstance(answer, katapult_disk.Disk):
            assert answer.id == self.disk.id
            assert self.disk.name is None or answer.name == self.disk.name, (answer.name, self.disk.name)

    def get_missing(self):
        missing = f"disk_none{self.number}x{self.calls}"
        answer = self.call(self.client.get_disk, missing, refusal=katapult_disk.DiskNotFound)
        assert isinstance(answer, Exception), f"{missing} does not exist, got {answer}"

    def rename_own(self):
        name = f"own-{self.number}-{self.calls}"
        answer = self.call(self.client.update_disk, self.disk.id, name=name)
        if isinstance(answer, katapult_disk.Disk):
            assert (answer.id, answer.name) == (self.disk.id, name), (answer, name)
            self.disk = answer
        elif answer.outcome == "unknown":
            self.disk = Unnamed(self.disk.id)

    def get_task(self):
        answer = self.call(self.client.get_task, self.task.id)
        assert isinstance(answer, Exception) or answer.id == self.task.id, (answer, self.task.id)

    def attach_or_detach(self):
        change = self.random.choice((self.client.attach_disk, self.client.detach_disk))
        answer = self.start(change, self.disk.id)
        if answer is not None:
            assert answer.disk.id == self.disk.id, (answer.disk.id, self.disk.id)
            self.task = answer.task

    def create(self):
        name = f"soak-{self.number}-{self.calls}"
        answer = self.call(self.client.create_disk, name, 10)
        if isinstance(answer, Exception):
            self.perhaps_tasks += answer.outcome == "unknown"
            self.creates[name] = str(answer.outcome)
            return
        self.tasks += 1
        assert answer.disk.name == name, (answer.disk.name, name)
        self.creates[name] = answer.disk.id

    def list_own(self):
        """A list with a filter that only its own disk passes: perhaps more than one, if a create's answer was lost."""
        listing = self.client.list_disks(annotations=self.owner, page_size=1)
        answer = self.call(lambda: list(listing))
        if not isinstance(answer, Exception):
            assert self.disk.id in [disk.id for disk in answer], (answer, self.disk.id)
            assert all(disk.name.split("-")[:2] == ["own", str(self.number)] for disk in answer), answer

    def get_data_center(self):
        answer = self.call(self.client.get_data_center, self.data_center)
        assert isinstance(answer, Exception) or answer.permalink == self.data_center, answer


class Unnamed:
    """A disk whose name is not known, since the last rename may have happened."""

    name = None

    def __init__(self, disk_id):
        self.id = disk_id


KINDS = {
    Worker.get_own: 34,
    Worker.get_missing: 16,
    Worker.rename_own: 14,
    Worker.get_task: 12,
    Worker.attach_or_detach: 8,
    Worker.create: 4,
    Worker.list_own: 10,
    Worker.get_data_center: 2,
}


def check_creates(client, workers):
    """Every create happened once, not at all, or once at most, as its caller was told."""
    there = {}
    for disk in all_disks(client):
        there.setdefault(disk.name, []).append(disk.id)
    for worker in workers:
        for name, claim in worker.creates.items():
            found = there.get(name, [])
            assert len(found) <= 1, f"{name} was created {len(found)} times"
            if claim in ("not_sent", "rejected"):
                assert found == [], f"{name}: {claim}, and it is there"
            elif claim != "unknown":
                assert found == [claim], f"{name}: {claim} was created, {found} is there"
