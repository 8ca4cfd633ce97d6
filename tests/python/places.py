"""Where things are: the project, what the build made, and the recordings beside the project."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CASES = PROJECT / "tests" / "cases"
HEADER = PROJECT / "include" / "katapult_disk.h"
C_TESTS = PROJECT / "tests" / "c"

TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or "target")
if not TARGET.is_absolute():
    TARGET = PROJECT / TARGET
RELEASE = TARGET / "release"

SIMULATOR = RELEASE / "katapult-sim"
RUST_DRIVER = Path(os.environ.get("KATAPULT_RUST_DRIVER") or RELEASE / "katapult-rust-driver")
RUST_EXAMPLE = TARGET / "debug" / "examples" / "lifecycle"
# Not a release's: `cargo test` has built nearly all of it.
WORLDS = TARGET / "debug" / "katapult-worlds"
# `make sanitize` has a driver of its own, which finds itself what valgrind finds.
SANITIZED_C_DRIVER = os.environ.get("KATAPULT_C_DRIVER")
C_DRIVER = Path(SANITIZED_C_DRIVER or TARGET / "tests" / "katapult-c-driver")
C_STATIC_DRIVER = TARGET / "tests" / "katapult-c-driver-static"
C_ENDS = TARGET / "tests" / "katapult-c-ends"
C_FLEET = TARGET / "tests" / "katapult-c-fleet"
C_FLEET_EXAMPLE = TARGET / "tests" / "fleet"
C_FORKS = TARGET / "tests" / "katapult-c-forks"
C_HANDLES = TARGET / "tests" / "katapult-c-handles"
C_INTERRUPT = TARGET / "tests" / "katapult-c-interrupt"
C_LOG = TARGET / "tests" / "katapult-c-log"
C_SIGNALS = TARGET / "tests" / "katapult-c-signals"
C_STACK = TARGET / "tests" / "katapult-c-stack"
C_UNLOAD = TARGET / "tests" / "katapult-c-unload"
C_WIPED = TARGET / "tests" / "katapult-c-wiped"

# The tests run in a copy that a test has changed, such as that of a new operation.
TESTED_COPY = bool(os.environ.get("KATAPULT_TESTED_COPY"))

SHARED = PROJECT.parent / "shared"
RECORDINGS = Path(os.environ.get("KATAPULT_RECORDINGS") or SHARED / "katapult" / "recordings")
NOVA_CAPTURES = Path(os.environ.get("KATAPULT_NOVA_CAPTURES") or SHARED / "openstack" / "captures.jsonl")

MADE_BY = {
    SIMULATOR: "make native",
    RUST_DRIVER: "make rust-driver",
    RUST_EXAMPLE: "cargo test",
    WORLDS: "cargo build -p katapult-worlds",
    C_DRIVER: "make test",
    C_STATIC_DRIVER: "make test",
    C_ENDS: "make test",
    C_FLEET: "make test",
    C_FLEET_EXAMPLE: "make test",
    C_FORKS: "make test",
    C_HANDLES: "make test",
    C_INTERRUPT: "make test",
    C_LOG: "make test",
    C_SIGNALS: "make test",
    C_STACK: "make test",
    C_UNLOAD: "make test",
    C_WIPED: "make test",
}


def built(path):
    """The path, or a failure that says how to make the file."""
    assert path.exists(), f"{path} is missing: `{MADE_BY[path]}` builds it"
    return path


def shared_library():
    for name in ("libkatapult_disk.so", "libkatapult_disk_c.so"):
        if (RELEASE / name).exists():
            return RELEASE / name
    raise AssertionError(f"no libkatapult_disk.so in {RELEASE}: `make native` builds it")
