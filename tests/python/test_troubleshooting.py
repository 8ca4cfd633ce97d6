"""The messages that docs/troubleshooting.md quotes are those that the library says."""

import re

import katapult_disk
import pytest
from places import PROJECT

PAGE = PROJECT / "docs" / "troubleshooting.md"
SOURCES = ("core/src", "ffi-c/src", "py/src", "py/python")
CLASS = re.compile(r"([A-Z]\w+)(?:: (.*))?")


def quotes():
    """Those of the library. What other programs say while it is installed stands in the first chapter."""
    chapters = PAGE.read_text(encoding="utf-8").split("\n## ")
    for row in "\n".join(chapters[2:]).splitlines():
        cell = row.split(" | ")[0].removeprefix("| ")
        if cell.startswith("`"):
            yield from re.findall(r"`([^`]+)`", cell)


def literals():
    """All string literals, each as one line, with … for what varies."""
    for folder in SOURCES:
        for path in (PROJECT / folder).rglob("*"):
            if path.suffix in (".rs", ".py"):
                source = path.read_text(encoding="utf-8")
                for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', source, re.DOTALL):
                    yield vary(re.sub(r"\\\n\s*", "", literal))


def vary(literal):
    """Doubled braces are braces, and others hold what varies."""
    literal = literal.replace("{{", "\0").replace("}}", "\1").replace('\\"', '"')
    return re.sub(r"\{[^{}]*\}", "…", literal).replace("\0", "{").replace("\1", "}")


@pytest.fixture(scope="module")
def said():
    return set(literals())


def is_of(quote, literal):
    """Whether the literal has what the quote has, in that order; … is anything."""
    pieces = [re.escape(piece.strip()) for piece in quote.split("…")]
    return bool(re.search(".*".join(pieces), literal, re.DOTALL))


@pytest.mark.parametrize("quote", sorted(set(quotes())))
def test_what_is_quoted_is_said(said, quote):
    kind, message = None, quote
    if named := CLASS.fullmatch(quote):
        kind, message = named.groups()
        assert hasattr(katapult_disk, kind)
    if message and message.strip("… "):
        assert any(is_of(message, literal) for literal in said)


def test_a_quote_that_nobody_says_would_be_found(said):
    for quote in ("http:// is only for this machine", "InvalidResponse: … page …", "a call in a handler"):
        assert not any(is_of(quote, literal) for literal in said)
