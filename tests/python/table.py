"""The table of operations: the heads of tests/cases/*.json. Every list of operations in the tests follows from it.

The members of a head:

operation  its name in Python and Rust (with openstack_ before it: of that client)
c          its C function without katapult_, where c_name() does not find it
source     where what the cases say is written
request    method and path
needs      the arguments that it cannot do without
arguments  those of a good call, and what it sends:
query, body
status     of a good answer (200)
answer     the body of a good answer
gives      the member of the answer that Python's to_dict() gives; without it, the whole answer
items      of a list with pages: the member of each page that has the items
page_size  of such a list: how many items a page has in Python where nobody says it; without it, the service says it
kind       what an item is, for objects.py, where it is not the singular of items
task       whether it starts a task, and so can wait for it
errors     what it documents besides what every operation may answer: "404 disk_not_found"
also       the same operation on other paths, each with what differs, and `of`, which tells its cases apart
elsewhere  parameters of Python's method that have no case, and the file that has their tests
values     where in the result an enumeration is, and which, all of whose values have a case
live       arguments of a call that the simulator performs as it is after a reset, for tests/faults; several, by a name
           for each; without it, the answer is prescribed
polls      that it asks again and again: what every operation does with an error is not a case of it
several    of a call that sends several requests: the file with its tests; it has no cases
raises     of OpenStack: the exceptions that its documentation names
"""

import json
from dataclasses import dataclass, field, replace
from typing import Optional

from places import CASES

OPENSTACK = "openstack_"
# The parameters of what can wait for its task.
WAIT = frozenset({"wait", "timeout", "progress"})


@dataclass(frozen=True)
class Operation:
    name: str
    cases: tuple = ()
    c: str = ""
    source: str = ""
    request: tuple = ()
    needs: tuple = ()
    arguments: dict = field(default_factory=dict)
    query: list = field(default_factory=list)
    body: Optional[dict] = None
    status: int = 200
    answer: object = None
    gives: str = ""
    items: str = ""
    page_size: int = 0
    kind: str = ""
    task: bool = False
    errors: tuple = ()
    also: tuple = ()
    elsewhere: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    live: Optional[dict] = None
    polls: bool = False
    several: str = ""
    raises: tuple = ()

    @property
    def is_cloud(self):
        return self.name.startswith(OPENSTACK)

    @property
    def is_write(self):
        return self.request[0] != "GET"

    @property
    def part(self):
        """The member of the answer that holds the object or the items; empty for the whole answer."""
        return self.items or self.gives

    @property
    def method(self):
        """Its name in Python's client."""
        return self.name.removeprefix(OPENSTACK)

    @property
    def documented(self):
        """Status and code of each error that it documents itself."""
        return {(int(status), code) for status, _, code in (error.partition(" ") for error in self.errors)}


def merged(value, others):
    """A mapping with further members."""
    return {**(value or {}), **others} if others else value


def read(path):
    """The operation that a file describes, and its other paths as operations of the same name."""
    head = json.loads(path.read_text(encoding="utf-8"))
    name = head.pop("operation")
    assert name == path.stem, f"{path}: its operation is {name}"
    if "request" in head:
        head["request"] = tuple(head["request"].split(" "))
    return Operation(name, **head)


def read_all():
    return {path.stem: read(path) for path in sorted(CASES.glob("*.json")) if path.stem != CLIENT}


# Cases without an operation of their own: the options of clients, with a call of get_disk unless they say another.
CLIENT = "client"
TABLE = read_all()
OPTIONS = replace(TABLE["get_disk"], cases=read(CASES / f"{CLIENT}.json").cases)


def paths_of(operation):
    """The operation on each of its paths, with the words that tell the cases of a path apart."""
    yield "", operation
    for other in operation.also:
        changed = {**other, "request": tuple(other["request"].split(" "))}
        of = changed.pop("of")
        yield f" of {of}", replace(operation, **changed)


def live_arguments(operation, about):
    """Sets of arguments for the simulator that describes itself with `about`, by their names; a sole one has none."""
    live = operation.live or {}
    sets = live if live and all(isinstance(value, dict) for value in live.values()) else {"": live}
    return {name: {key: found(value, about) for key, value in given.items()} for name, given in sets.items()}


def found(value, about):
    """What a text like {disks.attached} stands for."""
    if not (isinstance(value, str) and value.startswith("{")):
        return value
    for step in value.strip("{}").split("."):
        about = about[step]
    return about


# C's names: the object before what happens to it.
PLURALS = {"policies": "policy"}


def singular(words):
    last = words.rpartition("_")[2]
    return words.removesuffix(last) + PLURALS.get(last, last.removesuffix("s"))


def c_name(operation):
    """The C function without katapult_: disk_get for get_disk, disk_list for list_disks."""
    if operation.c:
        return operation.c
    verb, _, words = operation.method.partition("_")
    of = OPENSTACK if operation.is_cloud else ""
    return f"{of}{singular(words) if verb == 'list' else words}_{verb}"
