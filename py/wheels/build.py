"""Wheels, each built of the sdist with `--locked`, and without a path of this machine in them."""

import dataclasses
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import sbom
import source
from places import CARGO_HOME, HIDDEN, TARGET, TOOLS, WHEELS, tool


# pyo3 refuses 3.13t.
FIRST_FREE_THREADED = [3, 14]


@dataclasses.dataclass
class Target:
    name: str
    rust: str
    options: tuple


def targets(short):
    """What is built on this machine: Linux's with zig anywhere, macOS's only where Apple's tools are."""
    if sys.platform == "darwin":
        return [Target(f"macOS {rust}", f"{rust}-apple-darwin", ()) for rust in ("aarch64", "x86_64")]
    linux = [
        Target(f"{libc} {rust}", f"{rust}-unknown-linux-{abi}", ("--zig", "--compatibility", policy))
        for libc, abi, policy in (("glibc", "gnu", "manylinux2014"), ("musl", "musl", "musllinux_1_2"))
        for rust in ("x86_64", "aarch64")
    ]
    return [target for target in linux if target.rust == f"{platform.machine()}-unknown-linux-gnu"] if short else linux


def wheel(sdist, target, short):
    """Gives the path of the wheel."""
    installed = subprocess.run(["rustup", "target", "list", "--installed"], stdout=subprocess.PIPE, text=True, check=False)
    if target.rust not in installed.stdout.split():
        subprocess.run(["rustup", "target", "add", "--toolchain", toolchain(), target.rust], check=True)
    return built(sdist, short, "--target", target.rust, *target.options)


def can_build_for(interpreter):
    """Whether a wheel of its own is needed, and pyo3 knows its ABI."""
    return interpreter.is_here and interpreter.is_free_threaded and interpreter.numbers >= FIRST_FREE_THREADED


def free_threaded_wheel(sdist, interpreter):
    """The stable ABI up to 3.14 is not for interpreters without a GIL, so each of their versions has a wheel of its own."""
    options = ("--zig", "--compatibility", "manylinux2014") if sys.platform == "linux" else ()
    target = f"{platform.machine()}-unknown-linux-gnu"
    return built(sdist, False, "--interpreter", *interpreter.command, "--target", target, *options)


def built(sdist, short, *options):
    folder = source.unpacked(sdist)
    # In a folder of its own: others may put packages among the wheels meanwhile.
    with tempfile.TemporaryDirectory(dir=WHEELS) as out:
        tool("maturin", "build", "--locked", "--release", "--out", out, *options, cwd=folder, env=environment(short))
        (made,) = Path(out).glob("*.whl")
        wheel = made.rename(WHEELS / made.name)
    sbom.clean(wheel)
    return wheel


def environment(short):
    registries = sorted((CARGO_HOME / "registry" / "src").iterdir())
    hidden = {**HIDDEN, **{registry: "crates.io" for registry in registries}}
    remapped = [f"--remap-path-prefix={path}={name}" for path, name in sorted(hidden.items(), key=lambda item: len(str(item[0])))]
    quick = {"CARGO_PROFILE_RELEASE_LTO": "off", "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16"}
    return {
        **{name: value for name, value in os.environ.items() if name != "RUSTFLAGS"},
        "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(remapped),
        # Also where cargo's own of the tree is not built with these flags.
        "CARGO_TARGET_DIR": str(TARGET / "for-wheels"),
        "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}",
        **(quick if short else {}),
    }


def toolchain():
    shown = subprocess.run(["rustup", "show", "active-toolchain"], stdout=subprocess.PIPE, text=True, check=True)
    return shown.stdout.split()[0]
