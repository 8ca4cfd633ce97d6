"""The workflows, in every face: what they send, what they refuse, and what they promise."""

import secrets

import pytest
from after_task import looks_after
from stories import fails, value
from table import TABLE

WRITES = ("POST", "PUT", "PATCH", "DELETE")
GET_DISK = "GET /disks/disk"
GET_MACHINE = "GET /virtual_machines/virtual_machine"
GET_TASK = "GET /tasks/task"
ATTACH_ON_BOOT = "PATCH /disks/disk"


def sent(sim):
    """What was requested, with looks at a task that follow each other as one."""
    lines = [f"{request['method']} {request['path'].removeprefix('/core/v1')}" for request in sim.requests()]
    return [line for before, line in zip([None, *lines], lines) if line != before or line != GET_TASK]


def changed(sim):
    return [line for line in sent(sim) if line.startswith(WRITES)]


@pytest.fixture
def disk(sim):
    """Makes a built disk of 20 GB; of the seeded virtual machine with `attach_on_boot` off, unless it is said otherwise."""

    def making(assigned=True, attached=False, attach_on_boot=False, boot=False):
        disk_id = f"disk_{secrets.token_hex(8)}"
        relation = {
            "virtual_machine": {"id": sim.about["virtual_machine"]["id"]},
            "state": "attached" if attached else "detached",
            "attach_on_boot": attach_on_boot,
            "boot": boot,
        }
        placed = {"id": disk_id, "size_in_gb": 20, "virtual_machine_disk": relation if assigned else None}
        sim.control("POST", "disks", placed)
        return disk_id

    return making


def machine_is(sim, state):
    sim.control("POST", f"virtual_machines/{sim.about['virtual_machine']['id']}", {"state": state})


def state_of(disk):
    relation = disk["virtual_machine_disk"]
    return (relation["state"], relation["attach_on_boot"])


# wait=True


def test_create_and_wait(create, sim):
    made = create(wait=True, timeout=20, annotations={"team": "storage"})
    assert made["disk"]["state"] == "built", "the disk after the task"
    assert made["task"]["status"] == "completed"
    assert made["annotations"] == [{"key": "team", "value": "storage"}]
    assert sent(sim) == ["POST /organizations/organization/disks", GET_TASK, GET_DISK]


@pytest.mark.parametrize("name", [name for name, entry in TABLE.items() if entry.task and not entry.is_cloud])
def test_what_starts_a_task_can_wait_for_it(face, sim, name):
    operation = TABLE[name]
    task = {**operation.answer["task"], "status": "completed"}
    looks = looks_after(name, operation.answer.get("disk"))
    sim.answer({"status": operation.status, "body": operation.answer}, {"status": 200, "body": {"task": task}})
    sim.answer(*looks.values())

    arguments = {**operation.arguments, "wait": True, "timeout": 20}
    made = value(face.call(sim.options_for(name), name, arguments))
    assert (made if operation.gives == "task" else made["task"]) == task
    assert sent(sim) == [" ".join(operation.request).replace("/core/v1", ""), GET_TASK, *looks]
    assert sim.drop_answers() == 0


def test_every_call_that_starts_a_task_can_wait(call, disk, sim):
    disk_id = disk(attach_on_boot=True)

    def after(operation, **arguments):
        answer = value(call(operation, disk_id=disk_id, wait=True, timeout=20, **arguments))
        assert answer["task"]["status"] == "completed"
        return answer["disk"]

    assert state_of(after("attach_disk")) == ("attached", True)
    assert after("resize_disk", size_in_gb=25, method="online")["size_in_gb"] == 25
    assert state_of(after("detach_disk")) == ("detached", True)
    profile = value(call("list_disk_io_profiles", organization=sim.about["organization"]))[-1]
    assert after("set_disk_io_profile", io_profile=profile["id"])["io_profile"]["id"] == profile["id"]


def test_purges_can_wait(call, disk, sim):
    for operation in ("purge_trash_object", "purge_all_trash"):
        trash_object = value(call("delete_disk", disk_id=disk(assigned=False)))["trash_object"]
        which = {"trash_object": trash_object["id"]}
        if operation == "purge_all_trash":
            which = {"organization": sim.about["organization"]}
        assert value(call(operation, wait=True, timeout=20, **which))["status"] == "completed"
        fails(call("get_trash_object", trash_object=trash_object["id"]), "trash_object_not_found", "rejected")


