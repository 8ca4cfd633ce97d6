"""Which operations there are, and what a face may lack of them."""

import ast
import inspect
import re
from dataclasses import dataclass, field

from c_header import comments, functions
from documented import ARGUMENTS, COMMON, DOCUMENTED, REFUSED_ARGUMENTS
from places import PROJECT
from table import OPENSTACK, TABLE, WAIT, c_name

CORE = PROJECT / "core" / "src"
STUB = PROJECT / "py" / "python" / "katapult_disk" / "_katapult_disk.pyi"


@dataclass(frozen=True)
class Line:
    # The C function, without its katapult_.
    c: str
    # What C may call an argument instead, and what Python does.
    c_names: dict = field(default_factory=dict)
    python_names: dict = field(default_factory=dict)
    # Parameters that are of Python's method only: they have no case that every language runs.
    python_only: frozenset = frozenset()
    # Of a workflow, which has no cases: its arguments.
    arguments: frozenset = None
    # The arguments without a default in Python.
    needs: frozenset = frozenset()


# What C calls an argument.
C_NAMES = {
    "page_size": {"per_page"},
    "method": {"resize_method"},
    # Of a fleet: Python's mappings have other forms than the bodies of C.
    "specs": {"disks"},
    "sizes": {"disks"},
    # Both are members of a katapult_wait, or parameters.
    "timeout": {"timeout_seconds", "wait"},
    "progress": {"wait"},
}


def line_of(operation):
    # Every call has a timeout in Python.
    waits = WAIT if operation.task else frozenset({"timeout"})
    own = frozenset(operation.elsewhere) | REFUSED_ARGUMENTS.get(operation.name, set())
    return Line(
        c_name(operation),
        C_NAMES,
        {"task_id": "task"} if operation.method == "wait_task" else {},
        waits | own,
        # Of a call that sends several requests, which always waits.
        frozenset({*operation.arguments, *operation.elsewhere, "timeout", "progress"}) if operation.several else None,
        frozenset(operation.needs),
    )


EVERYTHING = {name: line_of(operation) for name, operation in TABLE.items() if not operation.is_cloud}
OPERATIONS = {name: line for name, line in EVERYTHING.items() if not TABLE[name].several}
# Of the OpenStack client, without the openstack_ that the tests put before their names.
CLOUD = {operation.method: line_of(operation) for operation in TABLE.values() if operation.is_cloud}
CLOUD_ERRORS = {operation.method: operation.raises for operation in TABLE.values() if operation.is_cloud}

# What the library has besides operations.
OTHER_PYTHON = {"close", "interrupt", "rate_limit", "request"}
OTHER_C = {"client_new", "client_free", "interrupt_set", "log_set", "string_free", "status_name", "version"}
OTHER_C |= {"openstack_client_new", "openstack_client_free", "openstack_client_description"}
OTHER_C |= {"client_interrupt", "openstack_client_interrupt", "client_with_timeout", "openstack_client_with_timeout", "request", "openstack_request"}
OTHER_C |= {"reply_outcome", "reply_text", "reply_integer"}
OTHER_CLOUD = {"close", "description", "endpoint", "interrupt", "request"}


def arguments_of(operation):
    line = EVERYTHING[operation]
    return ARGUMENTS[operation] if line.arguments is None else line.arguments


def errors_of(operation):
    """What an operation may raise besides what every one may."""
    return sorted(camel(code) for _, code in DOCUMENTED.get(operation, set()) - COMMON)


def camel(name):
    return "".join(part.capitalize() for part in name.split("_"))


def snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def fails(problems):
    assert not problems, "\n" + "\n".join(problems)


# Rust


