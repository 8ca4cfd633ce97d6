"""`make install`: what a distributor's package would hold, and what a user's build finds there."""

import shutil
import subprocess
import sys

import pytest
from places import PROJECT, TARGET

# One worker installs, for all of them.
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="make install is for Linux"),
    pytest.mark.xdist_group("install"),
]

PROGRAM = """
#include <katapult_disk.h>
#include <stdio.h>
int main(void) { return puts(katapult_version()) < 0; }
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    command = ["make", "install", f"DESTDIR={root}", "PREFIX=/usr/local", f"CARGO_TARGET_DIR={TARGET}"]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    return root


def test_a_program_finds_everything(root, tmp_path):
    lib = root / "usr/local/lib"
    source, binary = tmp_path / "program.c", tmp_path / "program"
    source.write_text(PROGRAM, encoding="utf-8")
    include = root / "usr/local/include"
    command = [shutil.which("cc"), source, f"-I{include}", f"-L{lib}", "-lkatapult_disk", "-o", binary]
    subprocess.run(command, check=True)
    finished = subprocess.run([binary], env={"LD_LIBRARY_PATH": str(lib)}, capture_output=True, text=True, check=True)
    version = finished.stdout.strip()

    # The program asks for the library by its SONAME, so that a later version that fits is found too.
    assert b"libkatapult_disk.so." + version.split(".")[0].encode() + b"\0" in binary.read_bytes()
    assert sorted(path.name for path in lib.iterdir()) == [
        "libkatapult_disk.a",
        "libkatapult_disk.so",
        f"libkatapult_disk.so.{version.split('.')[0]}",
        f"libkatapult_disk.so.{version}",
        "pkgconfig",
    ]


@pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf is not installed")
def test_dlclose_leaves_the_library_where_it_is(root):
    command = [shutil.which("readelf"), "--dynamic", root / "usr/local/lib/libkatapult_disk.so"]
    assert "NODELETE" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("pkg-config") is None, reason="pkg-config is not installed")
def test_pkg_config(root):
    environment = {"PKG_CONFIG_PATH": str(root / "usr/local/lib/pkgconfig"), "PATH": "/usr/bin:/bin"}
    command = [shutil.which("pkg-config"), "--cflags", "--libs", "--static", "katapult_disk"]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    flags = finished.stdout.split()
    assert "-I/usr/local/include" in flags
    assert "-L/usr/local/lib" in flags
    assert flags[flags.index("-lkatapult_disk") + 1] == "-lgcc_s"
