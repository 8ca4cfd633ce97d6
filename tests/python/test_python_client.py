"""Client options, the functions of the module, and secrets in Python."""

import inspect
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType

import katapult_disk
import pytest
import trustme
from faults import silence
from katapult_disk import openstack
from katapult_disk.progress import DetachLine
from simulator import Simulator
from test_faults import DISK, READ_ANSWER
from tls import TlsServer

TOKEN = "s3cr3t-t0ken-0f-th3-t3sts"
FUNCTIONS = (
    *("create_disk", "get_disk", "update_disk", "delete_disk", "assign_disk", "unassign_disk", "attach_disk"),
    *("detach_disk", "resize_disk", "set_disk_io_profile", "get_task", "wait_task"),
    *("list_disks", "list_virtual_machine_disks", "list_virtual_machines", "get_virtual_machine"),
    *("list_disk_io_profiles", "list_disk_templates", "get_disk_template", "list_disk_template_versions"),
    *("get_disk_template_version", "get_disk_template_version_spec", "list_data_centers", "get_data_center"),
    *("list_disk_backup_policies", "get_disk_backup_policy", "create_disk_backup_policy", "update_disk_backup_policy"),
    *("delete_disk_backup_policy", "schedule_disk_backup_policy_deletion"),
    *("list_trash_objects", "get_trash_object", "restore_trash_object", "purge_trash_object", "purge_all_trash"),
)


def run(script, **environment):
    """Runs a script in a Python of its own; what it printed."""
    finished = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, **environment}, capture_output=True, text=True, timeout=60
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def environment(sim):
    return {"KATAPULT_API_URL": sim.about["katapult_url"], "KATAPULT_API_TOKEN": sim.about["api_token"]}


def test_functions_of_the_module_use_the_environment(sim):
    script = f"""
import katapult_disk, sys
made = katapult_disk.create_disk("Data", 20)
katapult_disk.wait_task(made.task, timeout=20)
disk = katapult_disk.update_disk(made.disk.id, name="New")
assert katapult_disk.get_disk(disk.id) == disk, disk
assert katapult_disk.get_task(made.task.id).status == "completed"
detached = katapult_disk.detach_disk({sim.about["disks"]["attached"]!r})
assert katapult_disk.wait_task(detached.task.id, timeout=20).status == "completed"
assert katapult_disk.assign_disk(disk.id, {sim.about["virtual_machine"]["fqdn"]!r}).virtual_machine_disk
katapult_disk.wait_task(katapult_disk.resize_disk(disk.id, 30, method="offline").task, timeout=20)
katapult_disk.wait_task(katapult_disk.set_disk_io_profile(disk.id, "100k").task, timeout=20)
katapult_disk.wait_task(katapult_disk.attach_disk(disk.id).task, timeout=20)
katapult_disk.wait_task(katapult_disk.detach_disk(disk.id).task, timeout=20)
assert katapult_disk.unassign_disk(disk.id).virtual_machine_disk is None
deleted = katapult_disk.delete_disk(disk.id)
assert (deleted.disk.size_in_gb, deleted.trash_object.object_id) == (30, disk.id), deleted
print(disk.name, disk.data_center.permalink)
"""
    printed = run(
        script,
        **environment(sim),
        KATAPULT_ORGANIZATION=sim.about["organization"],
        KATAPULT_DATA_CENTER=sim.about["data_center"],
    )
    assert printed == f"New {sim.about['data_center']}\n"


def test_the_terraform_providers_variable_works_too(sim):
    variables = environment(sim)
    variables["KATAPULT_API_KEY"] = variables.pop("KATAPULT_API_TOKEN")
    disk_id = sim.about["disks"]["attached"]
    script = f"import katapult_disk; print(katapult_disk.get_disk({disk_id!r}).id)"
    assert run(script, **variables) == disk_id + "\n"


def test_arguments_win_over_the_environment(sim):
    script = f"""
import katapult_disk
client = katapult_disk.Client({sim.about["api_token"]!r}, base_url={sim.about["katapult_url"]!r})
print(client.get_disk({sim.about["disks"]["attached"]!r}).id)
"""
    printed = run(script, KATAPULT_API_TOKEN="wrong", KATAPULT_API_URL="http://127.0.0.1:1")
    assert printed.strip() == sim.about["disks"]["attached"]


