"""A volume counts as not attached only if that is proven: every id that is mistaken for a volume's or a server's."""

import pytest
from faces import Cloud
from faults import answer
from openstack_stories import DELETE
from stories import fails, value

UNKNOWN = "00000000-0000-4000-8000-000000000000"
SERVER = "3e9c41d7-88b2-4f06-a5d3-c7016b2f94ae"
VOLUME = "91b7d2f4-0a6e-4c38-b1f5-2e8d7c30a946"
ATTACHMENT = "5d2c8e71-43f9-4a0b-9c16-7be5f0a2d384"
MAPPING = "0c7f51a9-6e28-4d3b-8a94-1f2e5b7d9063"
HOW = [{}, {"missing_ok": True}, {"wait": True, "timeout": 10}, {"wait": True, "timeout": 10, "missing_ok": True}]


@pytest.fixture
def cloud(face, sim):
    return Cloud(face, sim)


def other_ids(sim):
    """The attachment's id and the mapping's, which Nova tells from 2.89 on."""
    listed = value(Cloud(PYTHON, sim, sim.login(compute_api_version="2.89")).list())
    attached = next(item for item in listed if item["volumeId"] == sim.about["volume_id"])
    return attached["attachment_id"], attached["bdm_uuid"]


class PythonOnly:
    """Lists with the module itself, whatever face is tested."""

    def call(self, options, operation, arguments):
        import katapult_disk
        from faces import Outcome

        client = katapult_disk.openstack.Client(**options)
        items = getattr(client, operation.removeprefix("openstack_"))(**arguments)
        return Outcome(value=[item.to_dict() for item in items])


PYTHON = PythonOnly()

# What is given, its arguments by what the simulator has, and what the message must say.
WRONG_VOLUMES = {
    "attachment id": (lambda sim: other_ids(sim)[0], "attachment's id (attachment_id); its volume is {volume}"),
    "bdm uuid": (lambda sim: other_ids(sim)[1], "mapping's id (bdm_uuid); its volume is {volume}"),
    "without dashes": (lambda sim: sim.about["volume_id"].replace("-", ""), "use {volume}"),
    "cut short": (lambda sim: sim.about["volume_id"][:-1], "cut short; {volume} begins with it"),
    "cut very short": (lambda sim: sim.about["volume_id"][:8], "cut short; {volume} begins with it"),
    "name": (lambda sim: "data-1", "data-1 is not a volume's id"),
    "the server's id": (lambda sim: sim.about["server_id"], "is the server's id"),
}


@pytest.mark.parametrize("wrong", WRONG_VOLUMES)
def test_a_wrong_volume_id_is_not_a_volume_that_is_gone(cloud, sim, wrong):
    given, says = WRONG_VOLUMES[wrong]
    volume_id, says = given(sim), says.format(volume=sim.about["volume_id"])
    sim.forget_requests()
    for how in HOW:
        error = fails(cloud.detach(volume_id=volume_id, **how), "openstack_not_found", "rejected")
        assert says in error["message"], error["message"]
    assert cloud.asked("nova").count(DELETE) <= len(HOW)
    assert value(cloud.get())["volumeId"] == sim.about["volume_id"], "still attached"


@pytest.mark.parametrize("endpoint", ["/v2.1", "/v2"])
def test_a_volume_that_nova_does_not_know(face, sim, endpoint):
    """From 2.89 on the list proves that the id is not an attachment's. /v2 has no such list, unless it is empty."""
    options = sim.openstack(endpoint=sim.about["openstack_url"] + endpoint)
    cloud = Cloud(face, sim, options)
    for how in HOW:
        outcome = cloud.detach(volume_id=UNKNOWN, **how)
        if endpoint == "/v2":
            error = fails(outcome, "openstack_not_found", "rejected")
            assert "may be an attachment's id" in error["message"]
        elif "missing_ok" in how:
            assert value(outcome) == {"request_id": None}
        else:
            fails(outcome, "openstack_volume_not_attached", "rejected")
    for volume in ("volume_id", "root_volume_id"):
        sim.volume(sim.about[volume], attached=False)
    assert value(cloud.detach(volume_id=UNKNOWN, missing_ok=True)) == {"request_id": None}


WRONG_SERVERS = {
    "unknown": (lambda sim: UNKNOWN, "looked for the server at {url}/v2.1"),
    "of another project": (lambda sim: sim.about["other_project"]["server_id"], "other projects"),
    "without dashes": (lambda sim: sim.about["server_id"].replace("-", ""), "use {server}"),
    "name": (lambda sim: "web-1", "web-1 is the name of the server {server}"),
    "name of another project's": (lambda sim: "web-2", "other projects"),
}


