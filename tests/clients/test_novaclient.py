"""python-novaclient."""

import pytest
from keystoneauth1 import loading, session
from novaclient import client, exceptions


@pytest.fixture(params=["2.1", "2.96"])
def nova(cloud, request):
    login = cloud.login()
    region = login.pop("region_name")
    auth = loading.get_plugin_loader("password").load_from_options(**login)
    return client.Client(request.param, session=session.Session(auth=auth), region_name=region)


def test_servers(cloud, nova):
    [server] = nova.servers.list()
    assert (server.id, server.name, server.status) == (cloud.server_id, "web-1", "ACTIVE")
    assert nova.servers.get(cloud.server_id).networks["sim-network"] == ["192.0.2.10"]
    assert nova.servers.find(name="web-1").id == cloud.server_id
    assert nova.servers.list(search_opts={"status": "SHUTOFF"}) == []
    with pytest.raises(exceptions.NotFound):
        nova.servers.get(cloud.about["other_project"]["server_id"])


def test_a_volume_is_attached_and_detached(cloud, nova):
    free = cloud.free_volume_id
    made = nova.volumes.create_server_volume(cloud.server_id, free)
    assert (made.volumeId, made.device) == (free, "/dev/sdc")
    cloud.wait_until(free, "in-use")
    assert cloud.is_attached(free)
    assert {it.volumeId for it in nova.volumes.get_server_volumes(cloud.server_id)} == cloud.attached()
    assert nova.volumes.get_server_volume(cloud.server_id, free).device == "/dev/sdc"
    nova.volumes.delete_server_volume(cloud.server_id, free)
    cloud.wait_until(free, "available")
    assert not cloud.is_attached(free)
    with pytest.raises(exceptions.NotFound):
        nova.volumes.get_server_volume(cloud.server_id, free)


def test_refusals_and_a_detach_that_fails(cloud, nova):
    with pytest.raises(exceptions.BadRequest, match="root device"):
        nova.volumes.delete_server_volume(cloud.server_id, cloud.about["root_volume_id"])
    cloud.simulator.volume(cloud.volume_id, detach="fails")
    nova.volumes.delete_server_volume(cloud.server_id, cloud.volume_id)
    cloud.wait_until(cloud.volume_id, "in-use")
    [newest, *_] = nova.instance_action.list(cloud.server_id)
    assert (newest.action, newest.message) == ("detach_volume", "Error")
    assert cloud.is_attached(cloud.volume_id)
