"""`katapult_interrupt_set` as C programs use it: tests/c/interrupt.c checks."""

import subprocess

import pytest
from c_stories import VALGRIND, VALGRIND_COMMAND
from faults import silence, trickle
from places import C_INTERRUPT, built


def run(fault_server, *prefix):
    program = [*prefix, str(built(C_INTERRUPT)), fault_server.url()]
    finished = subprocess.run(program, capture_output=True, text=True, timeout=120)
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr


@pytest.mark.quiet
@pytest.mark.parametrize("behaviour", [silence, trickle])
def test_signals_threads_and_calls_within(fault_server, behaviour):
    fault_server.run(behaviour)
    run(fault_server)


@pytest.mark.quiet
@pytest.mark.skipif(VALGRIND is None, reason="valgrind is not installed")
def test_nothing_leaks(fault_server):
    fault_server.run(silence)
    run(fault_server, *VALGRIND_COMMAND)
