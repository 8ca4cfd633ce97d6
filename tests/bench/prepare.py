"""Makes what the benchmarks run, in a directory of its own: the C programs, a virtual environment, the wheel.

A peer or a tool that cannot be had is a notice; what needs it is left out.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tarfile

from answers import PAGES

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
C_FLAGS = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O2"]


class Bench:
    """What there is to run, and how. `notices` says what there is not."""

    def __init__(self, target, short):
        self.release = target / "release"
        self.directory = target / "bench"
        self.directory.mkdir(parents=True, exist_ok=True)
        self.short = short
        self.pages = 5 if short else PAGES
        self.notices = []
        self.python = self.directory / "venv/bin/python"
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", self.directory / "venv"], check=True)
        self.pip = [self.python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        self.yyjson = self.find_yyjson()
        self.wheel = self.make_wheel(target)
        self.python_clients = self.install()
        self.c_clients = self.compile()
        self.valgrind, self.strace = self.tool("valgrind"), self.tool("strace")

    def tool(self, name):
        found = shutil.which(name) is not None
        if not found:
            self.notices.append(f"{name} is not installed")
        return found

    def c(self, client, job, calls, url, ca_file=None):
        """The command line of a C program; None if there is no such program."""
        if client not in self.c_clients:
            return None
        return [str(self.directory / client), job, str(calls), url, *([ca_file] if ca_file else [])]

    def py(self, client, job, calls, url, ca_file=None):
        """The command line of a Python client; None if there is no such client."""
        if client not in self.python_clients:
            return None
        script = [str(self.python), str(HERE / "python/job.py")]
        return [*script, client, job, str(calls), url, *([ca_file] if ca_file else [])]

    def find_yyjson(self):
        """The directory with yyjson.c and yyjson.h, of the pinned package; None if it cannot be had."""
        directory = self.directory / "yyjson"
        if not (directory / "yyjson.c").exists():
            directory.mkdir(exist_ok=True)
            download = ["download", "--no-deps", "--no-binary", "yyjson", "--require-hashes", "--dest", directory]
            if not succeeds([*self.pip, *download, "-r", HERE / "requirements-c.txt"]):
                self.notices.append("yyjson could not be fetched: no peer in C")
                return None
            with tarfile.open(next(directory.glob("*.tar.gz"))) as archive:
                for member in archive.getmembers():
                    name = pathlib.PurePath(member.name).name
                    if name in ("yyjson.c", "yyjson.h"):
                        (directory / name).write_bytes(archive.extractfile(member).read())
        return directory

    def compile(self, library=None, suffix=""):
        """Compiles the programs that can be; gives their names. `library` is where the library is, if not released."""
        library = library or self.release
        compiler = os.environ.get("CC", "cc")
        with_yyjson = []
        if self.yyjson:
            with_yyjson = ["-DHAVE_YYJSON", "-isystem", self.yyjson, self.directory / "yyjson.o"]
            subprocess.run([compiler, "-O2", "-c", self.yyjson / "yyjson.c", "-o", with_yyjson[-1]], check=True)
        common = [compiler, *C_FLAGS, HERE / "c/bench.c"]
        ours = [HERE / "c/katapult.c", f"-I{ROOT}/include", f"-L{library}", "-lkatapult_disk", f"-Wl,-rpath,{library}"]
        subprocess.run([*common, *with_yyjson, *ours, "-o", self.directory / f"katapult{suffix}"], check=True)
        made = {f"katapult{suffix}"}
        if self.yyjson and not suffix:
            peer = [*common, *with_yyjson, HERE / "c/libcurl.c", "-lcurl", "-o", self.directory / "libcurl"]
            if succeeds(peer):
                made.add("libcurl")
            else:
                self.notices.append("libcurl with its headers is not installed (libcurl4-openssl-dev): no peer in C")
        return made

    def make_wheel(self, target):
        """Builds the wheel that users get, with what cargo has built already."""
        wheels = self.directory / "wheel"
        shutil.rmtree(wheels, ignore_errors=True)
        wheel = [*self.pip, "wheel", "--no-deps", "--wheel-dir", wheels, ROOT / "py"]
        subprocess.run(wheel, check=True, env={**os.environ, "CARGO_TARGET_DIR": str(target)})
        return next(wheels.glob("*.whl"))

    def install(self):
        """Installs the library and what can be had of the peers; gives the clients."""
        subprocess.run([*self.pip, "install", "--no-deps", "--force-reinstall", self.wheel], check=True)
        if not succeeds([*self.pip, "install", "-r", HERE / "requirements.txt"]):
            self.notices.append("not all of tests/bench/requirements.txt could be installed")
        clients = {"katapult"}
        for client, modules in (("requests", "requests"), ("httpx", "httpx"), ("pycurl", "pycurl, orjson")):
            if succeeds([self.python, "-c", f"import {modules}"]):
                clients.add(client)
            else:
                self.notices.append(f"{modules} cannot be imported: left out")
        return clients


def succeeds(command):
    """Whether a command does; what it says when it fails is shown."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
    return done.returncode == 0
