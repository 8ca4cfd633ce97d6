"""The objects that Python gets: frozen, comparable, picklable, and discreet."""

import json
import pickle
import sys
from datetime import datetime, timezone

import katapult_disk
import objects
import pytest
from bodies import (
    ANNOTATIONS,
    ATTACHMENT,
    COUNTRY,
    DISK,
    DISK_ID,
    MACHINE,
    POLICY,
    SCHEDULE,
    SECRET,
    SPEC,
    TASK,
    TEMPLATE,
    TRASH_OBJECT,
    ZONE,
)


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


def test_what_the_api_sent_survives_in_the_rest_too(machine, template, spec, policy):
    one = machine(MACHINE)
    assert one.to_dict() == MACHINE
    assert one.zone.to_dict() == ZONE
    assert one.zone.data_center.country.to_dict() == COUNTRY
    again = pickle.loads(pickle.dumps(one))
    assert again.to_dict() == MACHINE
    assert dict(again.annotations) == {"team": "storage"}
    assert template.to_dict() == TEMPLATE
    assert template.latest_version.to_dict() == TEMPLATE["latest_version"]
    assert spec.to_dict() == SPEC
    assert spec.spec.to_dict() == SPEC["spec"]
    assert [field.to_dict() for field in spec.spec.fields] == SPEC["spec"]["fields"]
    assert policy(POLICY).to_dict() == POLICY
    assert policy(POLICY).schedule.to_dict() == SCHEDULE
    assert policy(POLICY).target.target.to_dict() == POLICY["target"]["target"]


def test_the_annotations_of_a_virtual_machine_count(machine):
    assert machine(MACHINE) == machine(MACHINE)
    assert machine(MACHINE) != machine(MACHINE, annotations=[])
    assert hash(machine(MACHINE)) == hash(machine(MACHINE, annotations=[]))
    assert machine(MACHINE).zone == machine(MACHINE, annotations=[]).zone


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ({"id": DISK_ID, "name": "Data", "wwn": "0a1b2c3d4e5f6071"}, "DiskSummary"),
        ({"id": "vm_Py1Th2On3Ob4Je5C", "name": "Web", "fqdn": "web1.acme.example"}, "VirtualMachineSummary"),
        ({"id": "new_Py1Th2On3Ob4Je5C", "name": "?"}, "NoneType"),
        ({"id": DISK_ID, "size_in_gb": "?"}, "NoneType"),
        (None, "NoneType"),
    ],
)
def test_the_target_of_a_policy(policy, target, kind):
    thing = policy({"id": "x", "target": {"target": target}}).target
    assert type(thing.target).__name__ == kind
    assert thing.to_dict() == {"target": target}
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert hash(thing) == hash(pickle.loads(pickle.dumps(thing)))


def test_what_is_missing_of_a_policy_is_none(policy):
    deleted = policy({"id": "x"})
    for name in set(type(deleted).__match_args__) - {"id"}:
        assert getattr(deleted, name) is None
    listed = policy({"id": "x", "schedule": {"interval": "daily", "next_invocation_at": 1780000005}}).schedule
    assert (listed.interval, listed.frequency, listed.minute, listed.time) == ("daily", None, None, None)


def test_times_of_policies_and_virtual_machines_are_aware(policy, machine):
    for value, seconds in (
        (policy(POLICY).auto_move_to_trash_at, 1780000006),
        (policy(POLICY).schedule.next_invocation_at, 1780000005),
        (machine(MACHINE).created_at, 1780000004),
    ):
        assert value.utcoffset() is not None
        assert value == datetime.fromtimestamp(seconds, timezone.utc)


def test_the_password_of_a_virtual_machine_never_shows(machine):
    one = machine(MACHINE)
    assert SECRET not in repr(one) + str(one)
    assert not hasattr(one, "initial_root_password")
    assert one.to_dict()["initial_root_password"] == SECRET, "whoever asks for it gets it"


