"""The objects that Python gets: frozen, comparable, picklable, and discreet."""

import copy
import json
import pickle
from datetime import datetime, timezone

import katapult_disk
import pytest

DISK_ID = "disk_Py1Th2On3Ob4Je5C"
SECRET = "correct-horse-battery"
DISK = {
    "id": DISK_ID,
    "name": "Data",
    "size_in_gb": 40,
    "wwn": "0a1b2c3d4e5f6071",
    "state": "built",
    "created_at": 1780000000,
    "storage_speed": "nvme",
    "io_profile": {"id": "diop_x", "name": "Fast", "permalink": "fast", "speed_in_mb": 400, "iops": None},
    "bus_type": "virtio",
    "data_center": {"id": "dc_Py1Th2On3Ob4Je5Cx", "name": "Texel", "permalink": "nl-tex-01"},
    "virtual_machine_disk": {
        "virtual_machine": {"id": "vm_Py1Th2On3Ob4Je5C", "fqdn": "web1.acme.example"},
        "attach_on_boot": True,
        "boot": False,
        "state": "attached",
    },
    "installation": {
        "id": "dinst_Py1Th2On3Ob4Je5C",
        "disk_template_version": {"number": 7, "stable": True, "disk_template": {"id": "dtpl_x", "name": "Debian 12"}},
        "attributes": [
            {"key": "hostname", "label": "Hostname", "value": "web1", "description": None, "protect": False},
            {"key": "root_password", "label": "Root password", "value": SECRET, "description": None, "protect": True},
        ],
    },
    "future": {"field": [1, None]},
}
TASK = {
    "id": "task_Py1Th2On3Ob4Je5C",
    "name": "Build disk",
    "status": "running",
    "created_at": 1780000001,
    "started_at": 1780000002,
    "finished_at": None,
    "progress": 37,
    "future": "x",
}
TRASH_OBJECT = {
    "id": "trsh_Py1Th2On3Ob4Je5C",
    "keep_until": 1780172800,
    "object_id": DISK_ID,
    "object_type": "Disk",
    "future": "x",
}
ANNOTATIONS = [{"key": "team", "value": "storage"}]


@pytest.fixture
def client(sim):
    with katapult_disk.Client(**sim.katapult()) as client:
        yield client


@pytest.fixture
def get(client, sim):
    """Gets a disk that the service answers in this form."""

    def getting(disk, annotations=ANNOTATIONS):
        sim.answer({"status": 200, "body": {"disk": disk, "annotations": annotations}})
        return client.get_disk(DISK_ID)

    return getting


@pytest.fixture
def made(client, sim):
    sim.answer({"status": 201, "body": {"disk": DISK, "task": TASK, "annotations": ANNOTATIONS}})
    return client.create_disk("Data", 40, organization="acme")


@pytest.fixture
def deleted(client, sim):
    sim.answer({"status": 200, "body": {"disk": DISK, "trash_object": TRASH_OBJECT}})
    return client.delete_disk(DISK_ID)


@pytest.fixture(params=["disk", "made", "task", "relation", "attribute", "deleted", "trash_object"])
def thing(request, get, made, deleted):
    disk = get(DISK)
    return {
        "disk": disk,
        "made": made,
        "task": made.task,
        "relation": disk.virtual_machine_disk,
        "attribute": disk.installation.attributes[1],
        "deleted": deleted,
        "trash_object": deleted.trash_object,
    }[request.param]


def test_frozen(thing):
    name = type(thing).__match_args__[0]
    before = getattr(thing, name)
    with pytest.raises(AttributeError):
        setattr(thing, name, "other")
    with pytest.raises(AttributeError):
        delattr(thing, name)
    with pytest.raises(AttributeError):
        thing.invented = 1
    assert getattr(thing, name) == before


