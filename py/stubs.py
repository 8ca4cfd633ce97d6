"""Writes the package's stubs: `make stubs`.

    python py/stubs.py            # writes them into py/python/katapult_disk
    python py/stubs.py --check    # fails if they are not what it would write

Names, defaults, docstrings and what is there at all come from the installed package. What a method or an attribute
gives comes from the Rust function behind it: `-> PyResult<Bound<'py, Disk>>` is a `Disk`. What an argument may be
follows from its name, since one name means one thing in all calls: the tables in stub_tables.py.
"""

import inspect
import re
import sys
from pathlib import Path

import katapult_disk
from katapult_disk import _katapult_disk, errors, openstack

HERE = Path(__file__).parent
# A test loads this file from elsewhere.
sys.path.insert(0, str(HERE))

from stub_tables import ARGUMENTS, LOOKUPS, OWN_ARGUMENTS, OWN_PROTOCOLS, PROTOCOLS, RESULTS  # noqa: E402

PACKAGE = HERE / "python" / "katapult_disk"
WIDTH = 120

# The functions of `#[pymethods] impl Class { … }`, as rustfmt writes them.
METHODS = re.compile(r"^#\[pymethods\]\nimpl (\w+) \{\n(.*?)^\}$", re.M | re.S)
FUNCTION = re.compile(r"^    (?:pub\(crate\) )?fn (?:r#)?(\w+)(?:<[^>]*>)?\(.*?\)(?: -> (.*?))? \{$", re.M | re.S)

# Classes of plain numbers, whose attributes have no function in Rust.
COUNTS = (katapult_disk.FleetCounts, katapult_disk.RateLimit)

# Classes that programs make themselves.
MADE = (katapult_disk.Client, openstack.Client, katapult_disk.FleetResult, *COUNTS)


class Source:
    """What the Rust functions of the classes give, in the order in which they stand there."""

    def __init__(self):
        self.given = {}
        files = sorted((HERE / "src").rglob("*.rs"), key=lambda path: (path.parent, path.name != "mod.rs", path.name))
        for path in files:
            module = "openstack" if "openstack" in path.parts else ""
            for cls, body in METHODS.findall(path.read_text(encoding="utf-8")):
                for name, result in FUNCTION.findall(body):
                    self.given[module, cls, name] = " ".join(result.split())

    def result(self, cls, name):
        rust = self.given[key(cls, name)]
        return python_type(rust) if rust else "None"

    def members(self, cls):
        """The public names of a class, and the protocols that it defines, in order."""
        own = [name for name in vars(cls) if name in PROTOCOLS or not name.startswith("_")]
        order = {place: number for number, place in enumerate(self.given)}
        return sorted(own, key=lambda name: (name.startswith("_"), order.get(key(cls, name), 0), name))


def key(cls, name):
    is_openstack_client = cls is openstack.Client
    return ("openstack" if is_openstack_client else "", cls.__name__, name)


def python_type(rust):
    if rust in RESULTS:
        return RESULTS[rust]
    if re.fullmatch(r"[A-Z]\w+", rust):
        return rust
    for pattern, python in RESULTS.items():
        before, parameter, after = pattern.partition("T>")
        if parameter and rust.startswith(before) and rust.endswith(">"):
            return python.replace("T", python_type(rust[len(before) : -1]), 1)
    raise SystemExit(f"py/stubs.py: RESULTS does not know what {rust} is in Python")


def argument_type(parameter, owner=None):
    name = parameter.name
    if (owner, name) in OWN_ARGUMENTS:
        kind = OWN_ARGUMENTS[owner, name]
    elif name in _katapult_disk._WORDS:
        kind = word_type(name)
    elif name in ARGUMENTS:
        kind = ARGUMENTS[name]
    else:
        raise SystemExit(f"py/stubs.py: ARGUMENTS does not know what an argument called {name} may be")
    is_optional = parameter.default is None and kind not in ("_Progress", "_FleetProgress", "Any")
    return f"{kind} | None" if is_optional and not kind.endswith("| None") else kind


def word_type(name):
    return "_" + "".join(part.capitalize() for part in name.split("_"))


