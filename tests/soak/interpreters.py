"""The CPythons of this machine that the package is made for, and the package for each of them."""

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from places import PROJECT, TARGET

OLDEST = (3, 9)
ASK = """
import json, platform, sys, sysconfig
free_threaded = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
print(json.dumps([platform.python_implementation(), sys.version_info[:3], free_threaded]))
"""


@dataclass(frozen=True)
class Interpreter:
    path: str
    version: tuple
    free_threaded: bool

    @property
    def name(self):
        """As `3.13`, or `3.13t` without the GIL."""
        return "{}.{}".format(*self.version) + ("t" if self.free_threaded else "")


def find():
    """One of each minor version, with and without the GIL, the newest patch first of all."""
    found = {}
    for path in candidates():
        interpreter = ask(path)
        if interpreter is None:
            continue
        known = found.get(interpreter.name)
        if known is None or known.version < interpreter.version:
            found[interpreter.name] = interpreter
    return sorted(found.values(), key=lambda interpreter: (interpreter.version, interpreter.free_threaded))


def candidates():
    yield sys.executable
    names = ["python3", *(f"python3.{minor}{kind}" for minor in range(OLDEST[1], 30) for kind in ("", "t"))]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    directories = [*os.get_exec_path(), *(str(path) for path in sorted(pyenv.glob("versions/*/bin")))]
    for directory in directories:
        for name in names:
            path = Path(directory) / name
            # A shim of pyenv starts whatever is chosen at the moment, if anything is.
            if os.access(path, os.X_OK) and path.parent.name != "shims":
                yield str(path)


def ask(path):
    """The interpreter at `path`, or None if it is none that the package is made for."""
    try:
        told = subprocess.run([path, "-I", "-c", ASK], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    implementation, version, free_threaded = json.loads(told)
    if implementation != "CPython" or tuple(version) < OLDEST:
        return None
    return Interpreter(path, tuple(version), free_threaded)


def package_for(interpreter):
    """A folder for PYTHONPATH that holds nothing but the package."""
    if interpreter.free_threaded:
        return own_build(interpreter)
    folder = TARGET / "soak" / "package"
    folder.mkdir(parents=True, exist_ok=True)
    [installed] = importlib.util.find_spec("katapult_disk").submodule_search_locations
    # Tests that run at the same time make the same link; a rename replaces it in one step.
    link = folder / f"link-{os.getpid()}"
    link.symlink_to(installed)
    link.replace(folder / "katapult_disk")
    return folder


def own_build(interpreter):
    """The stable ABI of the one build that serves all others needs the GIL."""
    folder = TARGET / "soak" / f"package-{interpreter.name}"
    install = ["pip", "install", "--quiet", "--no-deps", "--upgrade", "--target", str(folder), str(PROJECT / "py")]
    subprocess.run([interpreter.path, "-m", *install], check=True)
    return folder