def test_a_wait_that_ends_too_early_says_what_goes_on(call, disk, sim):
    disk_id = disk()
    sim.next_task(seconds=60)
    error = fails(call("attach_disk", disk_id=disk_id, wait=True, timeout=0.4), "timed_out", "unknown")
    task = error["detail"]["task"]
    assert error["detail"]["disk"]["id"] == disk_id
    assert task["status"] in ("pending", "running")
    assert task["id"] in error["message"] and "goes on" in error["message"], error["message"]


def test_a_failure_after_the_start_is_never_a_rejection(call, create, sim):
    refusal = {"error": {"code": "task_not_found", "description": "No task", "detail": {"own": 1}}}
    sim.answer({"method": "GET", "status": 404, "body": refusal})
    outcome = call(
        "create_disk",
        name="x",
        size_in_gb=20,
        organization=sim.about["organization"],
        data_center=sim.about["data_center"],
        wait=True,
    )
    error = fails(outcome, "task_not_found", "unknown")
    assert "; before that, create_disk was accepted (task_" in error["message"]
    assert "disk_" in error["message"] and "task_" in error["message"]
    assert error["detail"]["own"] == 1
    assert error["detail"]["disk"]["id"] in error["message"] and error["detail"]["task"]["id"] in error["message"]
    assert sim.state()["created"] == 1


def test_a_failed_task_has_its_disk_and_task(call, disk, sim):
    disk_id = disk()
    sim.next_task(fail=True)
    error = fails(call("attach_disk", disk_id=disk_id, wait=True, timeout=20), "task_failed", "unknown")
    assert error["detail"]["task"]["status"] == "failed"
    assert error["detail"]["disk"]["id"] == disk_id


def test_progress_without_wait_is_a_mistake(faces, sim):
    options = sim.options_for("attach_disk")
    for extra in ({"progress": True}, {"progress": True, "timeout": 5}):
        outcome = faces["python"].call(options, "attach_disk", {"disk_id": "disk_0000000000000000", **extra})
        assert "wait=True" in fails(outcome, "invalid_argument", "not_sent")["message"]
    assert sim.requests() == []


# attach


def test_attach_with_a_running_machine(call, disk, sim):
    disk_id = disk()
    assert state_of(value(call("ensure_disk_attached", disk_id=disk_id, timeout=20))) == ("attached", True)
    begin = [GET_DISK, GET_MACHINE]
    assert sent(sim) == [*begin, ATTACH_ON_BOOT, "POST /disks/disk/attach", GET_TASK, GET_DISK]

    sim.forget_requests()
    assert state_of(value(call("ensure_disk_attached", disk_id=disk_id, timeout=20))) == ("attached", True)
    assert sent(sim) == begin, "what is so already is not sent"


def test_attach_with_a_stopped_machine(call, disk, sim):
    disk_id = disk()
    machine_is(sim, "stopped")
    assert state_of(value(call("ensure_disk_attached", disk_id=disk_id))) == ("detached", True)
    # What was read before the change proves nothing.
    assert sent(sim) == [GET_DISK, GET_MACHINE, ATTACH_ON_BOOT, GET_DISK, GET_MACHINE]
    machine_is(sim, "started")
    assert state_of(value(call("get_disk", disk_id=disk_id))) == ("attached", True)


@pytest.mark.parametrize("key", ["id", "fqdn"])
def test_attach_assigns_a_disk_without_a_machine(call, disk, sim, key):
    machine = sim.about["virtual_machine"]
    disk_id = disk(assigned=False)
    arguments = {"disk_id": disk_id, "virtual_machine": machine[key], "timeout": 20}
    attached = value(call("ensure_disk_attached", **arguments))
    assert attached["virtual_machine_disk"]["virtual_machine"]["id"] == machine["id"]
    assert state_of(attached) == ("attached", True)
    assert changed(sim) == ["POST /disks/disk/assign", "POST /disks/disk/attach"]
    sim.forget_requests()
    assert value(call("ensure_disk_attached", **arguments)) == attached
    assert changed(sim) == []


def test_attach_waits_for_an_effect_that_comes_late(call, disk, sim):
    disk_id = disk()
    sim.next_task(seconds=0.1, lag_seconds=1)
    assert state_of(value(call("ensure_disk_attached", disk_id=disk_id, timeout=20))) == ("attached", True)


