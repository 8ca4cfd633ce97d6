import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))

from simulator import Simulator  # noqa: E402


class Cloud:
    """The simulator, how to log in to it, and what is true in it, which no client is asked for."""

    def __init__(self, simulator):
        self.simulator, self.about = simulator, simulator.about
        self.server_id, self.volume_id = self.about["server_id"], self.about["volume_id"]
        self.free_volume_id = self.about["free_volume_id"]

    def login(self, account=None, region_name=None):
        """The arguments of `openstack.connect`: of the operator, or of another account of the description."""
        account = self.about[account] if account else self.about
        names = ("username", "password", "user_domain_name", "project_name", "project_domain_name")
        login = {name: account[name] for name in names}
        return {"auth_url": self.about["auth_url"], "region_name": region_name or self.about["region_name"], **login}

    def environment(self):
        return {"OS_" + name.upper(): value for name, value in self.login().items()}

    def read(self, path):
        request = urllib.request.Request(self.about["openstack_url"] + path)
        request.add_header("X-Auth-Token", self.about["openstack_token"])
        request.add_header("OpenStack-API-Version", "compute 2.100")
        with self.simulator.opener.open(request, timeout=10) as response:
            return json.load(response)

    def volume(self, volume_id):
        return self.read(f"/volume/v3/volumes/{volume_id}")["volume"]

    def status(self, volume_id):
        return self.volume(volume_id)["status"]

    def attached(self):
        """The ids of the volumes that the server has."""
        server = self.read(f"/v2.1/servers/{self.server_id}")["server"]
        return {volume["id"] for volume in server["os-extended-volumes:volumes_attached"]}

    def is_attached(self, volume_id):
        """What Cinder and Nova say about it, which must be the same."""
        servers = [attachment["server_id"] for attachment in self.volume(volume_id)["attachments"]]
        assert (self.server_id in servers) == (volume_id in self.attached())
        return servers == [self.server_id]

    def wait_until(self, volume_id, status):
        end = time.monotonic() + 20
        while self.status(volume_id) != status:
            assert time.monotonic() < end, f"{volume_id} is {self.status(volume_id)}, not {status}"
            time.sleep(0.02)

    def last_action(self):
        path = f"/v2.1/servers/{self.server_id}/os-instance-actions"
        return self.read(path)["instanceActions"][0]


@pytest.fixture(scope="session")
def simulator():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def cloud(simulator):
    simulator.reset()
    return Cloud(simulator)
