"""Puts the Python package's stubs into one module each for `katapult_disk` and `katapult_disk.openstack`, so that the reference
names everything as a program does."""

import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "py" / "python" / "katapult_disk"


def write(folder):
    """Writes the package `katapult_disk` into the folder."""
    (folder / "katapult_disk").mkdir(parents=True, exist_ok=True)
    of_openstack = names()["openstack_exceptions"]
    head, *errors = own("errors.pyi").split("\n\nclass ")
    common = [error for error in errors if error.partition("(")[0] not in of_openstack]
    others = [error for error in errors if error.partition("(")[0] in of_openstack]
    for name, parts in (
        ("__init__.py", [head + own("_katapult_disk.pyi") + own("__init__.pyi"), *common]),
        ("openstack.py", [own("openstack.pyi"), *others]),
    ):
        (folder / "katapult_disk" / name).write_text("\n\nclass ".join(parts), encoding="utf-8")


def own(name):
    """A stub without what it takes from the others, and without the constructor that all exceptions inherit."""
    text = re.sub(r"^from \.[\w.]* import .*\n", "", stub(name), flags=re.MULTILINE)
    constructor = r"    def __init__\(\n        self,\n        message: .*?\n    \) -> None: \.\.\.\n"
    text = re.sub(constructor, "", text, flags=re.DOTALL)
    # The only constructor that autoapi shows.
    return re.sub(r"def __new__\((\s*)cls", r"def __init__(\1self", text)


def stub(name):
    return (PACKAGE / name).read_text(encoding="utf-8")


def names():
    """What there is, by kind."""
    pairs = re.findall(r"^from \.(\w+) import .* as (\w+)$", stub("__init__.pyi"), re.MULTILINE)
    of_openstack = re.findall(r"^from \.errors import .* as (\w+)$", stub("openstack.pyi"), re.MULTILINE)
    own_classes = {"Client", "KatapultError", *of_openstack}
    return {
        "classes": [name for module, name in pairs if module == "_katapult_disk" and name[0].isupper() and name not in own_classes],
        "exceptions": [name for module, name in pairs if module == "errors" and name not in own_classes],
        "openstack_exceptions": of_openstack,
    }
