"""Texts that are strange but legal arrive exactly as they are, in one request to the right path, in every face."""

import json

import pytest
from bad_arguments import DISK, kind_of
from bad_values import MEGABYTE, NUL, STRANGE
from faults import answer
from parity import EVERYTHING, arguments_of
from table import TABLE

# Neither an id nor anything else that occurs in a request.
PLAIN = "plain-text"
NEEDED = {"disk_id": DISK, "size_in_gb": 20, "name": "Data", "io_profile": "quick", "timestamp": 1767225600}
REFUSAL = answer(404, {"error": {"code": "virtual_machine_not_found", "description": "No", "detail": {}}})
# A workflow first reads the disk; the machine that it expects is only compared with what it finds.
COMPARED = {("virtual_machine", f"ensure_disk_{done}") for done in ("attached", "detached", "unassigned")}


def arguments_for(operation, name, value):
    """Arguments with which an operation sends its request."""
    arguments = arguments_of(operation)
    given = {known: NEEDED.get(known, DISK) for known in TABLE[operation].needs}
    if operation.startswith("update"):
        given |= {"name": "New"} if operation == "update_disk" else {"retention": 7}
    if operation == "create_disk_backup_policy" and name != "virtual_machine":
        given |= {"disk": DISK}
    # Of policies it is either the organization's, the machine's or the disk's.
    if "organization" in arguments and operation != "list_disk_backup_policies":
        given |= {"organization": "acme"}
    return {**given, name: value}


def places():
    """Each argument that may be any text, also the inside of a mapping."""
    for operation in EVERYTHING:
        for name in sorted(arguments_of(operation)):
            if (name, operation) in COMPARED:
                continue
            kind = "lookup" if name.endswith("_id") else kind_of(name)
            if kind in ("lookup", "annotations") or name == "name":
                yield operation, name, kind


def given(kind, text):
    return {f"{text} of": text} if kind == "annotations" else text


def request_of(face, server, operation, name, value):
    """The one request of a call: method, path, query and body."""
    server.run(REFUSAL)
    outcome = face.call(server.katapult(), operation, arguments_for(operation, name, value))
    assert outcome.error and outcome.error["outcome"] == "rejected", (value, outcome)
    [request] = server.requests
    return [request.method, request.path, [list(pair) for pair in request.query], request.body]


@pytest.mark.parametrize(("operation", "name", "kind"), list(places()))
def test_arrives_as_it_is(face, fault_server, operation, name, kind):
    expected = json.dumps(request_of(face, fault_server, operation, name, given(kind, PLAIN)))
    assert PLAIN in expected
    texts = {**STRANGE, **({} if face.name == "c" and kind == "lookup" else NUL)}
    if kind == "lookup":
        texts["1024 bytes"] = "é" * 512
    for text in texts.values():
        arrived = request_of(face, fault_server, operation, name, given(kind, text))
        assert arrived == json.loads(expected.replace(PLAIN, json.dumps(text)[1:-1])), repr(text)


@pytest.mark.parametrize(
    ("operation", "name"), [("create_disk", "name"), ("update_disk", "name"), ("update_disk", "annotations")]
)
def test_a_megabyte_in_a_body(face, fault_server, operation, name):
    value = given("annotations" if name == "annotations" else "text", MEGABYTE)
    *_, body = request_of(face, fault_server, operation, name, value)
    assert json.dumps(body).count(MEGABYTE) == (2 if name == "annotations" else 1)


def test_a_filter_that_is_too_long_for_a_request_line(face, fault_server):
    fault_server.run(REFUSAL)
    for operation in ("list_disks", "list_virtual_machines"):
        for annotations in ({"a": "x" * 10_000}, {"x" * 10_000: "a"}, {str(i): "é" for i in range(200)}):
            arguments = {"organization": "acme", "annotations": annotations}
            outcome = face.call(fault_server.katapult(), operation, arguments)
            assert (outcome.error["status"], outcome.error["outcome"]) == ("invalid_argument", "not_sent")
            assert outcome.error["message"].startswith("annotations ")
    assert fault_server.requests == []


@pytest.mark.parametrize(("operation", "name"), [(op, name) for op, name, kind in places() if kind == "lookup"])
def test_what_names_nothing_is_refused_in_every_language(face, fault_server, operation, name):
    fault_server.run(REFUSAL)
    for value in ("", "x" * 1025, {"id": ""}, {"idd": "a"}):
        if face.name == "c" and name.endswith("_id") and isinstance(value, dict):
            continue
        outcome = face.call(fault_server.katapult(), operation, arguments_for(operation, name, value))
        assert (outcome.error["status"], outcome.error["outcome"]) == ("invalid_argument", "not_sent"), outcome
        assert outcome.error["message"].startswith(name.removesuffix("_id")), outcome.error["message"]
    assert fault_server.requests == []
