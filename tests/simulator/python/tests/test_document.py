"""docs/simulator.md: each block is run as a reader would run it."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import PROJECT, TARGET
from katapult_sim import Simulator, find_binary

PAGE = (PROJECT / "docs" / "simulator.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```\w+\n(?:#|//!?) ([\w./]+)[^\n]*\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
RELEASE = TARGET / "release"


def write(folder, *names):
    for name in names:
        (folder / name).write_text(FILES[name], encoding="utf-8")


def commands(words):
    """The lines with these words of the blocks that show a terminal."""
    blocks = re.findall(r"^```console\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    lines = re.findall(r"^\$ (.*?)(?:  +#.*)?$", "".join(blocks), re.MULTILINE)
    return [line for line in lines if words in line]


def run(command, folder, **environment):
    """Runs it with katapult-sim on the PATH, and without another simulator in the environment."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    if not (programs / "katapult-sim").exists():
        (programs / "katapult-sim").symlink_to(find_binary())
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KATAPULT_", "OS_"))}
    kept |= {"KATAPULT_SIM": find_binary(), "PATH": f"{programs}:{os.environ['PATH']}", **environment}
    finished = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, timeout=300)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_each_block_is_run_here():
    tested = (PROJECT / "tests/simulator/python/tests/test_document.py").read_text(encoding="utf-8")
    assert [name for name in FILES if tested.count(f'"{name}"') == 0] == []
    unnamed = re.findall(r"^```(?!console)\w+\n(?!# [\w.]+|//!? [\w./]+)", PAGE, re.MULTILINE)
    assert unnamed == []


def test_python(tmp_path):
    names = ["conftest.py", "test_provision.py", "test_faults.py", "test_with_unittest.py"]
    write(tmp_path, *names)
    pytest_command = [sys.executable, "-m", "pytest", "-p", "katapult_sim.pytest_plugin", "-p", "no:cacheprovider"]
    printed = run(pytest_command, tmp_path)
    assert f"{sum(FILES[name].count('def test_') for name in names)} passed" in printed
    run([sys.executable, "-m", "unittest", "test_with_unittest"], tmp_path)


def test_the_variables(katapult):
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", PAGE, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == set(katapult.environment)


