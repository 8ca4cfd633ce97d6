"""Runs one scenario or one C program against a server of its own, and says what came of it."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from places import PROJECT, TARGET
from simulator import Simulator

HERE = Path(__file__).resolve().parent
PROGRAMS = TARGET / "tests"

# What a process must not say, however it ends.
CRASHES = re.compile(r"panicked|Fatal Python error|terminate called|core dumped|PanicException")


@dataclass
class Result:
    name: str
    where: str
    figures: dict = field(default_factory=dict)
    seconds: float = 0
    problem: str = ""


def environment(**more):
    """This process's, less what would change what a client does."""
    changing = re.compile(r"(KATAPULT_|OS_|PYTHON).*|.*_PROXY|SSL_CERT_.*|RUST_BACKTRACE", re.IGNORECASE)
    return {**{name: value for name, value in os.environ.items() if not changing.fullmatch(name)}, **more}


@contextlib.contextmanager
def moody(seed):
    command = [sys.executable, str(HERE / "moody.py"), str(seed)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait(timeout=10)


@contextlib.contextmanager
def simulator(fates=(), task_seconds=0.001, **options):
    with Simulator(task_seconds, **options) as running:
        if fates:
            running.answer(*fates)
        yield running


def run(command, limit, **more):
    """The figures that a program prints at last; anything wrong is an AssertionError."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(**more), cwd=PROJECT
    )
    try:
        # A scenario ends itself at its limit, and prints its stacks; this is for the others.
        output, errors = process.communicate(timeout=limit + 10)
    except subprocess.TimeoutExpired:
        process.kill()
        output, errors = process.communicate()
        raise AssertionError(f"it hung for {limit + 10} s\n{output}\n{errors}") from None
    told = f"{output}\n{errors}".strip()
    assert process.returncode == 0, f"it ended with {process.returncode}\n{told}"
    assert not CRASHES.search(errors), told
    return json.loads(output.splitlines()[-1])


# glibc gives threads arenas of their own, which grow at their own pace; with one, what grows is a leak.
ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}


def run_scenario(interpreter, package, name, about, seed, count, limit):
    options = {
        "base_url": about["katapult_url"],
        "api_token": about["api_token"],
        "organization": about.get("organization", "acme"),
        "data_center": about.get("data_center", "uk-lon-01"),
    }
    arguments = {"client": options, "about": about, "seed": seed, "count": count, "limit": limit}
    command = [interpreter.path, "-B", str(HERE / "scenario.py"), name, json.dumps(arguments)]
    more = ONE_ARENA if name.startswith("memory.") else {}
    return run(command, limit, PYTHONPATH=str(package), **more)


def run_program(name, about, *arguments, limit):
    command = [str(PROGRAMS / f"soak-{name}"), about["katapult_url"], *(str(argument) for argument in arguments)]
    return run(
        command,
        limit,
        **(ONE_ARENA if name == "calls" else {}),
        KATAPULT_API_TOKEN=about["api_token"],
        KATAPULT_ORGANIZATION=about["organization"],
        KATAPULT_DATA_CENTER=about["data_center"],
        KATAPULT_VIRTUAL_MACHINE=about["virtual_machine"]["id"],
    )


def finished(name, where, job):
    """What came of a job, with the time it took; a failure is a result, too."""
    started = time.monotonic()
    try:
        result = Result(name, where, figures=job())
    except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as failure:
        result = Result(name, where, problem=str(failure) or repr(failure))
    result.seconds = time.monotonic() - started
    return result
