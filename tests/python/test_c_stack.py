"""Calls on threads with a small stack, as daemons make them: tests/c/stack.c."""

import json
import subprocess

import pytest
import trustme
from faults import answer
from places import C_STACK, built
from test_faults import READ_ANSWER
from tls import TlsServer

# As deep as a member may be, which is read by a function that calls itself.
DEEP = json.loads("[" * 120 + "]" * 120)
REFUSAL = answer(422, {"error": {"code": "validation_error", "description": "No", "detail": {"deep": DEEP}}})


def run(options, status):
    command = [str(built(C_STACK)), json.dumps(options), status]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (finished.returncode, finished.stdout) == (0, "done\n"), finished.stderr


@pytest.mark.parametrize(("behaviour", "status"), [(READ_ANSWER, "ok"), (REFUSAL, "validation_error")])
def test_128_kib_are_enough(fault_server, behaviour, status):
    fault_server.run(behaviour)
    run(fault_server.katapult(), status)


def test_128_kib_are_enough_for_tls(tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with TlsServer(authority.issue_cert("127.0.0.1")) as server:
        server.run(READ_ANSWER)
        run(server.katapult(ca_file=str(tmp_path / "ca.pem")), "ok")
