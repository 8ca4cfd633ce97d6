"""What the tests of the C functions share."""

import json
import shutil

from c_bad_input import ID, POLICY, text
from c_face import COMMANDS
from faces import LISTS

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
    operation = next(operation for operation, (known, *_) in COMMANDS.items() if known == f"{command}_pages")
    pagination = {"current_page": number, "total_pages": pages, "total": pages, "per_page": 1, "large_set": False}
    relation = {"disk": {"id": f"item_{number}"}} if command == "virtual_machine_disk_list" else {}
    items = [{"id": f"item_{number}", **relation}]
    body = {"disk_template": {"id": "x"}} if command == "disk_template_version_list" else {}
    return {"status": 200, "body": {**body, "pagination": pagination, LISTS[operation]: items}}


# What the functions with a reply of their own send, and what of it.
EXCHANGES = {
    "data_center_list": ((), "GET", "/data_centers", None, "data_centers"),
    "disk_template_version_get": (
        (ID,),
        "GET",
        "/disk_template_versions/disk_template_version",
        None,
        "disk_template_version",
    ),
    "disk_template_version_spec_get": (
        (ID,),
        "GET",
        "/disk_template_versions/disk_template_version/spec",
        None,
        "spec",
    ),
    "disk_backup_policy_get": ((ID,), "GET", "/disk_backup_policies/disk_backup_policy", None, "disk_backup_policy"),
    "disk_backup_policy_create": (
        (text(POLICY),),
        "POST",
        "/disks/disk/disk_backup_policies",
        {**POLICY, "disk": {"id": ID}},
        "disk_backup_policy",
    ),
    "disk_backup_policy_update": (
        (ID, '{"properties":{"retention":7}}'),
        "PATCH",
        "/disk_backup_policies/disk_backup_policy",
        {"disk_backup_policy": {"id": ID}, "properties": {"retention": 7}},
        "disk_backup_policy",
    ),
    "disk_backup_policy_delete": (
        (ID,),
        "DELETE",
        "/disk_backup_policies/disk_backup_policy",
        {"disk_backup_policy": {"id": ID}},
        "disk_backup_policy",
    ),
    "disk_backup_policy_schedule_deletion": (
        (ID, '{"timestamp":1767225600}'),
        "DELETE",
        "/disk_backup_policies/disk_backup_policy/schedule",
        {"disk_backup_policy": {"id": ID}, "timestamp": 1767225600},
        "disk_backup_policy",
    ),
    "disk_template_get": ((ID,), "GET", "/disk_templates/disk_template", None, "disk_template"),
    "data_center_get": ((ID,), "GET", "/data_centers/data_center", None, "data_center"),
    "virtual_machine_get": ((ID,), "GET", "/virtual_machines/virtual_machine", None, "virtual_machine"),
    "trash_object_get": ((ID,), "GET", "/trash_objects/trash_object", None, "trash_object"),
    "trash_object_restore": (
        (ID,),
        "POST",
        "/trash_objects/trash_object/restore",
        {"trash_object": {"id": ID}},
        "trash_object",
    ),
    "trash_object_purge": ((ID,), "DELETE", "/trash_objects/trash_object", {"trash_object": {"id": ID}}, "task"),
    "trash_purge_all": (
        ('{"organization":"acme"}',),
        "POST",
        "/organizations/organization/trash_objects/purge_all",
        {"organization": {"sub_domain": "acme"}},
        "task",
    ),
}


def exchange(face, sim, command):
    """One call with a canned answer; what was sent and what C got."""
    fields, _, _, _, key = EXCHANGES[command]
    inner = '[{"id":"x","new":  1}]' if key.endswith("s") else '{"id":"x","fields":[],"new":  1}'
    more = '"disk_template_version":{"id":"x"},' if key == "spec" else ""
    answer = f'{{{more}"{key}":{inner}}}'
    sim.answer({"status": 200, "headers": {"Content-Type": "application/json"}, "body_text": answer})
    status, reply = face.send(command, *fields)
    assert (status, reply) == ("ok", answer), "C gets the body byte for byte"
    return sim.requests()[-1]


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
    made, looks = done("disk_create_wait", create)
    assert (made["disk"]["state"], made["task"]["status"]) == ("built", "completed") and looks > 0
    disk_id = made["disk"]["id"]
    again, looks = done("disk_create_wait", create)
    assert (again["disk"]["id"], again["task"], looks) == (disk_id, None, 0)

    machine = text({"virtual_machine": about["virtual_machine"]["fqdn"]})
    profile = text({"io_profile": made["disk"]["io_profile"]["id"]})
    for command, looked in (
        (("disk_ensure_attached", disk_id, machine), True),
        (("disk_ensure_attached", disk_id, None), False),
        (("disk_ensure_size", disk_id, text({"size_in_gb": 25, "resize_method": "online"})), True),
        (("disk_detach_wait", disk_id), True),
        (("disk_attach_wait", disk_id), True),
        (("disk_ensure_detached", disk_id, machine), True),
        (("disk_ensure_unassigned", disk_id, None), False),
        (("disk_resize_wait", disk_id, text({"size_in_gb": 30})), True),
        (("disk_set_io_profile_wait", disk_id, profile), True),
    ):
        reply, looks = done(*command)
        assert reply["disk"]["id"] == disk_id and (looks > 0) == looked, command
    sim.next_task(seconds=60)
    status, reply, looks, _ = face.send("disk_resize_wait", disk_id, text({"size_in_gb": 35}), "30", "stop")
    assert (status, looks) == ("interrupted", "1")
    assert json.loads(reply)["outcome"] == "unknown"
    boot = about["disks"]["attached"]
    assert face.send("disk_ensure_deleted", boot, None, "30", "none")[0] == "refused"

    sim.control("POST", "clock", {"advance_seconds": 120})
    assert done("disk_ensure_deleted", disk_id, None)[0]["trash_object"]["object_id"] == disk_id
    assert done("trash_object_purge_wait", text({"object_id": disk_id}))[0]["task"]["status"] == "completed"
    assert done("disk_ensure_deleted", disk_id, text({"purge": True})) == ({"trash_object": None}, 0)
    assert done("trash_purge_all_wait", None)[0]["task"]["status"] == "completed"

    login = {name: about[name] for name in ("auth_url", "username", "password", "project_name")}
    assert face.send("openstack_client_new", json.dumps(login)) == ["ok", None]
    ids = (about["server_id"], about["volume_id"])
    assert face.send("openstack_volume_attachment_list", ids[0])[0] == "ok"
    assert face.send("openstack_volume_attachment_get", *ids)[0] == "ok"
    assert done("openstack_volume_detach_wait", *ids)[1] > 0
    assert face.send("openstack_volume_detach_wait", *ids, "30", "none")[0] == "openstack_not_found"