@pytest.mark.parametrize("wrong", WRONG_SERVERS)
def test_a_server_that_is_not_found_says_nothing_about_the_volume(cloud, sim, wrong):
    given, says = WRONG_SERVERS[wrong]
    says = says.format(server=sim.about["server_id"], url=sim.about["openstack_url"])
    for how in HOW:
        error = fails(cloud.detach(server_id=given(sim), **how), "openstack_server_not_found", "rejected")
        assert says in error["message"], error["message"]


def test_server_and_volume_swapped(cloud, sim):
    swapped = {"server_id": sim.about["volume_id"], "volume_id": sim.about["server_id"]}
    for how in HOW:
        error = fails(cloud.detach(**swapped, **how), "openstack_server_not_found", "rejected")
        assert f"swapped: {sim.about['server_id']} is the id of a server" in error["message"]


def test_upper_case_is_told_how_to_write_it(cloud, sim):
    for argument in ("server_id", "volume_id"):
        error = fails(cloud.detach(**{argument: sim.about[argument].upper()}), "invalid_argument", "not_sent")
        assert f"use {sim.about[argument]}" in error["message"]
    assert "not a name" in fails(cloud.detach(server_id="Web 1"), "invalid_argument", "not_sent")["message"]


def test_get_does_not_say_not_attached_of_an_id_that_is_none(cloud, sim):
    bare = sim.about["volume_id"].replace("-", "")
    error = fails(cloud.get(volume_id=bare), "openstack_not_found", "rejected")
    assert "UUID with its hyphens" in error["message"]
    fails(cloud.get(volume_id=UNKNOWN), "openstack_volume_not_attached", "rejected")
    fails(cloud.get(server_id=UNKNOWN), "openstack_server_not_found", "rejected")
    fails(cloud.list(server_id=UNKNOWN), "openstack_server_not_found", "rejected")


# Answers of a cloud that contradicts itself, or breaks


def nova(face, server, **how):
    options = server.openstack(user_agent="absence", timeout=5)
    return face.call(options, "openstack_detach_volume", {"server_id": SERVER, "volume_id": VOLUME, **how})


def not_found(message):
    return answer(404, {"itemNotFound": {"code": 404, "message": message}})


def attached(*volumes):
    return answer(200, {"volumeAttachments": [{"volumeId": volume, "serverId": SERVER} for volume in volumes]})


