"""The pytest plugin: a simulator for each worker, as new in each test that uses the fixture `katapult`."""

from __future__ import annotations

import importlib.util
import os
from typing import Any, Generator, Iterator

import pytest

from ._simulator import Simulator

# The last ones of a test that failed are in its report.
SHOWN_REQUESTS = 30


@pytest.fixture(scope="session")
def katapult_simulator_options() -> dict[str, Any]:
    """The arguments of the `Simulator` that the tests share. Override it in your conftest.py."""
    return {}


@pytest.fixture(scope="session")
def katapult_simulator(katapult_simulator_options: dict[str, Any]) -> Iterator[Simulator]:
    """A running `katapult_sim.Simulator` for the whole session; with xdist one for each worker."""
    with Simulator(**katapult_simulator_options) as simulator:
        yield simulator


@pytest.fixture
def katapult(katapult_simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """The simulator as it was at its start, with the environment set for clients of Katapult and OpenStack.

    The default client of `katapult_disk` is made anew, from this environment.
    """
    for name in list(os.environ):
        # Any of them could lead a client of OpenStack to a real cloud.
        if name.startswith("OS_"):
            monkeypatch.delenv(name)
    for name, value in katapult_simulator.environment.items():
        monkeypatch.setenv(name, value)
    # A proxy would not know the way to loopback.
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, ",".join(filter(None, (os.environ.get(name), "127.0.0.1,localhost"))))
    katapult_simulator.reset()
    _reset_default_client()
    yield katapult_simulator
    _reset_default_client()


def _reset_default_client() -> None:
    if importlib.util.find_spec("katapult_disk"):
        import katapult_disk

        katapult_disk.set_default_client(None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Adds the requests that the simulator has seen to the report of a test that failed."""
    outcome = yield
    report = outcome.get_result()
    simulator = getattr(item, "funcargs", {}).get("katapult")
    if report.when == "call" and report.failed and isinstance(simulator, Simulator):
        report.sections.append(("requests to katapult-sim", _requests(simulator)))


def _requests(simulator: Simulator) -> str:
    try:
        requests = simulator.requests
    except Exception as error:
        return str(error)
    left_out = [f"({len(requests) - SHOWN_REQUESTS} before)"] if len(requests) > SHOWN_REQUESTS else []
    return "\n".join([*left_out, *map(str, requests[-SHOWN_REQUESTS:])]) or "none"
