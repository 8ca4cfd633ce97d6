"""What the README shows, copied out of it and run."""

import functools
import re
import shutil
import subprocess
import sys

import document_blocks
import pytest
from c_header import functions
from places import HEADER, PROJECT, RELEASE, shared_library
from table import TABLE
from test_c_header import API_CODES, statuses

README = (PROJECT / "README.md").read_text(encoding="utf-8")
CALLS = (PROJECT / "docs" / "reference" / "calls.md").read_text(encoding="utf-8")
STATUSES = (PROJECT / "docs" / "reference" / "statuses.md").read_text(encoding="utf-8")


def blocks(language, section):
    text = README.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    return [block for its_language, block in document_blocks.all_blocks(text) if its_language == language]


@pytest.fixture
def filled(sim):
    return functools.partial(document_blocks.filled, about=sim.about)


@pytest.fixture
def environment(sim, monkeypatch, tmp_path):
    for name, value in document_blocks.environment(sim, tmp_path).items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(("section", "number"), [("Python", 0), ("Python", 1), ("Python", 2), ("Python", 3), ("OpenStack", 0)])
def test_python(section, number, filled, environment):
    program = filled(blocks("python", section)[number])
    finished = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr


def test_python_failures(filled, environment):
    *_, failures = blocks("python", "Python")
    program = filled(failures).replace('"data", 20', '"", 20')
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    assert "can't be blank" in finished.stdout


def test_c(filled, environment, sim, tmp_path):
    program, _ = blocks("c", "C")
    source, binary = tmp_path / "example.c", tmp_path / "example"
    source.write_text(filled(program), encoding="utf-8")
    link = [f"-I{HEADER.parent}", f"-L{RELEASE}", "-lkatapult_disk", f"-Wl,-rpath,{RELEASE}"]
    static = [
        f"-I{HEADER.parent}",
        str(RELEASE / "libkatapult_disk.a"),
        *"-lutil -lrt -lpthread -lm -ldl -lc".split(),
    ]
    import katapult_disk

    name = katapult_disk.get_disk(sim.about["disks"]["attached"]).name
    for arguments in (link, static):
        subprocess.run([shutil.which("cc"), str(source), *arguments, "-o", str(binary)], check=True)
        finished = subprocess.run([str(binary)], capture_output=True, text=True)
        assert finished.returncode == 0, finished.stdout
        assert finished.stdout == f"ok: {name}\n"
    assert shared_library().name == "libkatapult_disk.so"


@pytest.mark.parametrize("folder", ["core", "core/json_scan", "py", "tests/simulator/python"])
def test_what_registries_show_has_no_link_into_the_tree(folder):
    """They show it alone, or look for the link's file beside it."""
    text = (PROJECT / folder / "README.md").read_text(encoding="utf-8")
    assert [target for target in re.findall(r"\]\(([^)]*)\)", text) if not target.startswith("https://")] == []


@pytest.mark.parametrize("manifest", ["core/Cargo.toml", "core/json_scan/Cargo.toml"])
def test_each_crate_has_a_readme_of_its_own(manifest):
    assert '\nreadme = "README.md"\n' in (PROJECT / manifest).read_text(encoding="utf-8")


def test_every_call_is_in_the_tables():
    """By its whole name, which a reader may search for."""
    calls = [operation.method for operation in TABLE.values()]
    assert [name for name in calls if f"`{name}(" not in CALLS] == []
    named = set(re.findall(r"`(katapult_\w+)", CALLS))
    assert {f"katapult_{name}" for name in functions()} - named == set()


def test_the_status_table_is_the_header():
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| `?([\w.]*)`? \|", STATUSES, re.MULTILINE)
    assert {name: int(number) for number, name, _ in rows} == statuses()
    assert set(API_CODES) <= {name for _, name, _ in rows}


def test_the_status_table_names_python_classes():
    import katapult_disk

    for _, name, path in re.findall(r"^\| (\d+) \| `(\w+)` \| `?([\w.]*)`? \|", STATUSES, re.MULTILINE):
        if name == "ok":
            continue
        found = katapult_disk
        for part in path.split("."):
            found = getattr(found, part)
        assert issubclass(found, katapult_disk.KatapultError), path
