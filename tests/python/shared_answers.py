"""Answers that no service should give, and what every operation makes of them."""

HTML = {"headers": {"Content-Type": "text/html"}}
# What a program in C gets is the body as it came: there nobody looks inside of an object.
LOOK_INSIDE = {"faces": ["python", "rust"]}
# Who has less time than the service asks for is not made to wait, and asks once.
LATER = {"Retry-After": "60"}
HURRIED = {"client": {"timeout": 5}}
INVALID = {"error": {}}


def api_code(status, code, description, detail):
    return {"status": status, "answer": {"error": {"code": code, "description": description, "detail": detail}}}


def of_katapult(operation):
    """Neither a success nor one of the API's errors, and errors that nobody knows."""
    yield {"name": "unknown API code", **api_code(418, "brewing_failed", "A code that nobody knows", {"pot": 1})}
    yield {
        "name": "API code timed_out is no timeout",
        **api_code(422, "timed_out", "An API code with one of our names", {}),
    }
    yield {
        "name": "API code invalid_argument is the API's",
        **api_code(400, "invalid_argument", "The argument was not valid", {"argument": "name"}),
    }
    yield {"name": "500 with the API's JSON", **api_code(500, "internal_failure", "Something broke", {})}
    yield from no_json(operation.status)
    yield {"name": "404 with JSON of another shape", "status": 404, "answer": {"message": "no route"}}
    yield {"name": f"{operation.status} with JSON of another shape", "answer": {"ok": True}, **INVALID}
    yield {"name": f"{operation.status} with a list", "answer": [operation.answer], **INVALID}
    if not operation.items:
        yield from lacking(operation)


def no_json(good):
    proxy = "<html><h1>502 Bad Gateway</h1></html>"
    yield {"name": "HTML from a proxy, 502", "status": 502, "answer": proxy, **HTML, **mentions("Bad Gateway")}
    denied = "<html><body>Access denied by policy 17</body></html>"
    words = "Access denied by policy 17"
    yield {"name": "HTML from a proxy, 403", "status": 403, "answer": denied, **HTML, **mentions(words)}
    sign_in = "<html>Please sign in to the guest network</html>"
    yield {"name": f"{good} with HTML", "answer": sign_in, **HTML, **mentions("guest network")}
    headers = {"Content-Type": "text/plain", **LATER}
    limited = {"error": {"status": "rate_limit_reached", "outcome": "rejected"}}
    yield {"name": "429 without JSON", "status": 429, "headers": headers, "answer": "slow down", **HURRIED, **limited}
    yield {"name": "empty 500", "status": 500, "answer": ""}
    yield {"name": "empty 503", "status": 503, "headers": LATER, "answer": "", **HURRIED}
    yield {"name": f"{good} without a body", "answer": "", **INVALID}
    yield {"name": f"{good} with half a JSON", "answer": '{"disk": {"id": "disk_Qm3', **INVALID}


def mentions(*words):
    return {"error": {"mentions": list(words)}}


def lacking(operation):
    """A good answer, in which one of its objects is missing or none."""
    status, answer = operation.status, operation.answer
    for member in [operation.gives] if operation.gives else answer:
        if member != "annotations":
            rest = {("other" if name == member else name): value for name, value in answer.items()}
            yield {"name": f"{status} without {member}", "answer": rest, **INVALID}
            for words, value in (("null", None), ("a list", [answer[member]])):
                name = f"{status} with {words} for {member}"
                yield {"name": name, "answer": {**answer, member: value}, **LOOK_INSIDE, **INVALID}


def of_nova(operation):
    """Nova's errors, and responses that are not Nova's."""
    project = "Malformed request URL: URL's project_id 'aaaa' doesn't match Context's project_id 'bbbb'"
    yield {"name": "400 malformed project", **fault(400, "badRequest", project)}
    login = {"code": 401, "title": "Unauthorized", "message": "The request you have made requires authentication."}
    yield {"name": "401", "status": 401, "answer": {"error": login}}
    policy = "Policy doesn't allow os_compute_api:os-volumes-attachments:show to be performed."
    yield {"name": "403 role may not", **fault(403, "forbidden", policy)}
    server = f"Instance {operation.arguments['server_id']}"
    yield {"name": "404 no such server", **fault(404, "itemNotFound", f"{server} could not be found.")}
    if "volume_id" in operation.arguments:
        volume = operation.arguments["volume_id"]
        yield {"name": "404 not attached", **fault(404, "itemNotFound", f"{server} is not attached to volume {volume}")}
    yield {"name": "500", **fault(500, "computeFault", "Unexpected API Error.")}
    other = {"message": "The resource could not be found.", "code": "404 Not Found", "title": "Not Found"}
    words = {"mentions": ["The resource could not be found.", "os-volume_attachments"]}
    yield {"name": "404 of another service", "status": 404, "answer": other, "error": words}
    page = "<html><h1>404 Not Found</h1></html>"
    yield {"name": "404 in HTML", "status": 404, "answer": page, **HTML, **mentions("404 Not Found")}
    if operation.gives:
        another = {"volume": {"id": operation.arguments["server_id"]}}
        yield {"name": "an answer with another object", "answer": another, **INVALID}
        yield {"name": "an answer with null for it", "answer": {operation.gives: None}, **LOOK_INSIDE, **INVALID}
        yield {"name": "an answer that is no JSON", "answer": "<h1>Welcome</h1>", **HTML, **INVALID}


def fault(status, name, message):
    return {"status": status, "answer": {name: {"code": status, "message": message}}}