def signature(name, function, result, first=None, drop=0):
    """A `def` line, of several lines if it is too long, and without the colon."""
    shown = [first] if first else []
    owner = function.__name__
    is_keyword = False
    for parameter in list(inspect.signature(function).parameters.values())[drop:]:
        if parameter.kind is parameter.KEYWORD_ONLY and not is_keyword:
            is_keyword = True
            shown.append("*")
        default = "" if parameter.default is parameter.empty else f" = {default_of(parameter)}"
        shown.append(f"{parameter.name}: {argument_type(parameter, owner)}{default}".replace("'", '"'))
    line = f"def {name}({', '.join(shown)}) -> {result}"
    if len(line) <= WIDTH - 10:
        return line
    return "\n".join([f"def {name}(", *(f"    {part}," for part in shown), f") -> {result}"])


def default_of(parameter):
    return "..." if parameter.default is ... else repr(parameter.default)


def documented(head, doc):
    """A function or class, with its docstring if it has one."""
    doc = inspect.cleandoc(doc or "").splitlines()
    if not doc:
        return f"{head}: ..."
    if len(doc) == 1:
        return f'{head}:\n    """{doc[0]}"""'
    return "\n".join([f"{head}:", f'    """{doc[0]}', *(f"    {line}".rstrip() for line in doc[1:]), '    """'])


def indented(text):
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def member(source, cls, name):
    value = vars(cls)[name]
    if name in PROTOCOLS:
        return f"def {name}{OWN_PROTOCOLS.get((cls.__name__, name), PROTOCOLS[name])}: ..."
    if inspect.isgetsetdescriptor(value) or inspect.ismemberdescriptor(value):
        result = "int" if cls in COUNTS else source.result(cls, name)
        return "@property\n" + documented(f"def {name}(self) -> {result}", value.__doc__)
    if isinstance(value, (classmethod, type(vars(dict)["fromkeys"]))):
        head = signature(name, getattr(cls, name), source.result(cls, name), first="cls")
        return "@classmethod\n" + documented(head, getattr(cls, name).__doc__)
    return documented(signature(name, value, source.result(cls, name), first="self", drop=1), value.__doc__)


def class_stub(source, cls, name=None):
    members = []
    if "__match_args__" in vars(cls):
        members.append(match_args(cls.__match_args__))
    if cls in MADE:
        members.append(signature("__new__", cls, "Self", first="cls") + ": ...")
    members += [member(source, cls, name) for name in source.members(cls)]
    is_base = cls.__flags__ & 1 << 10
    bases = "".join(f"({base.__name__})" for base in cls.__bases__ if base is not object)
    head = documented(f"class {cls.__name__}{bases}", cls.__doc__)
    body = "\n".join(indented(member) for member in members)
    if head.endswith(": ..."):
        head = head.removesuffix(" ...")
    else:
        body = "\n" + body
    return "\n".join(["@disjoint_base" if is_base else "@final", head, body])


def match_args(names):
    line = f"__match_args__ = ({', '.join(map(quoted, names))}{',' if len(names) == 1 else ''})"
    if len(line) <= WIDTH - 4:
        return line
    return "\n".join(["__match_args__ = (", *(f"    {quoted(name)}," for name in names), ")"])


def quoted(name):
    return f'"{name}"'


def results_of(module):
    """The classes of a module that are not exceptions."""
    return [cls for cls in vars(_katapult_disk).values() if isinstance(cls, type) and cls.__module__ == module]


def exceptions_of(module):
    return [cls.__name__ for cls in vars(errors).values() if isinstance(cls, type) and cls.__module__ == module]


def extension_stub(source):
    words = "\n".join(
        f"{word_type(name)}: TypeAlias = Literal[{', '.join(map(quoted, words))}]"
        for name, words in _katapult_disk._WORDS.items()
    )
    lookups = "\n".join(f"_{name}: TypeAlias = _Lookup | {classes}" for name, classes in LOOKUPS.items())
    classes = [_katapult_disk.Object, _katapult_disk.ListIterator, *results_of("katapult_disk")]
    return f'''from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from os import PathLike
from types import ModuleType
from typing import Any, Final, Literal, NoReturn, TypeAlias, TypedDict, final

from typing_extensions import Self, disjoint_base

from .openstack import Client as OpenStackClient
from .openstack import VolumeAttachment as VolumeAttachment
from .openstack import VolumeDetach as VolumeDetach
from .outcome import Outcome

__version__: Final[str]
_STATUS_NAMES: Final[list[str]]
_WORDS: Final[dict[str, list[str]]]

{words}

# A string shaped like an id (lower-case prefix, underscore, 16 letters or digits) is an id, any other the alternative
# key; a mapping such as {{"permalink": "uk-lon-01"}} says it explicitly.
_Lookup: TypeAlias = str | Mapping[str, str]
# Or an object that the library gave, which stands for its id.
{lookups}
# True is a bar on stderr.
_Progress: TypeAlias = bool | Callable[[Task], object] | None
# True is a line on stderr.
_FleetProgress: TypeAlias = bool | Callable[[FleetCounts], object] | None

class _Schedule(TypedDict, total=False):
    interval: _Interval | None
    frequency: int | None
    minute: int | None
    time: int | None

def _first_errors(module: ModuleType) -> ModuleType: ...
def _restore(class_: str, source: str) -> Object: ...

''' + "\n\n".join(class_stub(source, cls) for cls in classes)


