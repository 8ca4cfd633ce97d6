"""The simulator against recordings of the real service, and against the vendor's OpenAPI document.

Recordings and document are not a part of this project; without them there is nothing to compare with.
"""

import pytest
from conformance import Replay
from conformance_schema import DOCUMENT, Document
from places import RECORDINGS
from simulator import Simulator

FILES = sorted(RECORDINGS.glob("*.jsonl"))
pytestmark = pytest.mark.skipif(
    not (FILES and DOCUMENT.exists()),
    reason=f"no recordings in {RECORDINGS} with openapi.json beside; KATAPULT_RECORDINGS may name their folder",
)


@pytest.fixture(scope="module")
def document():
    return Document()


@pytest.fixture(scope="module")
def own_simulator():
    """Not the one of the other tests: this one's clock stands still."""
    with Simulator() as simulator:
        yield simulator


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_recording(path, own_simulator, document):
    replay = Replay(own_simulator, path)
    assert replay.exchanges
    replay.run(document.check)
