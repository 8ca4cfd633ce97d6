"""Objects as Python gets them, of answers that are prescribed to the simulator."""

import katapult_disk
import pytest
from bodies import ANNOTATIONS, ATTACHMENT, DISK, DISK_ID, MACHINE, POLICY, SPEC, TASK, TEMPLATE, TRASH_OBJECT, VERSION
from katapult_disk import openstack


@pytest.fixture
def client(sim):
    with katapult_disk.Client(**sim.katapult()) as client:
        yield client


@pytest.fixture
def get(client, sim):
    """Gets a disk that the service answers in this form."""

    def getting(disk, annotations=ANNOTATIONS):
        sim.answer({"status": 200, "body": {"disk": disk, "annotations": annotations}})
        return client.get_disk(DISK_ID)

    return getting


@pytest.fixture
def made(client, sim):
    sim.answer({"status": 201, "body": {"disk": DISK, "task": TASK, "annotations": ANNOTATIONS}})
    return client.create_disk("Data", 40, organization="acme")


@pytest.fixture
def started(client, sim):
    sim.answer({"status": 200, "body": {"disk": DISK, "task": TASK}})
    return client.detach_disk(DISK_ID)


@pytest.fixture
def listed(client, sim):
    """Lists a virtual machine's disk that the service answers in this form."""

    def listing(relation):
        page = {"current_page": 1, "total_pages": 1, "total": 1, "per_page": 30, "large_set": False}
        sim.answer({"status": 200, "body": {"pagination": page, "disks": [relation]}})
        return next(client.list_virtual_machine_disks(MACHINE["fqdn"]))

    return listing


@pytest.fixture
def deleted(client, sim):
    sim.answer({"status": 200, "body": {"disk": DISK, "trash_object": TRASH_OBJECT}})
    return client.delete_disk(DISK_ID)


@pytest.fixture
def machine(client, sim):
    """Gets a virtual machine that the service answers in this form."""

    def getting(machine, annotations=ANNOTATIONS):
        sim.answer({"status": 200, "body": {"virtual_machine": machine, "annotations": annotations}})
        return client.get_virtual_machine(MACHINE["fqdn"])

    return getting


@pytest.fixture
def policy(client, sim):
    def getting(policy):
        sim.answer({"status": 200, "body": {"disk_backup_policy": policy}})
        return client.get_disk_backup_policy(policy["id"])

    return getting


@pytest.fixture
def template(client, sim):
    sim.answer({"status": 200, "body": {"disk_template": TEMPLATE}})
    return client.get_disk_template("debian-12")


@pytest.fixture
def spec(client, sim):
    sim.answer({"status": 200, "body": SPEC})
    return client.get_disk_template_version_spec(VERSION["id"])


@pytest.fixture
def nova(sim):
    with openstack.Client(**sim.openstack()) as nova:
        yield nova


@pytest.fixture
def attachment(nova, sim):
    """Gets an attachment that the service answers in this form."""

    def getting(attachment):
        sim.answer({"status": 200, "body": {"volumeAttachment": attachment}})
        return nova.get_volume_attachment(attachment.get("serverId", "5e"), attachment["volumeId"])

    return getting
