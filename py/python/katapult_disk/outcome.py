"""What is certain about the effect of a call that failed."""

import enum


class Outcome(str, enum.Enum):
    """What is certain about the effect of a call that failed. Equal to its string."""

    NOT_SENT = "not_sent"
    """No change was sent: nothing happened, and the call may be repeated. A single request never left; a workflow may
    have read."""
    REJECTED = "rejected"
    """The service rejected the request: nothing happened."""
    UNKNOWN = "unknown"
    """The request was sent and the effect is not known. After a write, read before repeating it."""

    def __new__(cls, value: str) -> "Outcome":
        # What enum does by itself, with the signature that a type checker should see.
        outcome = str.__new__(cls, value)
        outcome._value_ = value
        return outcome

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, format_spec: str) -> str:
        return format(self.value, format_spec)


# It prints, and pickles, under the name that it is imported by.
Outcome.__module__ = "katapult_disk"
