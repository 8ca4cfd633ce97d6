"""Whole stories against the simulator, in every face."""

import json
import time

import pytest
from stories import fails, value


def names_the_task(error, task_id):
    assert task_id in error["message"]
    assert task_id in json.dumps(error["detail"])


def test_a_disk_from_create_to_detach(call, create, sim):
    machine = sim.about["virtual_machine"]
    made = create(virtual_machine=machine["fqdn"], attach=True, annotations={"team": "storage"})
    disk_id = made["disk"]["id"]
    assert made["disk"]["state"] == "not_built"
    assert made["task"]["status"] == "pending"
    assert made["annotations"] == [{"key": "team", "value": "storage"}]

    task = value(call("wait_task", task_id=made["task"]["id"], timeout=20))
    assert (task["id"], task["status"], task["progress"]) == (made["task"]["id"], "completed", 100)
    assert value(call("get_task", task_id=task["id"])) == task

    disk = attached(call, disk_id)
    assert (disk["state"], disk["name"], disk["size_in_gb"]) == ("built", "Story", 20)
    assert disk["virtual_machine_disk"]["virtual_machine"] == {"id": machine["id"], "fqdn": machine["fqdn"]}

    renamed = value(call("update_disk", disk_id=disk_id, name="Renamed", attach_on_boot=False))
    assert renamed["name"] == "Renamed"
    assert renamed["virtual_machine_disk"]["attach_on_boot"] is False

    detaching = value(call("detach_disk", disk_id=disk_id))
    assert detaching["disk"]["virtual_machine_disk"]["state"] == "attached", "the disk before the task"
    value(call("wait_task", task_id=detaching["task"]["id"], timeout=20))
    disk = value(call("get_disk", disk_id=disk_id))
    assert (disk["name"], disk["virtual_machine_disk"]["state"]) == ("Renamed", "detached")
    assert sim.state()["created"] == 1


def attached(call, disk_id):
    """The disk, once it is attached: that may take a moment more than its build."""
    for _ in range(40):
        disk = value(call("get_disk", disk_id=disk_id))
        if disk["virtual_machine_disk"]["state"] == "attached":
            return disk
        time.sleep(0.05)
    raise AssertionError(f"not attached: {disk}")


def test_a_task_that_fails(call, create, sim):
    sim.next_task(fail=True)
    task_id = create()["task"]["id"]
    names_the_task(fails(call("wait_task", task_id=task_id, timeout=20), "task_failed", "unknown"), task_id)


@pytest.mark.quiet
def test_a_wait_that_runs_out_of_time(call, create, sim):
    sim.next_task(seconds=60)
    task_id = create()["task"]["id"]
    started = time.monotonic()
    error = fails(call("wait_task", task_id=task_id, timeout=0.4), "timed_out", "unknown")
    assert time.monotonic() - started < 0.8
    names_the_task(error, task_id)


@pytest.mark.quiet
def test_a_wait_looks_once_more_before_it_gives_up(call, create, sim):
    sim.next_task(seconds=1.2)  # between the look after 1 s and the one after 3 s
    task_id = create()["task"]["id"]
    started = time.monotonic()
    assert value(call("wait_task", task_id=task_id, timeout=2))["status"] == "completed"
    assert time.monotonic() - started < 2


def test_a_wait_without_time_looks_exactly_once(call, create, sim):
    sim.next_task(seconds=60)
    task_id = create()["task"]["id"]
    sim.forget_requests()
    names_the_task(fails(call("wait_task", task_id=task_id, timeout=0), "timed_out", "unknown"), task_id)
    assert [request["query"] for request in sim.requests()] == [[["task[id]", task_id]]]


def test_a_task_that_cannot_be_queued(call, sim):
    sim.next_task(queueing_error=True)
    outcome = call("detach_disk", disk_id=sim.about["disks"]["attached"])
    assert fails(outcome, "task_queueing_error", "rejected")["http_status"] == 406


def test_detach_of_a_disk_that_is_not_assigned(call, sim):
    outcome = call("detach_disk", disk_id=sim.about["disks"]["unassigned"])
    assert fails(outcome, "unassigned_disk", "rejected")["http_status"] == 422