def documents(text):
    """JSON texts, one after the other."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        document, place = decoder.raw_decode(text, place)
        yield document


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_a_shell(tmp_path):
    write(tmp_path, "provision.sh")
    command = re.search(r"^# provision.sh, to be run with: (.*)$", PAGE, re.MULTILINE)[1]
    centers, ordered, failed, requests = documents(run(command.split(), tmp_path))
    assert centers["data_centers"]
    assert ordered == {}
    assert failed["error"]["code"] == "service_unavailable"
    assert [request["status"] for request in requests] == [200, 503]


@pytest.fixture
def installed(tmp_path):
    """What pkg-config would find after `make install`; tests/python/test_install.py tests the real one."""
    folder = tmp_path / "pkgconfig"
    folder.mkdir()
    text = f"Name: katapult_disk\nDescription: as it was built\nVersion: 0\nLibs: -L{RELEASE} -lkatapult_disk\n"
    (folder / "katapult_disk.pc").write_text(f"{text}Cflags: -I{PROJECT / 'include'}\n", encoding="utf-8")
    return {"PKG_CONFIG_PATH": str(folder)}


@pytest.mark.skipif(not shutil.which("cmake") or not shutil.which("pkg-config"), reason="cmake is not installed")
def test_ctest(tmp_path, installed):
    write(tmp_path, "CMakeLists.txt", "test_provision.c")
    (build,), (test,) = commands("cmake"), commands("ctest")
    run(["sh", "-c", build], tmp_path, **installed)
    assert "100% tests passed, 0 tests failed out of 1" in run(["sh", "-c", test], tmp_path)


def test_c_without_cmake(tmp_path):
    write(tmp_path, "test_provision.c")
    link = [f"-I{PROJECT / 'include'}", f"-L{RELEASE}", "-lkatapult_disk", f"-Wl,-rpath,{RELEASE}"]
    run(["cc", "-std=c99", "-Wall", "-Wextra", "-Werror", "test_provision.c", *link, "-o", "test_provision"], tmp_path)
    printed = run(["katapult-sim", "--task-seconds=0", "--", "./test_provision"], tmp_path)
    assert json.loads(printed.removeprefix("ok: "))["disk"]["state"] == "built"


def test_rust():
    """`cargo test` runs the file."""
    text = (PROJECT / "tests/rust/tests/provision.rs").read_text(encoding="utf-8")
    assert text.partition("\n")[2] == FILES["tests/provision.rs"]


@pytest.mark.skipif(shutil.which("go") is None, reason="Go is not installed")
def test_go(tmp_path):
    write(tmp_path, "provision_test.go")
    module = "github.com/krystal/go-katapult@v0.2.13"
    make = f"go mod init provision && go get {module}"
    made = subprocess.run(["sh", "-c", make], cwd=tmp_path, capture_output=True, text=True)
    if made.returncode != 0:
        pytest.skip(f"the Go module proxy has no {module}: {made.stderr[-300:]}")
    command = re.search(r"^// provision_test.go, to be run with: (.*)$", PAGE, re.MULTILINE)[1]
    assert run(command.split(), tmp_path, GOFLAGS="-mod=mod").startswith("ok")


@pytest.mark.skipif(shutil.which("terraform") is None, reason="Terraform is not installed")
def test_terraform(tmp_path):
    """Its syntax; the provider cannot be had from a registry of packages."""
    write(tmp_path, "main.tf")
    run(["terraform", "fmt", "-check", "-diff"], tmp_path)


def test_clouds(tmp_path, monkeypatch):
    openstack = pytest.importorskip("katapult_disk").openstack
    for name in [name for name in os.environ if name.startswith("OS_")]:
        monkeypatch.delenv(name)
    with Simulator() as simulator:
        port = simulator.origin.rpartition(":")[2]
        text = FILES["clouds.yaml"]
        assert "127.0.0.1:8774/" in text
        (tmp_path / "clouds.yaml").write_text(text.replace(":8774", f":{port}"), encoding="utf-8")
        monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(tmp_path / "clouds.yaml"))
        with openstack.Client(cloud="katapult-sim") as nova:
            assert list(nova.list_volume_attachments(simulator.description["server_id"]))
        assert json.dumps(simulator.clouds["clouds"]["katapult-sim"]["auth"]["password"])[1:-1] in text


def test_the_container(tmp_path, free_port):
    """The image's one layer, without a container: a root with nothing but the binary in it."""
    (build,) = commands("podman build")
    recipe, context = re.search(r"--file (\S+) (\S+)$", build).groups()
    lines = (PROJECT / recipe).read_text(encoding="utf-8").splitlines()
    said = dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    assert said["FROM"] == "scratch"
    binary, place = said["COPY"].split()
    assert (PROJECT / context / binary).is_relative_to(PROJECT / "target" / "sim")
    entry = json.loads(said["ENTRYPOINT"])
    assert (entry[0], entry[-1]) == (place, f"--port={said['EXPOSE']}")
    if os.getuid() != 0 or not shutil.which("chroot"):
        pytest.skip("only root can change the root")
    root = tmp_path / "root"
    root.mkdir()
    tmp_path.chmod(0o755)
    shutil.copy(find_binary(), root / binary)
    if b"ld-linux" in (root / binary).read_bytes():
        pytest.skip("KATAPULT_SIM is not static")
    (run_it,) = commands("podman run")
    more = run_it.split("katapult-sim ", 1)[1].split()
    command = ["chroot", f"--userspec={said['USER']}", str(root), *entry[:-1], f"--port={free_port}", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            about = json.loads(process.stdout.readline())
            assert about["control_url"] == f"http://127.0.0.1:{free_port}/__sim"
            curl = re.search(r"`(curl --header .*?/__sim/state)`", PAGE)[1].replace(":8774", f":{free_port}")
            state = json.loads(run(["sh", "-c", f"{curl} --fail --silent"], tmp_path, NO_PROXY="*"))
            assert state["disks"] > 0
        finally:
            process.terminate()
