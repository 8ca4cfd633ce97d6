"""What holds for the objects of every class that Python gets: frozen, comparable, picklable."""

import copy
import pickle
from types import MappingProxyType

import katapult_disk
import pytest
from bodies import ATTACHMENT, DISK, DISK_ID, MACHINE, POLICY
from katapult_disk import openstack

# A way to each class, from the objects that calls give.
THINGS = {
    "Disk": lambda made: made["disk"],
    "DiskTask": lambda made: made["started"],
    "CreatedDisk": lambda made: made["made"],
    "Task": lambda made: made["made"].task,
    "DiskIoProfile": lambda made: made["disk"].io_profile,
    "VirtualMachineDisk": lambda made: made["disk"].virtual_machine_disk,
    "DiskInstallation": lambda made: made["disk"].installation,
    "DiskInstallationAttribute": lambda made: made["disk"].installation.attributes[1],
    "DeletedDisk": lambda made: made["deleted"],
    "TrashObject": lambda made: made["deleted"].trash_object,
    "VirtualMachine": lambda made: made["machine"],
    "VirtualMachineSummary": lambda made: made["disk"].virtual_machine_disk.virtual_machine,
    "Zone": lambda made: made["machine"].zone,
    "DataCenter": lambda made: made["machine"].zone.data_center,
    "Country": lambda made: made["machine"].zone.data_center.country,
    "DiskTemplate": lambda made: made["template"],
    "DiskTemplateVersion": lambda made: made["template"].latest_version,
    "OperatingSystem": lambda made: made["template"].operating_system,
    "DiskTemplateVersionSpec": lambda made: made["spec"],
    "DiskTemplateSpec": lambda made: made["spec"].spec,
    "DiskTemplateSpecField": lambda made: made["spec"].spec.fields[0],
    "DiskBackupPolicy": lambda made: made["policy"],
    "DiskBackupPolicyTarget": lambda made: made["policy"].target,
    "DiskSummary": lambda made: made["policy"].target.target,
    "Schedule": lambda made: made["policy"].schedule,
    "VolumeAttachment": lambda made: made["attachment"],
    "VolumeDetach": lambda made: made["detach"],
}


@pytest.fixture(params=THINGS)
def thing(request, sim, get, made, started, deleted, machine, template, spec, policy, nova, attachment):
    made = {
        "disk": get(DISK),
        "made": made,
        "started": started,
        "deleted": deleted,
        "machine": machine(MACHINE),
        "template": template,
        "spec": spec,
        "policy": policy(POLICY),
        "attachment": attachment(ATTACHMENT),
        "detach": nova.detach_volume(sim.about["server_id"], sim.about["volume_id"]),
    }
    thing = THINGS[request.param](made)
    assert type(thing).__name__ == request.param
    return thing


def test_every_class_is_among_the_things():
    classes = {
        name
        for module in (katapult_disk, openstack)
        for name in module.__all__
        if hasattr(getattr(module, name), "to_dict")
    }
    # The service has no such thing.
    assert classes - {"OperatingSystemBadge", "FleetCounts"} == set(THINGS)


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


def test_every_argument_of_a_pattern_is_an_attribute(thing):
    for name in type(thing).__match_args__:
        assert hasattr(thing, name)
        assert f"{name}=" in repr(thing)


def test_an_attribute_is_the_same_object_each_time(thing):
    for name in type(thing).__match_args__:
        value = getattr(thing, name)
        if hasattr(value, "to_dict") or isinstance(value, tuple) or name == "annotations":
            assert getattr(thing, name) is value, name


def test_made_of_what_to_dict_gives(thing):
    kind = type(thing)
    beside = {"annotations": thing.annotations} if kind in (katapult_disk.Disk, katapult_disk.VirtualMachine) else {}
    again = kind.from_dict(thing.to_dict(), **beside)
    assert type(again) is kind
    assert again == thing and repr(again) == repr(thing)
    assert kind.from_dict(MappingProxyType(again.to_dict()), **beside) == thing
    assert pickle.loads(pickle.dumps(again)) == thing


def test_made_of_something_else(thing):
    kind = type(thing)
    for wrong in (None, "disk_x", [("id", "disk_x")], 1):
        with pytest.raises(katapult_disk.InvalidArgument, match="mapping must be a mapping such as to_dict gives"):
            kind.from_dict(wrong)
    first = kind.__match_args__[0]
    key = {"volume_id": "volumeId"}.get(first, first)
    # Of a target that it does not know a policy keeps what the service sent.
    if kind is not katapult_disk.DiskBackupPolicyTarget:
        with pytest.raises(katapult_disk.InvalidArgument, match=rf"^{kind.__name__}\.from_dict: {key}") as caught:
            kind.from_dict({**thing.to_dict(), key: [[]]})
        assert isinstance(caught.value, ValueError)
    with pytest.raises(katapult_disk.InvalidArgument, match="not what JSON can hold"):
        kind.from_dict({**thing.to_dict(), key: {1, 2}})


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("Disk", {}, "Disk.from_dict: id is missing"),
        ("Disk", {"id": 5}, "Disk.from_dict: id must be a str, not int"),
        ("Disk", {"id": {}}, "Disk.from_dict: id must be a str, not dict"),
        ("Disk", {"id": 0.5}, "Disk.from_dict: id must be a str, not float"),
        ("Disk", {"id": None}, "Disk.from_dict: id must be a str, not None"),
        ("Disk", {"id": DISK_ID, "io_profile": True}, "Disk.from_dict: io_profile must be a mapping, not bool"),
        ("Disk", {"id": DISK_ID, "size_in_gb": "20"}, "Disk.from_dict: size_in_gb must be an int of at least 0, not str"),
        ("Disk", {"id": DISK_ID, "io_profile": {"id": "x", "iops": -1}}, "io_profile.iops must be an int of at least 0, not -1"),
        ("Task", {"id": "task_x", "created_at": "now"}, "Task.from_dict: created_at must be an int"),
        ("DiskTask", {"disk": {"id": DISK_ID}, "task": {}}, "DiskTask.from_dict: task.id is missing"),
        ("DiskInstallation", {"id": "x", "attributes": [{"key": 1}]}, "attributes[0].key must be a str, not int"),
    ],
)
def test_a_wrong_shape_names_its_member(kind, given, says):
    with pytest.raises(katapult_disk.InvalidArgument) as caught:
        getattr(katapult_disk, kind).from_dict(given)
    assert says in str(caught.value) and kind in str(caught.value)
    assert " at line " not in str(caught.value)


def test_the_annotations_of_a_disk_that_no_call_gave():
    disk = katapult_disk.Disk.from_dict({"id": DISK_ID}, annotations={"team": "storage"})
    assert dict(disk.annotations) == {"team": "storage"}
    assert katapult_disk.Disk.from_dict({"id": DISK_ID}).annotations is None
    with pytest.raises(katapult_disk.InvalidArgument, match="give annotations="):
        katapult_disk.Disk.from_dict({"id": DISK_ID, "annotations": {"team": "storage"}})
    with pytest.raises(katapult_disk.InvalidArgument, match="annotations must be a mapping"):
        katapult_disk.Disk.from_dict({"id": DISK_ID}, annotations="storage")


def test_the_base_makes_nothing():
    with pytest.raises(katapult_disk.InvalidArgument, match="use the class of the object"):
        katapult_disk.Disk.__base__.from_dict({"id": DISK_ID})
