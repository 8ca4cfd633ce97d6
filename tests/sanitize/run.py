"""What `make sanitize` runs: the tests of the C library under AddressSanitizer, many threads under ThreadSanitizer.

    run.py [--short]

Short, there are fewer calls, core's own tests are left out, and no page is written. A sanitizer that this machine does
not have is a notice.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
sys.path[:0] = [str(TESTS), str(TESTS / "python"), str(TESTS / "soak")]

import jobs  # noqa: E402
import plan  # noqa: E402
import report  # noqa: E402
from builds import ADDRESS, THREAD, cargo, missing, program  # noqa: E402

THREADS = 64
SEED = 1
LIMIT = 1800  # seconds for one program
REPORT = re.compile(r"(ERROR|WARNING): (Address|Leak|Thread)Sanitizer|SUMMARY: \w+Sanitizer")
LINKED = ("shared", "static")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--short", action="store_true")
    short = options.parse_args().short
    rows, notices = [], []
    for sanitizer, checks in ((ADDRESS, address_checks(short)), (THREAD, thread_checks(short))):
        why = missing(sanitizer)
        if why:
            notices.append(f"notice: no {sanitizer.name} sanitizer here: {why}")
            print(notices[-1], flush=True)
            continue
        cargo(sanitizer, "build", "katapult-disk-c")
        for says, check in checks:
            began = time.monotonic()
            found = check()
            rows.append((f"{sanitizer.name.capitalize()}Sanitizer", says, found))
            print(f"ok  {sanitizer.name:7} {says}: {found} ({time.monotonic() - began:.0f} s)", flush=True)
    if not short and not notices:
        text = f"{report.machine()}.\n\n" + report.table(("", "What ran", "Seen"), rows)
        report.write_section("reliability.md", "sanitize", text)


def address_checks(short):
    calls = 2_000 if short else 100_000
    yield "mistakes that must be reported (leak, use after free), both libraries", canaries_of_memory
    for linked in LINKED:
        yield f"the C tests, {linked} library", partial(c_tests, linked)
    for linked in LINKED:
        says = f"{THREADS} threads, {calls:,} calls, faults, {linked} library"
        yield says, partial(threads, ADDRESS, linked, calls)
    if not short:
        yield "core's own tests", core_tests


def thread_checks(short):
    calls = 1_000 if short else 100_000
    yield "a race that must be reported, both libraries", partial(canaries, THREAD, "race", "data race")
    for linked in LINKED[:1] if short else LINKED:
        says = f"{THREADS} threads, {calls:,} calls, faults, {linked} library"
        yield says, partial(threads, THREAD, linked, calls)


def canaries_of_memory():
    canaries(ADDRESS, "leak", "LeakSanitizer: detected memory leaks")
    return canaries(ADDRESS, "use_after_free", "heap-use-after-free")


def canaries(sanitizer, mistake, words):
    """The mistake must be reported with either library, in these words and with the library's functions."""
    for linked in LINKED:
        command = [program(sanitizer, HERE / "canary.c", linked), mistake]
        ended = subprocess.run(command, env=jobs.environment(**sanitizer.environment), capture_output=True, text=True)
        assert ended.returncode != 0 and words in ended.stderr, f"{command}: nothing was reported\n{ended.stderr}"
        assert "katapult_" in ended.stderr, f"{command}: not seen in the library\n{ended.stderr}"
    return "all"


def c_tests(linked):
    """The tests of the C functions and of the case table, with a driver that looks after itself."""
    driver = program(ADDRESS, TESTS / "c" / "driver.c", linked)
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]
    command += ["test_c_face.py", "test_c_memory.py", "test_cases.py", "-k", "test_c_face or test_c_memory or -c]"]
    environment = {**os.environ, **ADDRESS.environment, "KATAPULT_C_DRIVER": str(driver)}
    ended = subprocess.run(command, cwd=TESTS / "python", env=environment, capture_output=True, text=True)
    told = ended.stdout + ended.stderr
    assert ended.returncode == 0 and not REPORT.search(told), told
    passed = re.search(r"(\d+) passed", told)
    return f"nothing, in {passed[1]} tests"


def core_tests():
    cargo(ADDRESS, "test", "katapult-disk")
    return "nothing"


def threads(sanitizer, linked, calls):
    """tests/soak/threads.c, which looks itself whether the answers are right."""
    command = program(sanitizer, TESTS / "soak" / "threads.c", linked)
    with jobs.simulator(plan.fates(SEED, calls, one_of=25)) as simulator:
        about = simulator.about
        more = {
            "KATAPULT_API_TOKEN": about["api_token"],
            "KATAPULT_ORGANIZATION": about["organization"],
            "KATAPULT_DATA_CENTER": about["data_center"],
            "KATAPULT_VIRTUAL_MACHINE": about["virtual_machine"]["id"],
        }
        ended = subprocess.run(
            [command, about["katapult_url"], str(THREADS), str(calls), str(SEED)],
            env=jobs.environment(**sanitizer.environment, **more),
            capture_output=True,
            text=True,
            timeout=LIMIT,
        )
    told = ended.stdout + ended.stderr
    assert ended.returncode == 0 and not REPORT.search(told), told[-20000:]
    return "nothing"


if __name__ == "__main__":
    main()
