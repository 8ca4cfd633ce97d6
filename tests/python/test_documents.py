"""The programs of the documents, run with a simulator: those of one page make one program, from the first to the last."""

import re
import shutil
import subprocess
import sys
import time

import document_blocks
import pytest
from places import HEADER, PROJECT, RELEASE

DOCUMENTS = PROJECT / "docs"
# Their programs have tests of their own.
OTHERS = {"fleets.md": "test_engines.py", "engines.md": "test_engines.py", "simulator.md": "make test-sim"}
# A package that a page is about.
NEEDS = {"cookbook/notebooks.md": "pandas", "cookbook/gevent.md": "gevent"}


def pages(language):
    """The pages that have programs in a language."""
    found = (str(path.relative_to(DOCUMENTS)) for path in sorted(DOCUMENTS.rglob("*.md")))
    return [page for page in found if page not in OTHERS and document_blocks.blocks(page, language)]


@pytest.mark.parametrize("page", pages("python"))
def test_python(page, sim, tmp_path):
    if page in NEEDS:
        pytest.importorskip(NEEDS[page])
    program = tmp_path / "program.py"
    program.write_text(document_blocks.filled("\n".join(document_blocks.blocks(page)), sim.about), encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", program],
        cwd=tmp_path,
        env=document_blocks.environment(sim, tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("page", pages("c"))
@pytest.mark.skipif(shutil.which("cc") is None, reason="cc is not installed")
def test_c(page, sim, tmp_path):
    source, _ = document_blocks.blocks(page, "c")
    finished = subprocess.run(
        [compiled(source, sim, tmp_path)],
        env=document_blocks.environment(sim, tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "deleted for good" in finished.stdout


@pytest.mark.parametrize("is_in_a_call", [True, False])
@pytest.mark.skipif(shutil.which("cc") is None, reason="cc is not installed")
def test_a_daemon_in_c_ends_on_sigterm(is_in_a_call, sim, tmp_path):
    _, source = document_blocks.blocks("tutorials/c.md", "c")
    if is_in_a_call:
        sim.latency(30)
    command = [compiled(source, sim, tmp_path)]
    with subprocess.Popen(command, env=document_blocks.environment(sim, tmp_path), stdout=subprocess.PIPE, text=True) as process:
        if is_in_a_call:
            while not sim.requests():
                time.sleep(0.01)
        else:
            assert process.stdout.readline().endswith(" disks\n")
        process.terminate()
        began = time.monotonic()
        rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, "ended\n")
    assert time.monotonic() - began < 5


def compiled(source, sim, folder):
    """The program that this makes, without a warning."""
    (folder / "program.c").write_text(document_blocks.filled(source, sim.about), encoding="utf-8")
    strict = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    link = [f"-I{HEADER.parent}", f"-L{RELEASE}", "-lkatapult_disk", f"-Wl,-rpath,{RELEASE}"]
    subprocess.run(["cc", *strict, folder / "program.c", *link, "-o", folder / "program"], check=True)
    return folder / "program"


def test_there_are_programs():
    assert len(pages("python")) > 10 and pages("c") == ["tutorials/c.md"]


def test_commands_are_there():
    """Each `make` of the documents and the README names a target."""
    makefiles = [PROJECT / "Makefile", *PROJECT.glob("*/**/*.mk")]
    targets = set(re.findall(r"^([a-z][a-z-]*):", "\n".join(path.read_text() for path in makefiles), re.MULTILINE))
    texts = [path.read_text(encoding="utf-8") for path in (PROJECT / "README.md", *DOCUMENTS.rglob("*.md"))]
    named = {name for text in texts for name in re.findall(r"(?:^\$ |`)(?:sudo )?make ([a-z][a-z-]*)", text, re.MULTILINE)}
    assert named - targets == set()
