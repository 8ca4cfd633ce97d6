"""Requests that the library has no call for, through every face."""

import json
import threading
import time

import katapult_disk
import pytest
from faults import answer, silence, then_close
from katapult_disk import openstack
from simulator import header

# What a new version of the API might have.
NEW = {"snapshots": [{"id": "snap_1", "none": None}], "ok": True}
REFUSED = {"error": {"code": "snapshot_is_frozen", "description": "It is frozen", "detail": {"since": 5}}}


def ask(face, options, method, path, prefix="", **parts):
    """The answer as plain data, or the error as a dict."""
    if face.name == "python":
        client = face.client(options, "openstack" if prefix else "katapult")
        try:
            return client.request(method, path, **parts)
        except katapult_disk.KatapultError as error:
            names = ("code", "description", "outcome", "operation", "http_status", "request_id")
            return Error({"status": error, **{name: getattr(error, name) for name in names}}, str(error))
    if face.name == "c":
        failed = face.use(f"{prefix}client_new", options)
        assert failed is None, failed
        request = json.dumps(parts) if parts else None
        status, reply = face.send(f"{prefix}request", method, path, request)
        if status != "ok":
            return Error(json.loads(reply), reply)
        return None if reply is None else json.loads(reply)
    question = {"client": options, "operation": f"{prefix}request", "named": {"method": method, "path": path}}
    told = json.loads(face.driver.ask(json.dumps({**question, "request": parts}).encode()))
    return told["value"] if "value" in told else Error(told["error"], json.dumps(told))


class Error(dict):
    def __init__(self, fields, text):
        super().__init__(fields)
        self.text = text


def is_status(error, name):
    assert isinstance(error, Error), error
    status = error["status"]
    kind = status if isinstance(status, str) else snake(type(status).__name__)
    return kind == name


def snake(name):
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def test_a_request_of_ones_own_is_sent_as_a_call_is(face, sim):
    sim.answer({"status": 200, "body": NEW})
    query = {"disk": {"id": "disk_a b"}, "page": 2, "tags": ["x", "y"], "no": None}
    assert ask(face, sim.katapult(), "GET", "/snapshots/snapshot", query=query) == NEW
    [request] = sim.requests()
    assert (request["method"], request["path"]) == ("GET", "/core/v1/snapshots/snapshot")
    assert sorted(map(tuple, request["query"])) == [("disk[id]", "disk_a b"), ("page", "2"), ("tags[]", "x"), ("tags[]", "y")]
    assert header(request, "Authorization") == f"Bearer {sim.about['api_token']}"
    assert request["body"] is None


def test_a_body_is_sent_as_it_is_given(face, sim):
    sim.answer({"status": 202, "body": [1, 2]})
    body = {"properties": {"name": "ä", "nothing": None, "large": 2**53 + 1}}
    assert ask(face, sim.katapult(), "PATCH", "/snapshots", body=body, query={"dry": True}) == [1, 2]
    [request] = sim.requests()
    assert (request["method"], request["query"], request["body"]) == ("PATCH", [["dry", "true"]], body)
    assert header(request, "Content-Type") == "application/json"


def test_it_does_what_the_calls_do(face, sim):
    """The API's own requests, put together by hand."""
    disk = sim.about["disks"]["unassigned"]
    given = {"disk": {"id": disk}, "properties": {"name": "renamed"}}
    assert ask(face, sim.katapult(), "PATCH", "/disks/disk", body=given)["disk"]["name"] == "renamed"
    read = ask(face, sim.katapult(), "GET", "/disks/disk", query={"disk": {"id": disk}})
    assert read["disk"]["name"] == "renamed"


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_an_empty_response_is_nothing(face, fault_server, body):
    fault_server.run(answer(204 if body == b"" else 200, body, {}))
    assert ask(face, fault_server.katapult(), "DELETE", "/snapshots/snapshot") is None


@pytest.mark.parametrize("value", [True, 5, "text", None, [], {}])
def test_any_json_is_an_answer(face, fault_server, value):
    fault_server.run(answer(200, json.dumps(value).encode()))
    assert ask(face, fault_server.katapult(), "GET", "/x") == value


