"""Second handles of a client and `katapult_client_interrupt` as C programs use them: tests/c/handles.c checks."""

import subprocess

import pytest
from c_stories import VALGRIND, VALGRIND_COMMAND
from faults import silence
from places import C_HANDLES, built


def run(fault_server, *prefix, soon=0.5):
    fault_server.run(silence)
    program = [*prefix, str(built(C_HANDLES)), fault_server.url(), str(soon)]
    finished = subprocess.run(program, capture_output=True, text=True, timeout=120)
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr


@pytest.mark.quiet
def test_timeouts_threads_and_signals(fault_server):
    run(fault_server)


@pytest.mark.quiet
@pytest.mark.skipif(VALGRIND is None, reason="valgrind is not installed")
def test_nothing_leaks(fault_server):
    # Which is some twenty times slower.
    run(fault_server, *VALGRIND_COMMAND, soon=5)
