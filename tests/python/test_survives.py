"""Any JSON that is accepted survives `to_dict()`: whatever else a service sends, in any order and spelling."""

import json
import pickle
import random

import bodies
import katapult_disk
import pytest
from faults import FaultServer, answer
from katapult_disk import openstack

EXAMPLES = 150  # of each answer

# What an answer cannot do without: ids, and what holds the objects.
NEEDED = {
    *("id", "volumeId", "serverId", "key", "value", "pagination", "current_page", "total_pages"),
    *("disk", "disks", "task", "trash_object", "virtual_machine", "data_centers", "volumeAttachments"),
    *("disk_template_version", "spec", "fields"),
}
# Enumerations, which a service may extend.
WORDS = {"state", "status", "bus_type", "storage_speed", "interval", "type", "object_type"}

ONE_PAGE = {"current_page": 1, "total_pages": 1, "total": 1, "per_page": 200, "large_set": False}
ANSWERS = {
    "get_disk": ({"disk": bodies.DISK, "annotations": bodies.ANNOTATIONS}, "disk"),
    "delete_disk": ({"disk": bodies.DISK, "trash_object": bodies.TRASH_OBJECT}, None),
    "attach_disk": ({"disk": bodies.DISK, "task": bodies.TASK}, None),
    "get_virtual_machine": ({"virtual_machine": bodies.MACHINE, "annotations": bodies.ANNOTATIONS}, "virtual_machine"),
    "get_disk_template_version_spec": (bodies.SPEC, None),
    "list_disks": ({"pagination": ONE_PAGE, "disk": [bodies.DISK, bodies.DISK]}, "disk"),
    "list_virtual_machine_disks": (
        {"pagination": ONE_PAGE, "disks": [{**bodies.DISK["virtual_machine_disk"], "disk": bodies.DISK}]},
        "disks",
    ),
    "list_data_centers": ({"data_centers": [bodies.DATA_CENTER]}, "data_centers"),
    "list_volume_attachments": ({"volumeAttachments": [bodies.ATTACHMENT]}, "volumeAttachments"),
}
ARGUMENTS = {"list_disks": (), "list_data_centers": (), "list_virtual_machine_disks": ("web1.acme.example",)}


