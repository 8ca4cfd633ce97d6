"""`make install`: what a program's build finds there, and that nothing of it is left after `make uninstall`."""

import gzip
import os
import re
import shutil
import subprocess
import sys

import pytest
from places import PROJECT, TARGET

# One worker installs, for all of them.
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="make install is for Linux"),
    pytest.mark.xdist_group("install"),
]

EXAMPLES = PROJECT / "ffi-c" / "examples"
REPOSITORY = re.search(r'^repository = "(.*)"', (PROJECT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)[1]
FILES = {
    "include/katapult_disk.h",
    "lib/cmake/KatapultDisk/KatapultDiskConfig.cmake",
    "lib/cmake/KatapultDisk/KatapultDiskConfigVersion.cmake",
    "lib/libkatapult_disk.a",
    "lib/libkatapult_disk.so",
    "lib/libkatapult_disk.so.0",
    "lib/libkatapult_disk.so.0.1.0",
    "lib/pkgconfig/katapult_disk.pc",
    "share/man/man3/katapult_disk.3",
    *(f"share/doc/katapult-disk/{name}" for name in ("README.md", "CHANGELOG.md", "abi.md")),
    *(f"share/doc/katapult-disk/{name}" for name in ("LICENSE", "LICENSE-APACHE", "LICENSE-MIT", "katapult_disk.supp")),
    *(f"share/doc/katapult-disk/{name}" for name in ("disks.cpp", "disks_cjson.c", "fleet.c", "lifecycle.c")),
}

PROGRAM = """
#include <katapult_disk.h>
#include <stdio.h>
#if !KATAPULT_DISK_VERSION_AT_LEAST(0, 1, 0) || KATAPULT_DISK_VERSION_AT_LEAST(99, 0, 0)
#error "the header's version"
#endif
int main(void) { return puts(katapult_version()) < 0; }
"""


def needs(*tools):
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def make(*words, **variables):
    command = ["make", *words, f"CARGO_TARGET_DIR={TARGET}", *(f"{name}={value}" for name, value in variables.items())]
    return subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """Where the library was installed, as a user installs it."""
    prefix = tmp_path_factory.mktemp("prefix")
    before = os.umask(0o077)
    make("install", PREFIX=prefix)
    os.umask(before)
    return prefix


@pytest.fixture(scope="module")
def environment(prefix):
    """As the README says: for pkg-config, CMake, and programs that run."""
    return {
        **os.environ,
        "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig"),
        "CMAKE_PREFIX_PATH": str(prefix),
        "LD_LIBRARY_PATH": str(prefix / "lib"),
    }


@pytest.fixture
def run(environment, tmp_path):
    def run(*command, ends_with=0, **more):
        environ = {**environment, **more}
        finished = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=300)
        assert finished.returncode == ends_with, finished.stdout + finished.stderr
        return finished.stderr if ends_with else finished.stdout

    (tmp_path / "program.c").write_text(PROGRAM, encoding="utf-8")
    return run


def service(sim):
    about = sim.about
    return {
        "KATAPULT_API_URL": about["katapult_url"],
        "KATAPULT_API_TOKEN": about["api_token"],
        "KATAPULT_ORGANIZATION": about["organization"],
    }


def test_all_files_are_there(prefix):
    assert files_in(prefix) == FILES


def test_everybody_may_read_them(prefix):
    modes = {path: path.stat().st_mode & 0o777 for path in prefix.rglob("*") if path != prefix}
    assert {str(path): oct(mode) for path, mode in modes.items() if mode not in (0o644, 0o755)} == {}


@pytest.mark.parametrize("target", ["install", "uninstall"])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        *(("PREFIX", path) for path in ("/a path/with space", "relative", "~/x", "", "/a'b", '/a"b', "/a|b", "/a&b", "/a\\b", "/a(b", "/a*")),
        *((name, path) for name in ("LIBDIR", "INCLUDEDIR", "MANDIR", "DOCDIR") for path in ("usr/lib", "/a path")),
        *(("DESTDIR", path) for path in ("/a path", "stage;")),
    ],
)
def test_a_path_that_is_unfit_is_refused(target, name, path, tmp_path):
    """Before anything is done; --dry-run, in case that it is not refused."""
    command = ["make", "--no-print-directory", "--dry-run", target, *(f"{key}={value}" for key, value in {"PREFIX": tmp_path, name: path}.items())]
    finished = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert (finished.returncode, finished.stdout) == (2, "")
    assert f"*** {name} must be a" in finished.stderr and f'not "{path}".' in finished.stderr


