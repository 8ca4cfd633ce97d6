"""Some of the worlds of `make worlds`, through Python and C: what Rust says of them, the other faces say, too."""

import subprocess
import sys

import pytest
from places import PROJECT, WORLDS, built

FACE = PROJECT / "tests" / "python" / "world_face.py"
COUNT = 100


@pytest.mark.parametrize("face", ["python", "c"])
def test_no_world_is_broken_through(face):
    command = [built(WORLDS), "--count", str(COUNT), "--at-once", "16", "--face", f"{sys.executable} {FACE} {face}"]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    # In some worlds nothing can happen: they do not count.
    tried = int(finished.stdout.splitlines()[-1].split(" ")[0].replace(",", ""))
    assert tried > COUNT / 3
