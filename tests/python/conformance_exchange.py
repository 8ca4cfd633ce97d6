"""One recorded exchange with the real service."""

import email.utils
import json
import re


class Exchange:
    def __init__(self, text):
        line = json.loads(text)
        self.place = line["cassette_index"]
        self.method, self.path, self.query = line["method"], line["path"], line["query"]
        self.request_body, self.status = line["request_body"], line["status"]
        self.headers = {name.lower(): value for name, value in line["response_headers"].items()}
        self.body = json.loads(line["response_body"])
        self.date = email.utils.parsedate_to_datetime(self.headers["date"]).timestamp()

    def __str__(self):
        return f"#{self.place} {self.method} {self.path} {self.query} {self.request_body or ''} -> {self.status}"

    def is_about(self, word):
        """Whether this reads or changes an object of this kind."""
        return re.search(rf"/{word}/[^/]+$", self.path) is not None

    def key(self):
        """What identifies the object: an id, a name, in whatever place an old or a new client wrote it."""
        body = self.request_body or {}
        for _, value in [pair for pair in self.query if re.search(r"\[\w+\]$", pair[0])]:
            return value
        for part in body.values():
            if isinstance(part, dict):
                return next(iter(part.values()))
        return self.path.rpartition("/")[2]


def objects(value):
    """All objects in a body."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for part in parts:
        yield from objects(part)


def sub_domains(exchange):
    yield from (value for name, value in exchange.query if name == "organization[sub_domain]")
    organization = (exchange.request_body or {}).get("organization")
    if organization:
        yield organization["sub_domain"]
