"""An answer about another object than the one that was asked for is no answer, and its connection is not used again."""

import threading

import pytest
from faults import answer
from stories import fails, value

MINE, OTHER = "disk_Mine00000000000A", "disk_Other0000000000B"
DISK = {"disk_id": MINE}
MACHINE = "vm_Mine00000000000A"
SERVER, VOLUME = "e8f4e841-ebef-44c8-8bdd-c14931bb440a", "90cd4bee-2063-4145-8d2b-571197d91d6f"
STRANGER = "00000000-0000-4000-8000-000000000000"
ATTACHMENT = {"server_id": SERVER, "volume_id": VOLUME}


def disk(disk_id, **more):
    return {"disk": {"id": disk_id, **more.pop("disk", {})}, "annotations": [], **more}


def trash(object_id, trash_id="trsh_Mine00000000000A"):
    return {"id": trash_id, "object_id": object_id, "object_type": "Disk"}


TASK = {"id": "task_Any", "status": "pending"}
IN_TRASH = {"error": {"code": "object_in_trash", "description": "In the trash", "detail": {"trash_object": trash(OTHER)}}}
ASSIGNED = {"disk": {"virtual_machine_disk": {"virtual_machine": {"id": "vm_Other0000000000B"}}}}
READS = {
    "get_disk": (DISK, answer(200, disk(OTHER))),
    "get_task": ({"task_id": "task_Mine"}, answer(200, {"task": {"id": "task_Other", "status": "completed"}})),
    "get_trash_object": (
        {"trash_object": {"object_id": MINE}},
        answer(200, {"trash_object": trash(OTHER, "trsh_Other0000000000B")}),
    ),
    "get_virtual_machine": (
        {"virtual_machine": "web-1.acme.example"},
        answer(200, {"virtual_machine": {"id": "vm_x", "fqdn": "db-1.acme.example"}, "annotations": []}),
    ),
    "get_data_center": (
        {"data_center": "uk-lon-01"},
        answer(200, {"data_center": {"id": "loc_x", "permalink": "nl-ams-01"}}),
    ),
    "list_disk_template_versions": (
        {"disk_template": {"id": "dtpl_Mine"}},
        answer(
            200,
            {
                "disk_template": {"id": "dtpl_Other"},
                "disk_template_versions": [],
                "pagination": {"current_page": 1, "total_pages": 1},
            },
        ),
    ),
    "get_disk, in the trash": (DISK, answer(406, IN_TRASH)),
}
WRITES = {
    "detach_disk": (DISK, answer(200, disk(OTHER, task=TASK))),
    "update_disk": ({**DISK, "name": "New"}, answer(200, disk(OTHER))),
    "delete_disk": (DISK, answer(200, {**disk(OTHER), "trash_object": trash(OTHER)})),
    "delete_disk, its trash object": (DISK, answer(200, {**disk(MINE), "trash_object": trash(OTHER)})),
    "delete_disk, in the trash": (DISK, answer(406, IN_TRASH)),
    "assign_disk": ({**DISK, "virtual_machine": {"id": MACHINE}}, answer(200, disk(MINE, **ASSIGNED))),
    "restore_trash_object": (
        {"trash_object": "trsh_Mine00000000000A"},
        answer(200, {"trash_object": trash(OTHER, "trsh_Other0000000000B")}),
    ),
}


def call(face, server, name, arguments):
    return face.call(server.katapult(user_agent="others"), name.partition(",")[0], arguments)


def names_both(error, arguments):
    asked = next(iter(arguments.values())) if "virtual_machine" not in arguments else arguments["virtual_machine"]
    asked = next(iter(asked.values())) if isinstance(asked, dict) else asked
    assert asked in error["description"] and "another" in error["description"], error


@pytest.mark.parametrize("name", READS)
def test_a_read_is_asked_for_once_more_and_then_given_up(face, fault_server, name):
    arguments, other = READS[name]
    fault_server.run(other)
    error = fails(call(face, fault_server, name, arguments), "invalid_response", "unknown")
    names_both(error, arguments)
    assert error["detail"] is None, "another's data is not this one's"
    assert fault_server.count() == 2
    assert fault_server.connections == 2, "no connection is used again"


@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_not_repeated(face, fault_server, name):
    arguments, other = WRITES[name]
    fault_server.run(other, answer(200, disk(MINE)))
    error = fails(call(face, fault_server, name, arguments), "invalid_response", "unknown")
    if "assign" not in name and "trash" not in name:
        assert MINE in error["description"] and OTHER in error["description"]
    assert fault_server.count() == 1
    assert value(call(face, fault_server, "get_disk", DISK))["id"] == MINE
    assert fault_server.connections == 2, "the connection is not used again"


def test_one_strange_answer_does_not_fail_a_read(face, fault_server):
    fault_server.run(answer(200, disk(OTHER)), answer(200, disk(MINE)))
    assert value(call(face, fault_server, "get_disk", DISK))["id"] == MINE
    assert fault_server.connections == 2