def openstack_stub(source):
    names = exceptions_of("katapult_disk.openstack")
    imports = "\n".join(f"from .errors import {name} as {name}" for name in sorted(names))
    return f'''"""{openstack.__doc__.strip()}
"""

from collections.abc import Callable, Mapping
from os import PathLike
from typing import Any, NoReturn, TypeAlias, final

from typing_extensions import Self

from ._katapult_disk import Object
{imports}

{all_stub(openstack)}

# True is a line on stderr.
_Progress: TypeAlias = bool | Callable[[VolumeAttachment], object] | None

''' + "\n\n".join(class_stub(source, cls) for cls in results_of("katapult_disk.openstack"))


def package_stub(source):
    functions = [name for name in source_order(source) if inspect.isfunction(getattr(katapult_disk, name, None))]
    shown = "\n".join(f"{name} = _client.{name}" for name in functions)
    imports = [f"from ._katapult_disk import {cls.__name__} as {cls.__name__}" for cls in results_of("katapult_disk")]
    imports += [f"from .errors import {name} as {name}" for name in [*exceptions_of("katapult_disk"), "OpenStackError"]]
    return f'''"""{katapult_disk.__doc__.strip()}
"""

from . import openstack as openstack
from ._katapult_disk import __version__ as __version__
{chr(10).join(sorted(imports))}
from .outcome import Outcome as Outcome

{all_stub(katapult_disk)}

{documented("def set_default_client(client: Client | None) -> None", katapult_disk.set_default_client.__doc__)}

# As the package, which makes the client when it is needed.
_client: Client
{shown}
'''


def source_order(source):
    return [name for module, cls, name in source.given if (module, cls) == ("", "Client")]


def all_stub(module):
    return "\n".join(["__all__ = [", *(f"    {quoted(name)}," for name in module.__all__), "]"])


def errors_stub():
    classes = [cls for cls in vars(errors).values() if isinstance(cls, type)]
    shown = []
    for cls in classes:
        head = documented(f"class {cls.__name__}({', '.join(base.__name__ for base in cls.__bases__)})", cls.__doc__)
        if cls is errors.KatapultError:
            init = inspect.signature(cls.__init__).parameters
            fields = [
                f"{name}: {argument_type(parameter)}"
                for name, parameter in init.items()
                if name not in ("self", "message", "outcome")
            ]
            outcome = "@property\n" + documented("def outcome(self) -> Outcome", cls.outcome.__doc__)
            members = [*fields, signature("__init__", cls.__init__, "None", first="self", drop=1) + ": ...", outcome]
            head += "\n\n" + "\n".join(indented(member) for member in members)
        shown.append(head)
    return f'''"""{errors.__doc__.strip()}"""

from typing import Any, Final

from .outcome import Outcome

''' + "\n\n".join(shown) + f'''

BY_STATUS: Final[dict[str, type[KatapultError]]]
"""The class for each status of the Rust core, by its name there."""
'''


def stubs():
    source = Source()
    texts = {
        "__init__.pyi": package_stub(source),
        "_katapult_disk.pyi": extension_stub(source),
        "errors.pyi": errors_stub(),
        "openstack.pyi": openstack_stub(source),
    }
    return {name: f"# Written by `make stubs`.\n{text.rstrip()}\n" for name, text in texts.items()}


def main():
    check = sys.argv[1:] == ["--check"]
    for name, text in stubs().items():
        path = PACKAGE / name
        if check and (not path.exists() or path.read_text() != text):
            raise SystemExit(f"{path} is not what the package gives: run `make stubs`")
        if not check:
            path.write_text(text)


if __name__ == "__main__":
    main()
