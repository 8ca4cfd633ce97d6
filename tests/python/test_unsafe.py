"""Unsafe code: only in ffi-c, each with its reason."""

import re

import pytest
from places import PROJECT

MEMBERS = re.search(r"^members = \[(.*?)\]", (PROJECT / "Cargo.toml").read_text(), re.MULTILINE)[1]
CRATES = [crate for crate in re.findall(r'"([^"]+)"', MEMBERS) if crate != "ffi-c"]
UNSAFE = re.compile(r"\bunsafe\b")
# A type, an attribute and a lint's name promise nothing; a block does.
DECLARED = re.compile(r'#\[unsafe\(no_mangle\)\]|\bunsafe extern "C(-unwind)?" fn\(|forbid\(unsafe_code\)|unsafe_op_in_unsafe_fn')


def code(path):
    """The lines without their comments."""
    return [re.sub(r"//.*", "", line) for line in path.read_text().splitlines()]


def sources(crate):
    found = sorted((PROJECT / crate).rglob("*.rs"))
    assert found, f"no sources in {crate}"
    return found


@pytest.mark.parametrize("crate", CRATES)
def test_only_the_c_library_has_unsafe_code(crate):
    for path in sources(crate):
        for number, line in enumerate(code(path), 1):
            assert not UNSAFE.search(DECLARED.sub("", line)), f"{path}:{number}: {line.strip()}"


@pytest.mark.parametrize("crate", CRATES)
def test_the_compiler_forbids_it_there(crate):
    roots = [path for path in sources(crate) if path.name in ("lib.rs", "main.rs") and path.parent.name == "src"]
    for root in roots:
        assert "#![forbid(unsafe_code)]" in root.read_text(), root


def test_every_block_says_why_it_is_sound():
    blocks = 0
    for path in sources("ffi-c"):
        lines = path.read_text().splitlines()
        for index, line in enumerate(code(path)):
            if not UNSAFE.search(DECLARED.sub("", line)):
                continue
            blocks += 1
            above = index - 1
            while lines[above].lstrip().startswith("//") and "SAFETY:" not in lines[above]:
                above -= 1
            assert "// SAFETY: " in lines[above], f"{path}:{index + 1}: {line.strip()}"
    assert blocks, "the search must be able to find them"
