"""Input that the C functions must refuse, and the same under valgrind: no leak, no invalid access."""

import json
import shutil
import sys

import pytest
from c_bad_input import BAD, BY_LOOKUP, BY_REQUEST, ID, LISTED, POLICY, text
from c_face import COMMANDS, CFace
from faces import LISTS
from places import C_DRIVER, C_STATIC_DRIVER, C_TESTS, SANITIZED_C_DRIVER
from test_lists import PAGES, long_list

VALGRIND = shutil.which("valgrind")
VALGRIND_COMMAND = (
    "valgrind",
    "--quiet",
    "--error-exitcode=99",
    "--leak-check=full",
    "--errors-for-leak-kinds=definite,indirect,possible",
)


@pytest.fixture(params=[C_DRIVER] if SANITIZED_C_DRIVER else [C_DRIVER, C_STATIC_DRIVER], ids=lambda path: path.name)
def watched(request):
    """A face whose driver reports what leaked and what it should not have touched, and then does not end with 0."""
    if SANITIZED_C_DRIVER:
        face = CFace()
    elif VALGRIND is None:
        pytest.skip("valgrind is not installed")
    elif sys.platform != "linux":
        pytest.skip("the libraries that a static one needs are those of Linux")
    else:
        face = CFace(prefix=VALGRIND_COMMAND, program=request.param)
    yield face
    face.close()


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


@pytest.fixture
def fresh(c_face, sim):
    yield c_face
    c_face.current.clear()


@pytest.mark.parametrize("name", BAD)
def test_bad_input(fresh, sim, name):
    command, word = BAD[name]
    assert word in refused(fresh, sim, command)["description"]
    assert sim.requests() == []


def test_no_function_goes_untried():
    tried = {"katapult_" + command[1] for command, _ in BAD.values() if command[0] == "no_client"}
    cannot_fail = ("_free", "katapult_status_name", "katapult_version", "katapult_log_set")
    assert {name for name in symbols() if not name.endswith(cannot_fail)} <= tried


def symbols():
    return (C_TESTS / "symbols.txt").read_text().split()


def test_a_reply_may_be_null(fresh, sim):
    assert fresh.send("no_reply", "client_new", json.dumps(sim.katapult())) == ["ok", None]
    assert fresh.send("no_reply", "disk_get", sim.about["disks"]["attached"]) == ["ok", None]
    assert fresh.send("no_reply", "disk_get", "disk_0000000000000000") == ["disk_not_found", None]
    assert fresh.send("no_reply", "disk_get", None) == ["invalid_argument", None]
    assert fresh.send("no_reply", "disk_resize", sim.about["disks"]["unassigned"], '{"size_in_gb":30}') == ["ok", None]
    assert fresh.send("no_reply", "client_new", "[]") == ["invalid_argument", None]


def queries(sim):
    return [dict(map(tuple, request["query"])) for request in sim.requests()]


@pytest.mark.parametrize("command", BY_LOOKUP)
def test_a_lookup_is_a_text_or_the_apis_own_object(fresh, sim, command):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    object_name = BY_LOOKUP[command]
    alternative = {"trash_object": "object_id", "virtual_machine": "fqdn"}.get(object_name, "permalink")
    # The one key of a trash object's that is not its id looks like one, so that a text is always its id.
    plain = "id" if object_name == "trash_object" else alternative
    for given, sent in (
        (ID, {"id": ID}),
        ("templates/x y", {plain: "templates/x y"}),
        (text({alternative: ID}), {alternative: ID}),
        (' {"id": "x"}', {"id": "x"}),
    ):
        sim.answer({"status": 404, "body": {"error": {"code": f"{object_name}_not_found", "description": "No"}}})
        assert fresh.send(command, given)[0] == f"{object_name}_not_found"
        request = sim.requests()[-1]
        if request["body"] is None:
            assert dict(map(tuple, request["query"])) == {f"{object_name}[{key}]": sent[key] for key in sent}
        else:
            assert request["body"] == {object_name: sent}


def page_of(command, number, pages):
    """A canned page of a list, with nothing but ids in it."""
    operation = next(operation for operation, (known, *_) in COMMANDS.items() if known == f"{command}_pages")
    pagination = {"current_page": number, "total_pages": pages, "total": pages, "per_page": 1, "large_set": False}
    relation = {"disk": {"id": f"item_{number}"}} if command == "virtual_machine_disk_list" else {}
    items = [{"id": f"item_{number}", **relation}]
    body = {"disk_template": {"id": "x"}} if command == "disk_template_version_list" else {}
    return {"status": 200, "body": {**body, "pagination": pagination, LISTS[operation]: items}}


