"""openstacksdk, as its users call it."""

import openstack
import pytest
from keystoneauth1.exceptions import ConnectFailure
from openstack import exceptions


def connected(cloud, **where):
    return openstack.connect(load_yaml_config=False, load_envvars=False, **cloud.login(**where))


@pytest.fixture
def sdk(cloud):
    with connected(cloud) as connection:
        yield connection


def test_a_volume_is_attached_and_detached(cloud, sdk):
    free = sdk.block_storage.find_volume("spare-1", ignore_missing=False)
    server = sdk.compute.find_server("web-1", ignore_missing=False)
    assert (free.id, server.id) == (cloud.free_volume_id, cloud.server_id)
    made = sdk.compute.create_volume_attachment(server, volume_id=free.id)
    assert (made.volume_id, made.device) == (free.id, "/dev/sdc")
    assert sdk.block_storage.wait_for_status(free, "in-use", failures=["error"], interval=0.05, wait=20)
    assert cloud.is_attached(free.id)

    attachments = {it.volume_id: it for it in sdk.compute.volume_attachments(server)}
    assert attachments.keys() == {cloud.about["root_volume_id"], cloud.volume_id, free.id}
    assert attachments[free.id].attachment_id == cloud.volume(free.id)["attachments"][0]["attachment_id"]

    sdk.compute.delete_volume_attachment(server, free.id, ignore_missing=False)
    assert cloud.status(free.id) == "detaching"
    sdk.block_storage.wait_for_status(free, "available", failures=["error"], interval=0.05, wait=20)
    assert not cloud.is_attached(free.id)
    with pytest.raises(exceptions.NotFoundException, match="is not attached to volume"):
        sdk.compute.delete_volume_attachment(server, free.id, ignore_missing=False)


def test_its_cloud_layer_waits_for_both(cloud, sdk):
    free, server = sdk.get_volume("spare-1"), sdk.get_server("web-1")
    sdk.attach_volume(server, free, wait=True, timeout=20)
    assert cloud.is_attached(free.id)
    sdk.detach_volume(sdk.get_server("web-1"), free, wait=True, timeout=20)
    assert cloud.status(free.id) == "available"


def test_lists_and_objects(cloud, sdk):
    volumes = {volume.name: volume for volume in sdk.block_storage.volumes(limit=1)}
    assert volumes.keys() == {"web-1-root", "web-1-data", "spare-1"}
    assert volumes["web-1-root"].is_bootable and not volumes["spare-1"].is_bootable
    assert [it.id for it in sdk.block_storage.volumes(status="available")] == [cloud.free_volume_id]
    assert sdk.block_storage.get_volume(cloud.volume_id).attachments[0]["server_id"] == cloud.server_id
    [server] = sdk.compute.servers()
    assert (server.status, server.vm_state, server.is_locked) == ("ACTIVE", "active", False)
    assert {it.id for it in server.attached_volumes} == cloud.attached()
    assert server.flavor.name == "sim.small"
    assert sdk.compute.find_server("nobody") is None
    assert sdk.block_storage.find_volume("nothing") is None


@pytest.mark.parametrize("where", [{"region_name": "sim-south"}, {"account": "other_project"}, {"account": "other_domain"}])
def test_other_places_have_other_servers_and_volumes(cloud, where):
    with connected(cloud, **where) as elsewhere:
        here = {cloud.volume_id, cloud.free_volume_id}
        volumes = {volume.id for volume in elsewhere.block_storage.volumes()}
        assert len(volumes) == 3 and not volumes & here
        server = elsewhere.compute.find_server(cloud.about["servers"][0]["server_id"])
        assert server is None
        [server] = elsewhere.compute.servers()
        free = elsewhere.block_storage.find_volume("spare-1", ignore_missing=False)
        elsewhere.compute.create_volume_attachment(server, volume_id=free.id)
        elsewhere.block_storage.wait_for_status(free, "in-use", interval=0.05, wait=20)
        with pytest.raises(exceptions.NotFoundException):
            elsewhere.compute.create_volume_attachment(server, volume_id=cloud.free_volume_id)
    assert cloud.status(cloud.free_volume_id) == "available"


def test_a_detach_that_fails_shows_in_the_action_only(cloud, sdk):
    cloud.simulator.volume(cloud.volume_id, detach="fails")
    sdk.compute.delete_volume_attachment(cloud.server_id, cloud.volume_id)
    cloud.wait_until(cloud.volume_id, "in-use")
    assert cloud.is_attached(cloud.volume_id)
    [newest, *_] = sdk.compute.server_actions(cloud.server_id)
    assert (newest.action, newest.message) == ("detach_volume", "Error")


def test_refusals(cloud, sdk):
    with pytest.raises(exceptions.BadRequestException, match="Cannot detach a root device volume"):
        sdk.compute.delete_volume_attachment(cloud.server_id, cloud.about["root_volume_id"])
    with pytest.raises(exceptions.BadRequestException, match="already attached"):
        sdk.compute.create_volume_attachment(cloud.server_id, volume_id=cloud.volume_id)
    cloud.simulator.control("POST", f"servers/{cloud.server_id}", {"locked": True})
    with pytest.raises(exceptions.ConflictException, match="is locked"):
        sdk.compute.create_volume_attachment(cloud.server_id, volume_id=cloud.free_volume_id)
    cloud.simulator.conditions(cinder_down=True)
    with pytest.raises(exceptions.HttpException):
        sdk.block_storage.get_volume(cloud.volume_id)


def test_a_lost_answer_to_an_attach(cloud, sdk):
    cloud.simulator.answer({"perform": True, "send": "nothing", "method": "POST", "service": "nova"})
    with pytest.raises(ConnectFailure):
        sdk.compute.create_volume_attachment(cloud.server_id, volume_id=cloud.free_volume_id)
    cloud.wait_until(cloud.free_volume_id, "in-use")
    assert cloud.is_attached(cloud.free_volume_id)


def test_a_volume_is_made_and_deleted(cloud, sdk):
    made = sdk.block_storage.create_volume(name="made", size=3, metadata={"a": "b"})
    made = sdk.block_storage.wait_for_status(made, "available", interval=0.05, wait=20)
    assert cloud.volume(made.id)["metadata"] == {"a": "b"}
    sdk.block_storage.delete_volume(made)
    sdk.block_storage.wait_for_delete(made, interval=1, wait=20)
    assert "made" not in {volume.name for volume in sdk.block_storage.volumes()}
