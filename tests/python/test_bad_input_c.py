"""Every argument of every function in the header with everything that it must refuse, members of JSON at every level
included: the status, a message that names the argument, and nothing sent."""

import json
import re

import c_header
import pytest
from bad_arguments import DISK, kind_of
from bad_values import IN_JSON, MEGABYTE, NO_JSON, NO_LOOKUP, NOT_UTF8, SECRET
from c_face import CFace
from c_requests import MAY_BE_NULL, REQUESTS
from faults import FaultServer, answer

FUNCTIONS = c_header.functions()
MAKE_CLIENTS = {"client_new", "openstack_client_new"}
NULL = None
RAW = "what is put here"
# What must not be in the path of a request to Nova, where an id is not percent-encoded.
NO_NOVA_ID = ["..", ".", "/", "a/b", "a?b", "a#b", "%2e", "A", "é", " ", "a\nb", "💾", "_"]


def base(name):
    return name.removesuffix("_pages")


def texts(name):
    """The parameters that are texts, with a good value."""
    return {parameter: good(name, parameter) for parameter in c_header.texts(FUNCTIONS[name])}


def good(name, parameter):
    if parameter == "request_json":
        return json.dumps(REQUESTS[base(name)])
    if parameter in ("method", "path"):
        return {"method": "GET", "path": "/disks"}[parameter]
    return "4d1f7a52" if parameter in ("server_id", "volume_id") else DISK


def command(name, changed=(), timeout="1", page="all"):
    """The fields for the driver, some of them changed."""
    fields = list({**texts(name), **dict(changed)}.values())
    how = [timeout, "none"] if name in of(WAIT) else [page] if name in of(PAGE) else []
    return (name, *fields, *how)


def with_member(request, way, literal):
    """The request as JSON, with this text as the value of a member."""
    request = json.loads(json.dumps(request))
    *ways, key = way
    inner = request
    for step in ways:
        inner = inner.setdefault(step, {})
    inner[key] = RAW
    return json.dumps(request).replace(json.dumps(RAW), literal)


class Refusals:
    """Makes calls that must be refused, and collects what is wrong with the refusals."""

    def __init__(self, face, server):
        self.face, self.server, self.problems, self.count = face, server, [], 0

    def __call__(self, fields, named, exactly=True):
        """`named` is how the caller calls the argument: the message begins with that, or has it as a word."""
        self.count += 1
        shown = repr(fields)[:200]
        sent = self.server.connections
        status, reply, *_ = self.face.send(*fields)
        error = json.loads(reply) if status != "ok" else {}
        description = error.get("description") or ""
        if (status, error.get("outcome")) != ("invalid_argument", "not_sent"):
            self.problems.append(f"{shown}: {status}, {reply and reply[:200]}")
        elif not re.search(rf"(?<!\w){re.escape(named)}(?!\w)", description):
            self.problems.append(f"{shown}: {description!r} does not name {named}")
        elif len(description) > 500 or SECRET in description:
            self.problems.append(f"{shown}: says too much, {description[:100]}")
        if self.server.connections != sent:
            self.problems.append(f"{shown}: something was sent")
        return description


@pytest.fixture(scope="module")
def listening():
    refusal = {"error": {"code": "disk_not_found", "description": "It must not come here", "detail": {}}}
    with FaultServer() as server:
        server.run(answer(404, refusal))
        yield server


@pytest.fixture(scope="module")
def face(listening):
    face = CFace()
    assert face.send("client_new", json.dumps(listening.katapult()))[0] == "ok"
    assert face.send("openstack_client_new", json.dumps(listening.openstack()))[0] == "ok"
    yield face
    face.close()


@pytest.fixture
def refused(face, listening):
    refusals = Refusals(face, listening)
    yield refusals
    assert refusals.count, "nothing was tried"
    if refusals.problems:
        pytest.fail("\n".join([f"{len(refusals.problems)} of {refusals.count}:", *refusals.problems]), pytrace=False)


