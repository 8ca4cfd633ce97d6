"""The faces of the library, all called in one way.

``face.call(client_options, operation, arguments)`` gives an `Outcome`. Arguments have their Python names, and a value
is what ``to_dict()`` gives in Python.
"""

import itertools
import json
import re
import select
import subprocess

from c_arguments import split, waits
from places import RUST_DRIVER, built
from table import OPENSTACK, TABLE

# Operations that iterate, and the key of the items in a page.
LISTS = {name: operation.items for name, operation in TABLE.items() if operation.items}
OUTCOMES = ("not_sent", "rejected", "unknown")
ERROR_FIELDS = (
    *("operation", "object_id", "code", "description", "hint", "detail", "http_status", "request_id"),
    "outcome",
)


class Outcome:
    """Either a value or an error.

    `error` holds the status, ERROR_FIELDS, and besides the message that a person reads. `raw` is the text of the C reply,
    `object` what Python returned or raised.
    """

    def __init__(self, value=None, error=None, raw=None, object=None):
        self.value, self.error, self.raw, self.object = value, error, raw, object

    def __repr__(self):
        return f"Outcome(value={self.value!r})" if self.error is None else f"Outcome(error={self.error!r})"


def part_of(operation, answer):
    """What Python's to_dict() gives of an answer that is not a list."""
    gives = TABLE[operation].gives
    return answer[gives] if gives else answer


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def error_of(exception):
    """The error fields of a Python exception, the status from the name of its class."""
    if isinstance(exception, TypeError):
        return {
            **dict.fromkeys(ERROR_FIELDS),
            "status": "invalid_argument",
            "outcome": "not_sent",
            "message": str(exception),
        }
    kind = type(exception)
    status = snake(kind.__name__)
    if kind.__name__ == "OpenStackError":
        status = "openstack_error"
    elif kind.__module__ == "katapult_disk.openstack":
        status = OPENSTACK + status
    error = {name: getattr(exception, name) for name in ERROR_FIELDS}
    error["outcome"] = next(text for text in OUTCOMES if exception.outcome == text)
    return {**error, "status": status, "message": str(exception)}


class PythonFace:
    name = "python"
    pid = None

    def __init__(self):
        import katapult_disk

        self.module = katapult_disk
        self.clients = {}

    def client(self, options, kind):
        key = (kind, json.dumps(options, sort_keys=True))
        if key not in self.clients:
            module = self.module.openstack if kind == "openstack" else self.module
            self.clients[key] = module.Client(**options)
        return self.clients[key]

    def call(self, options, operation, arguments):
        arguments = dict(arguments)
        try:
            if operation.startswith(OPENSTACK):
                method = operation.removeprefix(OPENSTACK)
                result = getattr(self.client(options, "openstack"), method)(**arguments)
            else:
                if operation == "wait_task" and "task_id" in arguments:
                    arguments["task"] = arguments.pop("task_id")
                result = getattr(self.client(options, "katapult"), operation)(**arguments)
                if operation in LISTS:
                    assert iter(result) is result, "a list that has pages must be an iterator"
                    result = list(result)
        except (self.module.KatapultError, TypeError) as exception:
            return Outcome(error=error_of(exception), object=exception)
        if isinstance(result, list):
            return Outcome(value=[item.to_dict() for item in result], object=result)
        return Outcome(value=None if result is None else result.to_dict(), object=result)

    def close(self):
        self.clients.clear()


class Driver:
    """A program that answers a line with a line."""

    def __init__(self, command):
        self.command = command
        self.process = None
        self.unread = b""

    def ask(self, line, seconds=60):
        if self.process is None:
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
            self.unread = b""
        self.process.stdin.write(line + b"\n")
        pieces = [self.unread]
        while b"\n" not in pieces[-1]:
            readable, _, _ = select.select([self.process.stdout], [], [], seconds)
            piece = self.process.stdout.read(65536) if readable else b""
            if not piece:
                status = self.process.poll() if readable else None
                self.stop()
                reason = f"ended (exit status {status})" if readable else f"gave no answer within {seconds} s"
                raise AssertionError(f"{self.command[0]} {reason} after {line[:500]!r}")
            pieces.append(piece)
        answer, self.unread = b"".join(pieces).split(b"\n", 1)
        return answer

    def stop(self):
        """Ends the program; its exit status, 0 when it ended well."""
        if self.process is None:
            return 0
        self.process.stdin.close()
        try:
            status = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process.stdout.close()
        self.process = None
        return status


class RustFace:
    name = "rust"

    def __init__(self, prefix=()):
        self.driver = Driver([*prefix, str(built(RUST_DRIVER))])

    @property
    def pid(self):
        return self.driver.process.pid

    def call(self, options, operation, arguments):
        named, request = split(operation, arguments)
        question = {"client": options, "operation": operation, "named": named, "request": request}
        question["wait"] = waits(operation, arguments)
        if "timeout" in arguments:
            question["timeout"] = "inf" if arguments["timeout"] is None else arguments["timeout"]
        answer = json.loads(self.driver.ask(json.dumps(question).encode()))
        if "error" in answer:
            return Outcome(error=answer["error"])
        value = answer["value"]
        return Outcome(value=value if TABLE[operation].items else part_of(operation, value))

    def close(self):
        assert self.driver.stop() == 0, "katapult-rust-driver did not end well"


class Cloud:
    """The simulator's OpenStack through one face, with a client of its own, which logs in by password unless it gets
    other options."""

    numbers = itertools.count()

    def __init__(self, face, sim, options=None):
        self.face, self.sim = face, sim
        # No other client has these options, so that none lends its token.
        self.options = {**(sim.login() if options is None else options), "user_agent": f"cloud/{next(self.numbers)}"}

    def call(self, operation, **arguments):
        given = {"server_id": self.sim.about["server_id"], **arguments}
        return self.face.call(self.options, OPENSTACK + operation, given)

    def get(self, **arguments):
        return self.call("get_volume_attachment", **{"volume_id": self.sim.about["volume_id"], **arguments})

    def list(self, **arguments):
        return self.call("list_volume_attachments", **arguments)

    def detach(self, **arguments):
        return self.call("detach_volume", **{"volume_id": self.sim.about["volume_id"], **arguments})

    def asked(self, service=None):
        """What was asked for, such as ("DELETE", "volume"), of one service or of both."""
        every = [(request["method"], subject(request["path"])) for request in self.sim.requests()]
        of_keystone = ("login", "catalog")
        return [
            (method, what)
            for method, what in every
            if service is None or (what in of_keystone) == (service == "keystone")
        ]


SUBJECTS = {
    r"/identity/v3/auth/tokens": "login",
    r"/identity/v3/auth/catalog": "catalog",
    r".*/os-volume_attachments/[^/]+": "volume",
    r".*/os-volume_attachments": "volumes",
    r".*/os-instance-actions/[^/]+": "action",
}


def subject(path):
    return next((name for pattern, name in SUBJECTS.items() if re.fullmatch(pattern, path)), path)
