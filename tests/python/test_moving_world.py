"""What the workflows say while others act on the same disks: stories that were wrong once, found by hand. `make worlds`
searches such worlds systematically."""

import pytest
from stories import fails, value
from test_workflows import changed, disk, machine_is, sent, state_of  # noqa: F401, the fixture and what the stories share

GONE = "disk_not_found"


def machine_id(sim):
    return sim.about["virtual_machine"]["id"]


def act(method, path, **body):
    return {"method": method, "path": path, "body": body}


def restores(disk_id):
    return act("POST", "/trash_objects/trash_object/restore", trash_object={"object_id": disk_id})


def assigns(disk_id, sim):
    return act("POST", "/disks/disk/assign", disk={"id": disk_id}, virtual_machine={"id": machine_id(sim)})


def truth(call, disk_id):
    return value(call("get_disk", disk_id=disk_id))


# A disk that somebody restores.


def test_restored_before_the_purge(call, disk, sim):  # noqa: F811
    disk_id = disk(assigned=False)
    purge = {"method": "DELETE", "path": "/trash_objects/trash_object", "perform": True}
    sim.answer({**purge, "before": [restores(disk_id)]})
    error = fails(call("ensure_disk_deleted", disk_id=disk_id, purge=True, timeout=20), "no_effect", "unknown")
    assert "restored" in error["message"] and "put into the trash" in error["message"]
    assert truth(call, disk_id)["state"] == "built"
    assert changed(sim).count("DELETE /disks/disk") == 1, "it is not deleted again"


def test_restored_between_two_looks_at_the_trash(call, disk, sim):  # noqa: F811
    disk_id = disk(assigned=False)
    value(call("delete_disk", disk_id=disk_id))
    sim.forget_requests()
    look = {"method": "GET", "path": "/trash_objects/trash_object", "perform": True}
    sim.answer({**look, "before": [restores(disk_id)]})
    error = fails(call("ensure_disk_deleted", disk_id=disk_id, timeout=20), "refused", "not_sent")
    assert "restore" in error["message"]
    assert changed(sim) == []
    assert truth(call, disk_id)["state"] == "built"


def test_a_purge_without_effect(call, disk, sim):  # noqa: F811
    disk_id = disk(assigned=False)
    sim.answer({"method": "DELETE", "path": "/trash_objects/trash_object", "perform": "ignored"})
    error = fails(call("ensure_disk_deleted", disk_id=disk_id, purge=True, timeout=30), "no_effect", "unknown")
    assert "still in the trash" in error["message"]


def test_attached_before_the_deletion(call, disk, sim):  # noqa: F811
    """The service refuses it; the workflow says why."""
    disk_id = disk(assigned=False)
    attaches = act("POST", "/disks/disk/attach", disk={"id": disk_id}) | {"task": {"seconds": 0}}
    sim.answer({"method": "DELETE", "perform": True, "before": [assigns(disk_id, sim), attaches]})
    error = fails(call("ensure_disk_deleted", disk_id=disk_id), "refused", "not_sent")
    assert "is assigned to" in error["message"]
    assert truth(call, disk_id)["virtual_machine_disk"]["state"] == "attached"


# A machine that somebody starts.


@pytest.mark.parametrize("workflow", ["ensure_disk_detached", "ensure_disk_unassigned"])
def test_the_machine_starts_before_attach_on_boot_is_off(call, disk, sim, workflow):  # noqa: F811
    disk_id = disk(attach_on_boot=True)
    machine_is(sim, "stopped")
    start = {"virtual_machine": machine_id(sim), "state": "started"}
    sim.answer({"method": "PATCH", "perform": True, "before": [start]})
    result = value(call(workflow, disk_id=disk_id, timeout=30))
    assert "POST /disks/disk/detach" in changed(sim)
    assert result == {**truth(call, disk_id), **{name: result[name] for name in result.keys() - {"annotations"}}}
    if workflow == "ensure_disk_detached":
        assert state_of(result) == ("detached", False)
    else:
        assert result["virtual_machine_disk"] is None


@pytest.mark.parametrize("workflow", ["ensure_disk_detached", "ensure_disk_unassigned"])
def test_the_machine_has_just_started(call, disk, sim, workflow):  # noqa: F811
    """Its disk is attached, and shown as `detached` for 1 to 2 s more (recorded)."""
    disk_id = disk(attached=True, attach_on_boot=True)
    shown = truth(call, disk_id)
    for attach_on_boot in (True, False):
        relation = {**shown["virtual_machine_disk"], "state": "detached", "attach_on_boot": attach_on_boot}
        body = {"disk": {**shown, "virtual_machine_disk": relation}, "annotations": []}
        sim.answer({"method": "GET", "path": "/disks/disk", "status": 200, "body": body})
    sim.forget_requests()
    value(call(workflow, disk_id=disk_id, timeout=30))
    assert changed(sim)[:2] == ["PATCH /disks/disk", "POST /disks/disk/detach"]


