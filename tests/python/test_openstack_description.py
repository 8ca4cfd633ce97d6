"""What a client says that it was told, in each language."""

import json

import katapult_disk
import pytest
from c_face import CFace

NAMES = ["cloud", "auth_url", "auth_type", "user", "user_domain", "application_credential", "project", "project_domain"]
NAMES += ["region_name", "interface", "service_type", "service_name", "endpoint", "compute_api_version", "verify"]
NAMES += ["ca_file"]


class Python:
    def __init__(self, options):
        self.client = katapult_disk.openstack.Client(**options)

    def description(self):
        return self.client.description()

    def list(self, server_id):
        self.client.list_volume_attachments(server_id)


class C:
    def __init__(self, options):
        self.face = CFace()
        assert self.face.send("openstack_client_new", json.dumps(options)) == ["ok", None]

    def description(self):
        status, reply = self.face.send("openstack_client_description")
        assert status == "ok"
        return json.loads(reply)

    def list(self, server_id):
        assert self.face.send("openstack_volume_attachment_list", server_id)[0] == "ok"


@pytest.mark.parametrize("kind", [Python, C])
def test_what_is_known_before_and_after_the_login(kind, sim):
    client = kind(sim.login(interface="internal,public"))
    before = client.description()
    assert list(before) == NAMES
    assert {name: text for name, text in before.items() if text is not None} == {
        "auth_url": sim.about["auth_url"],
        "auth_type": "password",
        "user": sim.about["username"],
        "user_domain": sim.about["user_domain_name"],
        "project": sim.about["project_name"],
        "project_domain": sim.about["project_domain_name"],
        "region_name": sim.about["region_name"],
        "interface": "internal,public",
        "service_type": "compute",
        "verify": True,
    }
    assert sim.requests() == []
    client.list(sim.about["server_id"])
    assert client.description() == {**before, "endpoint": sim.about["openstack_url"] + "/internal/v2.1"}


@pytest.mark.parametrize("kind", [Python, C])
def test_the_project_of_an_application_credential_is_known_after_the_login(kind, sim):
    names = ("auth_url", "region_name", "application_credential_id", "application_credential_secret")
    client = kind({name: sim.about[name] for name in names})
    before = client.description()
    assert (before["application_credential"], before["project"]) == (sim.about["application_credential_id"], None)
    assert sim.about["application_credential_secret"] not in str(before)
    client.list(sim.about["server_id"])
    assert client.description()["project"] == sim.about["project_name"]


def test_a_client_that_is_none_has_no_description(c_face):
    status, reply = c_face.send("no_client", "openstack_client_description")
    assert status == "invalid_argument" and "client is NULL" in reply


def test_a_closed_client_has_no_description(sim):
    client = katapult_disk.openstack.Client(**sim.login())
    client.close()
    with pytest.raises(katapult_disk.InvalidArgument, match="closed"):
        client.description()