def test_the_installed_documents_link_to_the_repository(prefix):
    pages = (prefix / "share/doc/katapult-disk").glob("*.md")
    links = [link for page in pages for link in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))]
    assert f"{REPOSITORY}/blob/v0.1.0/./docs/reference/calls.md#c" in links
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


def test_uninstall_leaves_what_others_installed(tmp_path):
    (tmp_path / "usr/lib/pkgconfig").mkdir(parents=True)
    (tmp_path / "usr/lib/pkgconfig/other.pc").write_text("")
    make("install", DESTDIR=tmp_path, PREFIX="/usr", LIBDIR="/usr/lib/x86_64-linux-gnu")
    assert "usr/lib/x86_64-linux-gnu/libkatapult_disk.so.0" in files_in(tmp_path)
    text = (tmp_path / "usr/lib/x86_64-linux-gnu/pkgconfig/katapult_disk.pc").read_text(encoding="utf-8")
    assert "libdir=/usr/lib/x86_64-linux-gnu\n" in text and str(tmp_path) not in text
    make("uninstall", DESTDIR=tmp_path, PREFIX="/usr", LIBDIR="/usr/lib/x86_64-linux-gnu")
    assert files_in(tmp_path) == {"usr/lib/pkgconfig/other.pc"}


def test_with_sudo_nothing_is_built(tmp_path):
    command = ["make", "install", f"CARGO_TARGET_DIR={tmp_path / 'target'}", f"PREFIX={tmp_path / 'usr'}"]
    environ = {**os.environ, "SUDO_UID": "1000"}
    finished = subprocess.run(command, cwd=PROJECT, env=environ, capture_output=True, text=True)
    assert finished.returncode != 0 and "first run make library, without sudo" in finished.stderr
    assert not files_in(tmp_path)


@needs("pkg-config")
def test_a_program_asks_for_the_library_by_its_soname(run, tmp_path):
    flags = run("pkg-config", "--cflags", "--libs", "katapult_disk").split()
    run("cc", "program.c", *flags, "-o", "program")
    assert run("./program") == "0.1.0\n"
    assert b"libkatapult_disk.so.0\0" in (tmp_path / "program").read_bytes()


@needs("pkg-config")
@pytest.mark.parametrize("how", [["-static"], ["-Wl,-Bstatic", "-lkatapult_disk", "-Wl,-Bdynamic"]])
def test_a_program_contains_the_library(how, run):
    flags = run("pkg-config", "--static", "--cflags", "--libs", "katapult_disk").split()
    at = flags.index("-lkatapult_disk")
    run("cc", "program.c", *flags[:at], *how, *flags[at + (len(how) > 1) :], "-o", "program")
    assert run("env", "-u", "LD_LIBRARY_PATH", "./program") == "0.1.0\n"


@needs("rustc", "pkg-config")
def test_another_static_library_in_rust_may_be_linked_too(run, tmp_path):
    (tmp_path / "other.rs").write_text(
        """
        #[unsafe(no_mangle)]
        pub extern "C" fn other(number: i32) -> i32 {
            let names: std::collections::HashMap<i32, String> = (0..number).map(|n| (n, n.to_string())).collect();
            let caught = std::panic::catch_unwind(|| if number == 3 { panic!("three") });
            names.len() as i32 + 10 * i32::from(caught.is_err())
        }
        """,
        encoding="utf-8",
    )
    (tmp_path / "both.c").write_text(
        """
        #include <katapult_disk.h>
        #include <stdio.h>
        int other(int number);
        int main(void) { return printf("%s %d\\n", katapult_version(), other(3)) < 0; }
        """,
        encoding="utf-8",
    )
    run("rustc", "--edition", "2024", "-O", "--crate-type", "staticlib", "other.rs")
    flags = run("pkg-config", "--static", "--cflags", "--libs", "katapult_disk").split()
    at = flags.index("-lkatapult_disk")
    libraries = ["-Wl,-z,muldefs", "-Wl,-Bstatic", "-lkatapult_disk", "libother.a", "-Wl,-Bdynamic"]
    run("cc", "both.c", "-L.", *flags[:at], *libraries, *flags[at + 1 :], "-o", "both")
    assert run("./both") == "0.1.0 13\n"


