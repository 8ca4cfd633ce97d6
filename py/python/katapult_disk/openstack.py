"""Detach volumes in OpenStack.

    with katapult_disk.openstack.Client(cloud="production") as nova:
        nova.detach_volume(server_id, volume_id, wait=True, progress=True)
"""

from ._public import classes_of as _classes_of

_public = _classes_of(__name__)
globals().update(_public)

__all__ = sorted(_public)
