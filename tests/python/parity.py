"""Which operations there are, and what a face may lack of them."""

import ast
import inspect
import re
from dataclasses import dataclass, field

from places import PROJECT
from documented import ARGUMENTS, COMMON, DOCUMENTED

CORE = PROJECT / "core" / "src"
STUB = PROJECT / "py" / "python" / "katapult_disk" / "_katapult_disk.pyi"


@dataclass(frozen=True)
class Line:
    # The C function, without its katapult_.
    c: str
    # What C calls an argument, and what Python does, where it is not the name in ARGUMENTS.
    c_names: dict = field(default_factory=dict)
    python_names: dict = field(default_factory=dict)
    # Parameters that are of Python's method only: they have no case that every language runs.
    python_only: frozenset = frozenset()
    # Of a workflow, which has no case file: its arguments.
    arguments: frozenset = None


PAGES = {"page_size": "per_page"}
# Parameters of a method that can wait for its task, of which C makes another function.
WAIT = frozenset({"wait", "timeout", "progress"})
OPERATIONS = {
    "create_disk": Line("disk_create", python_only=WAIT | {"idempotency_key"}),
    "get_disk": Line("disk_get"),
    "update_disk": Line("disk_update", python_only=frozenset({"size_in_gb", "attach"})),
    "delete_disk": Line("disk_delete"),
    "assign_disk": Line("disk_assign"),
    "unassign_disk": Line("disk_unassign"),
    "attach_disk": Line("disk_attach", python_only=WAIT),
    "detach_disk": Line("disk_detach", python_only=WAIT),
    "resize_disk": Line("disk_resize", {"method": "resize_method"}, python_only=WAIT),
    "set_disk_io_profile": Line("disk_set_io_profile", python_only=WAIT),
    "list_disks": Line("disk_list", PAGES),
    "list_virtual_machine_disks": Line("virtual_machine_disk_list", PAGES),
    "list_disk_io_profiles": Line("disk_io_profile_list", PAGES),
    "list_disk_templates": Line("disk_template_list", PAGES),
    "get_disk_template": Line("disk_template_get"),
    "list_disk_template_versions": Line("disk_template_version_list", PAGES),
    "get_disk_template_version": Line("disk_template_version_get"),
    "get_disk_template_version_spec": Line("disk_template_version_spec_get"),
    "list_data_centers": Line("data_center_list"),
    "get_data_center": Line("data_center_get"),
    "list_disk_backup_policies": Line("disk_backup_policy_list", PAGES),
    "get_disk_backup_policy": Line("disk_backup_policy_get"),
    "create_disk_backup_policy": Line("disk_backup_policy_create"),
    "update_disk_backup_policy": Line("disk_backup_policy_update"),
    "delete_disk_backup_policy": Line("disk_backup_policy_delete"),
    "schedule_disk_backup_policy_deletion": Line("disk_backup_policy_schedule_deletion"),
    "list_trash_objects": Line("trash_object_list", PAGES),
    "get_trash_object": Line("trash_object_get"),
    "restore_trash_object": Line("trash_object_restore"),
    "purge_trash_object": Line("trash_object_purge", python_only=WAIT),
    "purge_all_trash": Line("trash_purge_all", python_only=WAIT),
    "list_virtual_machines": Line("virtual_machine_list", PAGES),
    "get_virtual_machine": Line("virtual_machine_get"),
    "get_task": Line("task_get"),
    "wait_task": Line("task_wait", {"timeout": "timeout_seconds"}, {"task_id": "task"}, frozenset({"progress"})),
}
TIMED = {"timeout": "timeout_seconds"}
ANY_MACHINE = frozenset({"disk_id", "virtual_machine", "timeout", "progress"})
SIZE = frozenset({"disk_id", "size_in_gb", "method", "timeout", "progress"})
WORKFLOWS = {
    "ensure_disk_attached": Line("disk_ensure_attached", TIMED, arguments=ANY_MACHINE),
    "ensure_disk_detached": Line("disk_ensure_detached", TIMED, arguments=ANY_MACHINE),
    "ensure_disk_unassigned": Line("disk_ensure_unassigned", TIMED, arguments=ANY_MACHINE),
    "ensure_disk_size": Line("disk_ensure_size", {**TIMED, "method": "resize_method"}, arguments=SIZE),
    "ensure_disk_deleted": Line(
        "disk_ensure_deleted", TIMED, arguments=frozenset({"disk_id", "purge", "timeout", "progress"})
    ),
}
EVERYTHING = {**OPERATIONS, **WORKFLOWS}
# Of the OpenStack client, without the openstack_ that the tests put before their names.
CLOUD = {
    "detach_volume": Line("openstack_volume_detach", python_only=WAIT | {"missing_ok"}),
    "get_volume_attachment": Line("openstack_volume_attachment_get"),
    "list_volume_attachments": Line("openstack_volume_attachment_list"),
}
CLOUD_ERRORS = {"detach_volume": ["AlreadyDetaching", "Conflict", "NotFound", "RootDevice"]}

# What the library has besides operations.
OTHER_PYTHON = {"close", "rate_limit"}
OTHER_C = {"client_new", "client_free", "interrupt_set", "log_set", "string_free", "status_name", "version"}
OTHER_C |= {"openstack_client_new", "openstack_client_free"}
OTHER_CLOUD = {"close", "endpoint"}
OPENSTACK = "openstack_"


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


