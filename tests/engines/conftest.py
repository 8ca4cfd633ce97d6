import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
# A shell starts what runs in its background with Ctrl-C ignored, and so would the recipes be.
signal.signal(signal.SIGINT, signal.default_int_handler)

import document_blocks  # noqa: E402
from simulator import Simulator  # noqa: E402


@pytest.fixture
def folder(tmp_path):
    document_blocks.write_files(tmp_path)
    return tmp_path


@pytest.fixture
def limited():
    """As the service is: with its rate limit, and tasks that take a second."""
    with Simulator(task_seconds=1, rate_limit=1000) as simulator:
        yield simulator


@pytest.fixture
def slow():
    with Simulator(task_seconds=2) as simulator:
        yield simulator