def test_c_gets_the_body_byte_for_byte(c_face, fault_server):
    text = '{ "n" : 123456789012345678901234567890.0,\n "a":1, "a":2 }'
    fault_server.run(answer(200, text.encode()))
    assert c_face.use("client_new", fault_server.katapult()) is None
    assert c_face.send("request", "GET", "/x", None) == ["ok", text]


@pytest.mark.parametrize("body", [b"<html>hello</html>", b'{"a": ', b"\xff\xfe", b'{"a": 1} x', b"nope"])
def test_what_is_not_json_is_no_answer(face, fault_server, body):
    fault_server.run(answer(200, body))
    error = ask(face, fault_server.katapult(), "GET", "/x")
    assert is_status(error, "invalid_response") and error["outcome"] == "unknown"


def test_an_unknown_code_is_told(face, sim):
    sim.answer({"status": 409, "body": REFUSED})
    error = ask(face, sim.katapult(), "POST", "/snapshots", body={})
    assert is_status(error, "api_error")
    assert (error["code"], error["outcome"], error["operation"]) == ("snapshot_is_frozen", "rejected", "request")
    assert error["http_status"] == 409 and "It is frozen" in error.text
    known = {"error": {"code": "disk_not_found", "description": "No disk", "detail": {}}}
    sim.answer({"status": 404, "body": known})
    assert is_status(ask(face, sim.katapult(), "GET", "/x"), "disk_not_found")


def test_only_reads_are_repeated(face, fault_server):
    broken = then_close(lambda *_: False)
    fault_server.run(broken, answer(200, {}))
    assert ask(face, fault_server.katapult(), "GET", "/x") == {}
    assert fault_server.count("GET") == 2
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        fault_server.run(broken)
        error = ask(face, fault_server.katapult(), method, "/x", body={})
        assert is_status(error, "connection_failed") and error["outcome"] == "unknown", error
        assert fault_server.count(method) == 1


def test_its_own_timeout_governs_it(face, fault_server):
    fault_server.run(silence)
    started = time.monotonic()
    error = ask(face, fault_server.katapult(timeout=30), "GET", "/x", timeout=0.3)
    assert is_status(error, "timed_out") and time.monotonic() - started < 5
    for wrong in (0, -1):
        error = ask(face, fault_server.katapult(), "GET", "/x", timeout=wrong)
        assert is_status(error, "invalid_argument"), error
        assert error["description"] == f"timeout must be more than 0 seconds, not {wrong}"


def test_a_method_may_be_in_small_letters(face, sim):
    ask(face, sim.katapult(), "get", "/data_centers")
    assert [request["method"] for request in sim.requests()] == ["GET"]


WRONG = [
    ("gett", "/disks", {}, "method must be GET"),
    ("get ", "/disks", {}, "method must be GET"),
    ("TRACE", "/disks", {}, "method must be GET"),
    ("GET", "https://evil.example/disks", {}, "path must begin with one slash"),
    ("GET", "//evil.example/disks", {}, "path must begin with one slash"),
    ("GET", "", {}, "path must begin with one slash"),
    ("GET", "/a/../../x", {}, "path must be plain"),
    ("GET", "/a/%2E%2e/x", {}, "path must be plain"),
    ("GET", "/disks?x=1", {}, "path must be without ? and #"),
    ("GET", "/disks#x", {}, "path must be without ? and #"),
    ("GET", "/a\r\nx: y", {}, "path must be percent-encoded"),
    ("GET", "/core/v1/disks", {}, "path must be without /core/v1"),
    ("GET", "/disks", {"body": {}}, "body must not be given with GET"),
    ("GET", "/disks", {"query": [1]}, "query must be"),
]


@pytest.mark.parametrize(("method", "path", "parts", "says"), WRONG)
def test_what_would_lead_elsewhere_is_refused(face, sim, method, path, parts, says):
    error = ask(face, sim.katapult(), method, path, **parts)
    assert is_status(error, "invalid_argument") and error["outcome"] == "not_sent"
    assert error["description"].startswith(says), error["description"]
    assert sim.requests() == []


