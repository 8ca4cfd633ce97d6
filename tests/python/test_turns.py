"""One workflow a disk, one a machine; and none that waits for itself."""

import json
import threading
import time

import katapult_disk
import pytest
from stories import wait_for
from test_workflows import WRITES, changed, disk  # noqa: F401, the fixture


@pytest.fixture
def client(sim):
    with katapult_disk.Client(**sim.katapult()) as client:
        yield client


@pytest.mark.parametrize("other", ["the same disk", "another disk of the machine"])
def test_a_workflow_that_would_wait_for_itself_is_refused_at_once(client, disk, sim, other):  # noqa: F811
    first = disk()
    second = first if other == "the same disk" else disk()
    sim.next_task(seconds=0.5)
    refusals = []

    def progress(task):
        started = time.monotonic()
        with pytest.raises(katapult_disk.Refused) as caught:
            client.ensure_disk_detached(second)
        refusals.append((str(caught.value), caught.value.outcome, time.monotonic() - started))

    client.ensure_disk_attached(first, timeout=20, progress=progress)
    assert refusals
    for message, outcome, seconds in refusals:
        assert f"ensure_disk_attached {first}" in message and f"ensure_disk_detached {second}" in message
        assert outcome == "not_sent"
        assert seconds < 0.5
    # The turn is free again.
    assert client.ensure_disk_detached(second, timeout=20).virtual_machine_disk.state == "detached"


def test_a_progress_function_may_work_on_another_disk(client, disk, sim):  # noqa: F811
    first, second = disk(), disk(assigned=False)
    sim.next_task(seconds=0.5)
    sizes = []
    client.ensure_disk_attached(
        first, timeout=20, progress=lambda task: sizes.append(client.ensure_disk_size(second, 20).size_in_gb)
    )
    assert sizes and set(sizes) == {20}


def test_a_delete_beside_an_attach_of_the_same_disk(client, disk, sim):  # noqa: F811
    disk_id = disk(assigned=False)
    sim.next_task(seconds=1)
    machine = sim.about["virtual_machine"]["id"]
    ended = {}

    def attach():
        ended["attach"] = client.ensure_disk_attached(disk_id, virtual_machine=machine, timeout=20)

    thread = threading.Thread(target=attach)
    thread.start()
    wait_for(lambda: changed(sim))
    with pytest.raises(katapult_disk.Refused) as caught:
        client.ensure_disk_deleted(disk_id, timeout=20)
    thread.join()
    assert "is assigned to" in str(caught.value)
    assert ended["attach"].virtual_machine_disk.state == "attached"
    assert "DELETE /disks/disk" not in changed(sim)


def test_an_exception_in_the_progress_function_gives_the_turn_back(client, disk, sim):  # noqa: F811
    disk_id = disk()

    def progress(task):
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        client.ensure_disk_attached(disk_id, timeout=20, progress=progress)
    wait_for(lambda: client.get_disk(disk_id).virtual_machine_disk.state == "attached")
    assert client.ensure_disk_attached(disk_id, timeout=20).virtual_machine_disk.state == "attached"


def test_workflows_of_one_machine_wait_for_each_other(client, disk, sim):  # noqa: F811
    disks = [disk() for _ in range(4)]
    failures = []

    def work(disk_id):
        try:
            client.ensure_disk_attached(disk_id, timeout=60)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(disk_id,)) for disk_id in disks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    order = [json.dumps(request["body"]["disk"]["id"]) for request in sim.requests() if request["method"] in WRITES]
    turns = [one for before, one in zip([None, *order], order) if one != before]
    assert len(turns) == len(disks), f"each disk in one go: {order}"


@pytest.mark.quiet
def test_a_turn_that_does_not_come_is_a_timeout(client, disk, sim):  # noqa: F811
    first, second = disk(), disk()
    sim.next_task(seconds=3)
    thread = threading.Thread(target=lambda: client.ensure_disk_attached(first, timeout=30))
    thread.start()
    wait_for(lambda: changed(sim))
    started = time.monotonic()
    with pytest.raises(katapult_disk.TimedOut) as caught:
        client.ensure_disk_attached(second, timeout=0.5)
    assert time.monotonic() - started < 1
    assert caught.value.outcome == "not_sent"
    thread.join()
