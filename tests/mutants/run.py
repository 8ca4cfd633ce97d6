"""Tries the mutants of mutants.toml: applies each to a copy of HEAD, builds it, and runs the tests that must fail.

    make mutants                          all of them
    make mutants ONLY="retry proxy"       those whose names or files hold one of the words

A mutant is caught when the tests build and one of them fails. What survives is a promise that no test keeps. The copy
is in TARGET/mutants; builds there are quick ones, not those that are released.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))

from places import PROJECT, TARGET  # noqa: E402

ROOT = TARGET / "mutants"
TREE = ROOT / "tree"
BUILT = ROOT / "target"
PROGRAMS = ("driver", "ends", "interrupt")  # those of tests/c that the list needs
SECONDS = 600  # for one build or one run of tests; a mutant that hangs is caught

CAUGHT, SURVIVED, MISSING, UNBUILT, BAD_TESTS = "caught", "SURVIVED", "NOT FOUND", "NO BUILD", "BAD TESTS"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("only", nargs="*", help="words, one of which stands in a mutant's name or file")
    parser.add_argument("--check", action="store_true", help="only look whether each text is found")
    options = parser.parse_args()
    mutants = [mutant for mutant in read() if not options.only or any(word in about(mutant) for word in options.only)]
    if options.check:
        lost = [mutant for mutant in mutants if not is_found(PROJECT, mutant)]
        for mutant in lost:
            print(f"{MISSING}  {mutant['name']}: {mutant['file']} does not hold its text once")
        return bool(lost)
    prepare()
    results = [(tried(mutant), mutant) for mutant in mutants]
    counts = {result: sum(1 for found, _ in results if found == result) for result, _ in results}
    print("\n" + ", ".join(f"{count} {result}" for result, count in counts.items()))
    return set(counts) != {CAUGHT}


def read():
    return tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))["mutant"]


def about(mutant):
    return f"{mutant['name']} {mutant['file']}"


def is_found(tree, mutant):
    path = tree / mutant["file"]
    return path.exists() and path.read_text(encoding="utf-8").count(mutant["old"]) == 1


def prepare():
    """The copy of HEAD; what was built there before stays."""
    run(["git", "worktree", "prune"], PROJECT)
    if TREE.exists():
        run(["git", "checkout", "--quiet", "--force", "--detach", head()], TREE)
    else:
        run(["git", "worktree", "add", "--quiet", "--force", "--detach", str(TREE), head()], PROJECT)


def head():
    finished = subprocess.run(["git", "rev-parse", "HEAD"], cwd=PROJECT, check=True, capture_output=True, text=True)
    return finished.stdout.strip()


def tried(mutant):
    started = time.monotonic()
    result, why = verdict(mutant)
    print(f"{result:9} {mutant['name']} ({time.monotonic() - started:.0f} s){why and ': ' + why}", flush=True)
    return result


def verdict(mutant):
    if not is_found(TREE, mutant):
        return MISSING, f"{mutant['file']} does not hold its text once"
    path = TREE / mutant["file"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")
    try:
        failed = failing(mutant)
    except BuildFailed as failure:
        return UNBUILT, str(failure)
    except NoTests as failure:
        return BAD_TESTS, str(failure)
    finally:
        path.write_text(text, encoding="utf-8")
    if not failed:
        return SURVIVED, ", ".join(mutant["tests"])
    # What fails without the mutant, too, says nothing about it.
    try:
        again = [tests for tests in failed if fails(tests)]
    except BuildFailed as failure:
        return BAD_TESTS, str(failure)
    return (BAD_TESTS, f"fail without it, too: {', '.join(again)}") if again else (CAUGHT, f"by {failed[0]}")


class BuildFailed(Exception):
    pass


class NoTests(Exception):
    pass


def failing(mutant):
    """The first tests that fail, in a list that is empty if none do."""
    for tests in mutant["tests"]:
        if fails(tests):
            return [tests]
    return []


def fails(tests):
    words = shlex.split(tests)
    if words[0] == "cargo":
        log, built = run_tests(building(words))
        if built != 0:
            raise BuildFailed(log.strip().splitlines()[-1])
        return run_tests(words)[1] != 0
    build()
    log, status = run_tests([sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *words])
    # 1 is a test that failed; anything else (no tests, a wrong word) is a mistake of the list.
    if status not in (0, 1):
        raise NoTests(f"{tests}: {log.strip().splitlines()[-1]}")
    return status == 1


def building(words):
    """What only builds: of `cargo test …`, or of `cargo run … -- …`."""
    if words[1] == "run":
        return ["cargo", "build", *words[2 : words.index("--")]]
    return [*words, "--no-run"]


def build():
    """What the tests in Python need: the libraries, the simulator, the drivers."""
    packages = ["katapult-disk-c", "katapult-disk-python", "katapult-sim", "katapult-rust-driver"]
    wanted = [word for package in packages for word in ("-p", package)]
    steps = (
        ["cargo", "build", "--locked", "--quiet", "--release", *wanted],
        ["make", "--quiet", "--old-file=native", *(f"{BUILT}/tests/katapult-c-{name}" for name in PROGRAMS)],
    )
    for command in steps:
        log, status = run_tests(command)
        if status != 0:
            raise BuildFailed(log.strip().splitlines()[-1])
    package = TREE / "py" / "python" / "katapult_disk"
    shutil.copy(BUILT / "release" / "lib_katapult_disk.so", package / "_katapult_disk.abi3.so")


def environment():
    quick = {"OPT_LEVEL": "0", "LTO": "off", "CODEGEN_UNITS": "16", "INCREMENTAL": "true"}
    return {
        **os.environ,
        **{f"CARGO_PROFILE_RELEASE_{name}": value for name, value in quick.items()},
        "CARGO_TARGET_DIR": str(BUILT),
        "PYTHONPATH": str(TREE / "py" / "python"),
    }


def run_tests(command):
    """What a command says, and its exit status; one that hangs has status 1."""
    try:
        finished = subprocess.run(
            command, cwd=TREE, env=environment(), stdin=subprocess.DEVNULL, timeout=SECONDS,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"hung for {SECONDS} s", 1
    return finished.stdout, finished.returncode


def run(command, directory):
    subprocess.run(command, cwd=directory, check=True)


if __name__ == "__main__":
    sys.exit(main())