# detach


def test_detach_for_good(call, disk, sim):
    disk_id = disk(attached=True, attach_on_boot=True)
    assert state_of(value(call("ensure_disk_detached", disk_id=disk_id, timeout=20))) == ("detached", False)
    assert changed(sim) == [ATTACH_ON_BOOT, "POST /disks/disk/detach"], "attach_on_boot goes off first"
    sim.forget_requests()
    value(call("ensure_disk_detached", disk_id=disk_id))
    assert changed(sim) == []


def test_remove_from_the_machine(call, disk, sim):
    disk_id = disk(attached=True, attach_on_boot=True)
    gone = value(call("ensure_disk_unassigned", disk_id=disk_id, timeout=20))
    assert gone["virtual_machine_disk"] is None
    assert changed(sim) == [ATTACH_ON_BOOT, "POST /disks/disk/detach", "POST /disks/disk/unassign"]
    sim.forget_requests()
    assert value(call("ensure_disk_unassigned", disk_id=disk_id)) == gone
    assert sent(sim) == [GET_DISK]


def test_remove_from_a_machine_that_will_never_run_again(call, disk, sim):
    disk_id = disk()
    machine_is(sim, "orphaned")
    fails(call("ensure_disk_detached", disk_id=disk_id), "refused", "not_sent")
    assert value(call("ensure_disk_unassigned", disk_id=disk_id))["virtual_machine_disk"] is None


# what they refuse


@pytest.mark.parametrize("operation", ["ensure_disk_attached", "ensure_disk_detached", "ensure_disk_unassigned"])
def test_refusals(call, disk, sim, operation):
    def refused(reason, **arguments):
        error = fails(call(operation, disk_id=disk_id, **arguments), "refused", "not_sent")
        assert disk_id in error["message"] and reason in error["message"], error["message"]

    disk_id = disk()
    for state in ("attaching", "detaching", "failed", "quantum"):
        sim.control("POST", f"disks/{disk_id}", {"attachment_state": state})
        refused(state)
    sim.control("POST", f"disks/{disk_id}", {"attachment_state": "attached"})
    refused("not to other.example", virtual_machine="other.example")
    for state in ("starting", "stopping", "migrating"):
        machine_is(sim, state)
        refused(f"is {state}")
    sim.control("POST", f"disks/{disk_id}", {"hide_relation": True})
    refused("does not say")
    assert changed(sim) == []


@pytest.mark.parametrize("operation", ["ensure_disk_detached", "ensure_disk_unassigned"])
def test_a_boot_disk_stays(call, disk, sim, operation):
    error = fails(call(operation, disk_id=disk(boot=True, attached=True)), "refused", "not_sent")
    assert "boot disk" in error["message"]
    assert changed(sim) == []


def test_attach_without_any_machine(call, disk, sim):
    error = fails(call("ensure_disk_attached", disk_id=disk(assigned=False)), "refused", "not_sent")
    assert "name the virtual machine" in error["message"]
    assert changed(sim) == []


def test_what_was_done_before_a_failure_is_said(call, disk, sim):
    disk_id = disk()
    refusal = {"error": {"code": "task_queueing_error", "description": "Full", "detail": {"details": "x"}}}
    sim.answer({"method": "POST", "status": 406, "body": refusal})
    error = fails(call("ensure_disk_attached", disk_id=disk_id), "task_queueing_error", "unknown")
    assert "attach_on_boot was set to true" in error["message"]


# resize: the matrix

GROW, SHRINK = 30, 10
MATRIX = [
    # attachment, size, method, what is sent (None: refused)
    (None, GROW, None, "offline"),
    (None, GROW, "online", "offline"),
    (None, SHRINK, "online", "offline"),
    ("detached", GROW, "offline", "offline"),
    ("detached", GROW, "online", "offline"),
    ("detached", SHRINK, None, "offline"),
    ("attached", GROW, None, None),
    ("attached", GROW, "offline", None),
    ("attached", GROW, "online", "online"),
    ("attached", SHRINK, "offline", None),
    ("attached", SHRINK, "online", None),
    *((state, GROW, "online", None) for state in ("attaching", "detaching", "failed", "quantum")),
    *((state, SHRINK, "offline", None) for state in ("attaching", "detaching", "failed")),
]


