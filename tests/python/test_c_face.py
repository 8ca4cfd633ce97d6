"""The C functions: the input that they must refuse, what they send, and what they reply."""

import json

import pytest
from c_bad_input import BAD, BY_LOOKUP, BY_REQUEST, ID, LISTED, text
from c_stories import EXCHANGES, exchange, page_of, refused, wait_for_everything
from places import C_TESTS


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
    cannot_fail = ("_free", "katapult_status_name", "katapult_version", "katapult_log_set", "katapult_interrupt_set")
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


@pytest.mark.parametrize("command", EXCHANGES)
def test_what_is_sent_and_what_comes_back(fresh, sim, command):
    assert fresh.send("client_new", text(sim.katapult())) == ["ok", None]
    sent = exchange(fresh, sim, command)
    _, method, path, body, _ = EXCHANGES[command]
    assert (sent["method"], sent["path"], sent["body"]) == (method, "/core/v1" + path, body)


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


def test_everything_that_waits(fresh, sim):
    wait_for_everything(fresh, sim)
