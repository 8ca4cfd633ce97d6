"""What a real Nova answered to DELETE on volume attachments, through every face. The captures are not a part of this
project."""

import json

import pytest
from places import NOVA_CAPTURES

KINDS = {
    400: "openstack_bad_request",
    401: "openstack_unauthorized",
    403: "openstack_forbidden",
    404: "openstack_not_found",
    409: "openstack_conflict",
}
# What the server decides for its own connection.
CONNECTION = ("content-length", "connection", "date", "transfer-encoding")


def captures():
    if not NOVA_CAPTURES.exists():
        return []
    found = []
    for line in NOVA_CAPTURES.read_text(encoding="utf-8").splitlines():
        capture = json.loads(line)
        request, response = capture["request"]["line"], capture.get("response") or {}
        if request.startswith("DELETE ") and "/os-volume_attachments" in request and response.get("status"):
            found.append(pytest.param(response, id=f"{capture['case']}-{len(found)}"))
    return found


CAPTURES = captures()
pytestmark = pytest.mark.skipif(
    not CAPTURES, reason=f"{NOVA_CAPTURES} is not there; KATAPULT_NOVA_CAPTURES may name the file"
)


@pytest.mark.parametrize("response", CAPTURES)
def test_capture(face, running_simulator, response):
    sim = running_simulator
    sim.clear()
    headers = dict(response["headers"])
    sim.answer(
        {
            "status": response["status"],
            "headers": {key: text for key, text in headers.items() if key.lower() not in CONNECTION},
            "body_text": response["body"],
        }
    )
    ids = {"server_id": "5e0f-1a", "volume_id": "5e0f-1b"}
    outcome = face.call(sim.openstack(), "openstack_detach_volume", ids)
    assert len(sim.requests()) == 1
    assert sim.drop_answers() == 0

    request_id = next((text for key, text in headers.items() if key.lower() == "x-compute-request-id"), None)
    if response["status"] == 202:
        assert outcome.value == {"request_id": request_id}
        return
    error = outcome.error
    assert error is not None, f"should have failed, gave {outcome.value}"
    assert error["status"] == KINDS.get(response["status"], "openstack_error")
    assert error["http_status"] == response["status"]
    assert error["request_id"] == request_id
    if response["status"] >= 400:
        assert error["outcome"] == ("rejected" if response["status"] < 500 else "unknown")
    check_words(error, response["body"])


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
        assert error["description"] == fault["message"]
        return
    assert error["code"] is None
    if body and "message" in body:
        assert body["message"].split("<br")[0].strip() in error["message"]
    elif "The resource could not be found." in text:
        assert "The resource could not be found." in error["message"]
