"""A program's signals are not handled on the library's own thread, which looks up names: tests/c/signals.c counts."""

import json
import subprocess

from places import C_SIGNALS, built
from test_faults import READ_ANSWER


def test_signals_are_handled_on_the_programs_own_threads(fault_server):
    fault_server.run(READ_ANSWER)
    options = fault_server.katapult(base_url=fault_server.url("localhost") + "/core/v1")
    command = [str(built(C_SIGNALS)), json.dumps(options)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr
