"""What a real Nova and a real Keystone answered, through every face. The captures are not a part of this project."""

import json
import re

import pytest
from cases import one_line
from places import NOVA_CAPTURES
from simulator import origin
from stories import fails, value

KINDS = {
    400: "openstack_bad_request",
    401: "openstack_unauthorized",
    403: "openstack_forbidden",
    404: "openstack_not_found",
    409: "openstack_conflict",
}
# What the server decides for its own connection.
CONNECTION = ("content-length", "connection", "date", "transfer-encoding")
ATTACHMENTS = re.compile(r"(GET|DELETE) \S*/os-volume_attachments(/[^/ ]+)? ")
IDS = {"server_id": "5e0f-1a", "volume_id": "5e0f-1b"}


class Capture:
    def __init__(self, line):
        self.case = line["case"]
        self.request = line["request"]["line"]
        response = line.get("response") or {}
        # None where no answer came.
        self.status, self.text = response.get("status"), response.get("body")
        self.headers = dict(response.get("headers") or [])

    @property
    def body(self):
        return json.loads(self.text)

    @property
    def request_id(self):
        lower = {key.lower(): text for key, text in self.headers.items()}
        return lower.get("x-compute-request-id")

    @property
    def operation(self):
        found = ATTACHMENTS.match(self.request)
        if found is None:
            return None
        if found[1] == "DELETE":
            return "openstack_detach_volume"
        return f"openstack_{'get_volume_attachment' if found[2] else 'list_volume_attachments'}"

    @property
    def ids(self):
        """Those of its request; where they cannot be asked for, others."""
        found = re.search(r"/servers/([^/ ]+)/os-volume_attachments(?:/([^/ ]+))? ", self.request)
        given = dict(zip(IDS, (text and text.lower() for text in found.groups()))) if found else {}
        return {**IDS, **{name: text for name, text in given.items() if re.fullmatch("[0-9a-z-]+", text or "")}}

    def answer(self, **how):
        headers = {key: text for key, text in self.headers.items() if key.lower() not in CONNECTION}
        return {"status": self.status, "headers": headers, "body_text": self.text, **how}


def captures():
    if not NOVA_CAPTURES.exists():
        return []
    lines = NOVA_CAPTURES.read_text(encoding="utf-8").splitlines()
    return [capture for capture in map(Capture, map(json.loads, lines)) if capture.status]


def parameters(chosen):
    return [pytest.param(capture, id=f"{capture.case}-{index}") for index, capture in enumerate(chosen)]


CAPTURES = captures()
OF_NOVA = parameters(capture for capture in CAPTURES if capture.operation)
LOGINS = parameters(capture for capture in CAPTURES if capture.request.startswith("POST /v3/auth/tokens "))
CATALOGS = [capture for capture in CAPTURES if capture.request.startswith("GET /v3/auth/catalog ")]
pytestmark = pytest.mark.skipif(
    not CAPTURES, reason=f"{NOVA_CAPTURES} is not there; KATAPULT_NOVA_CAPTURES may name the file"
)


@pytest.fixture
def replay(face, running_simulator):
    """Gives these answers in turn to one call."""
    sim = running_simulator
    sim.clear()

    def replaying(answers, operation, options, **arguments):
        sim.answer(*answers)
        outcome = face.call(options, operation, arguments)
        assert len(sim.requests()) == len(answers)
        assert sim.drop_answers() == 0
        return outcome

    return replaying


@pytest.mark.parametrize("capture", OF_NOVA)
def test_capture(replay, running_simulator, capture):
    arguments = {"server_id": capture.ids["server_id"]} if "list" in capture.operation else capture.ids
    answers = [capture.answer(), *reads_after(capture)]
    outcome = replay(answers, capture.operation, running_simulator.openstack(), **arguments)
    if capture.status in (200, 202):
        assert value(outcome) == expected(capture)
        return
    error = outcome.error
    assert error is not None, f"should have failed, gave {outcome.value}"
    assert error["status"] == kind(capture)
    assert error["http_status"] == capture.status
    assert error["request_id"] == capture.request_id
    if capture.status >= 400:
        certain = capture.status < 500 and capture.text.startswith("{")
        assert error["outcome"] == ("rejected" if certain else "unknown")
    check_words(error, capture.text)


def reads_after(capture):
    """What a refused detach reads to explain itself: a server without volumes, or one that does nothing."""
    if capture.operation != "openstack_detach_volume":
        return []
    attached = {"serverId": capture.ids["server_id"], "volumeId": capture.ids["volume_id"]}
    nothing = {"itemNotFound": {"code": 404, "message": "Instance x could not be found."}}
    if "Unable to detach volume" in capture.text:
        bodies = [{"instanceActions": []}, {"volumeAttachment": attached}]
    elif not says_object(capture):
        bodies = []
    elif says_server(capture):
        names = [] if is_uuid(capture.ids["server_id"]) else [{"servers": []}]
        return [{"status": 404, "body": nothing}, *({"status": 200, "body": body} for body in names)]
    else:
        bodies = [{"volumeAttachments": []}]
    return [{"status": 200, "body": body} for body in bodies]