def test_a_field_of_a_template_shows_its_values(spec):
    assert "from-here" in repr(spec), "what a template suggests is not a secret"
    assert [field.type for field in spec.spec.fields] == ["Text", "Colour"]


def test_objects_stand_for_their_ids(client, sim, get, machine, template, policy, deleted):
    """Wherever a lookup is asked for, an object of that class will do."""
    disk, one, rule = get(DISK), machine(MACHINE), policy(POLICY)
    listed = rule.target.target
    named = one.zone.data_center
    refusal = {"status": 404, "body": {"error": {"code": "disk_not_found", "description": "no", "detail": {}}}}
    summary = disk.virtual_machine_disk.virtual_machine
    version = template.latest_version
    trash = deleted.trash_object
    for key, id, call in (
        ("disk[id]", DISK_ID, lambda: client.get_disk(disk)),
        ("disk[id]", DISK_ID, lambda: client.get_disk(listed)),
        ("disk[id]", DISK_ID, lambda: list(client.list_disk_backup_policies(disk=disk))),
        ("virtual_machine[id]", one.id, lambda: client.get_virtual_machine(one)),
        ("virtual_machine[id]", one.id, lambda: client.get_virtual_machine(summary)),
        ("virtual_machine[id]", one.id, lambda: list(client.list_virtual_machine_disks(one))),
        ("virtual_machine[id]", one.id, lambda: list(client.list_disk_backup_policies(virtual_machine=one))),
        ("data_center[id]", named.id, lambda: client.get_data_center(named)),
        ("disk_template[id]", template.id, lambda: client.get_disk_template(template)),
        ("disk_template[id]", template.id, lambda: list(client.list_disk_template_versions(template))),
        ("disk_template_version[id]", version.id, lambda: client.get_disk_template_version(version)),
        ("disk_template_version[id]", version.id, lambda: client.get_disk_template_version_spec(version)),
        ("disk_backup_policy[id]", rule.id, lambda: client.get_disk_backup_policy(rule)),
        ("trash_object[id]", trash.id, lambda: client.get_trash_object(trash)),
    ):
        sim.forget_requests()
        sim.answer(refusal)
        with pytest.raises(katapult_disk.DiskNotFound):
            call()
        assert dict(map(tuple, sim.requests()[0]["query"]))[key] == id
    for key, id, call in (
        ("disk", DISK_ID, lambda: client.create_disk_backup_policy(disk=disk)),
        ("virtual_machine", one.id, lambda: client.create_disk_backup_policy(virtual_machine=summary)),
        ("virtual_machine", one.id, lambda: client.assign_disk(disk, one)),
        ("io_profile", "diop_x", lambda: client.set_disk_io_profile(disk, disk.io_profile)),
        ("disk_backup_policy", rule.id, lambda: client.update_disk_backup_policy(rule, retention=1)),
        ("disk_backup_policy", rule.id, lambda: client.delete_disk_backup_policy(rule)),
        ("disk_backup_policy", rule.id, lambda: client.schedule_disk_backup_policy_deletion(rule, 1780000006)),
        ("trash_object", trash.id, lambda: client.restore_trash_object(trash)),
        ("trash_object", trash.id, lambda: client.purge_trash_object(trash)),
    ):
        sim.forget_requests()
        sim.answer(refusal)
        with pytest.raises(katapult_disk.DiskNotFound):
            call()
        assert sim.requests()[0]["body"][key] == {"id": id}


def test_what_holds_a_disk_stands_for_it(client, sim, made, started, deleted, listed):
    """So that the result of one call is an argument of the next."""
    relation = listed({"disk": {"id": DISK_ID}, "state": "attached"})
    for holder in (made, started, deleted, relation):
        sim.forget_requests()
        sim.answer({"status": 200, "body": {"disk": DISK}})
        assert client.get_disk(holder).id == DISK_ID
        assert [pair for pair in sim.requests()[0]["query"]] == [["disk[id]", DISK_ID]]
        sim.forget_requests()
        client.list_disk_backup_policies(disk=holder)


