"""Input that the C functions must refuse, and the same under valgrind: no leak, no invalid access."""

import json
import shutil

import pytest
from c_face import CFace

ID = "disk_Ce1Fa2Ce3Te4St5X"
CREATE = {"organization": "acme", "properties": {"name": "Data", "size_in_gb": 20}}
LATIN = b"caf\xe9"
# The commands that take nothing but an id, and those with a request: what it must hold, and a good one.
BY_ID = ("disk_get", "disk_delete", "disk_unassign", "disk_attach", "disk_detach")
REQUESTS = {
    "disk_assign": ("virtual_machine", {"virtual_machine": {"fqdn": "db2.acme.example"}}),
    "disk_resize": ("size_in_gb", {"size_in_gb": 30, "resize_method": "online"}),
    "disk_set_io_profile": ("io_profile", {"io_profile": "quick"}),
}

VALGRIND = shutil.which("valgrind")
VALGRIND_COMMAND = (
    "valgrind",
    "--quiet",
    "--error-exitcode=99",
    "--leak-check=full",
    "--errors-for-leak-kinds=definite,indirect,possible",
)


def text(value):
    return json.dumps(value)


# Each with the word that the message must contain: the name of the argument that is wrong.
BAD = {
    "client NULL for create": (("no_client", "disk_create", text(CREATE)), "client"),
    "client NULL for update": (("no_client", "disk_update", ID, '{"properties":{"name":"x"}}'), "client"),
    "client NULL for task_get": (("no_client", "task_get", ID), "client"),
    "client NULL for task_wait": (("no_client", "task_wait", ID, "1", "none"), "client"),
    "client NULL for volume_detach": (("no_client", "openstack_volume_detach", "a", "b"), "client"),
    "nowhere to put the client": (("no_client", "client_new", "{}"), "client"),
    "nowhere to put the OpenStack client": (("no_client", "openstack_client_new", "{}"), "client"),
    "disk_id NULL for update": (("disk_update", None, '{"properties":{"name":"x"}}'), "disk_id"),
    "task_id NULL": (("task_get", None), "task_id"),
    "task_id not UTF-8": (("task_get", LATIN), "task_id"),
    "task_id NULL for wait": (("task_wait", None, "1", "none"), "task_id"),
    "task_id not UTF-8 for wait": (("task_wait", LATIN, "1", "count"), "task_id"),
    "timeout negative": (("task_wait", ID, "-0.001", "none"), "timeout"),
    "timeout minus infinity": (("task_wait", ID, "-inf", "none"), "timeout"),
    "timeout NaN": (("task_wait", ID, "nan", "none"), "timeout"),
    "server_id NULL": (("openstack_volume_detach", None, "b"), "server_id"),
    "server_id not UTF-8": (("openstack_volume_detach", LATIN, "b"), "server_id"),
    "volume_id NULL": (("openstack_volume_detach", "a", None), "volume_id"),
    "volume_id not UTF-8": (("openstack_volume_detach", "a", LATIN), "volume_id"),
    "request NULL": (("disk_create", None), "request_json"),
    "request NULL for update": (("disk_update", ID, None), "request_json"),
    "request empty": (("disk_create", ""), "request_json"),
    "request not UTF-8": (("disk_create", b'{"properties":{"name":"caf\xe9"}}'), "request_json"),
    "request cut off": (("disk_create", text(CREATE)[:-1]), "request_json"),
    "request with something behind it": (("disk_create", text(CREATE) + " x"), "request_json"),
    "request a list": (("disk_create", "[]"), "request_json"),
    "request a string": (("disk_update", ID, '"name"'), "request_json"),
    "request null": (("disk_update", ID, "null"), "request_json"),
    "request of a hundred thousand brackets": (("disk_create", "[" * 100_000), "request_json"),
    "unknown key": (("disk_create", text({**CREATE, "sise": 1})), "sise"),
    "unknown property": (("disk_create", text({**CREATE, "properties": {"sise": 1}})), "sise"),
    "unknown key of the relation": (
        ("disk_update", ID, '{"properties":{"virtual_machine_disk":{"bot":true}}}'),
        "bot",
    ),
    "disk in an update": (("disk_update", ID, text({"disk": {"id": ID}, "properties": {"name": "x"}})), "disk"),
    "organization in an update": (
        ("disk_update", ID, '{"organization":"acme","properties":{"name":"x"}}'),
        "organization",
    ),
    "properties missing": (("disk_create", '{"organization":"acme"}'), "name"),
    "name missing": (("disk_create", '{"organization":"acme","properties":{"size_in_gb":20}}'), "name"),
    "size missing": (("disk_create", '{"organization":"acme","properties":{"name":"Data"}}'), "size_in_gb"),
    "properties a list": (("disk_create", '{"organization":"acme","properties":[]}'), "properties"),
    "relation a boolean": (("disk_update", ID, '{"properties":{"virtual_machine_disk":true}}'), "virtual_machine_disk"),
    "annotations an object": (("disk_create", text({**CREATE, "annotations": {"a": "b"}})), "annotations"),
    "annotation without a value": (("disk_create", text({**CREATE, "annotations": [{"key": "a"}]})), "annotations"),
    "annotation with more": (
        ("disk_create", text({**CREATE, "annotations": [{"key": "a", "value": "b", "more": 1}]})),
        "annotations",
    ),
    "options cut off": (("client_new", '{"api_token":'), "options_json"),
    "options a list": (("client_new", "[]"), "options_json"),
    "options not UTF-8": (("client_new", b'{"api_token":"\xe9"}'), "options_json"),
    "options with an unknown key": (("client_new", '{"api_token":"t","tokn":"x"}'), "tokn"),
    "option of a wrong type": (("client_new", '{"api_token":["t"]}'), "api_token"),
    "OpenStack options cut off": (("openstack_client_new", "{"), "options_json"),
    "OpenStack options not UTF-8": (("openstack_client_new", b"\xff"), "options_json"),
    "OpenStack options with an unknown key": (("openstack_client_new", '{"tokn":"x"}'), "tokn"),
}


