"""Every recorded exchange with the real service, through every face.

The recordings are not a part of this project; replay.py, beside them, serves them and checks every request.
"""

import json
import signal
import subprocess
import sys

import objects
import pytest
from cases import canonical
from faces import LISTS
from places import RECORDINGS
from recorded import read

FILES = sorted(RECORDINGS.glob("*.jsonl"))
pytestmark = pytest.mark.skipif(
    not FILES, reason=f"no recordings in {RECORDINGS}; KATAPULT_RECORDINGS may name their folder"
)


class Replay:
    def __init__(self, *arguments):
        command = [sys.executable, str(RECORDINGS.parent / "replay.py"), *map(str, FILES)]
        command += ["--any-order", "--documented-paths", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.about = json.loads(self.process.stdout.readline())

    def report(self):
        self.process.send_signal(signal.SIGTERM)
        text, _ = self.process.communicate(timeout=20)
        return json.loads(text)


@pytest.mark.parametrize("gzip", ["never", "auto"])
def test_recordings(face, gzip):
    exchanges = list(read(FILES))
    assert len({exchange.operation for exchange in exchanges}) >= 21
    replay = Replay("--gzip", gzip)
    try:
        assert replay.about["expected"] == len(exchanges) > 0
        options = {"base_url": replay.about["listening"], "api_token": "token"}
        for exchange in exchanges:
            check(face.call(options, exchange.operation, exchange.arguments), exchange, face.name)
    finally:
        report = replay.report()
    assert (report["mismatches"], report["left_over_exchanges"]) == ([], [])
    assert report["matched"] == len(exchanges)


def check(outcome, exchange, face_name):
    if exchange.status >= 400:
        expected = exchange.body["error"]
        error = outcome.error
        assert error is not None, f"should have failed, gave {outcome.value}"
        assert error["status"] == error["code"] == expected["code"]
        assert error["description"] == expected["description"]
        assert error["detail"] == expected["detail"]
        assert error["http_status"] == exchange.status
        assert error["request_id"] == exchange.request_id
        assert error["outcome"] == "rejected"
        return
    assert outcome.error is None, outcome.error
    assert canonical(outcome.value) == canonical(exchange.result())
    if face_name == "c" and exchange.operation not in LISTS:
        assert outcome.raw == exchange.text
    if face_name == "python":
        objects.check_result(exchange.operation, outcome.object, exchange.body)