@pytest.mark.parametrize("command", LISTED)
def test_every_list_gives_one_page_or_all(fresh, sim, command):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    request = text({**LISTED[command][1], "page": 2})
    sim.answer(page_of(command, 2, 3))
    status, one = fresh.send(command, request)
    assert (status, json.loads(one)) == ("ok", page_of(command, 2, 3)["body"])
    sim.answer(page_of(command, 2, 3), page_of(command, 3, 3))
    status, reply, *pages = fresh.send(f"{command}_pages", request, "all")
    assert (status, reply, pages[0]) == ("ok", None, one), "a page is what the call for one page replies"
    assert json.loads(pages[1]) == page_of(command, 3, 3)["body"]
    assert [query["page"] for query in queries(sim)] == ["2", "2", "3"]
    sim.answer(page_of(command, 1, 3))
    status, _, *pages = fresh.send(f"{command}_pages", request, "stop")
    assert (status, len(pages)) == ("interrupted", 1)
    sim.answer(page_of(command, 2, 2))
    assert fresh.send("no_reply", f"{command}_pages", request, "all")[:2] == ["ok", None]


@pytest.mark.parametrize("command", [command for command, (needed, _) in BY_REQUEST.items() if needed is None])
def test_a_request_that_is_null_is_about_the_clients_organization(fresh, sim, command):
    assert fresh.send("client_new", text(sim.katapult(organization="acme"))) == ["ok", None]
    if command in LISTED:
        for name, how in ((command, ()), (f"{command}_pages", ("all",))):
            sim.answer(page_of(command, 1, 1))
            assert fresh.send(name, None, *how)[0] == "ok"
        assert {query["organization[sub_domain]"] for query in queries(sim)} == {"acme"}
    else:
        sim.answer({"status": 200, "body": {"task": {"id": "task_1", "status": "pending"}}})
        assert fresh.send(command, None)[0] == "ok"
        assert sim.requests()[-1]["body"] == {"organization": {"sub_domain": "acme"}}


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


@pytest.mark.parametrize("command", EXCHANGES)
def test_what_is_sent_and_what_comes_back(fresh, sim, command):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    sent = exchange(fresh, sim, command)
    _, method, path, body, _ = EXCHANGES[command]
    assert (sent["method"], sent["path"], sent["body"]) == (method, "/core/v1" + path, body)


