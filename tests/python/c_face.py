"""The C face: tests/c/driver.c, which makes one call of the library per line."""

import json

from c_arguments import always_waits, split, waits
from c_header import declared, texts
from faces import Driver, Outcome, part_of
from places import C_DRIVER, built
from table import OPENSTACK, TABLE, c_name


def command_of(operation):
    """The function that a face calls: of a list all pages, as in the other faces."""
    operation = TABLE[operation]
    return c_name(operation) + ("_pages" if operation.items else "")


def fields(operation, arguments):
    """The command of an operation, and its fields in the order in which the header has them."""
    command = command_of(operation)
    named, request = split(operation, arguments)
    given = {**named, "request_json": json.dumps(request)}
    more = ("all",) if TABLE[operation].items else waiting(operation, arguments)
    return (command, *(text(given[name]) for name in texts(declared()[command])), *more)


def text(value):
    """A mapping names an object in the API's own form."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


def waiting(operation, arguments):
    """What a command gets for a katapult_wait: seconds and no progress function, or nothing for NULL."""
    if not waits(operation, arguments):
        return ()
    if "timeout" not in arguments:
        return () if always_waits(operation) else ("600", "none")
    return ("inf" if arguments["timeout"] is None else repr(arguments["timeout"]), "none")


def field(value):
    """One field of a command line; bytes go as they are."""
    if value is None:
        return b"\\N"
    if isinstance(value, str):
        value = value.encode()
    return value.replace(b"\\", b"\\\\").replace(b"\t", b"\\t").replace(b"\n", b"\\n")


def unfield(text):
    if text == b"\\N":
        return None
    out, i = bytearray(), 0
    escapes = {ord("t"): b"\t", ord("n"): b"\n", ord("\\"): b"\\"}
    while i < len(text):
        if text[i] == ord("\\"):
            out += escapes[text[i + 1]]
            i += 2
        else:
            out.append(text[i])
            i += 1
    return out.decode()


def command_line(*fields):
    return b"\t".join(field(value) for value in fields)


class CFace:
    name = "c"

    def __init__(self, prefix=(), program=C_DRIVER):
        self.driver = Driver([*prefix, str(built(program))])
        self.current = {}

    @property
    def pid(self):
        return self.driver.process.pid

    def send(self, *fields):
        """One command; its answer as a list: status name, reply or None, and what a command adds."""
        return [unfield(part) for part in self.driver.ask(command_line(*fields)).split(b"\t")]

    def use(self, command, options):
        """Makes the client, unless it is there already; the error if it cannot be made."""
        key = json.dumps(options, sort_keys=True)
        if self.current.get(command) == key and self.driver.process is not None:
            return None
        self.current.pop(command, None)
        status, reply = self.send(command, json.dumps(options))
        if status != "ok":
            return failure(status, reply)
        assert reply is None, f"{command} must set the reply to NULL on success, not {reply!r}"
        self.current[command] = key
        return None

    def call(self, options, operation, arguments):
        failed = self.use("openstack_client_new" if operation.startswith(OPENSTACK) else "client_new", options)
        if failed:
            return failed
        status, reply, *more = self.send(*fields(operation, arguments))
        if status != "ok":
            return failure(status, reply)
        entry = TABLE[operation]
        if entry.items:
            assert reply is None, f"a list must set the reply to NULL on success, not {reply!r}"
            return Outcome(value=[item for page in more for item in json.loads(page)[entry.items]])
        return Outcome(value=part_of(operation, json.loads(reply)), raw=reply)

    def close(self):
        assert self.driver.stop() == 0, "katapult-c-driver did not end well"


# The members of every error, in their order.
MEMBERS = [
    *("status", "operation", "object_id", "code", "message", "description", "hint", "detail", "http_status", "request_id"),
    "outcome",
]


def failure(status, reply):
    error = json.loads(reply)
    assert error["status"] == status, f"the reply says {error['status']}, the return value {status}"
    assert list(error) == MEMBERS
    return Outcome(error=error, raw=reply)
