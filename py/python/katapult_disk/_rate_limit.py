"""What the service says about its limit of requests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RateLimit:
    """The service's count of requests, as its newest answer told it.

    Katapult counts all requests of a token together, per minute of the clock.
    """

    permitted: int
    """Requests permitted per minute."""
    remaining: int
    """Requests left in the minute of that answer."""


RateLimit.__module__ = "katapult_disk"
