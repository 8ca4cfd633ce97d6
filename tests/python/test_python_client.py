"""Client options, the functions of the module, and secrets in Python."""

import os
import subprocess
import sys
import threading
import time
import traceback

import katapult_disk
import pytest
import trustme
from faults import silence
from katapult_disk import openstack
from table import TABLE
from test_faults import DISK, READ_ANSWER
from tls import TlsServer

TOKEN = "s3cr3t-t0ken-0f-th3-t3sts"
FUNCTIONS = tuple(name for name, operation in TABLE.items() if not (operation.is_cloud or operation.several))


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


def test_a_wrong_token_names_the_variable_that_held_it():
    script = """
import katapult_disk
try:
    katapult_disk.Client()
except katapult_disk.InvalidConfiguration as error:
    print(error)
"""
    for name in ("KATAPULT_API_TOKEN", "KATAPULT_API_KEY"):
        printed = run(script, **{name: "Bearer s3cr3t"})
        assert printed == f'{name} begins with "Bearer" and a blank: give the token alone\n'


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


def test_a_list_ends_with_its_client(sim):
    with katapult_disk.Client(**sim.katapult(organization=sim.about["organization"])) as client:
        begun, unread = client.list_disks(page_size=1), client.list_disks()
        next(begun)
    sim.forget_requests()
    for disks in (begun, unread):
        with pytest.raises(katapult_disk.InvalidArgument, match="the client is closed"):
            list(disks)
    assert sim.requests() == []


def test_a_list_is_read_by_one_thread(fault_server):
    fault_server.run(silence)
    disks = katapult_disk.Client(**fault_server.katapult(organization="acme", timeout=2)).list_disks()
    reader = threading.Thread(target=pytest.raises, args=(katapult_disk.TimedOut, next, disks))
    reader.start()
    while not fault_server.count():
        time.sleep(0.01)
    with pytest.raises(katapult_disk.InvalidArgument, match="another thread"):
        next(disks)
    reader.join()


def test_an_exception_passes_through_the_context_manager(sim):
    with pytest.raises(ZeroDivisionError), katapult_disk.Client(**sim.katapult()):
        1 / 0


LISTS = [name for name, operation in TABLE.items() if "page_size" in operation.arguments]


@pytest.mark.parametrize("name", LISTS)
def test_the_size_of_pages(sim, name):
    operation = TABLE[name]
    arguments = {key: value for key, value in operation.arguments.items() if key != "page_size"}
    default = str(operation.page_size) if operation.page_size else None
    client = katapult_disk.Client(**sim.katapult())
    pagination = {"current_page": 1, "total_pages": 0, "total": 0, "per_page": 30, "large_set": False}
    body = {**operation.answer, "pagination": pagination, operation.items: []}
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


@pytest.mark.quiet
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
