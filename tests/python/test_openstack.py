"""OpenStack in every face: a volume that is detached, with everything that can go wrong."""

import pytest
from faces import Cloud
from openstack_stories import ACTION, DELETE, GET, LOGIN
from stories import fails, value

# A 404 of something that is not Nova.
NOT_NOVA = [
    {"status": 404, "body": {"message": "No such resource.", "code": "404 Not Found", "title": "Not Found"}},
    {"status": 404, "body_text": "<h1>Not Found</h1>", "headers": {"Content-Type": "text/html"}},
    {"status": 404, "body_text": ""},
]


@pytest.fixture
def cloud(face, sim):
    return Cloud(face, sim)


# The life of an attachment


def test_detach_and_wait(cloud, sim):
    volume_id = sim.about["volume_id"]
    assert volume_id in [attachment["volumeId"] for attachment in value(cloud.list())]
    sim.forget_requests()
    assert value(cloud.detach(wait=True, timeout=20))["request_id"].startswith("req-")
    asked = cloud.asked()
    assert asked[0] == DELETE and asked.count(DELETE) == 1 and set(asked[1:]) <= {GET, ACTION}
    assert volume_id not in [attachment["volumeId"] for attachment in value(cloud.list())]
    fails(cloud.get(), "openstack_volume_not_attached", "rejected")
    fails(cloud.detach(), "openstack_volume_not_attached", "rejected")
    fails(cloud.detach(wait=True, timeout=20), "openstack_volume_not_attached", "rejected")


def test_detach_without_wait_returns_at_once(cloud, sim):
    sim.volume(sim.about["volume_id"], detach_seconds=3)
    assert value(cloud.detach())["request_id"].startswith("req-")
    assert value(cloud.get())["volumeId"] == sim.about["volume_id"]
    assert cloud.asked() == [LOGIN, DELETE, GET]


def test_progress_sees_the_attachment(sim):
    import katapult_disk

    client = katapult_disk.openstack.Client(**sim.login())
    sim.volume(sim.about["volume_id"], detach_seconds=1)
    seen = []
    client.detach_volume(sim.about["server_id"], sim.about["volume_id"], wait=True, timeout=20, progress=seen.append)
    assert {attachment.volume_id for attachment in seen} == {sim.about["volume_id"]}
    assert {attachment.to_dict()["serverId"] for attachment in seen} == {sim.about["server_id"]}
    assert len(seen) == 2, "at once and after 0.5 s"


def test_python_wants_wait_with_progress(sim):
    import katapult_disk

    client = katapult_disk.openstack.Client(**sim.login())
    with pytest.raises(katapult_disk.InvalidArgument, match="wait"):
        client.detach_volume(sim.about["server_id"], sim.about["volume_id"], progress=True)
    assert sim.requests() == []


def test_python_tells_the_endpoint_after_the_login(sim):
    import katapult_disk

    client = katapult_disk.openstack.Client(**sim.login())
    assert client.endpoint is None
    client.list_volume_attachments(sim.about["server_id"])
    assert client.endpoint == sim.about["openstack_url"] + "/v2.1"


@pytest.mark.parametrize("wait", [False, True])
def test_missing_ok(cloud, sim, wait):
    how = {"wait": True, "timeout": 20} if wait else {}
    value(cloud.detach(missing_ok=True, **how))
    sim.volume(sim.about["volume_id"], attached=False)
    assert value(cloud.detach(missing_ok=True, **how)) == {"request_id": None}


@pytest.mark.parametrize("microversion", ["2.70", "2.79", "2.89", "latest"])
def test_microversions(face, sim, microversion):
    cloud = Cloud(face, sim, sim.login(compute_api_version=microversion))
    attachment = value(cloud.get())
    assert attachment in value(cloud.list())
    assert ("tag" in attachment, "delete_on_termination" in attachment) == (True, microversion != "2.70")
    assert ("bdm_uuid" in attachment) == ("id" not in attachment) == (microversion in ("2.89", "latest"))
    assert value(cloud.detach(wait=True, timeout=20))["request_id"]


BAD_IDS = ["", "..", ".", "a/b", "a b", "a%2fb", "a?b", "é"]


@pytest.mark.parametrize("operation", ["get", "list", "detach"])
def test_an_id_that_would_not_arrive_as_it_is(cloud, sim, operation):
    arguments = ["server_id"] if operation == "list" else ["server_id", "volume_id"]
    for argument in arguments:
        for bad in [*BAD_IDS, sim.about[argument].upper()]:
            error = fails(getattr(cloud, operation)(**{argument: bad}), "invalid_argument", "not_sent")
            assert argument in error["message"]
    assert sim.requests() == []


@pytest.mark.parametrize("canned", NOT_NOVA, ids=["gateway", "html", "empty"])
def test_a_404_that_is_not_novas_is_not_gone(cloud, sim, canned):
    sim.volume(sim.about["volume_id"], detach_seconds=30)
    sim.answer({**canned, "method": "GET", "service": "nova"})
    error = fails(cloud.detach(wait=True, timeout=20), "invalid_configuration", "unknown")
    assert "may still happen" in error["message"]