def test_a_deleted_disk_stands_for_its_trash_object(client, sim, deleted):
    sim.forget_requests()
    sim.answer({"status": 404, "body": {}})
    with pytest.raises(katapult_disk.KatapultError):
        client.restore_trash_object(deleted)
    assert sim.requests()[0]["body"] == {"trash_object": {"id": deleted.trash_object.id}}


def test_a_relation_without_its_disk_stands_for_nothing(client, get, sim):
    relation = get(DISK).virtual_machine_disk
    sim.forget_requests()
    with pytest.raises(katapult_disk.InvalidArgument, match="disk_id is a VirtualMachineDisk without a disk"):
        client.get_disk(relation)
    assert sim.requests() == []


def test_an_object_of_another_class_or_without_an_id(client, get, template):
    with pytest.raises(katapult_disk.InvalidArgument, match="disk_id must be .* an object that holds one, .*, not DiskTemplate"):
        client.get_disk(template)
    version = get(DISK).installation.disk_template_version
    with pytest.raises(katapult_disk.InvalidArgument, match="disk_template_version_id has no id"):
        client.get_disk_template_version(version)


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


@pytest.mark.skipif(sys.version_info < (3, 10), reason="match is newer")
def test_pattern_matching(machine, policy):
    script = """
match machine, policy:
    case (
        katapult_disk.VirtualMachine(id, fqdn, state="started", zone=katapult_disk.Zone(permalink=None)),
        katapult_disk.DiskBackupPolicy(schedule=katapult_disk.Schedule("daily", 1), target=target),
    ):
        matched = id, fqdn, target.target.id
"""
    names = {"katapult_disk": katapult_disk, "machine": machine(MACHINE), "policy": policy(POLICY)}
    exec(script, names)
    assert names["matched"] == (MACHINE["id"], MACHINE["fqdn"], DISK_ID)


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


def test_the_result_of_nova(sim, nova):
    result = nova.detach_volume(sim.about["server_id"], sim.about["volume_id"])
    assert result.request_id.startswith("req-")
    assert result.to_dict() == {"request_id": result.request_id}
    assert pickle.loads(pickle.dumps(result)) == result
    assert result.request_id in repr(result)


def test_a_volume_attachment(attachment):
    thing = attachment(ATTACHMENT)
    objects.check("volumeAttachment", thing, ATTACHMENT)
    assert thing.to_dict() == ATTACHMENT
    assert type(thing).__module__ == "katapult_disk.openstack"
    assert repr(thing).startswith(f"VolumeAttachment(volume_id='{ATTACHMENT['volumeId']}', server_id=")
    assert thing == attachment(dict(reversed(ATTACHMENT.items())))
    for name, value in (("device", "/dev/vdc"), ("future", None)):
        other = attachment({**ATTACHMENT, name: value})
        assert thing != other, f"{name} must count"
        assert hash(thing) == hash(other)


def test_a_volume_attachment_of_another_microversion(attachment):
    oldest = attachment({"volumeId": "v"})
    assert oldest.volume_id == "v"
    for name in type(oldest).__match_args__[1:]:
        assert getattr(oldest, name) is None
    newest = {"volumeId": "v", "serverId": "s", "attachment_id": "a", "bdm_uuid": "b", "tag": "data"}
    objects.check("volumeAttachment", attachment(newest), newest)


def test_the_volume_attachments_of_a_server(nova, sim):
    about = sim.about
    listed = nova.list_volume_attachments(about["server_id"])
    assert type(listed) is list
    assert {item.volume_id for item in listed} >= {about["volume_id"], about["root_volume_id"]}
    one = nova.get_volume_attachment(about["server_id"], about["volume_id"])
    assert one in listed
    assert one.server_id == about["server_id"]
    sim.answer({"status": 200, "body": {"volumeAttachments": [ATTACHMENT, {"volumeId": "v"}]}})
    assert [item.to_dict() for item in nova.list_volume_attachments(ATTACHMENT["serverId"])] == [ATTACHMENT, {"volumeId": "v"}]
