"""What holds for the objects of every class that Python gets: frozen, comparable, picklable."""

import copy
import pickle

import katapult_disk
import pytest
from bodies import ATTACHMENT, DISK, MACHINE, POLICY
from katapult_disk import openstack

# A way to each class, from the objects that calls give.
THINGS = {
    "Disk": lambda made: made["disk"],
    "DiskTask": lambda made: made["made"],
    "CreatedDisk": lambda made: made["created"],
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
def thing(request, sim, get, made, created, deleted, machine, template, spec, policy, nova, attachment):
    made = {
        "disk": get(DISK),
        "made": made,
        "created": created,
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
    assert classes - {"OperatingSystemBadge"} == set(THINGS)


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