@pytest.mark.parametrize("operation", ["get_disk", "update_disk", "detach_disk"])
def test_a_disk_in_the_trash(call, sim, operation):
    disk_id = sim.about["disks"]["trashed"]
    arguments = {"name": "New"} if operation == "update_disk" else {}
    error = fails(call(operation, disk_id=disk_id, **arguments), "object_in_trash", "rejected")
    assert error["http_status"] == 406
    assert error["detail"]["trash_object"]["object_id"] == disk_id


def test_a_disk_that_does_not_exist(call):
    error = fails(call("get_disk", disk_id="disk_0000000000000000"), "disk_not_found", "rejected")
    assert error["http_status"] == 404
    assert error["request_id"]


def test_a_wrong_token(call, sim):
    outcome = call("get_disk", disk_id=sim.about["disks"]["attached"], client={"api_token": "wrong"})
    assert fails(outcome, "invalid_api_token", "rejected")["http_status"] == 403


def test_a_refused_create_is_repeated_and_creates_one_disk(create, sim):
    body = {"error": {"code": "rate_limit_reached", "description": "Slow down", "detail": {"total_permitted": 1}}}
    sim.answer({"status": 429, "headers": {"Retry-After": "1"}, "body": body})
    started = time.monotonic()
    create()
    assert time.monotonic() - started > 0.95
    assert sim.state()["created"] == 1
    assert [request["status"] for request in sim.requests()] == [429, 201]


@pytest.mark.quiet
def test_the_rate_limit_ends_at_once_when_the_wait_does_not_fit(call, sim):
    if time.time() % 60 > 57:
        time.sleep(4)  # The limit counts per minute of the clock: stay within one.
    sim.rate_limit(1)
    disk_id = sim.about["disks"]["attached"]
    client = {"timeout": 0.5}
    value(call("get_disk", disk_id=disk_id, client=client))
    started = time.monotonic()
    error = fails(call("detach_disk", disk_id=disk_id, client=client), "rate_limit_reached", "rejected")
    assert time.monotonic() - started < 0.5
    assert error["http_status"] == 429
    assert error["detail"] == {"total_permitted": 1}


def test_nova_detaches_a_volume(call, sim):
    about = sim.about
    ids = {"server_id": about["server_id"], "volume_id": about["volume_id"]}
    assert value(call("openstack_detach_volume", **ids))["request_id"].startswith("req-")
    for _ in range(100):
        error = call("openstack_detach_volume", **ids).error
        if error and error["status"] == "openstack_volume_not_attached":
            break
        # Until it is gone Nova either says that it is detaching, or takes the request again.
        assert error is None or error["status"] == "openstack_already_detaching"
        time.sleep(0.05)
    assert error["code"] == "itemNotFound"
    assert about["volume_id"] in error["description"]


def test_nova_keeps_the_root_volume(call, sim):
    outcome = call("openstack_detach_volume", server_id=sim.about["server_id"], volume_id=sim.about["root_volume_id"])
    error = fails(outcome, "openstack_root_device", "rejected")
    assert error["code"] == "badRequest"
    assert error["request_id"].startswith("req-")


def test_nova_refuses_a_wrong_token(call, sim):
    outcome = call(
        "openstack_detach_volume",
        server_id=sim.about["server_id"],
        volume_id=sim.about["volume_id"],
        client={"token": "wrong"},
    )
    assert fails(outcome, "openstack_unauthorized", "rejected")["http_status"] == 401


@pytest.mark.parametrize(("progress", "status"), [("count", "ok"), ("stop", "interrupted")])
def test_progress_in_c(c_face, sim, progress, status):
    assert c_face.use("client_new", sim.katapult()) is None
    sim.next_task(seconds=0.5)
    body = {
        "organization": sim.about["organization"],
        "properties": {"name": "Story", "size_in_gb": 20, "data_center": sim.about["data_center"]},
    }
    made, reply = c_face.send("disk_create", json.dumps(body))
    assert made == "ok", reply
    task_id = json.loads(reply)["task"]["id"]
    waited, reply, calls, seen = c_face.send("task_wait", task_id, "20", progress)
    assert waited == status
    assert int(calls) == 1 if progress == "stop" else int(calls) >= 2
    assert json.loads(seen)["id"] == task_id, "the callback gets the task, not the whole body"
    if progress == "stop":
        assert json.loads(reply)["status"] == "interrupted"
        assert json.loads(reply)["detail"]["task"]["id"] == task_id
    else:
        assert json.loads(reply)["task"]["status"] == "completed"
