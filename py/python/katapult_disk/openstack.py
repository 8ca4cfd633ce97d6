"""Detach volumes in OpenStack.

    with katapult_disk.openstack.Client("https://nova.example:8774/v2.1", token) as nova:
        nova.detach_volume(server_id, volume_id)
"""

from ._katapult_disk import OpenStackClient as Client
from ._katapult_disk import VolumeDetach
from .errors import BadRequest, Conflict, Forbidden, NotFound, OpenStackError, Unauthorized

__all__ = [
    "BadRequest",
    "Client",
    "Conflict",
    "Forbidden",
    "NotFound",
    "OpenStackError",
    "Unauthorized",
    "VolumeDetach",
]
