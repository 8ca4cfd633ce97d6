"""Forks of C programs: tests/c/forks.c checks that each process gets its own responses, here how it came to them."""

import subprocess

import pytest
from faults import after, echo
from places import C_FORKS, built

FORBIDDEN = 77


def run(fault_server, what):
    command = [str(built(C_FORKS)), fault_server.url() + "/core/v1", what]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if finished.returncode == FORBIDDEN:
        pytest.skip("the kernel forbids new PID namespaces here, or the C library is not glibc")
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr


@pytest.mark.parametrize("what", ["generations", "unnoticed"])
def test_children_and_grandchildren_connect_for_themselves(fault_server, what):
    fault_server.run(echo)
    run(fault_server, what)
    assert fault_server.connections == 3


def test_a_child_with_its_parents_id_connects_for_itself(fault_server):
    fault_server.run(echo)
    run(fault_server, "same-id")
    assert fault_server.connections == 2


@pytest.mark.quiet
def test_a_fork_during_the_first_call_of_a_child(fault_server):
    fault_server.run(echo)
    run(fault_server, "first-calls")


def test_a_child_that_is_forked_in_a_call_leaves_it_to_its_parent(fault_server):
    fault_server.run(after(0.5, echo))
    run(fault_server, "within-a-call")
    assert [request.query[0][1] for request in fault_server.requests] == ["disk_parent_0", "disk_child_1"]
    assert fault_server.connections == 2
