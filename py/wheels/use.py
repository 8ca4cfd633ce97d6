"""Installs the wheels where they fit, each time into an empty place, and runs a program against the simulator there."""

import dataclasses
import glob
import importlib.util
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

from places import HOME, SIMULATOR, TREE, WHEELS

sys.path.append(str(TREE / "tests"))
import demo  # noqa: E402

PROGRAM = pathlib.Path(__file__).with_name("used.py")
ASK = """
import json, platform, sys, sysconfig
print(json.dumps([sys.version_info[:2], bool(sysconfig.get_config_var("Py_GIL_DISABLED")), sys.version.split()[0],
    platform.machine(), sysconfig.get_config_var("SOABI") or ""]))
"""
OLDEST = [3, 9]
# For interpreters without a pip of their own: that of this virtual environment, which is one package.
PIP = pathlib.Path(importlib.util.find_spec("pip").origin).parent


@dataclasses.dataclass
class Interpreter:
    command: list
    is_here: bool
    numbers: list
    version: str
    is_free_threaded: bool
    machine: str

    def __str__(self):
        what = "free-threaded " if self.is_free_threaded else ""
        return f"{what}Python {self.version} on {self.machine}: {shlex.join(self.command)}"


def found(on):
    """Those of pyenv, of PATH, and the given commands; each version once of those that are here."""
    paths = glob.glob(str(HOME / ".pyenv/versions/*/bin/python3"))
    for folder in os.environ["PATH"].split(os.pathsep):
        paths += glob.glob(f"{folder}/python3.[0-9]*[0-9t]") + glob.glob(f"{folder}/python3")
    here = {}
    for path in paths:
        if interpreter := asked([path], is_here=True):
            here.setdefault((interpreter.version, interpreter.is_free_threaded), interpreter)
    given = [asked(shlex.split(command), is_here=False) for command in on.split(";") if command.strip()]
    if None in given:
        sys.exit(f"one of these does not run, or is older than {OLDEST}: {on}")
    return [*sorted(here.values(), key=lambda each: [int(part) for part in each.version.split(".") if part.isdigit()]), *given]


def asked(command, is_here):
    """None if it does not run, or is older than what the package supports."""
    told = subprocess.run([*command, "-c", ASK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    if told.returncode:
        return None
    numbers, is_free_threaded, version, machine, abi = json.loads(told.stdout)
    if numbers < OLDEST:
        return None
    return Interpreter(command, is_here, numbers, version, is_free_threaded, f"{machine} {'musl' if 'musl' in abi else ''}".strip())


def everywhere(wheels, interpreters):
    command = [SIMULATOR, "--exit-with-stdin", "--task-seconds", "0.2"]
    used = set()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as simulator:
        about = json.loads(simulator.stdout.readline())
        for interpreter in interpreters:
            used |= in_empty_place(interpreter, about)
            demo.reset(about)
        simulator.stdin.close()
    for wheel in wheels:
        if wheel.name not in used:
            print(f"NOT USED: {wheel.name}: no interpreter here that it fits (ON=…)")


def in_empty_place(interpreter, about):
    """Gives the names of the wheels that pip chose."""
    print(f"-- {interpreter}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        if not interpreter.is_here:
            shutil.copytree(PIP, f"{place}/pip/pip")
        clean = {name: value for name, value in demo.environment(about).items() if not name.startswith(("PYTHON", "PIP_"))}
        install = ["--disable-pip-version-check", "--only-binary", ":all:", "--no-index", "--find-links", WHEELS]
        install += ["--target", f"{place}/packages", "--report", f"{place}/report"]
        installed = subprocess.run(
            [*interpreter.command, "-m", "pip", "install", "--quiet", *install, "katapult-disk"],
            env={**clean, "PYTHONPATH": f"{place}/pip"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )
        if installed.returncode:
            if interpreter.is_free_threaded and not list(WHEELS.glob("*t-*.whl")):
                print("   no free-threaded wheel was built")
                return set()
            sys.exit(installed.stdout)
        report = json.loads(pathlib.Path(f"{place}/report").read_text(encoding="utf-8"))
        url = report["install"][0]["download_info"]["url"]
        packages = {**clean, "PYTHONPATH": f"{place}/packages"}
        subprocess.run([*interpreter.command, "-W", "error", PROGRAM], cwd=place, env=packages, check=True)
    return {url.rsplit("/", 1)[1]}