@pytest.mark.parametrize("canned", NOT_NOVA, ids=["gateway", "html", "empty"])
@pytest.mark.parametrize("wait", [False, True])
def test_a_404_that_is_not_novas_is_not_missing(cloud, sim, canned, wait):
    sim.answer({**canned, "method": "DELETE", "service": "nova"})
    how = {"wait": True, "timeout": 20} if wait else {}
    outcome = cloud.detach(missing_ok=True, **how)
    error = fails(outcome, "invalid_configuration", "rejected" if "body" in canned else "unknown")
    assert f"/servers/{sim.about['server_id']}/os-volume_attachments/" in error["message"], "the URL that was asked"
    if "body" in canned:
        assert cloud.asked() == [LOGIN, DELETE]
        return
    # A page may hide that it happened, so that is looked for; a second DELETE is never sent.
    assert ("still attached" in error["message"]) == wait
    assert cloud.asked().count(DELETE) == 1


def test_an_answer_that_is_not_novas(cloud, sim):
    sim.answer({"status": 200, "body": {"volume": {}}, "service": "nova", "times": 2})
    fails(cloud.get(), "invalid_response", "unknown")
    fails(cloud.list(), "invalid_response", "unknown")


# What Nova refuses


@pytest.mark.parametrize(("form", "http_status"), [("bad_request", 400), ("forbidden", 403)])
@pytest.mark.parametrize("wait", [False, True])
def test_the_root_device(cloud, sim, form, http_status, wait):
    sim.conditions(root_device=form)
    how = {"wait": True, "timeout": 20} if wait else {}
    outcome = cloud.detach(volume_id=sim.about["root_volume_id"], **how)
    assert fails(outcome, "openstack_root_device", "rejected")["http_status"] == http_status
    assert cloud.asked() == [LOGIN, DELETE]
    if cloud.face.name == "python":
        errors = cloud.face.module.openstack
        assert isinstance(outcome.object, errors.BadRequest) and isinstance(outcome.object, errors.Forbidden)


def test_a_volume_that_is_being_detached(cloud, sim):
    # Long enough for a busy machine to look at the server's actions meanwhile.
    sim.volume(sim.about["volume_id"], detach_seconds=3)
    value(cloud.detach())
    outcome = cloud.detach()
    assert fails(outcome, "openstack_already_detaching", "rejected")["http_status"] == 400
    if cloud.face.name == "python":
        assert isinstance(outcome.object, cloud.face.module.openstack.BadRequest)
    assert value(cloud.detach(wait=True, timeout=20)) == {"request_id": None}
    fails(cloud.get(), "openstack_volume_not_attached", "rejected")


@pytest.mark.parametrize("state", [{"locked": True}, {"vm_state": "error"}, {"compute_down": True}], ids=str)
@pytest.mark.parametrize("wait", [False, True])
def test_a_conflict_is_not_repeated(cloud, sim, state, wait):
    sim.control("POST", f"servers/{sim.about['server_id']}", state)
    how = {"wait": True, "timeout": 20} if wait else {}
    assert fails(cloud.detach(**how), "openstack_conflict", "rejected")["code"] == "conflictingRequest"
    assert cloud.asked() == [LOGIN, DELETE]


@pytest.mark.parametrize("wait", [False, True])
def test_a_bad_request_is_not_repeated(cloud, sim, wait):
    sim.answer(
        {"status": 400, "body": {"badRequest": {"code": 400, "message": "Malformed request URL"}}, "service": "nova"}
    )
    how = {"wait": True, "timeout": 20} if wait else {}
    fails(cloud.detach(**how), "openstack_bad_request", "rejected")
    assert cloud.asked() == [LOGIN, DELETE]


def test_a_role_that_may_not_detach(face, sim):
    cloud = Cloud(face, sim, sim.login(**sim.about["reader"]))
    fails(cloud.detach(wait=True, timeout=20), "openstack_forbidden", "rejected")


# What goes wrong after that


def test_a_detach_that_fails_is_noticed_at_the_second_look(cloud, sim):
    sim.volume(sim.about["volume_id"], detach="fails")
    error = fails(cloud.detach(wait=True, timeout=20), "openstack_detach_failed", "unknown")
    assert cloud.asked() == [LOGIN, DELETE, GET, GET, ACTION]
    assert sim.requests()[-1]["path"].endswith("/" + error["request_id"]), "the request id of the DELETE"
    assert error["request_id"] in error["message"]


def test_if_actions_are_forbidden_it_waits_until_the_end(cloud, sim):
    sim.volume(sim.about["volume_id"], detach="fails")
    sim.conditions(actions_forbidden=True)
    error = fails(cloud.detach(wait=True, timeout=3), "timed_out", "unknown")
    assert "may still happen" in error["message"]
    asked = cloud.asked()
    assert (asked.count(DELETE), asked.count(ACTION)) == (1, 1)
    assert asked.count(GET) > 3
    assert error["request_id"].startswith("req-")