def test_python_names_what_json_cannot_say(sim):
    loop = []
    loop.append(loop)
    client = katapult_disk.Client(**sim.katapult())
    for given in ({1, 2}, object(), float("nan"), loop, b"x", "\ud800"):
        with pytest.raises(katapult_disk.InvalidArgument, match="^(request: )?body "):
            client.request("POST", "/x", body={"a": given})
    with pytest.raises(katapult_disk.InvalidArgument, match="query must be"):
        client.request("GET", "/x", query={"a": object()})
    for method, path in ((None, "/x"), ("GET", None), ("GET", 5)):
        with pytest.raises(katapult_disk.InvalidArgument, match="must be a str"):
            client.request(method, path)
    assert sim.requests() == []


def test_c_refuses_what_it_cannot_read(c_face, sim):
    assert c_face.use("client_new", sim.katapult()) is None
    for method, path, request, says in [
        (None, "/x", None, "method is NULL"),
        ("GET", None, None, "path is NULL"),
        ("GET", "/x", "[]", "request_json must be a JSON object"),
        ("GET", "/x", '{"quary": {}}', "quary is not known"),
        ("POST", "/x", '{"body": {"a": 1, "a": 2}}', "body gives a twice"),
        ("GET", "/x", '{"timeout": "5"}', "timeout must be more than 0 seconds, or null for no limit, not a string"),
    ]:
        status, reply = c_face.send("request", method, path, request)
        assert status == "invalid_argument" and json.loads(reply)["description"].startswith(says), reply
    assert sim.requests() == []


def test_the_module_has_it(sim):
    katapult_disk.set_default_client(katapult_disk.Client(**sim.katapult()))
    try:
        answered = katapult_disk.request("GET", "/data_centers")
    finally:
        katapult_disk.set_default_client(None)
    assert [it["permalink"] for it in answered["data_centers"]] == [
        it.permalink for it in katapult_disk.Client(**sim.katapult()).list_data_centers()
    ]


def test_a_closed_client_sends_nothing(sim):
    client = katapult_disk.Client(**sim.katapult())
    client.close()
    with pytest.raises(katapult_disk.InvalidArgument, match="closed"):
        client.request("GET", "/data_centers")


def test_it_does_not_hold_the_interpreter(fault_server):
    fault_server.run(silence)
    client = katapult_disk.Client(**fault_server.katapult(timeout=1))
    thread = threading.Thread(target=lambda: pytest.raises(katapult_disk.TimedOut, client.request, "GET", "/x"))
    thread.start()
    started = time.monotonic()
    time.sleep(0.01)
    assert time.monotonic() - started < 0.5
    thread.join()


# OpenStack


def test_openstack(face, sim):
    """Below the compute service's URL, with the token of a login."""
    listed = ask(face, sim.login(), "GET", f"/servers/{sim.about['server_id']}/os-volume_attachments", "openstack_")
    assert sim.about["volume_id"] in [it["volumeId"] for it in listed["volumeAttachments"]]
    error = ask(face, sim.login(), "GET", "/servers/4d1f7a52-0c3b-4e8a-b6d9-75f2c81e9a30/os-volume_attachments", "openstack_")
    assert isinstance(error, Error) and error["outcome"] == "rejected" and error["operation"] == "request"
    assert isinstance(ask(face, sim.login(), "GET", "/../x", "openstack_"), Error)


def test_openstack_sends_the_microversion(face, fault_server):
    fault_server.run(answer(200, {"hypervisors": []}))
    options = fault_server.openstack(compute_api_version="2.53")
    assert ask(face, options, "GET", "/os-hypervisors", "openstack_", query={"limit": 1}) == {"hypervisors": []}
    [request] = fault_server.requests
    assert (request.path, request.query) == ("/v2.1/os-hypervisors", [("limit", "1")])
    assert request.headers["openstack-api-version"] == "compute 2.53"
    assert request.headers["x-auth-token"] == "token-of-the-tests"


def test_the_openstack_module_has_no_functions():
    assert not hasattr(openstack, "request")
