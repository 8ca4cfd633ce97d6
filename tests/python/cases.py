"""The case table, tests/cases/*.json: what every face must do.

The head of a file describes an operation, see table.py. A case says only what is its own; the rest is the head's, or
follows. What every operation has to do, without a case by hand, comes from shared_cases.py. The members of a case:

name       its own in the file
source     where it is written what the case says, if not where the head says
faces      those that it is for, if not all
client     options of the client
operation  the one that is called, in client.json; get_disk if nothing is said
arguments  all of them, or in
with       those that it has besides the head's
request    of several requests a list, each with path, query and so on
path       another one
query      all of it
body       all of it, or in
sends      the members that it has besides the head's
answer     the body of the answer; a text is sent as it is
status     of the answer
headers    those besides what every answer has; one that is null, it does not have
answers    several, each with status, headers, and body or body_text
refused    the words of the error's message: nothing is sent
error      what differs from the error that follows from the answer; {} where a good status has no good answer
result     what does not follow from the answer
"""

import functools
import json

import shared_cases
from api_errors import ERRORS
from repeated import truly
from table import CLIENT, OPTIONS, TABLE, merged

FACES = ("python", "c", "rust")
REQUEST_ID = "5b1f0c1e-8a52-4c1e-9d0a-6f3e2b7c4d11"
NOVA_ID = "req-0d9c8b7a-6f5e-4d3c-8b2a-190817263544"
NOVA_REQUEST_ID = ("X-Compute-Request-Id", "X-Openstack-Request-Id")
KNOWN = {
    *("name", "source", "faces", "client", "operation", "arguments", "with", "request", "path", "query"),
    *("body", "sends", "answer", "status", "headers", "answers", "refused", "error", "result"),
}


@functools.cache
def load(name):
    """The cases of a table, those by hand first; a case by hand replaces a shared one of the same name."""
    operation = OPTIONS if name == CLIENT else TABLE[name]
    shared = {case["name"]: case for case in shared_cases.of(operation)} if name != CLIENT else {}
    by_hand = {case["name"]: case for case in operation.cases}
    assert len(by_hand) == len(operation.cases), f"two cases of {name} have one name"
    return [{**whole(operation, case), "table": name} for case in {**by_hand, **shared, **by_hand}.values()]


def load_all():
    return [case for name in (*TABLE, CLIENT) for case in load(name)]


def whole(operation, case):
    """A case with everything that it leaves to the head and to the rules."""
    assert set(case) <= KNOWN, f"{operation.name}, {case['name']}: {set(case) - KNOWN}"
    # The cases about client options say themselves which call they make.
    called = TABLE[case["operation"]] if "operation" in case else operation
    made = {
        "name": case["name"],
        "operation": called.name,
        "client": case.get("client", {}),
        "faces": case.get("faces", list(FACES)),
        "arguments": case["arguments"] if "arguments" in case else merged(called.arguments, case.get("with")),
    }
    if "refused" in case:
        error = {"mentions": case["refused"]} if isinstance(case["refused"], list) else case["refused"]
        return {**made, "request": None, "answers": [], "error": {**NOT_SENT, **error}}
    made["request"] = request_of(called, case)
    answers = [answer_of(called, answer) for answer in answers_of(called, case)]
    made["answers"] = [truly(called, made["request"], answer) for answer in answers]
    last = made["answers"][-1]
    if "error" in case or last["status"] >= 300:
        expected = case.get("error", {})
        # A task that fails is told by a response that is not an error.
        nothing = last["status"] < 300 and "status" in expected
        derived = {**NO_ANSWER, "outcome": "unknown"} if nothing else error_of(called, last)
        made["error"] = {**subject_of(called, made["request"]), **derived, **expected}
    else:
        made["result"] = case["result"] if "result" in case else result_of(called, made["answers"])
    return made


NO_ANSWER = {"code": None, "http_status": None, "request_id": None}
NOT_SENT = {"status": "invalid_argument", **NO_ANSWER, "outcome": "not_sent"}


def answers_of(operation, case):
    if "answers" in case:
        return case["answers"]
    return [{key: case[key] for key in ("status", "headers") if key in case} | answer_body(operation, case)]


def answer_body(operation, case):
    answer = case.get("answer", operation.answer)
    # A text is what is sent as it is.
    return {"body_text": answer} if isinstance(answer, str) else {"body": answer}


def answer_of(operation, answer):
    """With its status and the headers that every answer has; those that are null, it does not have."""
    headers = dict.fromkeys(NOVA_REQUEST_ID, NOVA_ID) if operation.is_cloud else {"X-Request-Id": REQUEST_ID}
    if "error" in object_of(answer) and not operation.is_cloud:
        headers["X-Api-Schema"] = "json-error"
    headers.update(answer.get("headers", {}))
    kept = {name: value for name, value in headers.items() if value is not None}
    return {**answer, "status": answer.get("status", operation.status), "headers": kept}