NOT_ATTACHED = not_found(f"Instance {SERVER} is not attached to volume {VOLUME}")
IN_USE = "Invalid volume: Unable to detach volume. Volume status must be 'in-use'"
NO_VOLUME = not_found(f"Volume {VOLUME} could not be found.")
NO_SERVER = not_found(f"Instance {SERVER} could not be found.")
PAGE = answer(404, b"<html>404 page not found</html>", {"Content-Type": "text/html"})
CINDER = not_found("The resource could not be found.")
TOO_NEW = answer(406, {"computeFault": {"code": 406, "message": "Version 2.89 is not supported by the API."}})
# What the list says after "not attached", and what the error must be; None where that is proof.
LISTS = {
    "it is not in the list": ([attached(UNKNOWN)], None),
    "an old cloud, not in the list": ([TOO_NEW, attached(UNKNOWN)], None),
    "it is in the list": ([attached(UNKNOWN, VOLUME)], "invalid_response"),
    "in capitals": ([attached(VOLUME.upper())], "openstack_not_found"),
    "without dashes": ([attached(VOLUME.replace("-", ""))], "openstack_not_found"),
    "no server": ([NO_SERVER], "invalid_response"),
    "a page": ([PAGE], "invalid_configuration"),
    "another service": ([CINDER], "invalid_configuration"),
    "forbidden": ([answer(403, {"forbidden": {"code": 403, "message": "No."}})], "openstack_forbidden"),
    "broken": ([answer(500, {"computeFault": {"code": 500, "message": "No."}})], "openstack_error"),
    "another shape": ([answer(200, {"volumeAttachments": [{"device": "/dev/vdb"}]})], "invalid_response"),
    "another server's": (
        [answer(200, {"volumeAttachments": [{"volumeId": UNKNOWN, "serverId": UNKNOWN}]})] * 2,
        "invalid_response",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_only_a_list_that_was_read_is_proof(face, fault_server, name):
    lists, status = LISTS[name]
    for how in HOW:
        fault_server.run(NOT_ATTACHED, *lists)
        outcome = nova(face, fault_server, **how)
        assert fault_server.count("DELETE") == 1 and fault_server.count() == 1 + len(lists)
        if status is None and "missing_ok" in how:
            assert value(outcome) == {"request_id": None}
        elif status is None:
            fails(outcome, "openstack_volume_not_attached", "rejected")
        else:
            message = fails(outcome, status, "rejected")["message"]
            assert "is not attached to volume" in message, "Nova's words"


def test_the_list_is_asked_for_the_ids_that_are_mistaken(face, fault_server):
    ids = {"volumeId": UNKNOWN, "attachment_id": VOLUME, "bdm_uuid": MAPPING}
    fault_server.run(NO_VOLUME, answer(200, {"volumeAttachments": [ids]}))
    error = fails(nova(face, fault_server, missing_ok=True), "openstack_not_found", "rejected")
    assert f"its volume is {UNKNOWN}" in error["message"]
    [_, asked] = fault_server.requests
    assert "compute 2.89" in str(asked.headers)


NOT_NOVAS = {
    "Keystone": answer(404, {"error": {"code": 404, "message": "Could not find it.", "title": "Not Found"}}),
    "before Nova": answer(404, {"message": "No.<br />", "code": "404 Not Found", "title": "Not Found"}),
    "Cinder": CINDER,
    "a page": PAGE,
}


@pytest.mark.parametrize("name", NOT_NOVAS)
def test_another_services_404_is_a_wrong_url(face, fault_server, name):
    for how in ({}, {"missing_ok": True}):
        fault_server.run(NOT_NOVAS[name])
        error = fails(
            nova(face, fault_server, **how), "invalid_configuration", "unknown" if name == "a page" else "rejected"
        )
        assert f"{fault_server.url()}/v2.1/servers/{SERVER}/os-volume_attachments/{VOLUME}" in error["message"]
        assert "endpoint" in error["message"]
        assert fault_server.count() == 1


# During the wait


ACCEPTED = answer(202, b"")


def test_the_wait_ends_when_nova_says_not_attached(face, fault_server):
    fault_server.run(ACCEPTED, NOT_ATTACHED)
    assert nova(face, fault_server, wait=True).error is None
    assert [request.method for request in fault_server.requests] == ["DELETE", "GET"]


@pytest.mark.parametrize("missing_ok", [False, True])
def test_a_server_that_disappears_leaves_the_volume_unknown(face, fault_server, missing_ok):
    fault_server.run(ACCEPTED, NO_SERVER)
    outcome = nova(face, fault_server, wait=True, missing_ok=missing_ok)
    error = fails(outcome, "openstack_server_not_found", "unknown")
    assert "the server disappeared during the detach; check the volume" in error["message"]


def test_a_volume_that_is_not_found_any_more_is_looked_for_in_the_list(face, fault_server):
    fault_server.run(ACCEPTED, NO_VOLUME, attached(UNKNOWN))
    assert nova(face, fault_server, wait=True).error is None
    fault_server.run(ACCEPTED, NO_VOLUME, attached(VOLUME))
    error = fails(nova(face, fault_server, wait=True), "invalid_response", "unknown")
    assert "may still happen" in error["message"]


def test_a_lost_answer_is_no_proof_for_an_id_that_is_none(cloud, sim):
    """Nova has never looked for the volume, and says "not attached" of every id."""
    attachment_id, _ = other_ids(sim)
    for volume_id in (attachment_id, sim.about["volume_id"].replace("-", ""), "data-1"):
        sim.answer({"method": "DELETE", "service": "nova", "status": 202, "body_text": "", "send": "nothing"})
        outcome = cloud.detach(volume_id=volume_id, wait=True, timeout=10, missing_ok=True)
        error = fails(outcome, "openstack_not_found", "unknown")
        assert "may still happen" in error["message"]


# Nova refuses what is not in use


def test_a_reserved_volume_is_no_detach_under_way(cloud, sim):
    sim.volume(sim.about["volume_id"], reserved=True)
    for how in HOW:
        error = fails(cloud.detach(**how), "openstack_bad_request", "rejected")
        assert "must be 'in-use'" in error["message"]
    assert cloud.asked().count(DELETE) == len(HOW)


def test_a_reserved_volume_beside_a_detach_of_another_volume(cloud, sim):
    """The records do not say which volume a detach is of; when it has ended, Nova's words are the error."""
    actions = {"instanceActions": [{"action": "detach_volume", "request_id": "req-1", "message": None}]}
    event = {"event": "compute_detach_volume", "finish_time": None, "result": None}
    record = {"instanceAction": {**actions["instanceActions"][0], "events": [event]}}
    sim.volume(sim.about["volume_id"], reserved=True)
    looks = [{"status": 200, "body": actions}, {"status": 200, "body": record}]
    sim.answer(*({"method": "GET", "service": "nova", **look} for look in looks))
    error = fails(cloud.detach(), "openstack_already_detaching", "rejected")
    assert "must be 'in-use'" in error["message"]
    sim.answer(*({"method": "GET", "service": "nova", **look} for look in looks))
    error = fails(cloud.detach(wait=True, timeout=30), "openstack_bad_request", "rejected")
    assert "must be 'in-use'" in error["message"]


def test_a_detach_by_others_that_fails(cloud, sim):
    sim.volume(sim.about["volume_id"], detach="fails", detach_seconds=2)
    begun = value(cloud.detach())["request_id"]
    error = fails(cloud.detach(wait=True, timeout=30), "openstack_detach_failed", "rejected")
    assert error["request_id"] == begun and begun in error["message"]


def test_a_detach_by_others_where_events_are_not_seen(face, sim):
    """Before 2.51 the newest action counts, if it began a short time ago."""
    cloud = Cloud(face, sim, sim.openstack(endpoint=sim.about["openstack_url"] + "/v2"))
    sim.volume(sim.about["volume_id"], detach_seconds=3)
    value(cloud.detach())
    fails(cloud.detach(), "openstack_already_detaching", "rejected")
    assert value(cloud.detach(wait=True, timeout=30)) == {"request_id": None}


def test_if_actions_are_forbidden_novas_words_are_the_error(cloud, sim):
    sim.conditions(actions_forbidden=True)
    sim.volume(sim.about["volume_id"], detach_seconds=30)
    value(cloud.detach())
    fails(cloud.detach(), "openstack_bad_request", "rejected")
    fails(cloud.detach(wait=True, timeout=20), "openstack_bad_request", "rejected")


def test_a_detach_that_ends_while_nova_refuses_another(cloud, sim):
    """It ends before the server's actions are read."""
    refusal = {"method": "DELETE", "service": "nova", "status": 400}
    sim.volume(sim.about["volume_id"], attached=False)
    for how in HOW:
        sim.answer({**refusal, "body": {"badRequest": {"code": 400, "message": IN_USE}}})
        outcome = cloud.detach(**how)
        if how == {}:
            fails(outcome, "openstack_volume_not_attached", "rejected")
        else:
            assert value(outcome) == {"request_id": None}


def test_a_volume_whose_attach_is_ending_is_detached_after_it(cloud, sim):
    sim.volume(sim.about["volume_id"], attach_seconds=1.5)
    error = fails(cloud.detach(), "openstack_bad_request", "rejected")
    assert "must be 'in-use'" in error["message"]
    assert value(cloud.detach(wait=True, timeout=30))["request_id"].startswith("req-")
    assert cloud.asked().count(DELETE) == 3
    fails(cloud.get(), "openstack_volume_not_attached", "rejected")


def test_a_volume_that_others_detach_while_an_attach_is_under_way(face, fault_server):
    """The attach of another volume is the newest action, so the DELETE is repeated, and finds nothing."""
    refusal = answer(400, {"badRequest": {"code": 400, "message": IN_USE}})
    actions = {"action": "attach_volume", "request_id": "req-1", "message": None}
    event = {"event": "compute_attach_volume", "finish_time": None, "result": None}
    looks = [
        answer(200, {"instanceActions": [actions]}),
        answer(200, {"instanceAction": {**actions, "events": [event]}}),
    ]
    fault_server.run(refusal, *looks, NOT_ATTACHED, attached(UNKNOWN), NOT_ATTACHED)
    assert value(nova(face, fault_server, wait=True)) == {"request_id": None}
    assert fault_server.count("DELETE") == 2


def test_a_server_that_is_busy_for_a_moment(cloud, sim):
    sim.control("POST", f"servers/{sim.about['server_id']}", {"task_state": "reboot_started", "task_seconds": 1.5})
    error = fails(cloud.detach(), "openstack_conflict", "rejected")
    assert "task_state reboot_started" in error["message"]
    assert value(cloud.detach(wait=True, timeout=30))["request_id"].startswith("req-")
    assert cloud.asked().count(DELETE) == 3


def test_a_server_that_stays_busy(cloud, sim):
    sim.control("POST", f"servers/{sim.about['server_id']}", {"task_state": "migrating"})
    error = fails(cloud.detach(wait=True, timeout=3), "openstack_conflict", "rejected")
    assert "task_state migrating" in error["message"] and "timeout of 3 s" in error["message"]
    assert cloud.asked().count(DELETE) == 2
    error = fails(cloud.detach(wait=True, timeout=0), "openstack_conflict", "rejected")
    assert cloud.asked().count(DELETE) == 3
