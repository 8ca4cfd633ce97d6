"""Many disks in one call, in Python: what comes of them."""

import os
import pickle
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import katapult_disk
import pytest
from katapult_disk import FleetCounts, FleetResult
from places import PROJECT


@pytest.fixture
def client(sim):
    where = {"organization": sim.about["organization"], "data_center": sim.about["data_center"]}
    with katapult_disk.Client(**sim.katapult(**where)) as client:
        yield client


def specs(count, **more):
    return [{"name": f"data-{number:03}", "size_in_gb": 20, **more} for number in range(count)]


def names(client):
    return Counter(disk.name for disk in client.list_disks() if disk.name.startswith("data-"))


def created(client, count):
    """The ids of disks that were created by a call for many."""
    with client.create_disks(specs(count)) as run:
        return [result.disk.id for result in sorted(run, key=lambda result: result.index)]


def test_all_are_created_and_built(client, sim):
    with client.create_disks(specs(50, annotations={"team": "storage"}), fleet="order-4711") as run:
        results = {result.index: result for result in run}
    assert sorted(results) == list(range(50))
    for index, result in results.items():
        assert (result.name, result.existed, result.error, result.outcome) == (f"data-{index:03}", False, None, None)
        assert (result.disk.name, result.disk.state, result.disk.id) == (result.name, "built", result.id)
        assert isinstance(result.disk, katapult_disk.DiskSummary) and result.trash_object is None
    assert run.counts == FleetCounts(created=50)
    assert (run.fleet, run.unfinished) == ("order-4711", ())
    assert names(client) == Counter(f"data-{number:03}" for number in range(50))
    assert client.get_disk(results[7].id).annotations["team"] == "storage"
    assert len(sim.requests()) < 50 * 1.5


def test_the_outcome_of_one_that_was_stopped_tells_whether_anything_was_changed(client):
    def stop(counts):
        if counts.pending + counts.not_started == 0:
            raise ZeroDivisionError

    for outcome, counts in (("unknown", FleetCounts(created=1)), ("not_sent", FleetCounts(existed=1))):
        run = client.create_disks(specs(1), fleet="order-4714", progress=stop)
        with pytest.raises(ZeroDivisionError) as caught:
            list(run)
        assert (run.counts, caught.value.__cause__.outcome) == (counts, outcome)


def test_it_may_be_iterated_over_without_with(client):
    run = client.create_disks(specs(3))
    assert run.fleet.startswith("fleet-")
    assert sorted(result.name for result in run) == ["data-000", "data-001", "data-002"]
    assert list(run) == [] and run.counts.created == 3
    run.close()


def test_nothing_is_a_fleet_too(client, sim):
    sim.forget_requests()
    with client.create_disks([]) as run:
        assert list(run) == []
    assert run.counts == FleetCounts()
    assert sim.requests() == []


def test_a_generator_is_taken_as_needed(client):
    taken, ahead = [], []
    caller = threading.get_ident()

    def generate():
        for spec in specs(1000):
            assert threading.get_ident() == caller
            taken.append(spec)
            ahead.append(run.counts.not_started)
            yield spec

    run = client.create_disks(generate())
    assert taken == []
    with run:
        assert taken == []
        assert sum(1 for _ in run) == 1000
    assert run.counts == FleetCounts(created=1000)
    assert 64 <= max(ahead) <= 128, "how many are taken ahead of what is sent"


class Row(dict):
    """A mapping of somebody's own."""


