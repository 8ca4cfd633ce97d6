"""What Python's functions take for an argument, and how they refuse the rest."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType

import katapult_disk
import pytest


NOVA = "http://127.0.0.1:1/v2.1"


def test_positional_and_keyword_arguments(sim):
    client = katapult_disk.Client(**sim.katapult(organization="acme"))
    with pytest.raises(TypeError):
        client.create_disk("Data", 20, "acme")
    with pytest.raises(TypeError):
        client.create_disk("Data")
    with pytest.raises(TypeError):
        client.resize_disk("disk_x", 30, "online")
    with pytest.raises(TypeError):
        client.resize_disk("disk_x", method="online")
    with pytest.raises(TypeError):
        client.assign_disk("disk_x")
    with pytest.raises(TypeError):
        katapult_disk.Client("token", "http://127.0.0.1:1")
    assert sim.requests() == []


@pytest.mark.parametrize("timeout", ["5", True, float("nan"), -1, float("-inf")])
def test_a_wrong_timeout(sim, timeout):
    with pytest.raises((katapult_disk.InvalidArgument, TypeError)):
        katapult_disk.Client(**sim.katapult(timeout=timeout))
    client = katapult_disk.Client(**sim.katapult())
    with pytest.raises((katapult_disk.InvalidArgument, TypeError)):
        client.wait_task("task_x", timeout=timeout)
    assert sim.requests() == []


def test_none_is_the_default(sim):
    """Whoever passes on what was not given to him passes None."""
    options = {"verify": None, "allow_http": None, "max_response_bytes": None}
    client = katapult_disk.Client(**sim.katapult(**options))
    assert client.detach_disk(sim.about["disks"]["attached"], wait=None).task
    assert list(client.list_disks(sim.about["organization"], page_size=None))


@pytest.mark.parametrize("verify", ["/ca.pem", Path("/ca.pem")])
def test_a_file_of_certificates_goes_elsewhere(verify):
    for kind in (katapult_disk.Client, katapult_disk.openstack.Client):
        with pytest.raises(katapult_disk.InvalidArgument, match="^verify must be a bool, not .*ca_file"):
            kind("x", verify=verify)


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("verify", lambda client: katapult_disk.Client("x", verify="no")),
        ("allow_http", lambda client: katapult_disk.Client("x", allow_http=1)),
        ("max_response_bytes", lambda client: katapult_disk.Client("x", max_response_bytes="1")),
        ("connect_timeout", lambda client: katapult_disk.Client("x", connect_timeout="1")),
        ("timeout", lambda client: client.wait_task("task_x", timeout="1")),
        ("wait", lambda client: client.detach_disk("disk_x", wait=1)),
        ("page_size", lambda client: client.list_disks(page_size=True)),
        ("include_universal", lambda client: client.list_disk_templates(include_universal="yes")),
        ("include_disks", lambda client: client.list_disk_backup_policies(include_disks=1)),
        ("purge", lambda client: client.ensure_disk_deleted("disk_x", purge="yes")),
        ("missing_ok", lambda client: katapult_disk.openstack.Client(NOVA, "x").detach_volume("a", "b", missing_ok=1)),
    ],
)
def test_a_wrong_value_names_its_argument(sim, name, call):
    with pytest.raises(katapult_disk.InvalidArgument, match=f"^{name} must be "):
        call(katapult_disk.Client(**sim.katapult(organization="acme")))
    assert sim.requests() == []


@pytest.mark.parametrize(
    ("size", "says"),
    [
        (0, "0"),
        (-1, "-1"),
        (20 * 1024**3, "21474836480: it is in GB, and so many bytes would be 20 GiB"),
        (20 * 10**9, "20000000000: it is in GB, and so many bytes would be 20 GB"),
        (1_000_001, "1000001: it is in GB, not in bytes"),
        (2**70, "1180591620717411303424: it is in GB, and so many bytes would be 1099511627776 GiB"),
    ],
)
def test_a_size_is_in_gb(sim, size, says):
    client = katapult_disk.Client(**sim.katapult(organization="acme"))
    says = f"must be 1 to 1000000, not {says}"
    for call in (
        lambda: client.create_disk("Data", size),
        lambda: client.resize_disk("disk_x", size),
        lambda: client.ensure_disk_size("disk_x", size),
    ):
        with pytest.raises(katapult_disk.InvalidArgument) as caught:
            call()
        assert caught.value.description == f"size_in_gb {says}"
    [result] = client.create_disks([{"name": "Data", "size_in_gb": size}])
    assert str(result.error) == f"specs[0].size_in_gb {says}"
    [result] = client.ensure_disk_sizes({"disk_x": size})
    assert str(result.error) == f"size_in_gb of sizes[0] {says}"
    assert sim.requests() == []


def said(call):
    """What is wrong with an argument, without what Python adds."""
    with pytest.raises(katapult_disk.InvalidArgument) as caught:
        call()
    return caught.value.description


def test_one_rule_for_all_that_breaks_it(sim):
    client = katapult_disk.Client(**sim.katapult(organization="acme"))
    for value in (0, -1, 201, 2**70):
        assert said(lambda value=value: client.list_disks(page_size=value)) == f"page_size must be 1 to 200, not {value}"
    assert said(lambda: client.list_disks(page_size=10**5000)).endswith(" 1 to 200, not one of thousands of digits")
    for value in (0, -1, 1e-300):
        for name in ("timeout", "connect_timeout"):
            expected = f"{name} must be more than 0 seconds, not {value}"
            assert said(lambda name=name, value=value: katapult_disk.Client("x", **{name: value})) == expected
        for call in (client.get_disk, client.detach_disk):
            expected = f"timeout must be more than 0 seconds, not {value}"
            assert said(lambda call=call, value=value: call("disk_x", timeout=value)) == expected
    expected = "timeout must be at least 0 seconds, not -1"
    assert said(lambda: client.detach_disk("disk_x", wait=True, timeout=-1)) == expected
    assert sim.requests() == []


def test_what_names_an_object_is_said_in_one_sentence(sim):
    client = katapult_disk.Client(**sim.katapult(organization="acme"))
    text = """disk_id must be a disk's id (str), an object that holds one, or a mapping such as {"id": "…"}, not int"""
    with pytest.raises(katapult_disk.InvalidArgument) as caught:
        client.get_disk(5)
    assert str(caught.value) == text
    with pytest.raises(katapult_disk.InvalidArgument, match=r"^data_center must be a data center's id or permalink \(str\), an"):
        client.create_disk("Data", 20, data_center=5)
    with pytest.raises(katapult_disk.InvalidArgument, match=r"^organization must be an organization's id or sub_domain \(str\), or"):
        client.list_disks(5)


def test_what_was_deleted_names_its_trash_object(sim):
    client = katapult_disk.Client(**sim.katapult(organization=sim.about["organization"]))
    data_center = sim.about["data_center"]
    created = client.create_disk("Data", 20, data_center=data_center, wait=True)
    for disk in (created, created.disk):
        deleted = client.delete_disk(disk)
        assert client.get_trash_object(disk) == client.get_trash_object(deleted)
        assert client.restore_trash_object(disk).object_id == created.disk.id


def test_infinity_is_no_limit(sim):
    client = katapult_disk.Client(**sim.katapult(timeout=float("inf")))
    assert client.get_disk(sim.about["disks"]["attached"]).id == sim.about["disks"]["attached"]


def test_any_mapping_will_do(sim):
    client = katapult_disk.Client(**sim.katapult())
    made = client.create_disk(
        "Data",
        20,
        organization=MappingProxyType({"sub_domain": sim.about["organization"]}),
        data_center={"permalink": sim.about["data_center"]},
        annotations=MappingProxyType({"team": "storage"}),
    )
    assert dict(made.annotations) == {"team": "storage"}


SUMMER = timezone(timedelta(hours=2))
POLICY = {"status": 200, "body": {"disk_backup_policy": {"id": "x"}}}


@pytest.mark.parametrize(
    "timestamp",
    [
        1780000000,
        datetime(2026, 5, 28, 20, 26, 40, tzinfo=timezone.utc),
        datetime(2026, 5, 28, 22, 26, 40, tzinfo=SUMMER),
        datetime(2026, 5, 28, 22, 26, 40, 999999, tzinfo=SUMMER),
    ],
)
def test_a_timestamp_is_a_number_or_an_aware_datetime(sim, timestamp):
    client = katapult_disk.Client(**sim.katapult())
    sim.answer(POLICY)
    client.schedule_disk_backup_policy_deletion("x", timestamp)
    assert sim.requests()[0]["body"] == {"disk_backup_policy": {"id": "x"}, "timestamp": 1780000000}