def test_without_a_token():
    with pytest.raises(katapult_disk.InvalidConfiguration, match="KATAPULT_API_TOKEN") as caught:
        katapult_disk.Client()
    assert caught.value.outcome == "not_sent"
    script = """
import katapult_disk
try:
    katapult_disk.get_disk("disk_x")
except katapult_disk.InvalidConfiguration as error:
    print(error.outcome)
"""
    assert run(script) == "not_sent\n"


def test_the_default_client_is_made_once_by_many_threads(sim):
    script = f"""
import katapult_disk, threading
barrier = threading.Barrier(8)
def get():
    barrier.wait()
    assert katapult_disk.get_disk({sim.about["disks"]["attached"]!r}).id
threads = [threading.Thread(target=get) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print("done")
"""
    assert run(script, **environment(sim)) == "done\n"


def test_everything_is_exported_by_name():
    types = ("Client", "Disk", "DiskTask", "DeletedDisk", "TrashObject", "Task", "KatapultError")
    for name in (*types, "openstack", *FUNCTIONS):
        assert hasattr(katapult_disk, name)
        assert name in katapult_disk.__all__
    assert sorted(katapult_disk.__all__) == sorted(set(katapult_disk.__all__))
    assert all(hasattr(katapult_disk, name) for name in katapult_disk.__all__)


@pytest.mark.parametrize("url", ["http://api.katapult.invalid/core/v1", "http://192.0.2.1", "http://localhost.example"])
def test_http_to_a_foreign_host_is_refused(url):
    with pytest.raises(katapult_disk.InvalidConfiguration, match="allow_http") as caught:
        katapult_disk.Client(TOKEN, base_url=url)
    assert TOKEN not in str(caught.value)
    katapult_disk.Client(TOKEN, base_url=url, allow_http=True).close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://127.8.9.10:1", "http://[::1]:1", "http://localhost:1"])
def test_http_to_loopback_needs_no_permission(url):
    katapult_disk.Client(TOKEN, base_url=url).close()


def test_a_token_never_shows(sim):
    client = katapult_disk.Client(TOKEN, base_url=sim.about["katapult_url"], user_agent="shown/1")
    assert TOKEN not in repr(client) + str(client)
    with pytest.raises(katapult_disk.InvalidApiToken) as caught:
        client.get_disk("disk_x")
    shown = "".join(traceback.format_exception(type(caught.value), caught.value, caught.value.__traceback__))
    assert TOKEN not in shown + repr(caught.value) + repr(vars(caught.value))
    nova = katapult_disk.openstack.Client(**sim.openstack(token=TOKEN))
    assert TOKEN not in repr(nova) + str(nova)
    with pytest.raises(katapult_disk.openstack.Unauthorized) as caught:
        nova.detach_volume(sim.about["server_id"], sim.about["volume_id"])
    assert TOKEN not in repr(caught.value) + repr(vars(caught.value))


def test_a_bad_token_never_shows():
    for token in (TOKEN + "\n" + TOKEN, TOKEN + "\0", TOKEN + "ü"):
        with pytest.raises(katapult_disk.KatapultError) as caught:
            katapult_disk.Client(token)
        assert TOKEN not in str(caught.value) + repr(caught.value)


def test_a_token_in_the_proxy_or_the_url_never_shows():
    for options in ({"proxy": f"http://user:{TOKEN}@127.0.0.1:1"}, {"base_url": f"https://user:{TOKEN}@127.0.0.1:1"}):
        try:
            client = katapult_disk.Client("token", timeout=0.5, **options)
            assert TOKEN not in repr(client)
            client.get_disk("disk_x")
        except katapult_disk.KatapultError as error:
            assert TOKEN not in str(error) + repr(error)
        else:
            raise AssertionError("must fail")


def test_a_client_is_a_context_manager(sim):
    with katapult_disk.Client(**sim.katapult()) as client:
        disk = client.get_disk(sim.about["disks"]["attached"])
    sim.forget_requests()
    with pytest.raises((katapult_disk.KatapultError, RuntimeError, ValueError)):
        client.get_disk(disk.id)
    client.close()
    assert sim.requests() == []


