"""A 4xx that is not in Nova's or Keystone's own form says nothing about a write: a proxy may answer when it was done."""

import pytest
from faults import answer
from stories import fails, value

PAGE = b"<html><title>Refused</title>nginx ingress default backend</html>"
IDS = {"server_id": "3e9c41d7-88b2-4f06-a5d3-c7016b2f94ae", "volume_id": "91b7d2f4-0a6e-4c38-b1f5-2e8d7c30a946"}
NOT_NOVAS = {"a page": PAGE, "nothing": b"", "another gateway's JSON": {"message": "no route matched"}, "a list": [1]}
STATUSES = (400, 401, 403, 404, 408, 409, 413, 421, 425, 431, 451, 499)


def detach(face, server, **how):
    return face.call(server.openstack(user_agent="pages", timeout=5), "openstack_detach_volume", {**IDS, **how})


def page(status, body=PAGE):
    return answer(status, body, {"Content-Type": "text/html"})


def status_of(http_status):
    """A 404 of somebody else is that of a wrong URL."""
    return "invalid_configuration" if http_status == 404 else "invalid_response"


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", NOT_NOVAS)
def test_a_write_may_have_happened(face, fault_server, status, kind):
    fault_server.run(page(status, NOT_NOVAS[kind]))
    for how in ({}, {"missing_ok": True}):
        error = fails(detach(face, fault_server, **how), status_of(status), "unknown")
        assert (error["http_status"], error["code"]) == (status, None)
        assert "check whether it happened" in error["message"]
    assert fault_server.count("DELETE") == 2, "neither is repeated"


@pytest.mark.parametrize("status", STATUSES)
def test_novas_own_words_are_taken(face, fault_server, status):
    fault_server.run(answer(status, {"someFault": {"code": status, "message": "No."}}))
    assert detach(face, fault_server).error["outcome"] == "rejected"
    before_nova = {"message": "No.", "code": f"{status} No", "title": "No"}
    fault_server.run(answer(status, before_nova))
    assert detach(face, fault_server).error["outcome"] == "rejected"


def test_a_429_means_no_from_anybody(face, fault_server):
    fault_server.run(answer(429, PAGE, {"Retry-After": "60"}))
    fails(detach(face, fault_server), "openstack_error", "rejected")


def test_behind_a_page_the_volume_is_looked_for(face, fault_server):
    """Also in the list: Nova says "not attached" of every id that it does not know."""
    words = "Instance {server_id} is not attached to volume {volume_id}".format(**IDS)
    gone = answer(404, {"itemNotFound": {"code": 404, "message": words}})
    fault_server.run(page(404), gone, answer(200, {"volumeAttachments": []}))
    assert value(detach(face, fault_server, wait=True)) == {"request_id": None}
    assert [request.method for request in fault_server.requests] == ["DELETE", "GET", "GET"]
    attachment = {"volumeId": "00000000-0000-4000-8000-000000000000", "attachment_id": IDS["volume_id"]}
    fault_server.run(page(404), gone, answer(200, {"volumeAttachments": [attachment]}))
    error = fails(detach(face, fault_server, wait=True), "openstack_not_found", "unknown")
    assert f"attachment_id); its volume is {attachment['volumeId']}" in error["message"]


def test_behind_a_page_a_server_that_is_not_found_is_not_gone(face, fault_server):
    words = f"Instance {IDS['server_id']} could not be found."
    missing = answer(404, {"itemNotFound": {"code": 404, "message": words}})
    fault_server.run(page(404), missing, missing)
    for how in ({}, {"missing_ok": True}):
        error = fails(detach(face, fault_server, wait=True, **how), "openstack_server_not_found", "unknown")
        fault_server.run(page(404), missing, missing)
    assert words in error["message"]


def test_a_page_is_not_a_refused_token(face, fault_server):
    """No login follows, and no second DELETE: the first may have been performed."""
    login = {"auth_url": fault_server.url() + "/v3", "username": "ada", "password": "a-password", "project_name": "web"}
    endpoint = {"interface": "public", "region_id": "r", "url": fault_server.url() + "/v2.1"}
    token = {"project": {"id": "p"}, "catalog": [{"type": "compute", "endpoints": [endpoint]}]}
    granted = answer(201, {"token": token}, {"X-Subject-Token": "a-token-of-keystone"})
    fault_server.run(granted, page(401), page(500))
    fails(face.call({**login, "user_agent": face.name}, "openstack_detach_volume", IDS), "invalid_response", "unknown")
    assert [request.method for request in fault_server.requests] == ["POST", "DELETE"]


@pytest.mark.parametrize("status", (400, 401, 403, 404))
def test_a_login_that_a_page_answers_is_not_sent(face, fault_server, status):
    fault_server.run(page(status))
    login = {"auth_url": fault_server.url() + "/v3", "username": "ada", "password": "a-password", "project_name": "web"}
    outcome = face.call({**login, "user_agent": f"{face.name}-{status}"}, "openstack_detach_volume", IDS)
    error = fails(outcome, status_of(status), "not_sent")
    assert "identity service" in error["message"] and "nginx ingress" in error["message"]
    assert status != 404 or fault_server.url() + "/v3/auth/tokens" in error["message"]
