"""docs/abi.md: what the shared library exports is what the header declares."""

import shutil
import subprocess

import pytest
from c_header import functions
from places import shared_library


@pytest.mark.skipif(shutil.which("nm") is None, reason="nm is not installed")
def test_it_exports_what_the_header_declares():
    command = ["nm", "--dynamic", "--defined-only", "--format=posix", shared_library()]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert {line.split()[0] for line in lines} == {f"katapult_{name}" for name in functions()}
