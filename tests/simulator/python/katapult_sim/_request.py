"""Requests that the simulator has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping


@dataclass(frozen=True)
class Request:
    """A request of a client to one of the services."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    """Names and values, decoded, in their order."""
    headers: Mapping[str, str]
    body: Any
    """What was in the JSON; None without a body."""
    status: int | None
    """None as long as there is no answer, and if the client went away before it."""

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.query)
        return f"{self.method} {self.path}{'?' if query else ''}{query}: {self.status or 'no answer'}"

    @classmethod
    def _of(cls, logged: Mapping[str, Any]) -> Request:
        return cls(
            method=logged["method"],
            path=logged["path"],
            query=tuple((name, value) for name, value in logged["query"]),
            headers=logged["headers"],
            body=logged["body"],
            status=logged["status"],
        )
