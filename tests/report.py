"""Writes the figures of a command into the page of docs/ that shows them.

A page keeps a section between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``; the text around belongs to people.
"""

import os
import pathlib
import platform
import re

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"


def write_section(page, name, markdown):
    """Replaces the section `name` of docs/`page` (say ``"reliability.md"``)."""
    path = DOCS / page
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    section = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    text = path.read_text()
    if not section.search(text):
        raise SystemExit(f"docs/{page} has no section {name}: add the lines {begin} and {end}")
    path.write_text(section.sub(lambda _: f"{begin}\n{markdown.strip()}\n{end}", text))


def table(header, rows):
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def machine():
    """What the figures were measured on, in a few words."""
    return f"{platform.system()} {platform.machine()}, {len(os.sched_getaffinity(0))} CPUs, Python {platform.python_version()}"
