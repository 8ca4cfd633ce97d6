"""The command `openstack` of python-openstackclient, as processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

OPENSTACK = Path(sys.executable).parent / "openstack"


@pytest.fixture
def openstack(cloud, tmp_path):
    """Runs a command from an empty environment: what it printed, or why it failed."""

    def run(*words, fails=False):
        # A home of its own: neither a clouds.yaml nor a cache of versions.
        environment = {**cloud.environment(), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        done = subprocess.run([OPENSTACK, *words], env=environment, capture_output=True, text=True, timeout=60)
        assert (done.returncode != 0) == fails, done.stderr
        return done.stderr if fails else done.stdout

    return run


def table(text):
    return json.loads(text)


def test_servers_and_volumes(cloud, openstack):
    [server] = table(openstack("server", "list", "-f", "json"))
    assert (server["ID"], server["Name"], server["Status"]) == (cloud.server_id, "web-1", "ACTIVE")
    assert server["Flavor"] == "sim.small"
    server = table(openstack("server", "show", "web-1", "-f", "json"))
    assert {it["id"] for it in server["volumes_attached"]} == cloud.attached()
    volumes = {volume["Name"]: volume for volume in table(openstack("volume", "list", "-f", "json"))}
    assert volumes["web-1-data"]["Attached to"][0]["server_id"] == cloud.server_id
    assert volumes["spare-1"]["Status"] == "available"
    volume = table(openstack("volume", "show", cloud.volume_id, "-f", "json"))
    assert (volume["name"], volume["status"], volume["size"]) == ("web-1-data", "in-use", 10)


def test_a_volume_is_added_listed_and_removed_by_name(cloud, openstack):
    free = cloud.free_volume_id
    added = table(openstack("server", "add", "volume", "web-1", "spare-1", "-f", "json"))
    assert (added["Volume ID"], added["Device"]) == (free, "/dev/sdc")
    cloud.wait_until(free, "in-use")
    assert cloud.is_attached(free)
    listed = table(openstack("server", "volume", "list", "web-1", "-f", "json"))
    assert {it["Volume ID"] for it in listed} == cloud.attached()
    openstack("server", "remove", "volume", "web-1", "spare-1")
    cloud.wait_until(free, "available")
    assert not cloud.is_attached(free)


def test_a_volume_is_removed_by_id_and_what_is_refused(cloud, openstack):
    assert "root device" in openstack("server", "remove", "volume", cloud.server_id, cloud.about["root_volume_id"], fails=True)
    cloud.simulator.volume(cloud.volume_id, detach="fails")
    openstack("server", "remove", "volume", cloud.server_id, cloud.volume_id)
    cloud.wait_until(cloud.volume_id, "in-use")
    assert cloud.is_attached(cloud.volume_id)
    assert cloud.last_action()["message"] == "Error"
    cloud.simulator.volume(cloud.volume_id, detach="normal")
    openstack("server", "remove", "volume", cloud.server_id, cloud.volume_id)
    cloud.wait_until(cloud.volume_id, "available")
    assert "not attached" in openstack("server", "remove", "volume", "web-1", "web-1-data", fails=True)