def test_an_exception_passes_through_the_context_manager(sim):
    with pytest.raises(ZeroDivisionError), katapult_disk.Client(**sim.katapult()):
        1 / 0


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


LISTS = {
    "list_disks": ({}, "disk", "200"),
    "list_virtual_machines": ({}, "virtual_machines", "200"),
    "list_disk_io_profiles": ({}, "disk_io_profiles", "200"),
    "list_trash_objects": ({}, "trash_objects", "200"),
    "list_disk_templates": ({}, "disk_templates", None),
    "list_disk_backup_policies": ({}, "disk_backup_policies", None),
    "list_disk_template_versions": ({"disk_template": "x"}, "disk_template_versions", None),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_size_of_pages(sim, name):
    arguments, key, default = LISTS[name]
    client = katapult_disk.Client(**sim.katapult(organization="acme"))
    pagination = {"current_page": 1, "total_pages": 0, "total": 0, "per_page": 30, "large_set": False}
    body = {"pagination": pagination, key: [], "disk_template": {"id": "x"}}
    for given, sent in (({}, default), ({"page_size": None}, default), ({"page_size": 7}, "7")):
        sim.clear()
        sim.answer({"status": 200, "body": body})
        assert list(getattr(client, name)(**arguments, **given)) == []
        query = dict(map(tuple, sim.requests()[0]["query"]))
        assert (query["page"], query.get("per_page")) == ("1", sent)
    sim.clear()
    for wrong in (0, -1, "7", True, 2.0):
        with pytest.raises(katapult_disk.InvalidArgument, match="^page_size must be"):
            getattr(client, name)(**arguments, page_size=wrong)
    assert sim.requests() == []


def test_data_centers_are_a_plain_list(sim):
    client = katapult_disk.Client(**sim.katapult())
    centers = [{"id": "a", "name": "A", "country": {"id": "c", "name": "C"}}, {"id": "b", "new": [1]}]
    sim.answer({"status": 200, "body": {"data_centers": centers}})
    result = client.list_data_centers()
    assert type(result) is list
    assert [center.to_dict() for center in result] == centers
    assert result[0].country.name == "C"


def test_wait_takes_a_task_or_its_id(sim):
    client = katapult_disk.Client(**sim.katapult())
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    done = client.wait_task(task, timeout=20)
    assert (done.id, done.status) == (task.id, "completed")
    assert client.wait_task(task.id, timeout=20) == done
    assert client.get_task(done) == done


def test_progress_is_reported(sim):
    client = katapult_disk.Client(**sim.katapult())
    sim.next_task(seconds=0.5)
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    seen = []
    done = client.wait_task(task, timeout=20, progress=seen.append)
    assert len(seen) >= 2
    assert seen[-1] == done
    assert {item.id for item in seen} == {task.id}


def test_an_exception_in_the_progress_function_ends_the_wait(sim):
    client = katapult_disk.Client(**sim.katapult())
    sim.next_task(seconds=60)
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    with pytest.raises(ZeroDivisionError):
        client.wait_task(task, timeout=20, progress=lambda task: 1 / 0)


def test_a_progress_bar_goes_to_stderr(sim, capfd):
    client = katapult_disk.Client(**sim.katapult())
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    client.wait_task(task, timeout=20, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "Detach disk" in err
    assert "100" in err


def test_other_threads_run_during_a_call(fault_server):
    fault_server.run(silence)
    client = katapult_disk.Client(**fault_server.katapult(timeout=0.6))
    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.is_set():
            ticks.append(time.monotonic())
            time.sleep(0.005)

    thread = threading.Thread(target=tick)
    thread.start()
    with pytest.raises(katapult_disk.TimedOut):
        client.get_disk("disk_x")
    stop.set()
    thread.join()
    gaps = [later - earlier for earlier, later in zip(ticks, ticks[1:])]
    assert len(ticks) > 30
    assert max(gaps) < 0.2, "somebody held the GIL"


def test_verify_false_trusts_anybody():
    with TlsServer(trustme.CA().issue_cert("elsewhere.test")) as server:
        server.run(READ_ANSWER)
        for verify in (None, True):
            with pytest.raises(katapult_disk.TlsFailed):
                katapult_disk.Client(**server.katapult(verify=verify)).get_disk(DISK)
        assert server.count() == 0
        assert katapult_disk.Client(**server.katapult(verify=False)).get_disk(DISK).id == DISK
        nova = {"endpoint": f"{server.url()}/v2.1", "token": TOKEN}
        with pytest.raises(katapult_disk.TlsFailed):
            openstack.Client(**nova).list_volume_attachments("s")
        count = server.count()
        with pytest.raises(katapult_disk.KatapultError):
            openstack.Client(**nova, verify=False).list_volume_attachments("s")
        assert server.count() > count, "it must have been sent"
    for client in (katapult_disk.Client, openstack.Client):
        with pytest.raises(katapult_disk.InvalidArgument, match="^verify must be a bool, not str"):
            client(verify="no")


CREDENTIALS = (
    *("auth_url", "username", "password", "user_domain_name", "project_name", "project_domain_name", "region_name"),
)
OPENSTACK_TEXTS = (
    *("endpoint", "token", "auth_url", "username", "user_id", "password", "user_domain_name", "user_domain_id"),
    *("project_name", "project_id", "project_domain_name", "project_domain_id", "application_credential_id"),
    *("application_credential_name", "application_credential_secret", "region_name", "interface", "service_type"),
    *("compute_api_version", "cloud"),
)


def login(sim, **options):
    return {**{name: sim.about[name] for name in CREDENTIALS}, **options}


def ids(sim):
    return sim.about["server_id"], sim.about["volume_id"]


def entry(sim, **rest):
    """An entry of clouds.yaml, in its own shape."""
    auth = {name: sim.about[name] for name in CREDENTIALS if name != "region_name"}
    return {"auth": auth, "region_name": sim.about["region_name"], **rest}


@pytest.fixture
def clouds(tmp_path, monkeypatch):
    """Writes clouds.yaml: JSON is YAML, too."""

    def writing(**entries):
        path = tmp_path / "clouds.yaml"
        path.write_text(json.dumps({"clouds": entries}), encoding="utf-8")
        monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(path))

    return writing


def test_the_keywords_of_the_openstack_client():
    connection = {
        "timeout": 30.0,
        "connect_timeout": 10.0,
        "ca_file": None,
        "verify": None,
        "proxy": None,
        "user_agent": None,
        "allow_http": False,
        "max_response_bytes": 67108864,
    }
    parameters = inspect.signature(openstack.Client).parameters
    assert {name: parameter.default for name, parameter in parameters.items()} == {
        **dict.fromkeys(OPENSTACK_TEXTS),
        **connection,
    }
    assert list(parameters) == [*OPENSTACK_TEXTS, *connection]
    assert [name for name in parameters if parameters[name].kind != inspect.Parameter.KEYWORD_ONLY] == [
        *("endpoint", "token"),
    ]


@pytest.mark.parametrize("name", OPENSTACK_TEXTS)
def test_what_must_be_a_text_is_one(name):
    with pytest.raises(katapult_disk.InvalidArgument, match=f"^{name} must be a str, not int"):
        openstack.Client(**{name: 7})


def test_it_logs_in_at_the_first_call(sim):
    with openstack.Client(**login(sim)) as nova:
        assert sim.requests() == []
        assert nova.endpoint is None
        assert repr(nova) == f'Client(auth_url="{sim.about["auth_url"]}")'
        one = nova.get_volume_attachment(*ids(sim))
        assert (one.server_id, one.volume_id) == ids(sim)
        assert nova.endpoint.startswith(sim.about["openstack_url"])
        nova.list_volume_attachments(sim.about["server_id"])
        assert sim.state()["logins"] == 1
        assert sim.about["password"] not in repr(nova) + str(vars(openstack.Client))
    with pytest.raises(katapult_disk.InvalidArgument, match="closed"):
        nova.endpoint


def test_an_endpoint_that_is_given_is_shown(sim):
    nova = openstack.Client("https://nova.example/v2.1", "t")
    assert nova.endpoint == "https://nova.example/v2.1"
    assert repr(nova) == 'Client(endpoint="https://nova.example/v2.1")'


def test_an_application_credential(sim):
    credential = {name: sim.about[f"application_credential_{name}"] for name in ("id", "name", "secret")}
    by_id = {"application_credential_id": credential["id"]}
    by_name = {"application_credential_name": credential["name"], "user_id": sim.about["user_id"]}
    for given in (by_id, by_name):
        options = {"auth_url": sim.about["auth_url"], "application_credential_secret": credential["secret"], **given}
        nova = openstack.Client(**options)
        assert nova.list_volume_attachments(sim.about["server_id"])
        assert credential["secret"] not in repr(nova)


def test_a_wrong_password_never_shows(sim):
    nova = openstack.Client(**login(sim, password=TOKEN))
    with pytest.raises(openstack.Unauthorized) as caught:
        nova.list_volume_attachments(sim.about["server_id"])
    assert TOKEN not in str(caught.value) + repr(caught.value) + repr(vars(caught.value)) + repr(nova)
    with pytest.raises(katapult_disk.InvalidConfiguration) as caught:
        openstack.Client(auth_url=sim.about["auth_url"], password=TOKEN)
    assert TOKEN not in str(caught.value)


def test_the_openstack_environment(sim):
    variables = {f"OS_{name.upper()}": value for name, value in login(sim).items()}
    script = f"""
import katapult_disk.openstack
nova = katapult_disk.openstack.Client()
print(nova.get_volume_attachment(*{ids(sim)!r}).volume_id)
"""
    assert run(script, **variables) == sim.about["volume_id"] + "\n"


def test_clouds_yaml(sim, clouds, monkeypatch):
    clouds(here=entry(sim), broken=entry(sim, region_name="nowhere"))
    server_id = sim.about["server_id"]
    # The environment does not count where an entry is named.
    monkeypatch.setenv("OS_REGION_NAME", "nowhere")
    monkeypatch.setenv("OS_PASSWORD", "wrong")
    assert openstack.Client(cloud="here").list_volume_attachments(server_id)
    # Arguments count over the entry.
    with pytest.raises(katapult_disk.InvalidConfiguration, match="nowhere"):
        openstack.Client(cloud="broken").list_volume_attachments(server_id)
    nova = openstack.Client(cloud="broken", region_name=sim.about["region_name"])
    assert nova.list_volume_attachments(server_id)
    with pytest.raises(katapult_disk.InvalidConfiguration, match="no such entry") as caught:
        openstack.Client(cloud="elsewhere")
    assert caught.value.outcome == "not_sent"
    monkeypatch.setenv("OS_CLOUD", "here")
    assert openstack.Client().list_volume_attachments(server_id)
    # OS_CLOUD does not count when it is said how to authenticate.
    assert openstack.Client("https://nova.example/v2.1", "t").endpoint == "https://nova.example/v2.1"


def detaches(sim):
    return sum(request["method"] == "DELETE" for request in sim.requests())


def detach_takes(sim, seconds):
    sim.control("POST", f"volumes/{sim.about['volume_id']}", {"detach_seconds": seconds})


@pytest.mark.parametrize("options", [login, Simulator.openstack], ids=["login", "token"])
def test_detach_and_wait(sim, options):
    detach_takes(sim, 1)
    seen = []
    with openstack.Client(**options(sim)) as nova:
        before = nova.get_volume_attachment(*ids(sim))
        detach = nova.detach_volume(*ids(sim), wait=True, timeout=20, progress=seen.append)
        assert type(detach) is openstack.VolumeDetach
        assert detach.request_id.startswith("req-")
        assert seen and set(seen) == {before}
        with pytest.raises(openstack.NotFound):
            nova.get_volume_attachment(*ids(sim))
    assert detaches(sim) == 1


def test_a_volume_that_is_not_there(sim):
    nova = openstack.Client(**sim.openstack())
    nova.detach_volume(*ids(sim), wait=True, timeout=20)
    for wait in (False, True):
        with pytest.raises(openstack.NotFound):
            nova.detach_volume(*ids(sim), wait=wait)
        assert nova.detach_volume(*ids(sim), wait=wait, missing_ok=True).request_id is None


def test_a_detach_that_takes_too_long(sim):
    detach_takes(sim, 60)
    nova = openstack.Client(**sim.openstack())
    with pytest.raises(katapult_disk.TimedOut) as caught:
        nova.detach_volume(*ids(sim), wait=True, timeout=0.6)
    assert caught.value.outcome == "unknown"
    # One that runs already is waited for.
    with pytest.raises(katapult_disk.TimedOut):
        nova.detach_volume(*ids(sim), wait=True, timeout=0)


def test_an_exception_ends_the_wait_for_a_volume(sim):
    detach_takes(sim, 60)
    nova = openstack.Client(**sim.openstack())
    with pytest.raises(ZeroDivisionError):
        nova.detach_volume(*ids(sim), wait=True, timeout=20, progress=lambda attachment: 1 / 0)
    assert detaches(sim) == 1


def test_arguments_that_need_wait(sim):
    nova = openstack.Client(**sim.openstack())
    for arguments in ({"timeout": 5}, {"timeout": None}, {"progress": True}, {"progress": print}):
        for wait in ({}, {"wait": False}):
            with pytest.raises(katapult_disk.InvalidArgument, match="needs wait=True"):
                nova.detach_volume(*ids(sim), **arguments, **wait)
    for arguments, message in (
        ({"missing_ok": 1}, "missing_ok must be a bool"),
        ({"wait": "yes"}, "wait must be a bool"),
        ({"wait": True, "progress": 1}, "progress must be True, False, None or a callable"),
        ({"wait": True, "timeout": -1}, "timeout"),
    ):
        with pytest.raises(katapult_disk.InvalidArgument, match=f"^{message}"):
            nova.detach_volume(*ids(sim), **arguments)
    with pytest.raises(TypeError):
        nova.detach_volume(*ids(sim), True)
    with pytest.raises(katapult_disk.InvalidArgument, match="^volume_id must be a str, not NoneType"):
        nova.get_volume_attachment("s", None)
    assert sim.requests() == []


def test_a_line_for_a_detach_goes_to_stderr(sim, capfd):
    detach_takes(sim, 1)
    nova = openstack.Client(**sim.openstack())
    nova.detach_volume(*ids(sim), wait=True, timeout=20, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert err == f"volume {sim.about['volume_id']} is still attached  0 s\n"


def test_a_terminal_redraws_the_line(sim):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    attachment = openstack.Client(**sim.openstack()).get_volume_attachment(*ids(sim))
    terminal = Terminal()
    line = DetachLine(terminal)
    line(attachment)
    line(attachment)
    line.finish()
    shown = f"\rvolume {sim.about['volume_id']} is still attached  0 s"
    assert terminal.getvalue() == shown * 2 + "\n"
    assert len(shown) < 80


INTERRUPTED = """
import json, sys, time
import katapult_disk
from urllib import request
options, ids, control, orders = map(json.loads, sys.argv[1:])
nova = katapult_disk.openstack.Client(**options)
looks = []
def look(attachment):
    looks.append(attachment)
    if len(looks) == 3:
        if orders:
            headers = {"Content-Type": "application/json"}
            order = request.Request(control + "/answers", json.dumps(orders).encode(), headers)
            request.build_opener(request.ProxyHandler({})).open(order).close()
        print("looked", flush=True)
try:
    nova.detach_volume(*ids, wait=True, timeout=60, progress=look)
except KeyboardInterrupt as error:
    print(time.monotonic())
    assert isinstance(error.__cause__, katapult_disk.Interrupted), error.__cause__
    assert error.__cause__.outcome == "unknown", error.__cause__.outcome
"""
HANGS = {"service": "nova", "method": "GET", "perform": True, "delay_seconds": 5}
# What it is at half a second, or more, after its third look.
MOMENTS = {"asleep": ([], True, 0.5), "asking-about-the-action": ([HANGS], False, 0.5), "in-a-look": ([HANGS], True, 2.5)}


@pytest.mark.parametrize("options", [login, Simulator.openstack], ids=["login", "token"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_ends_the_wait_for_a_volume(sim, options, moment):
    orders, actions_forbidden, after = MOMENTS[moment]
    detach_takes(sim, 60)
    sim.control("POST", "openstack", {"actions_forbidden": actions_forbidden})
    arguments = options(sim), ids(sim), sim.about["control_url"], orders
    command = [sys.executable, "-c", INTERRUPTED, *map(json.dumps, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "looked\n", process.communicate()
        time.sleep(after)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            printed, errors = process.communicate(timeout=10)
        finally:
            process.kill()
    assert process.returncode == 0, errors
    assert float(printed) - sent < 0.5
    assert detaches(sim) == 1