def test_names_are_compared_as_the_service_does(face, fault_server):
    machine = {"virtual_machine": {"id": "vm_x", "fqdn": "Web-1.acme.example"}, "annotations": []}
    fault_server.run(answer(200, machine))
    given = {"virtual_machine": "web-1.ACME.example."}
    assert value(call(face, fault_server, "get_virtual_machine", given))["id"] == "vm_x"


def test_an_answer_without_an_id_contradicts_nothing(face, fault_server):
    fault_server.run(answer(200, {**disk(MINE), "trash_object": {"id": "trsh_x"}}))
    assert value(call(face, fault_server, "delete_disk", DISK))


class OutOfStep:
    """Answers each request with what the one before it on the same connection asked for."""

    def __init__(self):
        self.before = {}

    def __call__(self, server, connection, request):
        [(_, disk_id)] = request.query
        before = self.before.get(connection, OTHER)
        self.before[connection] = disk_id
        return answer(200, disk(before))(server, connection, request)


def test_no_answer_of_a_connection_that_is_out_of_step_is_taken(face, fault_server):
    fault_server.run(OutOfStep())
    wrong = []

    def reader(number):
        for turn in range(15):
            asked = f"disk_{number:04}{turn:012}"
            outcome = call(face, fault_server, "get_disk", {"disk_id": asked})
            if outcome.error is None and outcome.value["id"] != asked:
                wrong.append((asked, outcome.value["id"]))

    # The drivers of C and Rust make one call at a time.
    threads = [threading.Thread(target=reader, args=(number,)) for number in range(4 if face.name == "python" else 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_wait_does_not_take_another_task_for_its_own(face, fault_server):
    started = answer(200, disk(MINE, task={"id": "task_Mine", "status": "pending"}))
    done = answer(200, {"task": {"id": "task_Other", "status": "completed"}})
    fault_server.run(started, done)
    outcome = call(face, fault_server, "detach_disk", {**DISK, "wait": True, "timeout": 5})
    error = fails(outcome, "invalid_response", "unknown")
    assert "task_Mine" in error["description"] and "task_Other" in error["description"]


def test_a_disk_is_not_deleted_on_the_strength_of_another_ones_reading(face, fault_server):
    fault_server.run(answer(200, disk(OTHER, disk={"virtual_machine_disk": None})))
    outcome = call(face, fault_server, "ensure_disk_deleted", {**DISK, "purge": True, "timeout": 5})
    fails(outcome, "invalid_response", "unknown")
    assert fault_server.count("DELETE") == 0


# OpenStack


def nova(face, server, operation, arguments=ATTACHMENT):
    return face.call(server.openstack(user_agent="others"), f"openstack_{operation}", arguments)


def attachment(server_id=SERVER, volume_id=VOLUME):
    return {"id": volume_id, "serverId": server_id, "volumeId": volume_id, "device": "/dev/vdb"}


def not_found(message):
    return answer(404, {"itemNotFound": {"code": 404, "message": message}})


STRANGE = {
    "another volume": answer(200, {"volumeAttachment": attachment(volume_id=STRANGER)}),
    "another server": answer(200, {"volumeAttachment": attachment(server_id=STRANGER)}),
    "404 of another volume": not_found(f"Instance {SERVER} is not attached to volume {STRANGER}"),
    "404 of another server": not_found(f"Instance {STRANGER} could not be found."),
}


@pytest.mark.parametrize("name", STRANGE)
def test_an_attachment_of_others(face, fault_server, name):
    fault_server.run(STRANGE[name])
    error = fails(nova(face, fault_server, "get_volume_attachment"), "invalid_response", "unknown")
    assert STRANGER in error["description"]
    assert (fault_server.count(), fault_server.connections) == (2, 2)


def test_a_list_of_another_server(face, fault_server):
    fault_server.run(answer(200, {"volumeAttachments": [attachment(), attachment(server_id=STRANGER)]}))
    outcome = nova(face, fault_server, "list_volume_attachments", {"server_id": SERVER})
    assert STRANGER in fails(outcome, "invalid_response", "unknown")["description"]


def test_a_detach_is_not_over_because_another_volume_is_gone(face, fault_server):
    fault_server.run(answer(202, b"", {}), STRANGE["404 of another volume"])
    outcome = nova(face, fault_server, "detach_volume", {**ATTACHMENT, "wait": True, "timeout": 5})
    error = fails(outcome, "invalid_response", "unknown")
    assert "may still happen" in error["description"] and STRANGER in error["description"]


def test_an_id_may_be_written_without_hyphens(face, fault_server):
    fault_server.run(answer(200, {"volumeAttachment": attachment(SERVER.upper())}))
    plain = {"server_id": SERVER.replace("-", ""), "volume_id": VOLUME.replace("-", "")}
    assert value(nova(face, fault_server, "get_volume_attachment", plain))["volumeId"] == VOLUME