@pytest.mark.parametrize(
    ("timestamp", "mentions"),
    [
        (datetime(2026, 5, 28), "aware"),
        (datetime(1960, 5, 28, tzinfo=timezone.utc), "at least 0"),
        (-1, "at least 0"),
        (1780000000000, "in seconds"),
        (True, "not bool"),
        (1780000000.0, "not float"),
        ("1780000000", "not str"),
        (date(2026, 5, 28), "not date"),
        (None, "not NoneType"),
    ],
)
def test_a_wrong_timestamp(sim, timestamp, mentions):
    client = katapult_disk.Client(**sim.katapult())
    with pytest.raises(katapult_disk.InvalidArgument, match=f"^timestamp must be .*{mentions}"):
        client.schedule_disk_backup_policy_deletion("x", timestamp)
    assert sim.requests() == []


def test_a_schedule_is_any_mapping(sim):
    client = katapult_disk.Client(**sim.katapult())
    schedule = {"interval": "weekly", "frequency": 2, "minute": 0, "time": None}
    for given in (schedule, MappingProxyType(schedule)):
        sim.clear()
        sim.answer(POLICY)
        client.update_disk_backup_policy("x", schedule=given)
        sent = {"schedule": {"interval": "weekly", "frequency": 2, "minute": 0}}
        assert sim.requests()[0]["body"] == {"disk_backup_policy": {"id": "x"}, "properties": sent}


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        ("daily", "schedule must be a mapping"),
        ([("interval", "daily")], "schedule must be a mapping"),
        ({"intervall": "daily"}, "schedule.intervall is not known; known here: interval, frequency, minute, time"),
        ({"interval": "yearly"}, "schedule.interval must be hourly or daily or weekly or monthly"),
        ({"interval": 1}, "schedule.interval must be a str, not int"),
        ({"minute": "0"}, "schedule.minute must be an int, not str"),
        ({"time": True}, "schedule.time must be an int, not bool"),
        ({"frequency": -1}, "schedule.frequency must be at least 0"),
        ({1: 1}, "each key of schedule must be a str"),
    ],
)
def test_a_wrong_schedule(sim, schedule, message):
    client = katapult_disk.Client(**sim.katapult())
    for call in (
        lambda: client.create_disk_backup_policy(disk="x", schedule=schedule),
        lambda: client.update_disk_backup_policy("x", schedule=schedule),
    ):
        with pytest.raises(katapult_disk.InvalidArgument) as caught:
            call()
        assert str(caught.value).startswith(message)
    assert sim.requests() == []


def test_whose_policies(sim):
    client = katapult_disk.Client(**sim.katapult(organization="acme"))
    for arguments, mentions in (
        ({"organization": "a", "disk": "b"}, "exclude each other"),
        ({"virtual_machine": "a", "disk": "b"}, "exclude each other"),
        ({"disk": "b", "include_disks": True}, "include_disks"),
        ({"include_disks": True}, "include_disks"),
    ):
        with pytest.raises(katapult_disk.InvalidArgument, match=mentions):
            client.list_disk_backup_policies(**arguments)
    for arguments in ({}, {"disk": "a", "virtual_machine": "b"}):
        with pytest.raises(katapult_disk.InvalidArgument, match="disk"):
            client.create_disk_backup_policy(**arguments)
    for include_disks in (False, None):
        client.list_disk_backup_policies(disk="b", include_disks=include_disks)
    assert sim.requests() == []