def core_sources(folder=CORE):
    return {str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.rs"))}


# What calls are in the core, and the service of each.
DESCRIBED = re.compile(
    r"^impl (?:Work|Workflow|(?:super::|crate::)?Operation(?:<(\w+)>)?) for (\w+) \{"
    r"(?:(?!^\}).)*?const NAME: &'static str =\s*\"(\w+)\";",
    re.MULTILINE | re.DOTALL,
)


def core_operations(sources, service=""):
    """The struct of each operation and workflow of a service by its name, and the file."""
    found = ((path, *match.groups()) for path, text in sources.items() for match in DESCRIBED.finditer(text))
    return {name: (path, struct) for path, of, struct, name in found if (of or "") == service}


def doc_comment(text, pattern):
    """What stands above the first line with this, if there is one; attributes may be between."""
    found = re.search(rf"((?:^ *///[^\n]*\n)*)(?:^ *#\[(?:[^\n]*|(?:(?!\]\n).)*\]) *\n)*^ *{pattern}", text, re.M | re.S)
    return found and found[1]


def rust_problems(sources, operation, errors, service=""):
    """What the core lacks of an operation, and of the method of a client, if one is named like it."""
    described = core_operations(sources, service)
    methods = [(path, doc_comment(text, rf"pub fn {operation}\b")) for path, text in sources.items()]
    methods = [(path, comment) for path, comment in methods if comment is not None]
    if operation not in described and not methods:
        return [f'Rust: add an operation with the NAME "{operation}" in core/src/katapult']
    problems = []
    if operation in described:
        path, struct = described[operation]
        if not words(doc_comment(sources[path], rf"pub struct {struct}\b") or ""):
            problems.append(f"Rust: say what {struct} does, in a doc comment in {path}")
    for path, comment in methods:
        said, has_errors, named = comment.partition("# Errors")
        if not words(said):
            problems.append(f"Rust: say what Client::{operation} does, in a doc comment in {path}")
        elif not has_errors:
            problems.append(f"Rust: add # Errors to the doc comment of Client::{operation} in {path}")
        else:
            unnamed = [error for error in errors if f"`{error}`" not in named]
            problems += [f"Rust: name {error} under # Errors of Client::{operation} in {path}" for error in unnamed]
    return problems


def words(comment):
    return comment.replace("/", "").strip()


# C


def c_arguments(line, arguments):
    """The arguments of an operation, with those that have no case."""
    return {*arguments, *line.python_only & {"wait", "missing_ok", "idempotency_key"}}


def documented_names(header, name):
    """The parameters of a function, and the keys that its comment names or another's that it refers to."""
    comment = comments(header)[name]
    spans = re.findall(r"`([^`]*)`", comment)
    names = {*functions(header)[name], *(word for span in spans for word in re.findall(r"\w+", span))}
    for other in re.findall(r"\b[Aa]s in\s+`katapult_(\w+)`", comment):
        if other != name and other in comments(header):
            names |= documented_names(header, other)
    return names


def c_problems(header, line, arguments, others=()):
    """`others` are the endings of further functions of the same operation."""
    described, name = comments(header), f"katapult_{line.c}"
    where = "in ffi-c/src, in the file of what it is about, then `make header`"
    problems = [
        f"C: add {name}{ending} with a comment, {where}" for ending in ("", *others) if line.c + ending not in described
    ]
    if line.c not in described:
        return problems
    comment = described[line.c]
    if not re.search(r"[A-Z]\w+ .*\.", comment.partition("@param")[0]):
        problems.append(f"C: say what {name} does, {where}")
    if "@return" not in comment or "KATAPULT_STATUS_OK" not in comment.partition("@return")[2]:
        problems.append(f"C: say with @return what {name} returns, {where}")
    for parameter in functions(header)[line.c]:
        if parameter != "client" and not re.search(rf"@param {parameter}  ?\S", comment):
            problems.append(f"C: add @param {parameter} to the comment of {name}, {where}")
    known = documented_names(header, line.c)
    for argument in sorted(arguments):
        keys = {argument, *line.c_names.get(argument, ())}
        if not keys & known:
            problems.append(f"C: {name} takes no `{argument}`, or its comment does not name it: add it {where}")
    return problems


# Python


def python_names(line, arguments):
    return {line.python_names.get(argument, argument) for argument in arguments}


def compared(what, where, has, line, arguments):
    """The parameters that something has with those that it should have."""
    missing = sorted(python_names(line, arguments) - has)
    unknown = sorted(has - python_names(line, arguments) - line.python_only)
    return [f"Python: add {name} to {what}, {where}" for name in missing] + [
        f"Python: {what} has {name}: add cases to tests/cases, or put it under elsewhere there"
        for name in unknown
    ]


def python_problems(module, operation, line, arguments, errors):
    method = getattr(module.Client, operation, None)
    if method is None:
        return [f"Python: add Client.{operation} in py/src/client"]
    problems = compared(f"Client.{operation}", "in py/src/client", parameters_of(method), line, arguments)
    wanted = python_names(line, line.needs)
    for name in sorted(needed_by(method) ^ wanted):
        without = "has" if name in wanted else "does not have"
        problems.append(f"Python: {name} of Client.{operation} {without} a default; `needs` in its case file says not so")
    text = " ".join((method.__doc__ or "").split())
    if not text:
        problems.append(f"Python: say what Client.{operation} does, in a doc comment in py/src/client")
    for error in errors:
        if not re.search(rf"\bRaises\b.*\b{error}\b", text):
            problems.append(
                f"Python: name {error} after Raises in the doc comment of Client.{operation}, in py/src/client"
            )
    return problems


def function_problems(module, operation):
    function = getattr(module, operation, None)
    if function is None or operation not in module.__all__:
        return [f"Python: the function {operation} is missing: it follows from the method of Client"]
    method = getattr(module.Client, operation, None)
    problems = [] if function.__doc__ else [f"Python: give the function {operation} a docstring"]
    if method is not None and parameters_of(method) != parameters_of(function):
        differ = ", ".join(sorted(parameters_of(method) ^ parameters_of(function)))
        problems.append(f"Python: the function {operation} differs from the method in: {differ}")
    return problems


def parameters_of(function):
    return set(inspect.signature(function).parameters) - {"self"}


def needed_by(function):
    """The parameters without a default."""
    found = inspect.signature(function).parameters.items()
    return {name for name, value in found if value.default is inspect.Parameter.empty} - {"self"}


def stub_problems(stub, operation, line, arguments):
    classes = [node for node in ast.parse(stub).body if isinstance(node, ast.ClassDef) and node.name == "Client"]
    methods = [
        node for body in classes for node in body.body if isinstance(node, ast.FunctionDef) and node.name == operation
    ]
    if not methods:
        return [f"Python: Client.{operation} is not in _katapult_disk.pyi: run `make stubs`"]
    every = [
        argument
        for method in methods
        for argument in (*method.args.posonlyargs, *method.args.args, *method.args.kwonlyargs)
    ]
    has = {argument.arg for argument in every} - {"self"}
    problems = compared(f"the stub of Client.{operation}", "in _katapult_disk.pyi", has, line, arguments)
    if not any(ast.get_docstring(method) for method in methods):
        problems.append(f"Python: give the stub of Client.{operation} in _katapult_disk.pyi a docstring")
    return problems
