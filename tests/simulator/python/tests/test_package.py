"""The wheel that `make sim` has built, installed into an empty environment, and its program."""

import os
import platform
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT, TARGET, WHEELS

SIMULATOR = TARGET / "sim" / "katapult-sim"
IS_STATIC = sys.platform == "linux" and "musl" in os.environ.get("SIM_TARGET", "musl")

pytestmark = [
    pytest.mark.skipif(not list(WHEELS.glob("katapult_sim-*.whl")), reason="`make sim` has not built a wheel"),
    pytest.mark.xdist_group("package"),
]


@pytest.fixture(scope="module")
def wheel():
    (wheel,) = WHEELS.glob("katapult_sim-*.whl")
    return wheel


@pytest.fixture(scope="module")
def environment(tmp_path_factory, wheel):
    """A virtual environment with nothing but the wheel and pytest."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip = [folder / "venv/bin/pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-index", wheel], check=True)
    subprocess.run([*pip, "pytest"], check=True)
    return folder / "venv"


def alone(command, folder):
    """Runs it in this folder, with the environment of somebody who has no checkout."""
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KATAPULT_SIM")}
    finished = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_the_test_of_two_lines(environment, tmp_path):
    (tmp_path / "test_it.py").write_text("def test_it(katapult):\n    assert katapult.state['disks'] > 0\n", encoding="utf-8")
    assert "1 passed" in alone([environment / "bin/python", "-m", "pytest", "-p", "no:cacheprovider"], tmp_path)


def test_without_pytest(environment, tmp_path):
    program = "from katapult_sim import Simulator\nwith Simulator() as simulator: print(simulator.state['disks'] > 0)"
    # -I: neither the folder nor the user's packages.
    assert alone([environment / "bin/python", "-I", "-W", "error", "-c", program], tmp_path) == "True\n"


def test_the_program_is_on_the_path(environment, tmp_path):
    version = alone([environment / "bin/katapult-sim", "--version"], tmp_path)
    assert alone([environment / "bin/python", "-m", "katapult_sim", "--version"], tmp_path) == version
    import_it = "import importlib.metadata as m; print('katapult-sim', m.version('katapult-sim'))"
    assert alone([environment / "bin/python", "-c", import_it], tmp_path) == version


@pytest.mark.skipif(not IS_STATIC, reason="it is static with musl only")
@pytest.mark.skipif(not shutil.which("ldd"), reason="ldd is not installed")
def test_the_program_is_static():
    said = subprocess.run(["ldd", SIMULATOR], capture_output=True, text=True)
    assert "statically linked" in said.stdout or "not a dynamic executable" in said.stderr


@pytest.mark.skipif(not IS_STATIC, reason="only what is static runs on any Linux")
def test_the_wheel_is_for_any_linux(wheel):
    machine = platform.machine()
    assert f"-py3-none-manylinux2014_{machine}." in wheel.name
    assert f".musllinux_1_1_{machine}.whl" in wheel.name


def test_nothing_names_a_folder_of_this_machine(wheel):
    folders = [str(PROJECT), str(Path.home()), os.environ.get("CARGO_HOME") or str(Path.home() / ".cargo")]
    with zipfile.ZipFile(wheel) as files:
        texts = {name: files.read(name) for name in files.namelist()}
    assert len([name for name in texts if name.endswith("/scripts/katapult-sim")]) == 1
    texts["sim"] = SIMULATOR.read_bytes()
    found = [(name, folder) for name, text in texts.items() for folder in folders if folder.encode() in text]
    assert found == []


def test_the_wheel_has_types_and_licences(wheel):
    with zipfile.ZipFile(wheel) as files:
        names = files.namelist()
    assert "katapult_sim/py.typed" in names
    assert [name for name in names if "/tests/" in name or name.endswith(".pyc")] == []
    assert len([name for name in names if "/licenses/LICENSE-" in name]) == 2
