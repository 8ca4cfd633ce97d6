"""The life of a disk: created on a virtual machine, waited for, read, updated, detached, unassigned, grown, deleted; then
a volume detached through OpenStack.

    python lifecycle.py

The environment says where and as whom: KATAPULT_API_TOKEN, KATAPULT_ORGANIZATION, KATAPULT_DATA_CENTER,
KATAPULT_VIRTUAL_MACHINE (id or fqdn of a running machine), and for OpenStack OS_AUTH_URL and what else its tools read,
OS_SERVER_ID and OS_VOLUME_ID. `make demo` sets them for the simulator, and so does `katapult-sim -- python lifecycle.py`.
"""

import os
import sys

import katapult_disk
from katapult_disk import openstack


def main() -> None:
    with katapult_disk.Client() as client:
        created = client.create_disk(
            "data",
            20,
            virtual_machine=os.environ["KATAPULT_VIRTUAL_MACHINE"],
            attach=True,
            annotations={"made-by": "lifecycle.py"},
        )
        show("create", created.disk)
        client.wait_task(created, progress=True)

        disk = client.get_disk(created)
        show("get", disk)

        disk = client.update_disk(disk, name="database", annotations={**(disk.annotations or {}), "tier": "gold"})
        show("update", disk)

        detaching = client.detach_disk(disk)
        show("detach", detaching.disk)
        client.wait_task(detaching, progress=True)
        show("get", client.get_disk(disk))

        # Workflows: each reads, decides, acts, waits and verifies.
        show("unassign", client.ensure_disk_unassigned(disk))
        show("grow", client.ensure_disk_size(disk, 30, progress=True))
        client.ensure_disk_deleted(disk, purge=True, progress=True)
        print(f"delete   {disk.id} is gone for good", flush=True)

    if "OS_SERVER_ID" in os.environ and "OS_VOLUME_ID" in os.environ:
        detach_volume(os.environ["OS_SERVER_ID"], os.environ["OS_VOLUME_ID"])
    else:
        print("detach   no OpenStack volume: OS_SERVER_ID and OS_VOLUME_ID are not set")


def show(step: str, disk: katapult_disk.Disk) -> None:
    relation = disk.virtual_machine_disk
    attachment = relation.state if relation else "unassigned"
    annotations = ", ".join(f"{key}={value}" for key, value in (disk.annotations or {}).items())
    # Flushed, to be in step with the bar on stderr.
    what = f'{disk.id} "{disk.name}" {disk.size_in_gb} GB {disk.state} {attachment}'
    print(f"{step:8} {what}  {annotations}".rstrip(), flush=True)


def detach_volume(server_id: str, volume_id: str) -> None:
    with openstack.Client() as nova:
        detach = nova.detach_volume(server_id, volume_id)
    print(f"detach   volume {volume_id} from server {server_id}: {detach.request_id}")


if __name__ == "__main__":
    try:
        main()
    except katapult_disk.KatapultError as error:
        sys.exit(f"{type(error).__name__}: {error} (outcome: {error.outcome})")