@pytest.mark.parametrize(("attachment", "size", "method", "expected"), MATRIX)
def test_resize(call, disk, sim, attachment, size, method, expected):
    disk_id = disk(assigned=attachment is not None)
    if attachment:
        sim.control("POST", f"disks/{disk_id}", {"attachment_state": attachment})
    outcome = call("ensure_disk_size", disk_id=disk_id, size_in_gb=size, method=method, timeout=20)
    if expected is None:
        fails(outcome, "refused", "not_sent")
        assert changed(sim) == []
        return
    assert value(outcome)["size_in_gb"] == size
    assert sent(sim) == [GET_DISK, "PUT /disks/disk/resize", GET_TASK, GET_DISK]
    [resize] = [request for request in sim.requests() if request["method"] == "PUT"]
    assert resize["body"] == {"disk": {"id": disk_id}, "size_in_gb": size, "resize_method": expected}


def test_a_disk_that_has_the_size_is_only_read(call, disk, sim):
    assert value(call("ensure_disk_size", disk_id=disk(), size_in_gb=20))["size_in_gb"] == 20
    assert sent(sim) == [GET_DISK]


def test_a_disk_that_is_about_to_be_attached_is_looked_at_twice(call, disk, sim):
    disk_id = disk(attach_on_boot=True)
    machine_is(sim, "stopped")
    machine = sim.about["virtual_machine"]["id"]
    sim.control("POST", f"virtual_machines/{machine}", {"state": "started", "lag_seconds": 1})
    error = fails(call("ensure_disk_size", disk_id=disk_id, size_in_gb=30), "refused", "not_sent")
    assert "it is attached" in error["message"]
    assert sent(sim) == [GET_DISK, GET_MACHINE, GET_DISK]


def test_a_disk_that_is_not_built_is_not_resized(call, disk, sim):
    disk_id = disk(assigned=False)
    sim.control("POST", f"disks/{disk_id}", {"state": "resizing"})
    error = fails(call("ensure_disk_size", disk_id=disk_id, size_in_gb=30), "refused", "not_sent")
    assert "resizing" in error["message"]


# delete


@pytest.mark.parametrize("purge", [False, True])
def test_delete(call, disk, sim, purge):
    disk_id = disk(assigned=False)
    for again in (False, True):
        sim.forget_requests()
        trash_object = value(call("ensure_disk_deleted", disk_id=disk_id, purge=purge, timeout=30))
        if purge:
            assert trash_object is None
            fails(call("get_disk", disk_id=disk_id), "disk_not_found", "rejected")
        else:
            assert trash_object["object_id"] == disk_id
            fails(call("get_disk", disk_id=disk_id), "object_in_trash", "rejected")
        deletions = ["DELETE /disks/disk", *(["DELETE /trash_objects/trash_object"] if purge else [])]
        assert changed(sim) == ([] if again else deletions)


def test_a_disk_in_the_trash_is_purged(call, disk, sim):
    disk_id = disk(assigned=False)
    value(call("delete_disk", disk_id=disk_id))
    sim.forget_requests()
    assert value(call("ensure_disk_deleted", disk_id=disk_id, purge=True, timeout=30)) is None
    assert changed(sim) == ["DELETE /trash_objects/trash_object"]


def test_only_an_explicit_null_permits_to_delete(call, disk, sim):
    disk_id = disk()
    error = fails(call("ensure_disk_deleted", disk_id=disk_id), "refused", "not_sent")
    assert sim.about["virtual_machine"]["id"] in error["message"]
    disk_id = disk(assigned=False)
    sim.control("POST", f"disks/{disk_id}", {"hide_relation": True})
    assert "does not say" in fails(call("ensure_disk_deleted", disk_id=disk_id), "refused", "not_sent")["message"]
    assert changed(sim) == []


def test_a_disk_that_never_was_counts_as_deleted(call):
    assert value(call("ensure_disk_deleted", disk_id="disk_0000000000000000", purge=True)) is None


@pytest.mark.parametrize("wrong", ["data", "vm_0000000000000000", "disk_SimUnassignedOne ", "disk_x"])
def test_what_is_no_disks_id_does_not_count_as_deleted(call, wrong):
    fails(call("ensure_disk_deleted", disk_id=wrong, purge=True), "disk_not_found", "rejected")
