"""Where things are, and what must not be seen of that in what users get."""

import os
import pathlib
import shutil
import subprocess
import sys

TREE = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", TREE / "target"))
WHEELS = TARGET / "wheels"
UNPACKED = TARGET / "sdist"
SIMULATOR = TARGET / "release" / "katapult-sim"
TOOLS = pathlib.Path(sys.prefix) / "bin"
HOME = pathlib.Path.home()
CARGO_HOME = pathlib.Path(os.environ.get("CARGO_HOME", HOME / ".cargo"))
RUSTUP_HOME = pathlib.Path(os.environ.get("RUSTUP_HOME", HOME / ".rustup"))

# Each with what stands for it in what is compiled. rustc takes the last that fits, so the longest come last.
HIDDEN = {HOME: "home", CARGO_HOME: "cargo", RUSTUP_HOME: "rustup", TREE: "katapult-disk", UNPACKED: "katapult-disk"}


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def tool(name, *arguments, **options):
    """Runs a tool of the virtual environment, and gives what it printed; shows that only if it fails."""
    options.setdefault("cwd", TREE)
    ran = subprocess.run(
        [TOOLS / name, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    if ran.returncode:
        sys.exit(f"{ran.stdout}\n{name} {' '.join(map(str, arguments))} ended with status {ran.returncode}")
    return ran.stdout