@needs("cmake")
@pytest.mark.parametrize("target", ["katapult_disk", "katapult_disk_static"])
def test_cmake_finds_it(target, run, tmp_path):
    (tmp_path / "CMakeLists.txt").write_text(
        f"""
        cmake_minimum_required(VERSION 3.16)
        project(program C)
        find_package(KatapultDisk 0.1 REQUIRED)
        add_executable(program program.c)
        target_link_libraries(program PRIVATE KatapultDisk::{target})
        """,
        encoding="utf-8",
    )
    run("cmake", "-S", ".", "-B", "build")
    run("cmake", "--build", "build")
    assert run("build/program") == "0.1.0\n"


@needs("cmake")
@pytest.mark.parametrize("version", ["0.2", "1.0"])
def test_cmake_refuses_what_does_not_fit(version, run, tmp_path):
    (tmp_path / "CMakeLists.txt").write_text(
        f"cmake_minimum_required(VERSION 3.16)\nproject(program C)\nfind_package(KatapultDisk {version} REQUIRED)\n",
        encoding="utf-8",
    )
    assert "0.1.0" in run("cmake", "-S", ".", "-B", "build", ends_with=1)


@needs("g++", "pkg-config")
def test_the_example_in_cpp(run, sim):
    flags = run("pkg-config", "--cflags", "--libs", "katapult_disk").split()
    strict = ["-std=c++11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    run("g++", *strict, EXAMPLES / "disks.cpp", *flags, "-o", "disks")
    *disks, count = run("./disks", **service(sim)).splitlines()
    assert count == f"{len(disks)} disks" and f"{sim.about['disks']['attached']} " in "\n".join(disks)


HAS_CJSON = shutil.which("pkg-config") and subprocess.run(["pkg-config", "--exists", "libcjson"]).returncode == 0


@pytest.mark.skipif(not HAS_CJSON, reason="cJSON is not installed")
def test_the_example_with_a_json_library(run, sim):
    flags = run("pkg-config", "--cflags", "--libs", "katapult_disk", "libcjson").split()
    strict = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    run("cc", *strict, EXAMPLES / "disks_cjson.c", *flags, "-o", "disks")
    *disks, count = run("./disks", **service(sim)).splitlines()
    assert count == f"{len(disks)} disks" and f"{sim.about['disks']['attached']} " in "\n".join(disks)
    wrong = {**service(sim), "KATAPULT_API_TOKEN": "not-a-token"}
    assert run("./disks", ends_with=1, **wrong).startswith("invalid_api_token: ")


@needs("go", "gcc", "pkg-config")
def test_the_example_in_go(run, sim, prefix, tmp_path):
    places = {"GOCACHE": str(TARGET / "go-cache"), "GOPATH": str(tmp_path / "go"), "GOFLAGS": "-mod=readonly"}
    # What pkg-config says is not part of what the cache goes by, and an earlier run's folder may be gone.
    places["CGO_LDFLAGS"] = f"-L{prefix / 'lib'}"
    run("go", "build", "-C", EXAMPLES / "go", "-o", tmp_path / "disk", ".", **places)
    disk = sim.about["disks"]["attached"]
    assert run("./disk", disk, **service(sim)).startswith(f'{disk} "')
    said = run("./disk", "disk_of_nobody", ends_with=1, **service(sim))
    assert said.startswith("disk_not_found (rejected): ")


def test_the_manual_page_has_the_headers_names(prefix):
    text = (prefix / "share/man/man3/katapult_disk.3").read_text(encoding="utf-8")
    header = (prefix / "include/katapult_disk.h").read_text(encoding="utf-8")
    named = set(re.findall(r"katapult_\w+(?= |\()|KATAPULT_(?:STATUS|OUTCOME)_\w+", text)) - {"katapult_disk"}
    assert len(named) > 10 and [name for name in named if not re.search(rf"\b{name}\b", header)] == []
    assert f"{prefix}/share/doc/katapult-disk" in text and "@" not in text


@needs("man")
def test_the_manual_page_is_read_without_a_warning(prefix):
    page = prefix / "share/man/man3/katapult_disk.3"
    finished = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True, check=True)
    assert not finished.stderr and "NAME" in finished.stdout