def object_of(answer):
    """The body, if it is an object."""
    return answer["body"] if isinstance(answer.get("body"), dict) else {}


def request_of(operation, case):
    if "request" in case and isinstance(case["request"], list):
        return [request_of(operation, request) for request in case["request"]]
    given = {**case, **case.get("request", {})}
    method, path = operation.request
    return {
        "method": given.get("method", method),
        "path": given.get("path", path),
        "query": given.get("query", operation.query),
        "body": merged(operation.body, case.get("sends")) if "body" not in given else given["body"],
    }


def error_of(operation, answer):
    """What a face must make of an error response, or of an invalid response."""
    ids = NOVA_REQUEST_ID if operation.is_cloud else ("X-Request-Id",)
    request_id = next((answer["headers"][name] for name in ids if name in answer["headers"]), None)
    said = {"code": None, "http_status": answer["status"]}
    # Katapult's simulator makes one up where none is prescribed.
    if request_id or operation.is_cloud:
        said["request_id"] = request_id
    understood = None
    if answer["status"] >= 300:
        understood = nova_error(answer) if operation.is_cloud else katapult_error(answer)
    # Else nobody knows what has happened.
    return {**said, **(understood or {"status": "invalid_response", "outcome": "unknown"})}


def subject_of(operation, request):
    """The operation that an error names, and the object: what the last request's path names, as it was given."""
    request = request[-1] if isinstance(request, list) else request
    *_, before, last = request["path"].split("/")
    if operation.is_cloud:
        # The volume's id, or of all volumes the server's.
        object_id = before if last == "os-volume_attachments" else last
    else:
        kind = request["path"].split("/")[4:5]
        object_id = sent_id(request, kind[0]) if kind and kind != ["organization"] else None
    return {"operation": operation.method, "object_id": object_id}


def sent_id(request, name):
    """The id or other key by which a request names an object."""
    if request["body"] is not None:
        return next(iter(request["body"][name].values()))
    return next(value for key, value in request["query"] if key.startswith(f"{name}["))


def katapult_error(answer):
    body = object_of(answer)
    error = body.get("error", body)
    code = error.get("code")
    if not isinstance(code, str):
        return None
    status = code if code in ERRORS else "api_error"
    kept = {key: error[key] for key in ("description", "detail") if key in error}
    # A server that fails in a way that nobody knows may have done anything before.
    certain = "unknown" if answer["status"] >= 500 and code not in ERRORS else "rejected"
    return {"status": status, "code": code, **kept, "outcome": certain}


def one_line(text):
    """As a message shows it: without line breaks and control characters."""
    return text if text.isprintable() else " ".join("".join(filter(str.isprintable, word)) for word in text.split())


NOVA_STATUSES = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 409: "conflict"}


def nova_error(answer):
    number, body = answer["status"], object_of(answer)
    error = {"status": f"openstack_{NOVA_STATUSES.get(number, 'error')}"}
    error["outcome"] = "rejected" if number < 500 else "unknown"
    [(fault, said)] = body.items() if len(body) == 1 else [(None, body)]
    if number == 404 and fault != "itemNotFound":
        # A wrong URL; behind a page a write may have happened.
        return {**error, "status": "invalid_configuration", "outcome": "rejected" if "message" in said else "unknown"}
    if "message" in said:
        if "is not attached to volume" in said["message"]:
            error["status"] = "openstack_volume_not_attached"
        elif said["message"].startswith("Instance") and "could not be found" in said["message"]:
            error["status"] = "openstack_server_not_found"
        return {**error, "code": fault, "description": one_line(said["message"])}
    # A page of a proxy's, after which a write may have happened; but for 429, which refuses whoever says it.
    return None if 400 <= number < 500 and number != 429 else error


def result_of(operation, answers):
    bodies = [answer["body"] if "body" in answer else json.loads(answer["body_text"]) for answer in answers]
    if operation.items:
        return [item for body in bodies for item in body[operation.items]]
    return bodies[-1][operation.gives] if operation.gives else bodies[-1]


def fill(value, placeholders):
    """The same value with its placeholders, such as {project_id}, replaced."""
    if isinstance(value, str):
        for name, text in placeholders.items():
            value = value.replace(name, text)
        return value
    if isinstance(value, list):
        return [fill(item, placeholders) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, placeholders) for key, item in value.items()}
    return value


def canonical(value):
    """Equal for equal JSON values; true is not 1, and 1 is not 1.0."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