@pytest.mark.quiet
def test_a_slow_detach(cloud, sim):
    sim.volume(sim.about["volume_id"], detach="slow")
    assert value(cloud.detach(wait=True, timeout=20))["request_id"]
    asked = cloud.asked()
    assert asked.count(GET) == 4, "at once, after 0.5, 1.5 and 3.5 s"
    assert asked.count(DELETE) == 1


def test_without_any_time_it_looks_once(cloud, sim):
    sim.volume(sim.about["volume_id"], detach_seconds=5)
    error = fails(cloud.detach(wait=True, timeout=0), "timed_out", "unknown")
    assert "may still happen" in error["message"]
    assert cloud.asked() == [LOGIN, DELETE, GET]


LOST = ["nothing", "half_head"]


@pytest.mark.parametrize("send", LOST)
def test_a_lost_answer_of_a_detach_that_was_performed(cloud, sim, send):
    sim.answer({"method": "DELETE", "service": "nova", "perform": True, "send": send})
    value(cloud.detach(wait=True, timeout=20))
    assert cloud.asked().count(DELETE) == 1
    fails(cloud.get(), "openstack_volume_not_attached", "rejected")


@pytest.mark.parametrize("send", LOST)
def test_a_lost_answer_of_a_detach_that_was_not_performed(cloud, sim, send):
    sim.answer({"method": "DELETE", "service": "nova", "status": 202, "body_text": "", "send": send})
    outcome = cloud.detach(wait=True, timeout=20)
    assert outcome.error["outcome"] == "unknown", outcome
    assert "still attached" in outcome.error["message"]
    assert cloud.asked() == [LOGIN, DELETE, GET, GET, GET, GET]


def test_a_lost_detach_is_given_up_although_a_look_fails(cloud, sim):
    """The fourth look is the last, but that one says nothing."""
    sim.answer(
        {"method": "DELETE", "service": "nova", "status": 202, "body_text": "", "send": "nothing"},
        *[{"method": "GET", "service": "nova", "perform": True}] * 3,
        {"method": "GET", "service": "nova", "status": 500, "body": {}},
    )
    error = fails(cloud.detach(wait=True, timeout=20), "connection_failed", "unknown")
    assert "still attached" in error["message"]


@pytest.mark.parametrize("status", [202, 403, 503])
def test_an_accepted_detach_without_a_request_id(cloud, sim, status):
    """A gateway may take away the id; what follows is as uncertain as with it."""
    accepted = {"method": "DELETE", "service": "nova", "status": 202, "body_text": ""}
    look = {
        "method": "GET",
        "service": "nova",
        "status": status,
        "body": {"forbidden": {"code": 403, "message": "No."}},
    }
    sim.answer(accepted, *([] if status == 202 else [{**look, "times": 3}]))
    error = cloud.detach(wait=True, timeout=1 if status == 202 else 20).error
    assert (error["outcome"], "may still happen" in error["message"]) == ("unknown", True), error


@pytest.mark.parametrize("perform", [True, False])
def test_a_lost_answer_without_wait(cloud, sim, perform):
    canned = {"perform": True} if perform else {"status": 202, "body_text": ""}
    sim.answer({"method": "DELETE", "service": "nova", "send": "nothing", **canned})
    assert cloud.detach().error["outcome"] == "unknown"
    assert cloud.asked() == [LOGIN, DELETE]


def test_a_look_that_fails_leaves_the_detach_unknown(cloud, sim):
    sim.volume(sim.about["volume_id"], detach_seconds=30)
    refusal = {"status": 403, "body": {"forbidden": {"code": 403, "message": "No."}}}
    sim.answer({"method": "GET", "service": "nova", **refusal})
    error = fails(cloud.detach(wait=True, timeout=20), "openstack_forbidden", "unknown")
    assert "may still happen" in error["message"]


PASSING = {
    "503": {"status": 503, "body": {}},
    "lost": {"perform": True, "send": "nothing"},
    "cut short": {"perform": True, "send": "half_body"},
}


@pytest.mark.parametrize("passing", PASSING)
def test_a_look_may_fail_for_a_moment(cloud, sim, passing):
    sim.volume(sim.about["volume_id"], detach_seconds=1)
    sim.answer({"method": "GET", "service": "nova", **PASSING[passing]})
    assert value(cloud.detach(wait=True, timeout=20))["request_id"]


def test_a_block_storage_that_is_down(cloud, sim):
    sim.conditions(cinder_down=True)
    fails(cloud.detach(), "openstack_error", "unknown")
    assert fails(cloud.detach(wait=True, timeout=20), "openstack_error", "unknown")["http_status"] == 500
    assert cloud.asked("nova") == [DELETE, DELETE, GET, GET, GET, GET]
