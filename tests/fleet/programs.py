"""Starts katapult-fleet as processes of their own, and reads the figures that they end with."""

import contextlib
import json
import os
import re
import subprocess
import time

from places import RELEASE, built, shared_library

PROGRAM = RELEASE / "katapult-fleet"
# What makes the minute of a client shorter, in builds for tests only.
SHORT_MINUTE = "KATAPULT_DISK_MINUTE_SECONDS"
CHANGES_A_CLIENT = re.compile(r"(KATAPULT_|OS_).*|.*_PROXY|SSL_CERT_.*", re.IGNORECASE)


def start(simulator, minute, mode, **order):
    about = simulator.about
    own = {
        "KATAPULT_API_TOKEN": about["api_token"],
        "KATAPULT_API_URL": about["katapult_url"],
        "KATAPULT_ORGANIZATION": about["organization"],
        "KATAPULT_DATA_CENTER": about["data_center"],
        SHORT_MINUTE: str(minute),
    }
    kept = {name: value for name, value in os.environ.items() if not CHANGES_A_CLIENT.fullmatch(name)}
    return subprocess.Popen(
        [str(PROGRAM), mode, json.dumps(order)],
        env={**kept, **own},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def figures_of(process, limit=1800):
    """Waits for the end of the process; anything wrong is an AssertionError."""
    try:
        output, errors = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        raise AssertionError(f"it took longer than {limit} s") from None
    finally:
        end(process)
    assert process.returncode == 0 and not errors, f"it ended with {process.returncode}: {errors}"
    return json.loads(output)


def run(simulator, minute, mode, **order):
    return figures_of(start(simulator, minute, mode, **order))


def end(process):
    """Kills what still runs, and closes its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        with contextlib.suppress(OSError):
            pipe.close()


def wait_for_a_minute(minute):
    """A run that begins with a minute gets nothing of one that nobody has used."""
    time.sleep(minute - time.time() % minute)


def check_builds():
    """The shorter minute is in the program and not in what users get."""
    name = SHORT_MINUTE.encode()
    assert PROGRAM.exists(), f"{PROGRAM} is missing: `make fleet` builds it"
    assert name in PROGRAM.read_bytes(), f"{PROGRAM} was built without the feature short-minute"
    library = built(shared_library())
    assert name not in library.read_bytes(), f"{library} was built with the feature short-minute, which is for tests only"