def most_memory(pid):
    """The most memory that a process has had at a time, in KiB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc elsewhere")
@pytest.mark.skipif(bool(SANITIZED_C_DRIVER), reason="a sanitizer keeps what was freed for a while")
def test_c_holds_one_page_of_a_hundred_thousand_disks(fault_server):
    fault_server.run(long_list)
    # A process of its own: what others had before would hide what this one takes.
    face = CFace()
    assert face.use("client_new", fault_server.katapult(organization="acme")) is None
    assert face.send("disk_list_pages", None, "stop")[0] == "interrupted"
    before = most_memory(face.pid)
    status, reply, pages, size = face.send("disk_list_pages", None, "count")
    kib = most_memory(face.pid) - before
    face.close()
    assert (status, reply, int(pages)) == ("ok", None, PAGES)
    assert int(size) > 8 << 20, "the pages together must be too large to go unnoticed"
    assert kib < 4096, f"{kib} KiB more for the other {PAGES - 1} pages"


def test_freeing_null(fresh):
    for command in ("client_free", "openstack_client_free", "string_free"):
        assert fresh.send("no_client", command) == ["ok"]


def test_null_options_are_the_environment(fresh):
    # The tests run without any KATAPULT_ variable, so there is no token.
    status, reply = fresh.send("client_new", None)
    assert status == "invalid_configuration"
    assert "KATAPULT_API_TOKEN" in json.loads(reply)["description"]
    status, _ = fresh.send("openstack_client_new", None)
    assert status == "invalid_configuration"


def test_a_timeout_of_infinity_is_no_limit(fresh, sim):
    assert fresh.send("client_new", json.dumps(sim.katapult())) == ["ok", None]
    disk_id = sim.about["disks"]["attached"]
    task_id = json.loads(fresh.send("disk_detach", disk_id)[1])["task"]["id"]
    status, reply, *_ = fresh.send("task_wait", task_id, "inf", "none")
    assert (status, json.loads(reply)["task"]["status"]) == ("ok", "completed")


def use_and_delete(face, sim, disk_id):
    """Calls with a request and without, that succeed and that the service refuses."""
    machine = sim.about["virtual_machine"]["fqdn"]
    assign = ("disk_assign", disk_id, text({"virtual_machine": machine}))
    assert face.send(*assign)[0] == "ok"
    assert face.send(*assign)[0] == "unable_to_assign"
    attached = json.loads(face.send("disk_attach", disk_id)[1])
    assert face.send("task_wait", attached["task"]["id"], "20", "none")[0] == "ok"
    for command, status in (
        (("disk_unassign", disk_id), "unable_to_unassign"),
        (("disk_resize", disk_id, text({"size_in_gb": 30})), "validation_error"),
        (("disk_resize", disk_id, text({"size_in_gb": 30, "resize_method": "online"})), "ok"),
        (("disk_set_io_profile", disk_id, text({"io_profile": {"permalink": "no-such"}})), "disk_io_profile_not_found"),
        (("disk_set_io_profile", disk_id, text({"io_profile": "100k"})), "ok"),
        (("disk_delete", disk_id), "validation_error"),
    ):
        assert face.send(*command)[0] == status, command
    detached = json.loads(face.send("disk_detach", disk_id)[1])
    assert face.send("task_wait", detached["task"]["id"], "20", "none")[0] == "ok"
    for command, status in (("disk_unassign", "ok"), ("disk_delete", "ok"), ("disk_delete", "object_in_trash")):
        assert face.send(command, disk_id)[0] == status, command


def test_nothing_leaks_and_nothing_is_touched_that_should_not_be(watched, sim):
    face = watched
    for command, _ in BAD.values():
        refused(face, sim, command)
    for command in ("client_free", "openstack_client_free", "string_free"):
        assert face.send("no_client", command) == ["ok"]

    assert face.send("no_reply", "client_new", json.dumps(sim.katapult())) == ["ok", None]
    assert face.send("no_reply", "disk_get", "disk_0000000000000000") == ["disk_not_found", None]
    body = {
        "organization": sim.about["organization"],
        "properties": {"name": "Valgrind", "size_in_gb": 20, "data_center": sim.about["data_center"]},
    }
    made, reply = face.send("disk_create", json.dumps(body))
    assert made == "ok", reply
    made = json.loads(reply)
    status, _, calls, _ = face.send("task_wait", made["task"]["id"], "20", "count")
    assert status == "ok"
    assert int(calls) > 0
    disk_id = made["disk"]["id"]
    for command in (("disk_get", disk_id), ("disk_update", disk_id, '{"properties":{"name":"x"}}')):
        assert face.send(*command)[0] == "ok"
    assert face.send("disk_detach", disk_id)[0] == "unassigned_disk"
    use_and_delete(face, sim, disk_id)
    all_disks = json.dumps({"organization": sim.about["organization"], "per_page": 1})
    for how, status in (("all", "ok"), ("stop", "interrupted"), ("none", "invalid_argument")):
        assert face.send("disk_list_pages", all_disks, how)[0] == status
    for command in EXCHANGES:
        exchange(face, sim, command)
    for command, (_, good) in LISTED.items():
        for how, status in (("all", "ok"), ("stop", "interrupted"), ("count", "ok")):
            sim.answer(page_of(command, 1, 1))
            assert face.send(f"{command}_pages", text(good), how)[0] == status
        sim.answer(page_of(command, 1, 1))
        assert face.send(command, text(good))[0] == "ok"
    for command in (("disk_detach", disk_id), ("disk_resize", disk_id, '{"size_in_gb":30}')):
        sim.answer({"status": 502, "headers": {"Content-Type": "text/html"}, "body_text": "<html>Bad Gateway</html>"})
        assert face.send(*command)[0] == "invalid_response"
    sim.next_task(seconds=60)
    attached = sim.about["disks"]["attached"]
    task_id = json.loads(face.send("disk_detach", attached)[1])["task"]["id"]
    assert face.send("task_wait", task_id, "20", "stop")[0] == "interrupted"
    assert face.send("task_wait", task_id, "0", "none")[0] == "timed_out"

    assert face.send("openstack_client_new", json.dumps(sim.openstack())) == ["ok", None]
    ids = (sim.about["server_id"], sim.about["volume_id"])
    assert face.send("openstack_volume_detach", *ids)[0] == "ok"
    assert face.send("openstack_volume_detach", "no-such-server", ids[1])[0] == "openstack_not_found"


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


def test_everything_that_waits(fresh, sim):
    wait_for_everything(fresh, sim)


def test_what_waits_leaks_nothing(watched, sim):
    wait_for_everything(watched, sim)