def is_uuid(text):
    return re.fullmatch("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", text) is not None


def says_object(capture):
    return '"itemNotFound"' in capture.text


def says_server(capture):
    return re.search(r'"Instance \S+ could not be found', capture.text) is not None


def expected(capture):
    if capture.status == 202:
        return {"request_id": capture.request_id}
    [result] = capture.body.values()
    return result


def kind(capture):
    """The status of a refusal: some have one of their own, by Nova's words."""
    if "root device" in capture.text:
        return "openstack_root_device"
    if capture.status == 404 and not says_object(capture):
        return "invalid_configuration"
    if capture.status == 404 and says_server(capture):
        return "openstack_server_not_found"
    if capture.status == 404 and is_uuid(capture.ids["volume_id"]):
        return "openstack_volume_not_attached"
    if 400 <= capture.status < 500 and not capture.text.startswith("{"):
        return "invalid_response"
    return KINDS.get(capture.status, "openstack_error")


def check_words(error, text):
    """The fault key and Nova's message; texts without a fault key must at least be found in the message."""
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    faults = [(key, fault) for key, fault in (body or {}).items() if isinstance(fault, dict) and "message" in fault]
    if faults:
        [(key, fault)] = faults
        assert error["code"] == key
        assert error["description"] == one_line(fault["message"])
        return
    assert error["code"] is None
    if body and "message" in body:
        assert body["message"].split("<br")[0].strip() in error["message"]
    elif "The resource could not be found." in text:
        assert "The resource could not be found." in error["message"]


# A whole detach


def named(case):
    return next(capture for capture in CAPTURES if capture.case == case)


def test_a_detach_until_the_volume_is_gone(replay, running_simulator):
    case = "ok/v2-project"
    answers = [named(name).answer() for name in (case, f"{case}/get-while", f"{case}/get-gone")]
    how = {**named(case).ids, "wait": True, "timeout": 20}
    outcome = replay(answers, "openstack_detach_volume", running_simulator.openstack(), **how)
    assert value(outcome) == {"request_id": named(case).request_id}


def test_a_detach_that_fails(replay, running_simulator):
    attached = named("stuck/get-after")
    answers = [named("stuck/first"), attached, attached, named("stuck/instance-action")]
    how = {**attached.ids, "wait": True, "timeout": 20}
    options = running_simulator.openstack()
    outcome = replay([capture.answer() for capture in answers], "openstack_detach_volume", options, **how)
    error = fails(outcome, "openstack_detach_failed", "unknown")
    assert error["request_id"] == named("stuck/first").request_id


# Keystone


def here(capture, sim):
    """A capture whose compute service is the simulator."""
    services = capture.body.get("token", capture.body).get("catalog", [])
    compute = [service["endpoints"] for service in services if service["type"] == "compute"]
    text = capture.text
    for old in {origin(endpoint["url"]) for endpoints in compute for endpoint in endpoints}:
        text = text.replace(old, origin(sim.about["openstack_url"]))
    return {**capture.answer(), "body_text": text}


def fresh(index, given):
    """Options of a client that no other test has used: its token would be there already."""
    return {**given, "user_agent": f"captures/{index}"}


@pytest.mark.parametrize(("index", "capture"), [pytest.param(i, *p.values, id=p.id) for i, p in enumerate(LOGINS)])
def test_login(replay, running_simulator, index, capture):
    sim = running_simulator
    client = fresh(index, sim.login(region_name="RegionOne"))
    if capture.status == 201 and "catalog" in capture.body["token"]:
        attached = named("before/get")
        outcome = replay([here(capture, sim), attached.answer()], "openstack_get_volume_attachment", client, **attached.ids)
        assert value(outcome) == expected(attached)
        return
    outcome = replay([capture.answer()], "openstack_get_volume_attachment", client, **IDS)
    if capture.status == 201:
        assert "no catalog" in fails(outcome, "invalid_configuration", "not_sent")["message"]
        return
    # Keystone's 404 is about a token.
    kind = "openstack_unauthorized" if capture.status == 404 else KINDS[capture.status]
    error = fails(outcome, kind, "rejected")
    assert error["http_status"] == capture.status
    assert "identity service" in error["message"]
    assert capture.body["error"]["message"] in error["message"]


def test_catalog(replay, running_simulator):
    sim, attached = running_simulator, named("before/get")
    for index, capture in enumerate(CATALOGS):
        given = {"auth_url": sim.about["auth_url"], "token": sim.about["openstack_token"]}
        client = fresh(f"catalog-{index}", given)
        sim.forget_requests()
        outcome = replay([here(capture, sim), attached.answer()], "openstack_get_volume_attachment", client, **attached.ids)
        assert value(outcome) == expected(attached)
