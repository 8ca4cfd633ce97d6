"""Client options, the functions of the module, and secrets in Python."""

import os
import subprocess
import sys
import threading
import time
import traceback
from types import MappingProxyType

import katapult_disk
import pytest
from faults import silence

TOKEN = "s3cr3t-t0ken-0f-th3-t3sts"
FUNCTIONS = (
    *("create_disk", "get_disk", "update_disk", "delete_disk", "assign_disk", "unassign_disk", "attach_disk"),
    *("detach_disk", "resize_disk", "set_disk_io_profile", "get_task", "wait_task"),
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


def test_wait_takes_a_task_or_its_id(sim):
    client = katapult_disk.Client(**sim.katapult())
    task = client.detach_disk(sim.about["disks"]["attached"]).task
    done = client.wait_task(task, timeout=20)
    assert (done.id, done.status) == (task.id, "completed")
    assert client.wait_task(task.id, timeout=20) == done


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
