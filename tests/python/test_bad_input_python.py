"""Every argument of every method with everything that it must refuse: InvalidArgument with a message that names the
argument, and nothing sent. And clients that are closed, foreign, copied."""

import copy
import inspect
import pickle
import re
from collections import UserDict
from types import MappingProxyType

import katapult_disk
import pytest
from bad_arguments import DISK, kind_of
from bad_values import IN_PYTHON, MEGABYTE, SECRET, Foreign
from bodies import DISK as DISK_BODY
from bodies import TASK
from faults import FaultServer, answer
from katapult_disk import openstack
from table import OPENSTACK, TABLE

NO_ID_OF_NOVA = ["", "..", ".", "/", "a/b", "a?b", "a#b", "%2e", "A", "é", " ", "a\nb", "a\0b", "💾", "_", MEGABYTE]
REFUSAL = answer(404, {"error": {"code": "disk_not_found", "description": "It must not come here", "detail": {}}})
SERVICES = {"katapult": katapult_disk.Client, "openstack": openstack.Client}
NO_ARGUMENTS = {"close", "interrupt", "__enter__", "__exit__"}


def methods():
    """Service, method and the parameter to go wrong, of everything that a client can do."""
    for service, client in SERVICES.items():
        for name, method in inspect.getmembers(client, callable):
            if not name.startswith("_") and name not in NO_ARGUMENTS:
                yield from ((service, name, parameter) for parameter in parameters_of(method))


def parameters_of(method):
    return {name: value for name, value in inspect.signature(method).parameters.items() if name != "self"}


def needed(client, name):
    """The arguments of a good call."""
    if name == "request":
        return {"method": "GET", "path": "/disks"}
    of = OPENSTACK if isinstance(client, openstack.Client) else ""
    good = TABLE[of + name].arguments
    return {("task" if name == "wait_task" and key == "task_id" else key): value for key, value in good.items()}


@pytest.fixture(scope="module")
def listening():
    with FaultServer() as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_sent_yet(listening):
    listening.run(REFUSAL)


@pytest.fixture(scope="module")
def clients(listening):
    made = {
        "katapult": katapult_disk.Client(**listening.katapult(organization="acme", data_center="uk-lon-01")),
        "openstack": openstack.Client(**listening.openstack()),
    }
    yield made
    for client in made.values():
        client.close()


@pytest.fixture
def things(clients, listening):
    """Objects of the library that are of the wrong class somewhere."""
    listening.run(answer(200, {"disk": {**DISK_BODY, "id": DISK}, "annotations": []}))
    disk = clients["katapult"].get_disk(DISK)
    listening.run(answer(200, {"task": TASK}))
    task = clients["katapult"].get_task(TASK["id"])
    listening.run(REFUSAL)
    return {"disk": disk, "task": task, "class": katapult_disk.Disk, **clients}


def refused(call, named):
    """What is wrong with the refusal of a call, or None."""
    try:
        result = call()
    except katapult_disk.InvalidArgument as error:
        message = str(error)
        if error.outcome != "not_sent":
            return f"{error.outcome}: {message[:200]}"
        if not re.search(rf"(?<!\w){named}(?!\w)", message):
            return f"{message[:200]!r} does not name {named}"
        return f"says too much: {message[:100]}" if len(message) > 500 or SECRET in message else None
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:200]}"
    return f"gave {result!r}"


def bad_values(service, name, parameter, things):
    required = parameters_of(getattr(SERVICES[service], name))[parameter].default is inspect.Parameter.empty
    if parameter in ("server_id", "volume_id"):
        return [None, *IN_PYTHON["text"], *NO_ID_OF_NOVA, *things.values()]
    kind = kind_of(parameter)
    bad = list(IN_PYTHON[kind])
    if kind == "lookup":
        fits = {"disk_id": "disk", "disk": "disk", "trash_object": "disk", "task_id": "task", "task": "task"}.get(parameter)
        bad += [thing for of, thing in things.items() if of != fits]
    elif kind != "progress":
        bad += things.values()
    return [*bad, *([None] if required else [])]


@pytest.mark.parametrize(("service", "name", "parameter"), list(methods()))
def test_arguments(clients, listening, things, service, name, parameter):
    client = clients[service]
    method = getattr(client, name)
    good = needed(client, name)
    if parameter in ("timeout", "progress") and "wait" in parameters_of(method):
        good["wait"] = True
    if parameter == "virtual_machine":
        # Of a policy it is either that or the disk.
        good.pop("disk", None)
    # The task of wait_task is a task_id everywhere else.
    named = "(?:task|task_id)" if parameter == "task" else parameter
    sent, problems = listening.connections, []
    for bad in bad_values(service, name, parameter, things):
        problem = refused(lambda bad=bad: method(**{**good, parameter: bad}), named)
        if listening.requests or listening.connections != sent:
            problem = f"{problem or ''}; something was sent"
            listening.run(REFUSAL)
            sent = listening.connections
        if problem:
            problems.append(f"{parameter}={repr(bad)[:80]}: {problem}")
    if problems:
        pytest.fail("\n".join([f"{name}:", *problems]), pytrace=False)


