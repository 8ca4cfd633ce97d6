"""Create, attach, resize and detach cloud disks.

    import katapult_disk

    with katapult_disk.Client("token", organization="acme", data_center="uk-lon-01") as client:
        disk = client.create_disk("data", 20, wait=True, progress=True).disk
        print(disk.id, disk.state)

`Client` is for the Katapult Core API, `openstack.Client` for OpenStack. The functions of this module are the methods of
a `Client` that is made from the environment. All errors are `KatapultError`s.
"""

from . import _interpreter  # First: it may refuse.
from . import openstack
from ._default_client import functions as _functions
from ._default_client import set_default_client
from ._katapult_disk import __version__
from ._public import classes_of as _classes_of
from .errors import OpenStackError

# What is written here is in the stubs, too, where editors and type checkers find it.
_public = {**_classes_of(__name__), **_functions()}
globals().update(_public)

__all__ = sorted([*_public, "OpenStackError", "Outcome", "__version__", "openstack", "set_default_client"])


def __getattr__(name):
    # Imported when it is asked for: enum takes longer to import than the whole package.
    if name == "Outcome":
        from .outcome import Outcome

        globals()[name] = Outcome
        return Outcome
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *__all__})
