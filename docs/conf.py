"""The site: `make site`. The pages are the documents of this folder; the references are made from the stubs, the header and rustdoc."""

import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "docs"))

import stubs_for_the_site  # noqa: E402

REPOSITORY = re.search(r'^repository = "(.*)"', (PROJECT / "Cargo.toml").read_text(), re.MULTILINE)[1]

project = "katapult-disk"
release = version = re.search(r'^version = "(.*)"', (PROJECT / "Cargo.toml").read_text(), re.MULTILINE)[1]
copyright = "the authors of katapult-disk"
html_title = f"katapult-disk {version}"

extensions = ["myst_parser", "sphinx_copybutton", "autoapi.extension", "hawkmoth"]
exclude_patterns = ["requirements.txt"]
myst_heading_anchors = 3
# "rust,no_run" is for rustdoc, which runs these blocks as tests; and there are two Clients.
suppress_warnings = ["misc.highlighting_failure", "ref.python"]
default_role = "code"
nitpicky = False
copybutton_prompt_text = "$ "

html_theme = "furo"
html_theme_options = {
    "source_repository": REPOSITORY,
    "source_branch": "main",
    "source_directory": "docs/",
}
html_extra_path = []

STUBS = PROJECT / "target" / "site-stubs"
stubs_for_the_site.write(STUBS)
autoapi_dirs = [str(STUBS / "katapult_disk")]
autoapi_generate_api_docs = False
autoapi_keep_files = False
autoapi_python_class_content = "class"
autoapi_options = ["members", "inherited-members", "undoc-members"]
autodoc_typehints = "signature"
python_maximum_signature_line_length = 88

hawkmoth_root = str(PROJECT / "include")
# libclang brings no headers of its own.
hawkmoth_clang = ["-std=c11", "-I" + subprocess.check_output(["cc", "-print-file-name=include"], text=True).strip()]
hawkmoth_autoconf = []
hawkmoth_transform_default = "doxygen"


def filled(app, name, text):
    """Lists that follow from the stubs, and the introduction of the header, where a page has their names between `@`."""
    for kind, found in stubs_for_the_site.names().items():
        directive = "class" if kind == "classes" else "exception"
        module = "katapult_disk.openstack" if kind.startswith("openstack") else "katapult_disk"
        members = "\n   :members:\n   :inherited-members:\n" if directive == "class" else "\n"
        lines = [f".. autoapi{directive}:: {module}.{each}{members}" for each in found]
        text[0] = text[0].replace(f"@{kind}@", "\n".join(lines))
    if "@header@" in text[0]:
        text[0] = text[0].replace("@header@", introduction())


def introduction():
    """The header's first comment as Markdown, where what is indented is code."""
    comment = (PROJECT / "include" / "katapult_disk.h").read_text(encoding="utf-8").split("*/", 1)[0]
    text = re.sub(r"(?m)^(/\*| \* ?)", "", comment)
    parts = text.split("```")
    parts[::2] = [re.sub(r"(?m)^  ", "      ", part) for part in parts[::2]]
    return "```".join(parts)


def to_repository(app, name, text):
    """A document's links to files beside this folder lead to the repository."""
    text[0] = re.sub(r"\]\((?:\.\./)+(?!docs)((?:[\w.-]+/)*[\w.-]*)(#[\w-]+)?\)", rf"]({REPOSITORY}/blob/main/\1\2)", text[0])


def from_doxygen(app, lines, transform, options):
    """The header's comments, which are written for doxygen, as reStructuredText."""
    fields = {"@return": ":return:"}
    paragraphs = re.split(r"\n(?=@\w+ |\n)", "\n".join(line.strip() for line in lines))
    for number, paragraph in enumerate(paragraphs):
        words = paragraph.split()
        if words and words[0] == "@param":
            words[:2] = [f":param {words[1]}:"]
        elif words:
            words[0] = fields.get(words[0], words[0])
        paragraphs[number] = as_literals(" ".join(words))
    lines[:] = "\n\n".join(filter(None, paragraphs)).split("\n")


def as_literals(text):
    """Code between single backticks, and nothing that reStructuredText takes for markup in the rest."""
    rest, *others = re.split(r"(`[^`]+`)", text)
    marked = [f"`{part}`" if number % 2 == 0 else escaped(part) for number, part in enumerate(others)]
    return escaped(rest) + "".join(marked)


def escaped(text):
    return re.sub(r"([*|]|_(?=\W|$))", r"\\\1", text)


def setup(app):
    app.connect("source-read", filled)
    app.connect("source-read", to_repository)
    app.connect("hawkmoth-process-docstring", from_doxygen)