def test_everything_is_tried():
    tried = {name for _, name, _ in methods()}
    public = {name for client in SERVICES.values() for name, _ in inspect.getmembers(client, callable)}
    assert {name for name in public if not name.startswith("_")} - tried == {"close", "description", "interrupt"}
    assert len(list(methods())) > 130


def test_missing_and_unknown_arguments_are_named(clients, listening):
    for service, name, parameter in methods():
        method = getattr(clients[service], name)
        given = needed(clients[service], name)
        with pytest.raises(TypeError, match="unkn0wn"):
            method(**given, unkn0wn=1)
        if parameters_of(method)[parameter].default is inspect.Parameter.empty:
            del given[parameter]
            with pytest.raises(TypeError, match=parameter):
                method(**given)
    assert listening.requests == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_closed_client(listening, service):
    client = SERVICES[service](**getattr(listening, service)())
    with client as entered:
        assert entered is client
        assert "closed" not in repr(client)
    client.close()
    client.close()
    calls = {name for of, name, _ in methods() if of == service}
    for name in calls:
        problem = refused(lambda name=name: getattr(client, name)(**needed(client, name)), "client")
        assert problem is None, f"{name}: {problem}"
    for read in ("rate_limit", "endpoint"):
        if hasattr(SERVICES[service], read):
            with pytest.raises(katapult_disk.InvalidArgument, match="the client is closed"):
                getattr(client, read)
    assert re.fullmatch(r"Client\(closed, (base_url|endpoint)=.*\)", repr(client))
    assert "token" not in repr(client)
    with pytest.raises(katapult_disk.InvalidArgument, match="the client is closed"), client:
        pass
    assert listening.requests == []


def test_a_client_closed_between_two_pages(clients, listening):
    client = katapult_disk.Client(**listening.katapult(organization="acme"))
    iterator = client.list_disks()
    client.close()
    with pytest.raises(katapult_disk.KatapultError):
        next(iterator)


@pytest.mark.parametrize("service", SERVICES)
def test_a_client_is_neither_copied_nor_pickled(clients, service):
    for way in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="Client"):
            way(clients[service])


def test_a_method_of_one_client_on_another(clients, listening):
    for bad in (clients["openstack"], None, "client", Foreign()):
        with pytest.raises(TypeError):
            katapult_disk.Client.get_disk(bad, DISK)
    with pytest.raises(TypeError):
        openstack.Client.list_volume_attachments(clients["katapult"], "a")
    assert listening.requests == []


def test_the_default_client_is_a_client(clients):
    for bad in (clients["openstack"], "token", 5, katapult_disk.Client, Foreign()):
        problem = refused(lambda bad=bad: katapult_disk.set_default_client(bad), "client")
        assert problem is None, f"{bad!r}: {problem}"
    katapult_disk.set_default_client(clients["katapult"])
    with pytest.raises(katapult_disk.DiskNotFound):
        katapult_disk.get_disk(DISK)
    katapult_disk.set_default_client(None)


def test_counts_of_a_rate_limit():
    assert katapult_disk.RateLimit(200, 199) == katapult_disk.RateLimit(permitted=200, remaining=199)
    for bad in (-1, 2**32, 2**64, 10**400, 1.5, "5", True, None):
        for name, arguments in (("permitted", (bad, 1)), ("remaining", (1, bad))):
            problem = refused(lambda arguments=arguments: katapult_disk.RateLimit(*arguments), name)
            assert problem is None, f"{name}={bad!r}: {problem}"


def test_mappings_that_raise_say_so_themselves(clients, listening):
    class Broken(UserDict):
        def items(self):
            raise ZeroDivisionError

    class Lying(UserDict):
        def __len__(self):
            return 1

        def items(self):
            return []

    client = clients["katapult"]
    for call in (
        lambda: client.update_disk(DISK, annotations=Broken()),
        lambda: client.get_disk(Broken({"id": "a"})),
        lambda: client.update_disk_backup_policy(DISK, schedule=Broken()),
    ):
        with pytest.raises(ZeroDivisionError):
            call()
    assert refused(lambda: client.get_disk(Lying()), "disk_id") is None
    assert listening.requests == []
    with pytest.raises(katapult_disk.DiskNotFound):
        client.get_disk(MappingProxyType({"id": DISK}))


def test_what_was_not_pickled_is_not_restored():
    restore = katapult_disk._katapult_disk._restore
    bad = [("Disk", "{}"), ("Disk", "nonsense"), ("Disk", "\0"), ("Client", "{}"), ("Task", '{"id": 5}')]
    for class_, source in bad:
        with pytest.raises(ValueError, match="not"):
            restore(class_, source)
    for class_, source in ((5, "{}"), ("Disk", 5), ("Disk", None)):
        with pytest.raises(TypeError):
            restore(class_, source)
