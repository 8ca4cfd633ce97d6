"""tests/mutants breaks the code that there is: each mutant's text stands in its file, once."""

import subprocess
import sys

import pytest
from places import PROJECT, TESTED_COPY


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib is there since Python 3.11")
@pytest.mark.skipif(TESTED_COPY, reason="this is the copy")
def test_each_mutant_finds_its_text():
    command = [sys.executable, "-B", PROJECT / "tests" / "mutants" / "run.py", "--check"]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr
