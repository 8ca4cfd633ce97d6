"""docs/openstack.md names every key that is obeyed, and no other."""

import re

from places import PROJECT

KEYS = PROJECT / "core" / "src" / "openstack" / "config" / "keys.rs"
# What says where other keys are has no value of its own.
STRUCTURE = {"regions"}


def test_the_document_lists_the_keys_that_are_obeyed():
    obeyed = KEYS.read_text().partition("OBEYED")[2].partition("];")[0]
    listed = set(re.findall(r'"(\w+)"', obeyed))
    assert len(listed) > 40
    document = (PROJECT / "docs" / "openstack.md").read_text()
    quoted = [line for line in document.splitlines() if line.startswith("> ")]
    told = set(re.findall(r"`(\w+)`", " ".join(quoted)))
    assert told == listed | STRUCTURE