BAD = {
    "no mapping": (7, "specs[1] must be a mapping with the arguments of create_disk, not int"),
    "an unknown key": ({"name": "x", "size_in_gb": 20, "sise": 1}, "specs[1].sise is not known; known here: name, size"),
    "a wrong type": ({"name": "x", "size_in_gb": "20"}, "specs[1].size_in_gb must be an int, not str"),
    "no name": ({"size_in_gb": 20}, "specs[1].name is missing"),
    "a name of None": ({"name": None, "size_in_gb": 20}, "specs[1].name must be a str, not NoneType"),
    "a wrong word": ({"name": "x", "size_in_gb": 20, "bus_type": "sata"}, "specs[1].bus_type"),
    "wait": ({"name": "x", "size_in_gb": 20, "wait": True}, "specs[1].wait is not known"),
    "a key": ({"name": "x", "size_in_gb": 20, "idempotency_key": "k"}, "specs[1].idempotency_key is not for the disks"),
    "a number as key": ({"name": "x", "size_in_gb": 20, 1: 2}, "each key of specs[1] must be a str, not int"),
    "no size": ({"name": "x", "size_in_gb": 0}, "size_in_gb"),
    "a name twice": ({"name": "data-000", "size_in_gb": 20}, "names must be unique"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_spec_fails_alone(client, case):
    bad, says = BAD[case]
    first, last = specs(2, boot=None, annotations={})
    with client.create_disks([Row(first), bad, last]) as run:
        results = {result.index: result for result in run}
    assert run.counts == FleetCounts(created=2, failed=1)
    assert isinstance(results[1].error, katapult_disk.InvalidArgument)
    assert says in str(results[1].error)
    assert results[1].outcome == katapult_disk.Outcome.NOT_SENT
    with pytest.raises(katapult_disk.InvalidArgument):
        print(results[1].disk)


@pytest.mark.parametrize("given", [7, "disk_x", b"x", {"name": "x", "size_in_gb": 20}, None])
def test_what_is_no_iterable_of_disks(client, given):
    with pytest.raises(katapult_disk.InvalidArgument, match="^specs must be an iterable of mappings"):
        client.create_disks(given)
    with pytest.raises(katapult_disk.InvalidArgument, match="^disks must be an iterable of disks"):
        client.ensure_disks_deleted(given)
    with pytest.raises(katapult_disk.InvalidArgument, match="^disks must be an iterable of disks"):
        client.wait_disks(given)
    if not isinstance(given, dict):
        with pytest.raises(katapult_disk.InvalidArgument, match="^sizes must be a mapping of disks to sizes"):
            client.ensure_disk_sizes(given)


@pytest.mark.parametrize(
    "wrong",
    [
        *({"share": 0}, {"share": 1.1}, {"share": "1"}, {"share": True}, {"share": float("nan")}),
        *({"threads": 0}, {"threads": 65}, {"threads": 1.5}, {"threads": -1}),
        *({"timeout": -1}, {"timeout": "1"}, {"fleet": 7}, {"fleet": ""}, {"progress": 7}),
    ],
    ids=repr,
)
def test_a_wrong_argument(client, wrong):
    with pytest.raises(katapult_disk.InvalidArgument, match=next(iter(wrong))):
        client.create_disks(specs(1), **wrong)


def test_a_build_that_fails(client, sim):
    sim.next_task(fail=True)
    with client.create_disks(specs(5)) as run:
        results = list(run)
    assert run.counts == FleetCounts(created=4, failed=1)
    [failed] = [result for result in results if result.error]
    assert (type(failed.error), failed.outcome) == (katapult_disk.TaskFailed, "unknown")
    with pytest.raises(katapult_disk.TaskFailed):
        print(failed.disk)


def test_a_lost_answer_is_found_by_name(client, sim):
    sim.answer({"perform": True, "send": "nothing", "method": "POST"})
    with client.create_disks(specs(5)) as run:
        assert sorted(result.disk.name for result in run) == [spec["name"] for spec in specs(5)]
    assert run.counts == FleetCounts(created=5)
    assert set(names(client).values()) == {1}


def test_the_same_call_creates_what_is_missing(client, sim):
    with client.create_disks(specs(20), fleet="order") as run:
        list(run)
    sim.forget_requests()
    with client.create_disks(iter(specs(30)), fleet="order") as again:
        results = list(again)
    assert again.counts == FleetCounts(created=10, existed=20)
    assert Counter(result.existed for result in results) == {True: 20, False: 10}
    assert sum(names(client).values()) == 30
    assert sum(request["method"] == "POST" for request in sim.requests()) == 10


@pytest.mark.parametrize("kind", ["mapping", "pairs", "objects"])
def test_sizes(client, sim, kind):
    ids = created(client, 5)
    wanted = {disk_id: 20 + 10 * (number % 2) for number, disk_id in enumerate(ids)}
    sizes = {
        "mapping": wanted,
        "pairs": ([disk_id, size] for disk_id, size in wanted.items()),
        "objects": [(client.get_disk(disk_id), size) for disk_id, size in wanted.items()],
    }[kind]
    with client.ensure_disk_sizes(sizes) as run:
        assert {result.id: result.disk.size_in_gb for result in run} == wanted
    assert run.counts == FleetCounts(resized=2, existed=3)
    assert run.fleet is None
    assert client.get_disk(ids[1]).size_in_gb == 30


def test_bad_sizes_fail_alone(client):
    [disk_id] = created(client, 1)
    sizes = [(disk_id, 30), disk_id, (disk_id, 30, 1), (7, 30), (disk_id, "x"), (disk_id, 40)]
    with client.ensure_disk_sizes(sizes) as run:
        results = {result.index: result.error for result in run}
    assert results[0] is None and run.counts == FleetCounts(resized=1, failed=5)
    for index, says in enumerate(["sizes[1] must be a pair", "sizes[2] must be", "disk of sizes[3]", "of sizes[4]"], 1):
        assert says in str(results[index])
    assert "comes twice" in str(results[5])


def test_deletions(client):
    ids = created(client, 4)
    disks = [ids[0], client.get_disk(ids[1]), client.delete_disk(ids[2]), "disk_AAAAAAAAAAAAAAAA"]
    with client.ensure_disks_deleted(disks) as run:
        results = {result.index: result for result in run}
    assert run.counts == FleetCounts(deleted=2, existed=2)
    assert [results[number].trash_object.object_id for number in range(3)] == ids[:3]
    assert (results[3].trash_object, results[0].disk) == (None, None)
    assert names(client) == {"data-003": 1}


def test_deletions_for_good(client):
    ids = created(client, 4)
    with client.ensure_disks_deleted(iter(ids), purge=True) as run:
        assert [result.trash_object for result in run] == [None] * 4
    assert run.counts == FleetCounts(deleted=4)
    for disk_id in ids:
        with pytest.raises(katapult_disk.DiskNotFound):
            client.get_disk(disk_id)


def test_a_pool_of_ones_own_can_wait(client, sim):
    pool = [client.create_disk(f"data-{number:03}", 20) for number in range(8)]
    sim.forget_requests()
    disks = client.wait_disks([*pool[:6], pool[6].disk, pool[7].disk.id], timeout=20)
    assert [disk.id for disk in disks] == [start.disk.id for start in pool]
    assert {disk.state for disk in disks} == {"built"}
    assert len(sim.requests()) < 8
    assert client.wait_disks([]) == []


def test_a_wait_tells_of_all_that_failed(client, sim):
    started = []
    for number in range(4):
        if number in (1, 3):
            sim.next_task(fail=True)
        started.append(client.create_disk(f"data-{number:03}", 20))
    with pytest.raises(katapult_disk.TaskFailed, match=r"\(2 of 4 disks failed\)") as caught:
        client.wait_disks(started)
    failed = caught.value.detail["failed"]
    assert [(one["index"], one["id"], one["status"]) for one in failed] == [
        (number, started[number].disk.id, "task_failed") for number in (1, 3)
    ]
    assert started[1].task.id in str(caught.value)


def test_a_wait_refuses_what_is_no_disk_at_once(client, sim):
    sim.forget_requests()
    with pytest.raises(katapult_disk.InvalidArgument, match=r"^disks\[1\] must be"):
        client.wait_disks(["disk_AAAAAAAAAAAAAAAA", 7])
    assert sim.requests() == []


def test_results_and_counts_travel(client, sim):
    sim.next_task(fail=True)
    with client.create_disks(specs(2)) as run:
        results = list(run)
    for result in results:
        again = pickle.loads(pickle.dumps(result))
        assert repr(again) == repr(result)
        assert (again.index, again.name, again.id, again.outcome) == (
            *(result.index, result.name, result.id, result.outcome),
        )
        assert type(again.error) is type(result.error)
        assert again.error is not None or again.disk == result.disk
    counts = run.counts
    assert pickle.loads(pickle.dumps(counts)) == counts and hash(counts) == hash(FleetCounts(created=1, failed=1))
    assert repr(counts).startswith("FleetCounts(created=1, resized=0, deleted=0, existed=0, failed=1, unknown=0")
    assert counts.to_dict() == {**dict.fromkeys(FleetCounts.__match_args__, 0), "created": 1, "failed": 1}
    assert repr(FleetResult(3, "x", existed=True)) == "FleetResult(index=3, name='x', id=None, existed=True)"
    assert repr(run).startswith(f'<katapult_disk create_disks "{run.fleet}": 1 done, 1 failed')


def test_the_module_has_functions(client, sim):
    katapult_disk.set_default_client(client)
    try:
        with katapult_disk.create_disks(specs(2)) as run:
            ids = [result.id for result in run]
        assert len(katapult_disk.wait_disks(ids)) == 2
    finally:
        katapult_disk.set_default_client(None)


def test_the_example(sim):
    environment = {**os.environ, **sim.about["environment"]}
    for told in ("30 created, 0 existed, 0 failed\n", "0 created, 30 existed, 0 failed\n"):
        command = [sys.executable, str(Path(PROJECT) / "py" / "examples" / "fleet.py"), "order", "30"]
        finished = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert (finished.returncode, finished.stdout) == (0, told), finished.stderr
        assert finished.stderr.startswith("order: 30") or "30 existed" in finished.stderr