class Writer:
    """Writes JSON at random. Texts, since a value could not say how it was written: keys that stand twice, 1.50, -0,
    numbers of any length, both spellings of a character."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self, value):
        return json.dumps(value, ensure_ascii=self.random.random() < 0.5)

    def word(self):
        alphabet = 'aZ0 _-é€😀\x7f\x1f"\\\n/\u2028'
        return "".join(self.random.choices(alphabet, k=self.random.randrange(6)))

    def number(self):
        kinds = (
            lambda: str(self.random.randint(-9, 9)),
            lambda: str(self.random.randint(-(2**66), 2**66)),
            lambda: str(self.random.randint(-(10**300), 10**300)),
            lambda: repr(self.random.uniform(-1, 1) * 10 ** self.random.randint(-300, 300)),
            lambda: self.random.choice(["-0", "-0.0", "1.50", "1E400", "-1e-400", "123456789012345678901234567890.5"]),
        )
        return self.random.choice(kinds)()

    def anything(self, depth=0):
        kind = self.random.randrange(4 if depth < 4 else 2)
        if kind == 0:
            return self.number()
        if kind == 1:
            # The first is half a character, which Python reads and JSON permits.
            odd = ['"\\ud800"', '"\\u0000\\/\\ud83d\\ude00"', "null", "true", "false", "{}", "[ ]"]
            return self.random.choice([*odd, self.text(self.word())])
        parts = [self.anything(depth + 1) for _ in range(self.random.randrange(4))]
        if kind == 2:
            return self.array(parts)
        return self.object((self.random.choice(["a", "b", "id", ""]), part) for part in parts)

    def array(self, texts):
        return f"[{', '.join(texts)}]"

    def object(self, members):
        return "{" + ",".join(f"{self.text(name)} : {text}" for name, text in members) + "}"

    def changed(self, body):
        """A body with members that nobody knows, others missing or null, all in any order."""
        if isinstance(body, list):
            return self.array(self.changed(item) for item in body)
        if not isinstance(body, dict):
            return self.text(body)
        members = []
        for name, value in body.items():
            # A field of a template's specification has no id; its name is that.
            is_needed = name in NEEDED or (name == "name" and "type" in body)
            fate = 1 if is_needed else self.random.random()
            if name in WORDS:
                members.append((name, self.text(self.word())))
            elif fate > 0.2:
                members.append((name, self.changed(value)))
            elif fate > 0.1:
                members.append((name, "null"))
        members += [("x-" + self.word(), self.anything()) for _ in range(self.random.randrange(3))]
        self.random.shuffle(members)
        return self.object(members)


@pytest.fixture(scope="module")
def read():
    """Reads what a server answers with a text: what the client gives, and Python's own reading of it, as lists."""
    with FaultServer() as server, katapult_disk.Client(**server.katapult(organization="acme")) as katapult:
        clients = {"list_volume_attachments": openstack.Client(**server.openstack())}

        def reading(operation, text, compare=True, asked=None):
            _, key = ANSWERS[operation]
            server.run(answer(200, text.encode()))
            result = getattr(clients.get(operation, katapult), operation)(
                *ARGUMENTS.get(operation, (asked or asked_for(operation),))
            )
            sent = json.loads(text) if compare else None
            if key is not None and compare:
                sent = sent[key]
            return (list(result), sent) if operation.startswith("list_") else ([result], [sent])

        yield reading


def asked_for(operation):
    """The id that is in the answer."""
    members = ANSWERS[operation][0]
    if operation == "list_volume_attachments":
        return members["volumeAttachments"][0]["serverId"]
    return next((value["id"] for value in members.values() if isinstance(value, dict) and "id" in value), "id-1")


def survives(result, sent):
    # Of equal reprs, unlike of equal dicts, 1 is not 1.0 and the order of keys counts.
    assert repr(result.to_dict()) == repr(sent)
    for name in result.__match_args__:
        part = getattr(result, name)
        if hasattr(part, "to_dict"):
            survives(part, sent[name])
        elif isinstance(part, (list, tuple)) and part and hasattr(part[0], "to_dict"):
            assert len(part) == len(sent[name])
            for item, of_item in zip(part, sent[name]):
                survives(item, of_item)


@pytest.mark.parametrize("operation", ANSWERS)
def test_what_is_accepted_survives(read, operation):
    for example in range(EXAMPLES):
        text = Writer(f"{operation} {example}").changed(ANSWERS[operation][0])
        try:
            results, sent = read(operation, text)
            assert len(results) == len(sent)
            for result, of_result in zip(results, sent):
                survives(result, of_result)
                again = pickle.loads(pickle.dumps(result))
                assert again == result and repr(again.to_dict()) == repr(of_result)
        except (AssertionError, katapult_disk.KatapultError) as failure:
            pytest.fail(f"{failure}\n\nexample {example}: {text}")


@pytest.mark.parametrize("value", ["[" * 100_000 + "]" * 100_000, "1" * 5_000], ids=["deep", "long"])
def test_what_python_cannot_read_is_an_error_of_its_reader_alone(read, value):
    text = f'{{"disk": {{"id": "x", "new": {value}}}}}'
    [disk], _ = read("get_disk", text, compare=False, asked="x")
    assert disk.id == "x" and disk == disk and repr(disk)
    assert value_or_error(disk.to_dict) == value_or_error(lambda: json.loads(text)["disk"])


def value_or_error(reading):
    """Whether there is an error depends on the version of Python."""
    try:
        return reading()
    except (RecursionError, ValueError) as error:
        return type(error)