def bad_ids(command, *request):
    """A command with each client and id that it must refuse."""
    yield f"{command}: client NULL", (("no_client", command, ID, *request), "client")
    for kind, disk_id in (("NULL", None), ("empty", ""), ("not UTF-8", LATIN)):
        yield f"{command}: disk_id {kind}", ((command, disk_id, *request), "disk_id")


def bad_requests(command, needed, good):
    """A command with each request that it must refuse; `needed` is the member that it cannot do without."""
    wrong = {"NULL": None, "empty": "", "a list": "[]", "cut off": text(good)[:-1], "not UTF-8": LATIN}
    for kind, request in wrong.items():
        yield f"{command}: request {kind}", ((command, ID, request), "request_json")
    yield f"{command}: {needed} missing", ((command, ID, "{}"), needed)
    yield f"{command}: {needed} null", ((command, ID, text({**good, needed: None})), needed)
    for unknown in ("disk", "method", "disk_id", needed + "x"):
        yield f"{command}: unknown key {unknown}", ((command, ID, text({**good, unknown: "x"})), unknown)


for name in BY_ID:
    BAD.update(bad_ids(name))
for name, (needed, good) in REQUESTS.items():
    BAD.update(bad_ids(name, text(good)))
    BAD.update(bad_requests(name, needed, good))


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


def test_a_reply_may_be_null(fresh, sim):
    assert fresh.send("no_reply", "client_new", json.dumps(sim.katapult())) == ["ok", None]
    assert fresh.send("no_reply", "disk_get", sim.about["disks"]["attached"]) == ["ok", None]
    assert fresh.send("no_reply", "disk_get", "disk_0000000000000000") == ["disk_not_found", None]
    assert fresh.send("no_reply", "disk_get", None) == ["invalid_argument", None]
    assert fresh.send("no_reply", "disk_resize", sim.about["disks"]["unassigned"], '{"size_in_gb":30}') == ["ok", None]
    assert fresh.send("no_reply", "client_new", "[]") == ["invalid_argument", None]


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


@pytest.mark.skipif(VALGRIND is None, reason="valgrind is not installed")
def test_nothing_leaks_and_nothing_is_touched_that_should_not_be(sim):
    face = CFace(prefix=VALGRIND_COMMAND)
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
    # Ends the driver: valgrind reports what leaked, and its exit status says whether anything was wrong.
    face.close()