def test_copies_are_equal(thing):
    copies = [copy.copy(thing), copy.deepcopy(thing)]
    copies += [pickle.loads(pickle.dumps(thing, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for other in copies:
        assert type(other) is type(thing)
        assert other == thing
        assert hash(other) == hash(thing)
        assert repr(other) == repr(thing)


def test_equal_by_value(get):
    one, same = get(DISK), get(dict(reversed(DISK.items())))
    assert one == same
    assert hash(one) == hash(same)
    assert len({one, same}) == 1
    for name, value in (("name", "Other"), ("future", 2), ("installation", None)):
        other = get({**DISK, name: value})
        assert one != other, f"{name} must count"
    assert one != DISK
    assert one != "disk"


def test_what_the_api_sent_survives(get, made, deleted):
    disk = get(DISK)
    assert disk.to_dict() == DISK
    assert made.to_dict() == {"disk": DISK, "task": TASK, "annotations": ANNOTATIONS}
    assert made.task.to_dict() == TASK
    assert made.disk.to_dict() == DISK
    assert deleted.to_dict() == {"disk": DISK, "trash_object": TRASH_OBJECT}
    assert deleted.disk.to_dict() == DISK
    assert deleted.trash_object.to_dict() == TRASH_OBJECT
    for name in ("io_profile", "data_center", "virtual_machine_disk", "installation"):
        assert getattr(disk, name).to_dict() == DISK[name]
    again = pickle.loads(pickle.dumps(disk))
    assert again.to_dict() == DISK
    assert dict(again.annotations) == {"team": "storage"}


def test_what_to_dict_gives_may_be_changed(get):
    disk = get(DISK)
    given = disk.to_dict()
    given["name"] = "changed"
    given["io_profile"]["name"] = "changed"
    assert disk.to_dict() == DISK
    assert (disk.name, disk.io_profile.name) == ("Data", "Fast")


def test_annotations_are_a_mapping_that_cannot_be_changed(get):
    annotations = get(DISK).annotations
    assert annotations["team"] == "storage"
    with pytest.raises((TypeError, AttributeError)):
        annotations["team"] = "other"


def test_times_are_aware(get, made, deleted):
    assert get(DISK).created_at == datetime.fromtimestamp(1780000000, timezone.utc)
    assert get(DISK).created_at.utcoffset() is not None
    assert made.task.started_at == datetime.fromtimestamp(1780000002, timezone.utc)
    assert made.task.finished_at is None
    assert deleted.trash_object.keep_until == datetime.fromtimestamp(1780172800, timezone.utc)
    assert deleted.trash_object.keep_until.utcoffset() is not None


@pytest.mark.parametrize("seconds", [-1, 0, 253402300799])
def test_times_at_the_edges(get, seconds):
    expected = datetime(1970, 1, 1, tzinfo=timezone.utc).timestamp() + seconds
    assert get({"id": DISK_ID, "created_at": seconds}).created_at.timestamp() == expected


def test_a_time_that_no_datetime_can_hold_loses_nothing(get):
    disk = get({"id": DISK_ID, "created_at": 10**15})
    assert disk.to_dict()["created_at"] == 10**15
    assert disk.id == DISK_ID


def test_protected_values_never_show(get, made, deleted):
    disk = get(DISK)
    assert disk.installation.attributes[1].value == SECRET, "whoever asks for it gets it"
    attributes = disk.installation.attributes
    for thing in (disk, made, made.disk, deleted, deleted.disk, disk.installation, attributes, attributes[1]):
        for text in (repr(thing), str(thing), f"{thing}"):
            assert SECRET not in text
    assert "web1" in repr(disk.installation), "what is not protected shows"


def test_a_value_protected_in_an_unknown_place_never_shows(get):
    hidden = {"key": "new", "label": "New", "value": SECRET, "description": None, "protect": True}
    disk = get({**DISK, "installation": {**DISK["installation"], "attributes": [hidden]}, "attributes": [hidden]})
    assert SECRET not in repr(disk) + str(disk)
    assert disk.to_dict()["attributes"] == [hidden]


def test_a_repr_helps(get, made, deleted):
    text = repr(get(DISK))
    assert text.startswith("Disk(")
    for part in (DISK_ID, "Data", "40", "built"):
        assert part in text
    assert "running" in repr(made.task)
    assert repr(deleted).startswith("DeletedDisk(")
    assert TRASH_OBJECT["id"] in repr(deleted.trash_object)


def test_match_args(get, made, deleted):
    for thing, first in (
        (get(DISK), DISK_ID),
        (made.task, TASK["id"]),
        (deleted.trash_object, TRASH_OBJECT["id"]),
    ):
        arguments = type(thing).__match_args__
        assert getattr(thing, arguments[0]) == first
        assert all(hasattr(thing, name) for name in arguments)
    assert type(made).__match_args__[:2] == ("disk", "task")
    assert type(deleted).__match_args__[:2] == ("disk", "trash_object")


def test_unknown_words_survive(get):
    disk = get({"id": DISK_ID, "state": "hibernating", "bus_type": "nvmeof", "storage_speed": "warp"})
    assert (disk.state, disk.bus_type, disk.storage_speed) == ("hibernating", "nvmeof", "warp")
    assert f"{disk.state}" == "hibernating"


def test_what_is_missing_is_none(get):
    disk = get({"id": DISK_ID}, annotations=[])
    for name in set(type(disk).__match_args__) - {"id", "annotations"}:
        assert getattr(disk, name) is None
    assert disk.to_dict() == {"id": DISK_ID}
    assert not disk.annotations


def test_objects_are_json_friendly(made):
    assert json.loads(json.dumps(made.to_dict())) == made.to_dict()


def test_the_result_of_nova(sim):
    with katapult_disk.openstack.Client(**sim.openstack()) as nova:
        result = nova.detach_volume(sim.about["server_id"], sim.about["volume_id"])
    assert result.request_id.startswith("req-")
    assert result.to_dict() == {"request_id": result.request_id}
    assert pickle.loads(pickle.dumps(result)) == result
    assert result.request_id in repr(result)
