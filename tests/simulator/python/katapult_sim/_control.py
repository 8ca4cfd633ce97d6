"""Orders to a simulator, over HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from ._errors import SimulatorError

SECONDS = 30.0


class Control:
    def __init__(self, url: str, token: str | None) -> None:
        self._url = url
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        # A proxy would not know the way to loopback.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def order(self, method: str, path: str, body: Any) -> Any:
        request = urllib.request.Request(
            f"{self._url}/{path.lstrip('/')}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers=self._headers,
        )
        try:
            with self._opener.open(request, timeout=SECONDS) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            with error:
                problem = _problem(error.read())
            raise SimulatorError(f"{method} {path}: {problem or error.reason}", error.code) from None
        return json.loads(text) if text.strip() else None


def _problem(text: bytes) -> str | None:
    try:
        return str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        return None
