"""What the tests of the C functions share."""

import json
import shutil

from c_bad_input import text
from c_face import fields
from c_requests import OPERATIONS
from table import TABLE

VALGRIND = shutil.which("valgrind")
VALGRIND_COMMAND = (
    "valgrind",
    "--quiet",
    "--error-exitcode=99",
    "--leak-check=full",
    "--errors-for-leak-kinds=definite,indirect,possible",
)


def refused(c_face, sim, command):
    """The error of a command that must be refused before anything is sent."""
    # A failed client_new has taken the client away, so each command starts with new ones.
    for name, options in (("client_new", sim.katapult()), ("openstack_client_new", sim.openstack())):
        assert c_face.send(name, json.dumps(options)) == ["ok", None]
    status, reply, *_ = c_face.send(*command)
    assert status == "invalid_argument", reply
    error = json.loads(reply)
    assert (error["status"], error["outcome"]) == ("invalid_argument", "not_sent")
    return error


def page_of(command, number, pages):
    """A canned page of a list, with nothing but ids in it."""
    operation = OPERATIONS[command]
    pagination = {"current_page": number, "total_pages": pages, "total": pages, "per_page": 1, "large_set": False}
    relation = {"disk": {"id": f"item_{number}"}} if command == "virtual_machine_disk_list" else {}
    items = [{"id": f"item_{number}", **relation}]
    body = {"disk_template": {"id": "x"}} if command == "disk_template_version_list" else {}
    return {"status": 200, "body": {**body, "pagination": pagination, operation.items: items}}


# The operations of which C gives the answer as it came.
REPLIED = [
    name for name, entry in TABLE.items() if not (entry.several or entry.polls or entry.items or entry.is_cloud)
]


def exchange(face, sim, name):
    """One call with a canned answer: C gets the body byte for byte, blanks and what nobody knows included."""
    operation = TABLE[name]
    answer = json.dumps({**operation.answer, "new": {"key": 1.50}}, indent=3) + "\n"
    headers = {"Content-Type": "application/json"}
    sim.answer({"status": operation.status, "headers": headers, "body_text": answer})
    assert face.send(*fields(name, operation.arguments)) == ["ok", answer]


def wait_for_everything(face, sim):
    """Every function that waits, with a progress function; most twice, since what is so already is not sent."""

    def done(*command):
        status, reply, looks, _ = face.send(*command, "30", "count")
        assert status == "ok", reply
        return json.loads(reply), int(looks)

    about = sim.about
    assert face.send("client_new", json.dumps(sim.katapult(organization=about["organization"]))) == ["ok", None]
    properties = {"name": "Waited for", "size_in_gb": 20, "data_center": about["data_center"]}
    create = text({"properties": properties, "idempotency_key": "c-face"})
    made, looks = done("disk_create", create)
    assert (made["disk"]["state"], made["task"]["status"]) == ("built", "completed") and looks > 0
    disk_id = made["disk"]["id"]
    again, looks = done("disk_create", create)
    assert (again["disk"]["id"], again["task"], looks) == (disk_id, None, 0)

    machine = text({"virtual_machine": about["virtual_machine"]["fqdn"]})
    profile = text({"io_profile": made["disk"]["io_profile"]["id"]})
    for command, looked in (
        (("disk_ensure_attached", disk_id, machine), True),
        (("disk_ensure_attached", disk_id, None), False),
        (("disk_ensure_size", disk_id, text({"size_in_gb": 25, "method": "online"})), True),
        (("disk_detach", disk_id), True),
        (("disk_attach", disk_id), True),
        (("disk_ensure_detached", disk_id, machine), True),
        (("disk_ensure_unassigned", disk_id, None), False),
        (("disk_resize", disk_id, text({"size_in_gb": 30})), True),
        (("disk_set_io_profile", disk_id, profile), True),
    ):
        reply, looks = done(*command)
        assert reply["disk"]["id"] == disk_id and (looks > 0) == looked, command
    sim.next_task(seconds=60)
    status, reply, looks, _ = face.send("disk_resize", disk_id, text({"size_in_gb": 35}), "30", "stop")
    assert (status, looks) == ("interrupted", "1")
    assert json.loads(reply)["outcome"] == "unknown"
    boot = about["disks"]["attached"]
    assert face.send("disk_ensure_deleted", boot, None, "30", "none")[0] == "refused"

    sim.control("POST", "clock", {"advance_seconds": 120})
    assert done("disk_ensure_deleted", disk_id, None)[0]["trash_object"]["object_id"] == disk_id
    assert done("trash_object_purge", text({"object_id": disk_id}))[0]["task"]["status"] == "completed"
    assert done("disk_ensure_deleted", disk_id, text({"purge": True})) == ({"trash_object": None}, 0)
    assert done("trash_purge_all", None)[0]["task"]["status"] == "completed"

    login = {name: about[name] for name in ("auth_url", "username", "password", "project_name", "region_name")}
    assert face.send("openstack_client_new", json.dumps(login)) == ["ok", None]
    ids = (about["server_id"], about["volume_id"])
    assert face.send("openstack_volume_attachment_list", ids[0])[0] == "ok"
    assert face.send("openstack_volume_attachment_get", *ids)[0] == "ok"
    assert done("openstack_volume_detach", *ids, None)[1] > 0
    assert face.send("openstack_volume_detach", *ids, None, "30", "none")[0] == "openstack_volume_not_attached"
    missing_ok = text({"missing_ok": True})
    assert face.send("openstack_volume_detach", *ids, missing_ok) == ["ok", '{"request_id":null}']
    assert done("openstack_volume_detach", *ids, missing_ok) == ({"request_id": None}, 0)
    assert face.send("openstack_volume_detach", *ids, text({"missing_ok": False}))[0] == "openstack_volume_not_attached"
