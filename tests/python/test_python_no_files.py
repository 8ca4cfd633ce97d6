"""Errors are told when Python cannot open a file: no module may have to be imported for that."""

import ast
import subprocess
import sys

from faults import answer

# It imports nothing that imports enum or json, which are what errors would need first.
CALL = """
import resource, sys
import katapult_disk
base_url, which = sys.argv[1:]
kept, new = (katapult_disk.Client("token-of-the-tests", base_url=base_url) for _ in range(2))
kept.get_disk("disk_x")
assert not {"enum", "json"} & set(sys.modules)
usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (3, most))
try:
    {"kept": kept, "new": new}[which].update_disk("disk_x", name="Data")
except katapult_disk.KatapultError as error:
    outcome = error.outcome
    resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))
    print([type(error).__name__, str(error), outcome, error.outcome.name, error.detail])
"""
DISK = answer(200, {"disk": {"id": "disk_x"}, "annotations": []})
DETAIL = {"errors": ["Name é"], "deep": [{"n": -1, "large": 2**64 - 1, "half": 0.5}, [], {}, None, True, False]}
REFUSAL = answer(422, {"error": {"code": "validation_error", "description": "No", "detail": DETAIL}})


def call(server, which):
    server.run(DISK, REFUSAL)
    command = [sys.executable, "-c", CALL, server.url() + "/core/v1", which]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert finished.returncode == 0, finished.stderr
    return ast.literal_eval(finished.stdout)


def test_no_connection_for_want_of_descriptors(fault_server):
    kind, text, *outcomes, detail = call(fault_server, "new")
    assert (kind, outcomes, detail) == ("ConnectionFailed", ["not_sent", "NOT_SENT"], None)
    assert "Too many open files" in text


def test_a_refusal_has_its_detail_without_descriptors(fault_server):
    kind, _, *outcomes, detail = call(fault_server, "kept")
    assert (kind, outcomes, detail) == ("ValidationError", ["rejected", "REJECTED"], DETAIL)