@needs("readelf")
def test_dlclose_leaves_the_library_where_it_is(prefix):
    command = ["readelf", "--dynamic", prefix / "lib/libkatapult_disk.so"]
    assert "NODELETE" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_no_file_tells_where_it_was_built(prefix):
    places = [str(PROJECT), str(TARGET), os.environ.get("CARGO_HOME") or os.path.expanduser("~/.cargo")]
    for name in ("lib/libkatapult_disk.so", "lib/libkatapult_disk.a"):
        text = (prefix / name).read_bytes()
        assert not [place for place in places if place.encode() in text], name


# Packages


@needs("dpkg-deb", "dpkg-shlibdeps")
def test_debian_packages(tmp_path, run):
    made = make("deb").stdout.splitlines()
    library, develop = (path for path in made if path.endswith(".deb"))
    for package in (library, develop):
        run("dpkg-deb", "--extract", package, "root")
    control = run("dpkg-deb", "--field", library)
    assert "Package: libkatapult-disk0\n" in control and "Depends: libc6 (>= " in control
    assert "Depends: libkatapult-disk0 (= 0.1.0)" in run("dpkg-deb", "--field", develop)
    root = tmp_path / "root/usr"
    lib = next(root.glob("lib/*-linux-*"))
    assert {path.name for path in lib.glob("*.so*")} == {f"libkatapult_disk.so{end}" for end in ("", ".0", ".0.1.0")}
    assert (lib / "libkatapult_disk.so.0.1.0").stat().st_mode & 0o777 == 0o644
    assert (root / "share/doc/libkatapult-disk0/copyright").read_text(encoding="utf-8").startswith("Format: ")
    for name in ("share/doc/libkatapult-disk0/changelog.gz", "share/doc/libkatapult-disk-dev/changelog.gz", "share/man/man3/katapult_disk.3.gz"):
        assert gzip.decompress((root / name).read_bytes()), name
    run("cc", "program.c", f"-I{root / 'include'}", f"-L{lib}", "-lkatapult_disk", "-o", "program")
    assert run("./program", LD_LIBRARY_PATH=str(lib)) == "0.1.0\n"


@needs("dpkg-deb", "dpkg-shlibdeps")
def test_packages_are_made_of_sources_without_git(monkeypatch):
    monkeypatch.setenv("GIT_DIR", "/dev/null")
    archive = TARGET / "dist" / "katapult-disk-0.1.0.tar.gz"
    archive.unlink(missing_ok=True)
    assert "no archive of the sources" in make("dist").stderr and not archive.exists()
    assert len(re.findall(r"^/.*\.deb$", make("deb").stdout, re.MULTILINE)) == 2


@needs("git", "pkg-config")
def test_the_archive_works_wherever_it_is_unpacked(tmp_path, run):
    make("dist")
    sources = TARGET / "dist" / "katapult-disk-0.1.0.tar.gz"
    names = run("tar", "-tf", sources).splitlines()
    assert {f"katapult-disk-0.1.0/{name}" for name in ("Cargo.lock", "core/Cargo.toml", "include/katapult_disk.h")} <= {*names}
    (binaries,) = (TARGET / "dist").glob("libkatapult_disk-0.1.0-*.tar.gz")
    run("tar", "-xf", binaries)
    there = tmp_path / "libkatapult_disk-0.1.0"
    environ = {"PKG_CONFIG_PATH": str(there / "lib/pkgconfig"), "CMAKE_PREFIX_PATH": str(there)}
    flags = run("pkg-config", "--cflags", "--libs", "katapult_disk", **environ).split()
    assert str(tmp_path) in " ".join(flags)
    run("cc", "program.c", *flags, "-o", "program")
    assert run("./program", LD_LIBRARY_PATH=str(there / "lib")) == "0.1.0\n"