def core_operations(sources):
    katapult = [text for path, text in sources.items() if "/katapult/" in path]
    return {snake(name) for text in katapult for name in re.findall(r"^impl Operation for (\w+)", text, re.MULTILINE)}


def rust_problems(sources, operation, errors):
    method = re.compile(rf"((?:^ *///[^\n]*\n)*)^(?: *#\[[^\n]*\n)* *pub fn {operation}\b", re.MULTILINE)
    found = [(path, match[1]) for path, text in sources.items() for match in method.finditer(text)]
    if not found:
        return [f"Rust: add Client::{operation} in core/src/katapult/{operation}.rs"]
    path, comment = found[0]
    words, has_errors, named = comment.partition("# Errors")
    if not words.replace("/", "").strip():
        return [f"Rust: say what Client::{operation} does, in a doc comment in {path}"]
    if not has_errors:
        return [f"Rust: add # Errors to the doc comment of Client::{operation} in {path}"]
    return [
        f"Rust: name {error} under # Errors of Client::{operation} in {path}"
        for error in errors
        if f"`{error}`" not in named
    ]


# C


def c_functions(header):
    """Comment and parameters of each function, without the katapult_ in its name."""
    pattern = r"/\*\*((?:(?!\*/).)*)\*/\s*[\w ]+[ *]katapult_(\w+)\(([^;]*)\);"
    return {name: (comment, parameters) for comment, name, parameters in re.findall(pattern, header, re.DOTALL)}


def parameter_names(parameters):
    return [
        re.findall(r"\w+", parameter)[-1]
        for parameter in parameters.split(",")
        if parameter.strip() not in ("", "void")
    ]


def documented_names(functions, name):
    """The parameters of a function, and the keys that its comment names or another's that it refers to."""
    comment, parameters = functions[name]
    spans = re.findall(r"`([^`]*)`", re.sub(r"\n \*", "\n", comment))
    names = {*parameter_names(parameters), *(word for span in spans for word in re.findall(r"\w+", span))}
    others = {key: value for key, value in functions.items() if key != name}
    for other in re.findall(r"\b[Aa]s in\s+`katapult_(\w+)`", re.sub(r"\n \*", "\n", comment)):
        if other in others:
            names |= documented_names(others, other)
    return names


def c_problems(header, line, arguments, others=()):
    """`others` are the endings of further functions of the same operation."""
    functions, name = c_functions(header), f"katapult_{line.c}"
    where = f"in ffi-c/src/{line.c}.rs, then `make header`"
    problems = [
        f"C: add {name}{ending} with a comment, {where}" for ending in ("", *others) if line.c + ending not in functions
    ]
    if line.c not in functions:
        return problems
    comment, parameters = functions[line.c]
    if not re.search(r"[A-Z]\w+ .*\.", comment.partition("@param")[0]):
        problems.append(f"C: say what {name} does, {where}")
    if "@return" not in comment or "KATAPULT_STATUS_OK" not in comment.partition("@return")[2]:
        problems.append(f"C: say with @return what {name} returns, {where}")
    for parameter in parameter_names(parameters):
        if parameter != "client" and not re.search(rf"@param {parameter}  ?\S", comment):
            problems.append(f"C: add @param {parameter} to the comment of {name}, {where}")
    known = documented_names(functions, line.c)
    for argument in sorted(arguments):
        key = line.c_names.get(argument, argument)
        if key not in known:
            problems.append(f"C: {name} takes no `{key}`, or its comment does not name it: add it {where}")
    return problems


# Python


def python_names(line, arguments):
    return {line.python_names.get(argument, argument) for argument in arguments}


def compared(what, where, has, line, arguments):
    """The parameters that something has with those that it should have."""
    missing = sorted(python_names(line, arguments) - has)
    unknown = sorted(has - python_names(line, arguments) - line.python_only)
    return [f"Python: add {name} to {what}, {where}" for name in missing] + [
        f"Python: {what} has {name}: add it to ARGUMENTS of documented.py with cases, or to python_only here"
        for name in unknown
    ]


def python_problems(module, operation, line, arguments, errors):
    method = getattr(module.Client, operation, None)
    if method is None:
        return [f"Python: add Client.{operation} in py/src/client"]
    problems = compared(f"Client.{operation}", "in py/src/client", parameters_of(method), line, arguments)
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
        return [f"Python: add the function {operation} in _*_functions.py, and to __init__.py and its __all__"]
    method = getattr(module.Client, operation, None)
    problems = [] if function.__doc__ else [f"Python: give the function {operation} in _*_functions.py a docstring"]
    if method is not None and parameters_of(method) != parameters_of(function):
        differ = ", ".join(sorted(parameters_of(method) ^ parameters_of(function)))
        problems.append(f"Python: the function {operation} in _*_functions.py differs from the method in: {differ}")
    return problems


def parameters_of(function):
    return set(inspect.signature(function).parameters) - {"self"}


def stub_problems(stub, operation, line, arguments):
    classes = [node for node in ast.parse(stub).body if isinstance(node, ast.ClassDef) and node.name == "Client"]
    methods = [
        node for body in classes for node in body.body if isinstance(node, ast.FunctionDef) and node.name == operation
    ]
    if not methods:
        return [f"Python: add Client.{operation} to _katapult_disk.pyi"]
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
