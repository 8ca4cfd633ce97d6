"""The client that the functions of the package use: made from the environment at first use, or set."""

from ._katapult_disk import Client
from .errors import InvalidArgument

# Importing typing takes longer than all the rest of the package, so only type checkers do.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Optional, TypeVar

    _Function = TypeVar("_Function", bound=Callable[..., Any])

# No lock: one that another thread holds at the moment of a fork would stay locked in the child.
_clients: "Dict[str, Client]" = {}


def client() -> "Client":
    try:
        return _clients["default"]
    except KeyError:
        # Of several threads that come here at once, one wins and all use its client.
        return _clients.setdefault("default", Client())


def set_default_client(client: "Optional[Client]") -> None:
    """Sets the client that the functions of this module use.

    None is to make one from the environment again, at the next use. Raises InvalidArgument for what is no Client; a
    `unittest.mock.Mock(spec=Client)` counts as one.
    """
    if client is None:
        _clients.pop("default", None)
    elif isinstance(client, Client):
        _clients["default"] = client
    else:
        message = f"client must be a katapult_disk.Client or None, not {type(client).__name__}"
        raise InvalidArgument(message, description=message, outcome="not_sent")


def as_method(function: "_Function") -> "_Function":
    """Lets a function show the documentation of its method, and the package as its home."""
    function.__doc__ = getattr(Client, function.__name__).__doc__
    function.__module__ = "katapult_disk"
    return function