def test_the_machine_starts_before_the_disk_is_to_be_attached(call, disk, sim):  # noqa: F811
    disk_id = disk()
    machine_is(sim, "stopped")
    start = {"virtual_machine": machine_id(sim), "state": "started"}
    sim.answer({"method": "PATCH", "perform": True, "before": [start]})
    assert state_of(value(call("ensure_disk_attached", disk_id=disk_id, timeout=30))) == ("attached", True)


# Changes that are accepted and ignored.


@pytest.mark.parametrize(
    ("workflow", "attach_on_boot"), [("ensure_disk_detached", True), ("ensure_disk_attached", False)]
)
def test_an_update_that_is_ignored(call, disk, sim, workflow, attach_on_boot):  # noqa: F811
    disk_id = disk(attach_on_boot=attach_on_boot)
    machine_is(sim, "stopped")
    sim.answer({"method": "PATCH", "perform": "ignored", "times": 5})
    error = fails(call(workflow, disk_id=disk_id, timeout=60), "no_effect", "unknown")
    assert "boot" in error["message"] and "attach_on_boot was set" in error["message"]


# A disk that somebody moves.


def test_a_disk_of_another_machine_is_left_alone(call, disk, sim):  # noqa: F811
    disk_id = disk(attached=True)
    other = {"id": "vm_OtherMachine00001", "name": "other", "state": "started", "fqdn": "other.example"}
    sim.control("POST", "objects", {"virtual_machines": [other]})
    moves = [
        act("POST", "/disks/disk/detach", disk={"id": disk_id}) | {"task": {"seconds": 0}},
        act("POST", "/disks/disk/unassign", disk={"id": disk_id}),
        act("POST", "/disks/disk/assign", disk={"id": disk_id}, virtual_machine={"id": other["id"]}),
    ]
    sim.answer({"method": "POST", "path": "/disks/disk/detach", "perform": True, "before": moves})
    outcome = call("ensure_disk_detached", disk_id=disk_id, virtual_machine=machine_id(sim), timeout=30)
    error = fails(outcome, "refused", outcome.error["outcome"])
    assert "not to" in error["message"]
    assert truth(call, disk_id)["virtual_machine_disk"]["virtual_machine"]["id"] == other["id"]


def test_attached_before_it_is_to_shrink(call, disk, sim):  # noqa: F811
    disk_id = disk()
    attaches = act("POST", "/disks/disk/attach", disk={"id": disk_id}) | {"task": {"seconds": 0}}
    sim.answer({"method": "PUT", "perform": True, "before": [attaches]})
    error = fails(call("ensure_disk_size", disk_id=disk_id, size_in_gb=10, timeout=30), "refused", "not_sent")
    assert "it is attached" in error["message"]
    assert truth(call, disk_id)["size_in_gb"] == 20


def test_a_disk_that_is_unassigned_in_between_is_detached(call, disk, sim):  # noqa: F811
    disk_id = disk(attached=True)
    moves = [
        act("POST", "/disks/disk/detach", disk={"id": disk_id}) | {"task": {"seconds": 0}},
        act("POST", "/disks/disk/unassign", disk={"id": disk_id}),
    ]
    sim.answer({"method": "POST", "path": "/disks/disk/detach", "perform": True, "before": moves})
    assert value(call("ensure_disk_detached", disk_id=disk_id, timeout=30))["virtual_machine_disk"] is None


# A wait whose task has no effect, or a late one.


@pytest.mark.parametrize("operation", ["attach_disk", "detach_disk"])
def test_a_wait_sees_the_effect(call, disk, sim, operation):  # noqa: F811
    disk_id = disk(attached=operation == "detach_disk")
    sim.next_task(seconds=0.1, lag_seconds=2)
    made = value(call(operation, disk_id=disk_id, wait=True, timeout=30))
    assert made["disk"]["virtual_machine_disk"]["state"] == operation.removesuffix("_disk") + "ed"


def test_a_wait_does_not_believe_a_task(call, disk, sim):  # noqa: F811
    disk_id = disk()
    sim.next_task(seconds=0.1, no_effect=True)
    error = fails(call("attach_disk", disk_id=disk_id, wait=True, timeout=60), "no_effect", "unknown")
    assert disk_id in error["message"] and "attach_disk" in error["message"]
    assert error["detail"]["task"]["status"] == "completed"
