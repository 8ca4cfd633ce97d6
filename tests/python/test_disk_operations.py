"""Delete, assign, unassign, attach, resize and the I/O profile against the simulator, in every face."""

from datetime import datetime, timedelta, timezone

import katapult_disk
import pytest
from faults import cut_short, reset
from stories import completes, fails, value

NO_DISK = "disk_0000000000000000"
# Each of the six, with arguments that would do.
SIX = {
    "delete_disk": {},
    "assign_disk": {"virtual_machine": "web-1.sim-acme.example.com"},
    "unassign_disk": {},
    "attach_disk": {},
    "resize_disk": {"size_in_gb": 40},
    "set_disk_io_profile": {"io_profile": "100k"},
}
TASKS = ("attach_disk", "resize_disk", "set_disk_io_profile")


def relation(call, disk_id):
    return value(call("get_disk", disk_id=disk_id))["virtual_machine_disk"]


def test_a_disk_from_assign_to_delete(call, create, sim):
    machine = sim.about["virtual_machine"]
    made = create()
    completes(call, made)
    disk_id = made["disk"]["id"]
    assert relation(call, disk_id) is None

    assigned = value(call("assign_disk", disk_id=disk_id, virtual_machine=machine["fqdn"]))
    bound = {"virtual_machine": machine, "attach_on_boot": True, "boot": False, "state": "detached"}
    assert assigned["virtual_machine_disk"] == bound, "at once, and not attached"

    attaching = value(call("attach_disk", disk_id=disk_id))
    assert attaching["disk"]["virtual_machine_disk"] == bound, "the disk before the task"
    completes(call, attaching)
    assert relation(call, disk_id) == {**bound, "state": "attached"}
    detaching = value(call("detach_disk", disk_id=disk_id))
    completes(call, detaching)
    assert relation(call, disk_id) == bound

    unassigned = value(call("unassign_disk", disk_id=disk_id))
    assert (unassigned["id"], unassigned["virtual_machine_disk"]) == (disk_id, None), "at once"

    resizing = value(call("resize_disk", disk_id=disk_id, size_in_gb=30, method="offline"))
    assert resizing["disk"]["size_in_gb"] == 20, "the disk before the task"
    completes(call, resizing)
    disk = value(call("get_disk", disk_id=disk_id))
    assert (disk["size_in_gb"], disk["io_profile"]["permalink"]) == (30, "unrestricted")

    changing = value(call("set_disk_io_profile", disk_id=disk_id, io_profile="100k"))
    assert changing["disk"]["io_profile"]["permalink"] == "unrestricted", "the disk before the task"
    completes(call, changing)
    disk = value(call("get_disk", disk_id=disk_id))
    assert disk["io_profile"]["permalink"] == "100k"

    deleted = value(call("delete_disk", disk_id=disk_id))
    assert deleted["disk"] == disk, "the disk as it was"
    assert (deleted["trash_object"]["object_id"], deleted["trash_object"]["object_type"]) == (disk_id, "Disk")
    error = fails(call("get_disk", disk_id=disk_id), "object_in_trash", "rejected")
    assert error["detail"]["trash_object"] == deleted["trash_object"]


def test_lookups_by_id(call, sim):
    machine, disk_id = sim.about["virtual_machine"], sim.about["disks"]["unassigned"]
    by_id = value(call("assign_disk", disk_id=disk_id, virtual_machine={"id": machine["id"]}))
    assert by_id["virtual_machine_disk"]["virtual_machine"] == machine
    profile = value(call("get_disk", disk_id=sim.about["disks"]["boot"]))["io_profile"]
    completes(call, value(call("set_disk_io_profile", disk_id=disk_id, io_profile={"id": profile["id"]})))
    assert value(call("get_disk", disk_id=disk_id))["io_profile"] == profile


def test_an_attached_disk_grows_online(call, sim):
    disk_id = sim.about["disks"]["attached"]
    completes(call, value(call("resize_disk", disk_id=disk_id, size_in_gb=25, method="online")))
    assert value(call("get_disk", disk_id=disk_id))["size_in_gb"] == 25


def test_a_disk_that_is_not_attached_shrinks(call, sim):
    disk_id = sim.about["disks"]["detached"]
    completes(call, value(call("resize_disk", disk_id=disk_id, size_in_gb=10)))
    assert value(call("get_disk", disk_id=disk_id))["size_in_gb"] == 10


def test_unassigning_an_unassigned_disk_changes_nothing(call, sim):
    disk_id = sim.about["disks"]["unassigned"]
    before = value(call("get_disk", disk_id=disk_id))
    assert value(call("unassign_disk", disk_id=disk_id)) == before


