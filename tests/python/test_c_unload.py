"""Programs that load the library with dlopen, as plugins are, and unload it again: tests/c/unload.c."""

import json
import subprocess

import pytest
from faults import answer
from places import C_UNLOAD, built, shared_library
from test_faults import READ_ANSWER

LIMITED = answer(429, {"error": {"code": "rate_limit_reached", "description": "Slow", "detail": {"total_permitted": 1}}})


# A name is looked up on a thread of the library; the wait for a rate limit leaves a random number generator with each
# thread.
@pytest.mark.parametrize(
    ("behaviour", "host", "status"),
    [(READ_ANSWER, "127.0.0.1", "ok"), (READ_ANSWER, "localhost", "ok"), (LIMITED, "127.0.0.1", "rate_limit_reached")],
)
def test_threads_may_end_after_the_library_was_unloaded(fault_server, behaviour, host, status):
    fault_server.run(behaviour)
    options = fault_server.katapult(base_url=fault_server.url(host) + "/core/v1", timeout=1)
    command = [str(built(C_UNLOAD)), str(shared_library()), json.dumps(options), status]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr
