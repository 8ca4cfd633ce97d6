"""The C functions: the input that they must refuse, what they send, and what they reply."""

import json

import pytest
from after_task import looks_after
from c_bad_input import BAD, BY_LOOKUP, ID, LISTED, text
from c_header import declared
from c_requests import MAY_BE_NULL, OPERATIONS, REQUESTS, good_texts
from c_stories import REPLIED, exchange, page_of, refused, wait_for_everything
from table import TABLE, c_name


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


@pytest.mark.parametrize("command", LISTED)
def test_every_list_gives_one_page_or_all(fresh, sim, command):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    request = text({**LISTED[command], "page": 2})
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


OF_ORGANIZATIONS = [name for name in sorted(MAY_BE_NULL) if "organization" in REQUESTS[name]]


@pytest.mark.parametrize("command", OF_ORGANIZATIONS)
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


@pytest.mark.parametrize("operation", REPLIED)
def test_an_answer_comes_byte_for_byte(fresh, sim, operation):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    exchange(fresh, sim, operation)


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


TASK = {"id": "task_1", "name": "x", "status": "pending", "progress": 0}
STARTS = [c_name(operation) for operation in TABLE.values() if operation.task and not operation.is_cloud]
ALWAYS_WAIT = {c_name(operation) for operation in TABLE.values() if operation.several or operation.polls}


def test_it_is_known_how_each_waits():
    waits = {name for name, given in declared().items() if "const katapult_wait *" in given.values()}
    assert waits == {*STARTS, *ALWAYS_WAIT, "openstack_volume_detach"}


@pytest.mark.parametrize("command", STARTS)
def test_without_a_wait_a_call_returns_when_the_service_has_accepted(fresh, sim, command):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    of_a_disk = "disk" in OPERATIONS[command].answer
    disk = {"disk": {"id": OPERATIONS[command].arguments.get("disk_id", ID)}, "annotations": []}
    started = {"task": TASK, **(disk if of_a_disk else {})}
    sim.answer({"status": 200, "body": started})
    status, reply = fresh.send(command, *good_texts(command))
    assert (status, json.loads(reply)["task"]["status"]) == ("ok", "pending")
    assert len(sim.requests()) == 1

    sim.answer({"status": 200, "body": started}, {"status": 200, "body": {"task": {**TASK, "status": "completed"}}})
    sim.answer(*looks_after(OPERATIONS[command].name, disk["disk"] if of_a_disk else None).values())
    status, reply, looks, seen = fresh.send(command, *good_texts(command), "0", "count")
    assert (status, json.loads(reply)["task"]["status"], looks) == ("ok", "completed", "1"), reply
    assert json.loads(seen)["id"] == TASK["id"]

    # No time at all is one poll.
    sim.answer({"status": 200, "body": started}, {"status": 200, "body": {"task": TASK}})
    sim.forget_requests()
    status, reply, looks, _ = fresh.send(command, *good_texts(command), "0", "count")
    error = json.loads(reply)
    assert (status, error["outcome"], looks) == ("timed_out", "unknown", "1")
    assert error["detail"]["task"] == TASK
    assert len(sim.requests()) == 2


def test_what_always_waits_does_so_without_a_wait_too(fresh, sim):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    sim.next_task(seconds=0.5)
    task_id = json.loads(fresh.send("disk_detach", sim.about["disks"]["attached"])[1])["task"]["id"]
    status, reply = fresh.send("task_wait", task_id)
    assert (status, json.loads(reply)["task"]["status"]) == ("ok", "completed")

    disk_id = sim.about["disks"]["unassigned"]
    machine = text({"virtual_machine": sim.about["virtual_machine"]["fqdn"]})
    for command, request in (
        ("disk_ensure_attached", machine),
        ("disk_ensure_size", '{"size_in_gb":90,"method":"online"}'),
        ("disk_ensure_detached", None),
        ("disk_ensure_unassigned", None),
        ("disk_ensure_deleted", '{"purge":true}'),
    ):
        sim.next_task(seconds=0.5)
        assert fresh.send(command, disk_id, request)[0] == "ok", command
    assert {"disk_ensure_attached", "disk_ensure_size"} < ALWAYS_WAIT


def test_everything_that_waits(fresh, sim):
    wait_for_everything(fresh, sim)
