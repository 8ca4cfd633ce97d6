"""The package from its sources, with the simulator that `make sim` has built or KATAPULT_SIM names."""

import os
import socket
import sys
from pathlib import Path

import pytest

PYTHON = Path(__file__).resolve().parents[1]
PROJECT = PYTHON.parents[2]
TARGET = PROJECT / os.environ.get("CARGO_TARGET_DIR", "target")
WHEELS = TARGET / "wheels"

sys.path.insert(0, str(PYTHON))
os.environ.setdefault("KATAPULT_SIM", str(TARGET / "sim" / "katapult-sim"))
# Programs and pytests that the tests start find the package, too.
os.environ["PYTHONPATH"] = str(PYTHON)

pytest_plugins = ["pytester", "katapult_sim.pytest_plugin"]


@pytest.fixture
def get(katapult):
    """Asks the simulator's Katapult, without any client library. Gives status and JSON."""
    import json
    import urllib.error
    import urllib.request

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def getting(path, method="GET", body=None):
        request = urllib.request.Request(
            katapult.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {katapult.api_token}", "Content-Type": "application/json"},
        )
        try:
            with opener.open(request, timeout=10) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text else None

    return getting


@pytest.fixture
def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
