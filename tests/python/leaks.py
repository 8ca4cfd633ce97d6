"""Gathers everything that a face shows while it is used, and looks for secrets in it."""

import base64
import copy
import io
import json
import logging
import pickle
import traceback
import urllib.parse

from c_face import CFace
from faces import PythonFace, RustFace

# What tests write into it: nobody has a secret that is shorter, and shorter ones would be found by chance.
SHORTEST = 8


def forms(secret):
    """How a secret may look in a text."""
    assert len(secret) >= SHORTEST, secret
    data = secret.encode()
    yield secret
    yield secret[::-1]
    yield urllib.parse.quote(secret, safe="")
    yield "".join(f"%{byte:02X}" for byte in data)
    yield json.dumps(secret)[1:-1]
    yield data.hex()
    yield data.hex().upper()
    # Rust's Debug of bytes.
    yield ", ".join(map(str, data))
    # Base64, whatever stands before it; the first and last characters mix with what is around.
    for before in range(3):
        yield base64.b64encode(b"." * before + data).decode()[before + 1 : -4]


class Spy:
    """A face that tells everything that can be seen of it, with every log at its most verbose."""

    def __init__(self, kind, tmp_path, capfd, environment=None):
        self.capfd = capfd
        self.shown = []
        self.log = io.StringIO()
        self.handler = None
        environment = environment or {}
        prefix = ["env", "RUST_BACKTRACE=1", *(f"{name}={text}" for name, text in environment.items())]
        if kind == "python":
            self.handler = logging.StreamHandler(self.log)
            self.level = logging.getLogger().level
            logging.getLogger().addHandler(self.handler)
            logging.getLogger().setLevel(logging.NOTSET)
            self.face = PythonFace()
        elif kind == "c":
            self.face = CFace(prefix)
        else:
            self.face = RustFace([*prefix, "KATAPULT_DRIVER_LOG=1"])

    def send(self, *command):
        """A command of the C driver, which logs from the first one on."""
        if self.face.driver.process is None:
            assert self.face.send("log_set", "4") == ["ok"]
        return self.face.send(*command)

    def call(self, options, operation, **arguments):
        """The outcome; what can be seen of it is noted."""
        if self.face.name == "c":
            assert self.send("version")
        outcome = self.face.call(options, operation, arguments)
        if outcome.error is not None:
            self.shown.append(json.dumps(outcome.error, ensure_ascii=False))
        if outcome.object is not None:
            for thing in (outcome.object, pickle.loads(pickle.dumps(outcome.object)), copy.copy(outcome.object)):
                self.look_at(thing)
        return outcome

    def look_at(self, thing):
        self.shown += [repr(thing), str(thing), f"{thing}"]
        if isinstance(thing, BaseException):
            self.shown += traceback.format_exception(type(thing), thing, thing.__traceback__)
            self.shown.append(str(thing.args))

    def look_at_clients(self):
        for client in getattr(self.face, "clients", {}).values():
            self.look_at(client)
            self.shown += [repr(getattr(client, name)) for name in dir(client) if name != "__dict__"]

    def close(self):
        self.look_at_clients()
        self.face.close()
        if self.handler:
            logging.getLogger().removeHandler(self.handler)
            logging.getLogger().setLevel(self.level)

    def leaks(self, secrets):
        """The secrets that were seen, each with where it was; closes the face."""
        self.close()
        out, err = self.capfd.readouterr()
        everywhere = {"shown": "\n".join(self.shown), "log": self.log.getvalue(), "stdout": out, "stderr": err}
        assert any(everywhere.values()), "something must have been seen"
        return [
            (name, place, around(text, form))
            for name, secret in secrets.items()
            for place, text in everywhere.items()
            for form in forms(secret)
            if form in text
        ]


def around(text, form):
    at = text.index(form)
    return text[max(0, at - 120) : at + len(form) + 20]
