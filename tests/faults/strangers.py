"""Faults of who answers: somebody speaks of another object, repeats the request, or is a proxy and not the service."""

import base64
import json
import urllib.parse

from exchange import Answer
from pages import HTML, JSON, page
from proxy import FORWARD, Fault

DENIED = b"<html>Not through here</html>"


# Another object


def other_object(visit, answer):
    """A whole and valid answer, about another object than the one that the request's path names."""
    visit.send(about_another(answer, named(visit.asked)).whole())
    return True


def named(request):
    """What identifies the objects of a request's path."""
    parts = urllib.parse.urlsplit(request.target)
    words = parts.path.strip("/").split("/")
    if "os-volume_attachments" in words:
        place = words.index("os-volume_attachments")
        return [words[place - 1], *words[place + 1 :]]
    kind = words[3] if len(words) > 3 else ""
    sent = json.loads(request.body) if request.body else {}
    given = sent[kind].values() if isinstance(sent.get(kind), dict) else ()
    asked = [value for key, value in urllib.parse.parse_qsl(parts.query) if key.startswith(f"{kind}[")]
    return [*given, *asked]


def about_another(answer, names):
    """The same answer with other ids; what a list holds, no request names."""
    try:
        members = json.loads(answer.body)
    except ValueError:
        return answer
    lists = {name: value for name, value in members.items() if isinstance(value, list) and "pagination" in members}
    rest = json.dumps({name: value for name, value in members.items() if name not in lists})
    for text in names:
        rest = rest.replace(text, text[:-1] + ("1" if text[-1] == "0" else "0"))
    return answer.with_body(json.dumps({**json.loads(rest), **lists}).encode())


# The request, repeated


def repeated(request):
    lines = [f"{request.method} {request.target}", *(f"{name}: {value}" for name, value in request.headers.items())]
    return "\r\n".join(lines) + "\r\n\r\n" + request.body.decode()


def echo(status, make=str.encode, headers=HTML, **head):
    """`make` makes the body of the request's text; the head may repeat it, too."""

    def act(visit, _):
        text = repeated(visit.asked)
        lines = {name: value(" ".join(text.split())) for name, value in head.items()}
        visit.send(Answer(status, {**headers, **lines}, make(text)).whole())
        return True

    return act


def api_error(text):
    said = {"code": "odd", "description": f"Cannot {text}", "detail": {"request": text, "errors": [text]}}
    return json.dumps({"error": said}).encode()


def fault_of_nova(text):
    return json.dumps({"badRequest": {"code": 400, "message": text}}).encode()


def packed(text):
    return b"Request: " + base64.b64encode(text.encode()) + b" " + urllib.parse.quote(text, safe="").encode()


FAULTS = [
    Fault("other_object", "answer", other_object),
    Fault("other_object_once", "answer", other_object, once=True),
    Fault("echo_200", "answer", echo(200)),
    Fault("echo_502", "answer", echo(502)),
    Fault("echo_502_packed", "answer", echo(502, packed)),
    Fault("echo_json", "answer", echo(200, lambda text: json.dumps({"request": text}).encode(), JSON)),
    Fault("echo_head", "answer", echo(502, **{"X-Request-Id": str, "X-Compute-Request-Id": str, "Location": str})),
    Fault("echo_api_error", "request", echo(422, api_error, JSON)),
    Fault("echo_fault", "request", echo(400, fault_of_nova, JSON)),
    Fault("forward_407_echo", "request", echo(407), FORWARD),
    *(Fault(f"page_{status}", "answer", page(status, DENIED)) for status in (400, 401, 403, 404, 409)),
    Fault("empty_404", "answer", page(404, b"", {})),
]