@pytest.mark.parametrize(
    ("operation", "which", "arguments", "status"),
    [
        ("attach_disk", "unassigned", {}, "unassigned_disk"),
        ("unassign_disk", "attached", {}, "unable_to_unassign"),
        ("assign_disk", "attached", SIX["assign_disk"], "unable_to_assign"),
        ("assign_disk", "unassigned", {"virtual_machine": "nobody.example"}, "virtual_machine_not_found"),
        ("set_disk_io_profile", "unassigned", {"io_profile": "warp"}, "disk_io_profile_not_found"),
        ("resize_disk", "attached", {"size_in_gb": 30, "method": "offline"}, "validation_error"),
        ("resize_disk", "attached", {"size_in_gb": 10, "method": "online"}, "validation_error"),
        ("delete_disk", "attached", {}, "validation_error"),
    ],
)
def test_refusals(call, sim, operation, which, arguments, status):
    error = fails(call(operation, disk_id=sim.about["disks"][which], **arguments), status, "rejected")
    assert error["http_status"] == (404 if status.endswith("not_found") else 422)
    if "unable" in status or status == "validation_error":
        assert error["detail"]["errors"], "the service says why"


@pytest.mark.parametrize("operation", SIX)
def test_a_disk_in_the_trash(call, sim, operation):
    disk_id = sim.about["disks"]["trashed"]
    error = fails(call(operation, disk_id=disk_id, **SIX[operation]), "object_in_trash", "rejected")
    assert error["detail"]["trash_object"]["object_id"] == disk_id


@pytest.mark.parametrize("operation", SIX)
def test_a_disk_that_does_not_exist(call, operation):
    fails(call(operation, disk_id=NO_DISK, **SIX[operation]), "disk_not_found", "rejected")


@pytest.mark.parametrize("operation", TASKS)
def test_a_task_that_cannot_be_queued(call, sim, operation):
    sim.next_task(queueing_error=True)
    outcome = call(operation, disk_id=sim.about["disks"]["detached"], **SIX[operation])
    assert fails(outcome, "task_queueing_error", "rejected")["http_status"] == 406


@pytest.mark.parametrize("operation", TASKS)
def test_a_task_that_fails(call, sim, operation):
    sim.next_task(fail=True)
    started = value(call(operation, disk_id=sim.about["disks"]["detached"], **SIX[operation]))
    error = fails(call("wait_task", task_id=started["task"]["id"], timeout=20), "task_failed", "unknown")
    assert started["task"]["id"] in error["message"]


@pytest.mark.parametrize("operation", SIX)
def test_a_rate_limit_is_waited_for(call, sim, operation):
    body = {"error": {"code": "rate_limit_reached", "description": "Slow down", "detail": {"total_permitted": 1}}}
    sim.answer({"status": 429, "headers": {"Retry-After": "0"}, "body": body})
    which = "detached" if operation == "attach_disk" else "unassigned"
    value(call(operation, disk_id=sim.about["disks"][which], **SIX[operation]))
    assert [request["status"] for request in sim.requests()] == [429, 200]


@pytest.mark.parametrize("operation", SIX)
@pytest.mark.parametrize("broken", [reset, cut_short])
def test_a_call_whose_answer_breaks_off_is_not_repeated(face, fault_server, broken, operation):
    """Neither is a PUT or a DELETE: the first may have begun its task, or have put the disk into the trash."""
    fault_server.run(broken)
    outcome = face.call(fault_server.katapult(), operation, {"disk_id": NO_DISK, **SIX[operation]})
    assert outcome.error["status"] in ("connection_failed", "invalid_response")
    assert outcome.error["outcome"] == "unknown"
    assert fault_server.count() == 1


@pytest.mark.parametrize(
    ("given", "looked_for"),
    [
        ("web-9", 'looked for the virtual_machine with the fqdn "web-9"; an fqdn has dots'),
        ({"id": "vm_x"}, '"vm_x" is not an id: a virtual machine\'s is vm_ and 16 letters'),
    ],
)
def test_a_name_that_nobody_knows_is_told(call, sim, given, looked_for):
    """The service's words do not say which it was."""
    outcome = call("assign_disk", disk_id=sim.about["disks"]["unassigned"], virtual_machine=given)
    error = fails(outcome, "virtual_machine_not_found", "rejected")
    assert looked_for in error["hint"] and error["hint"] in error["message"]


def test_a_disk_may_stand_for_its_id(sim):
    with katapult_disk.Client(**sim.katapult()) as client:
        disk = client.get_disk(sim.about["disks"]["unassigned"])
        disk = client.assign_disk(disk, sim.about["virtual_machine"]["fqdn"])
        for task in (client.resize_disk(disk, 30).task, client.set_disk_io_profile(disk, "100k").task):
            client.wait_task(task, timeout=20)
        client.wait_task(client.attach_disk(disk).task, timeout=20)
        client.wait_task(client.detach_disk(disk).task, timeout=20)
        assert client.unassign_disk(disk).id == disk.id
        assert client.delete_disk(disk).disk.id == disk.id


def test_the_trash_keeps_a_disk_for_two_days(sim):
    with katapult_disk.Client(**sim.katapult()) as client:
        deleted = client.delete_disk(sim.about["disks"]["unassigned"])
    left = deleted.trash_object.keep_until - datetime.now(timezone.utc)
    assert timedelta(hours=47, minutes=59) < left <= timedelta(hours=48)
    assert deleted.trash_object.object_type == "Disk"
    assert deleted.disk.id == deleted.trash_object.object_id == sim.about["disks"]["unassigned"]
