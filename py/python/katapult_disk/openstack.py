"""Detach volumes in OpenStack.

    with katapult_disk.openstack.Client(cloud="production") as nova:
        nova.detach_volume(server_id, volume_id, wait=True, progress=True)
"""

from ._katapult_disk import OpenStackClient as Client
from ._katapult_disk import VolumeAttachment, VolumeDetach
from .errors import (
    AlreadyDetaching,
    BadRequest,
    Conflict,
    DetachFailed,
    Forbidden,
    NotFound,
    OpenStackError,
    RootDevice,
    Unauthorized,
)

__all__ = [
    "AlreadyDetaching",
    "BadRequest",
    "Client",
    "Conflict",
    "DetachFailed",
    "Forbidden",
    "NotFound",
    "OpenStackError",
    "RootDevice",
    "Unauthorized",
    "VolumeAttachment",
    "VolumeDetach",
]
