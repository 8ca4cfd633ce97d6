"""What a user's first program does. Each interpreter runs it with the wheel that pip chose for it."""

import os
import sys
import sysconfig

import katapult_disk
from katapult_disk import openstack

gil = getattr(sys, "_is_gil_enabled", lambda: True)()
assert gil != bool(sysconfig.get_config_var("Py_GIL_DISABLED")), "the package switched the GIL on"

disk = katapult_disk.create_disk("wheel", 20, wait=True, timeout=120).disk
assert (disk.name, disk.state) == ("wheel", "built"), disk
assert disk.id in [each.id for each in katapult_disk.list_disks()]
try:
    katapult_disk.get_disk("disk_thatdoesnotexist")
except katapult_disk.DiskNotFound as error:
    assert (error.http_status, error.outcome) == (404, "rejected"), error
else:
    raise AssertionError("a disk that does not exist was found")
trash = katapult_disk.ensure_disk_deleted(disk, timeout=120)
assert trash.object_id == disk.id, trash

# The handshake cannot succeed, but its first half is made with the cryptography of this platform.
url = os.environ["KATAPULT_API_URL"].replace("http:", "https:")
try:
    katapult_disk.Client("token", base_url=url, timeout=5).get_disk(disk.id)
except katapult_disk.TlsFailed as error:
    assert error.outcome == "not_sent", error
else:
    raise AssertionError("TLS with a server that has none")

volume = openstack.Client().detach_volume(os.environ["OS_SERVER_ID"], os.environ["OS_VOLUME_ID"])
print(f"   {os.path.basename(katapult_disk._katapult_disk.__file__)}: created, waited, listed, deleted, failed well; {volume}")