CALLS = sorted(c_header.calls(FUNCTIONS))
TEXT, WAIT, PAGE = "const char *", "const katapult_wait *", "katapult_page_fn"


def of(kind):
    return [name for name in CALLS if kind in FUNCTIONS[name].values()]


def test_the_header_is_understood():
    assert set(REQUESTS) == {base(name) for name in CALLS if "request_json" in texts(name)}
    assert len(CALLS) > 50
    # What hands out a reply is called here, or makes a client.
    made = {*MAKE_CLIENTS, "client_with_timeout", "openstack_client_with_timeout"}
    assert {name for name in FUNCTIONS if "char **" in FUNCTIONS[name].values()} == {*CALLS, *made}
    for name in CALLS:
        assert set(FUNCTIONS[name]) <= {"client", "reply", "user_data", "wait", "page", "result", *texts(name)}, name


@pytest.mark.parametrize("name", of(TEXT))
def test_texts(refused, name):
    for parameter in texts(name):
        bad = [NULL, "", NOT_UTF8, MEGABYTE]
        if parameter == "request_json":
            bad = [NOT_UTF8, *NO_JSON.values()] + ([] if base(name) in MAY_BE_NULL else [NULL])
        elif parameter in ("server_id", "volume_id"):
            bad += NO_NOVA_ID
        elif not parameter.endswith("_id"):
            bad += [literal for literal in NO_LOOKUP if literal.startswith("{")] + ["{", '{"id":', "{}x", '{"id":"x"}x']
        for value in bad:
            refused(command(name, {parameter: value}), parameter)


@pytest.mark.parametrize("name", CALLS)
def test_clients(refused, name):
    refused(("no_client", *command(name)), "client")
    refused(("foreign", *command(name)), "client")


@pytest.mark.parametrize("name", of(WAIT))
def test_timeouts(refused, name):
    for timeout in ("-1", "-0.0001", "-inf", "nan", "-1e308"):
        refused(command(name, timeout=timeout), "wait.timeout_seconds")


@pytest.mark.parametrize("name", of(PAGE))
def test_page_functions(refused, name):
    refused(command(name, page="none"), "page")


def known_keys(refused, name, way):
    """The keys that an object of a request may have, as the library tells them."""
    request = with_member(REQUESTS[base(name)], [*way, "unkn0wn"], "1")
    description = refused(command(name, {"request_json": request}), "unkn0wn")
    return description.partition("known here: ")[2].split(", ")


def members(refused, name, way=()):
    """The way to each member that a request may have."""
    for key in known_keys(refused, name, way):
        yield (*way, key)
        if kind_of(key) in ("object", "schedule"):
            yield from members(refused, name, (*way, key))


@pytest.mark.parametrize("name", [name for name in CALLS if "request_json" in texts(name)])
def test_members_of_requests(refused, name):
    good_one = REQUESTS[base(name)]
    for way in members(refused, name):
        kind = kind_of(way[-1])
        for literal in IN_JSON["count" if kind == "timestamp" else kind]:
            refused(command(name, {"request_json": with_member(good_one, way, literal)}), way[-1])
        # Twice the same is a mistake, too: which of the two is meant?
        key = json.dumps(way[-1])
        twice = with_member(good_one, way, f"null, {key}: null")
        refused(command(name, {"request_json": twice}), ".".join(way))


def test_a_client_of_the_other_service_is_not_freed(face):
    assert face.send("foreign", "client_free") == ["ok"]
    assert face.send("foreign", "openstack_client_free") == ["ok"]
    assert face.send("disk_get", DISK)[0] == "disk_not_found"
    # A refusal of Katapult's is none of Nova's: it is the wrong URL.
    assert face.send("openstack_volume_attachment_get", "a", "b")[0] == "invalid_configuration"


def test_nowhere_to_put_a_client(refused):
    for name in sorted(MAKE_CLIENTS):
        refused(("no_client", name, "{}"), "client")
