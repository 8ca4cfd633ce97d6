"""The functions of the package: the methods of a client that is made from the environment at first use, or set."""

from ._katapult_disk import Client
from .errors import InvalidArgument

# No lock: one that another thread holds at the moment of a fork would stay locked in the child.
_clients = {}  # type: dict[str, Client]


def client():
    """The client that the functions use."""
    try:
        return _clients["default"]
    except KeyError:
        # Of several threads that come here at once, one wins and all use its client.
        return _clients.setdefault("default", Client())


def set_default_client(client):
    """Sets the client that the functions of this module use.

    None is to make one from the environment again, at the next use. Raises InvalidArgument for anything but a Client; a
    `unittest.mock.Mock(spec=Client)` counts as one.
    """
    if client is None:
        _clients.pop("default", None)
    elif isinstance(client, Client):
        _clients["default"] = client
    else:
        message = f"client must be a katapult_disk.Client or None, not {type(client).__name__}"
        raise InvalidArgument(message, description=message, outcome="not_sent")


set_default_client.__module__ = __package__

# types.MethodType, without importing types.
_BoundMethod = type(InvalidArgument().__init__)  # type: ignore[misc]


def functions():
    """A function for each method of `Client` that sends something, by its name."""
    kind = type(Client.close)
    return {
        name: _function(name, method)
        for name, method in vars(Client).items()
        if isinstance(method, kind) and not name.startswith("_") and name not in ("close", "interrupt")
    }


def _function(name, method):
    def function(*args, **kwargs):
        return getattr(client(), name)(*args, **kwargs)

    function.__name__ = function.__qualname__ = name
    function.__module__ = __package__
    function.__doc__ = method.__doc__
    # Where inspect.signature() finds the parameters, and so help() and unittest.mock; of a bound method without `self`.
    function.__wrapped__ = _BoundMethod(method, Client)
    return function
