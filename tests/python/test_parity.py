"""Every operation is in every language, with every argument, and says what it does.

`OPERATIONS` has a line for each, `WORKFLOWS` one for each call that sends several requests. What the sources have and
no line names fails too, so that nothing can be added to one language only. The checks are functions of text, and the
last tests here see them fail.
"""

import ast
import inspect
import re
from dataclasses import dataclass, field

import pytest
from faces import LISTS
from places import CASES, HEADER, PROJECT
from test_case_table import ARGUMENTS, COMMON, DOCUMENTED

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
    "ensure_disk_deleted": Line("disk_ensure_deleted", TIMED, arguments=frozenset({"disk_id", "purge", "timeout", "progress"})),
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
OTHER_C = {"client_new", "client_free", "string_free", "status_name", "version"}
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
    return [f"Rust: name {error} under # Errors of Client::{operation} in {path}" for error in errors if f"`{error}`" not in named]


# C


def c_functions(header):
    """Comment and parameters of each function, without the katapult_ in its name."""
    pattern = r"/\*\*((?:(?!\*/).)*)\*/\s*[\w ]+[ *]katapult_(\w+)\(([^;]*)\);"
    return {name: (comment, parameters) for comment, name, parameters in re.findall(pattern, header, re.DOTALL)}


def parameter_names(parameters):
    return [re.findall(r"\w+", parameter)[-1] for parameter in parameters.split(",") if parameter.strip() not in ("", "void")]


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
        f"Python: {what} has {name}: add it to ARGUMENTS of test_case_table.py with cases, or to python_only here"
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
            problems.append(f"Python: name {error} after Raises in the doc comment of Client.{operation}, in py/src/client")
    return problems


def function_problems(module, operation):
    function = getattr(module, operation, None)
    if function is None or operation not in module.__all__:
        return [f"Python: add the function {operation} in _default.py, and to __init__.py and its __all__"]
    method = getattr(module.Client, operation, None)
    problems = [] if function.__doc__ else [f"Python: give the function {operation} in _default.py a docstring"]
    if method is not None and parameters_of(method) != parameters_of(function):
        differ = ", ".join(sorted(parameters_of(method) ^ parameters_of(function)))
        problems.append(f"Python: the function {operation} in _default.py differs from the method in: {differ}")
    return problems


def parameters_of(function):
    return set(inspect.signature(function).parameters) - {"self"}


def stub_problems(stub, operation, line, arguments):
    classes = [node for node in ast.parse(stub).body if isinstance(node, ast.ClassDef) and node.name == "Client"]
    methods = [node for body in classes for node in body.body if isinstance(node, ast.FunctionDef) and node.name == operation]
    if not methods:
        return [f"Python: add Client.{operation} to _katapult_disk.pyi"]
    every = [argument for method in methods for argument in (*method.args.posonlyargs, *method.args.args, *method.args.kwonlyargs)]
    has = {argument.arg for argument in every} - {"self"}
    problems = compared(f"the stub of Client.{operation}", "in _katapult_disk.pyi", has, line, arguments)
    if not any(ast.get_docstring(method) for method in methods):
        problems.append(f"Python: give the stub of Client.{operation} in _katapult_disk.pyi a docstring")
    return problems


# The sources


@pytest.fixture(scope="module")
def sources():
    return core_sources()


@pytest.fixture(scope="module")
def header():
    return HEADER.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def module():
    import katapult_disk

    return katapult_disk


def test_no_operation_is_in_the_core_only(sources):
    here = set(OPERATIONS) - {"wait_task"}
    fails([f"add a line for {name} to OPERATIONS of test_parity.py" for name in sorted(core_operations(sources) - here)])
    fails([f"core/src/katapult has no {camel(name)}" for name in sorted(here - core_operations(sources))])


def test_no_call_is_in_python_only(module):
    has = {name for name in vars(module.Client) if not name.startswith("_")} - OTHER_PYTHON
    fails([f"add a line for {name} to WORKFLOWS of test_parity.py" for name in sorted(has - set(EVERYTHING))])


def test_no_function_is_in_c_only(header):
    known = OTHER_C | {line.c for line in (*EVERYTHING.values(), *CLOUD.values())}
    has = {re.sub(r"_(pages|wait)$", "", name) for name in c_functions(header) if name != "task_wait"}
    fails([f"add a line for katapult_{name} to WORKFLOWS of test_parity.py" for name in sorted(has - known)])


@pytest.mark.parametrize("operation", EVERYTHING)
def test_rust(sources, operation):
    fails(rust_problems(sources, operation, errors_of(operation)))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_c(header, operation):
    line = EVERYTHING[operation]
    others = ["_pages"] if operation in LISTS else ["_wait"] if WAIT <= line.python_only else []
    fails(c_problems(header, line, arguments_of(operation), others))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_python(module, operation):
    fails(python_problems(module, operation, EVERYTHING[operation], arguments_of(operation), errors_of(operation)))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_python_function(module, operation):
    fails(function_problems(module, operation))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_python_stub(operation):
    fails(stub_problems(STUB.read_text(encoding="utf-8"), operation, EVERYTHING[operation], arguments_of(operation)))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_cases(operation):
    path = CASES / f"{operation}.json"
    fails([] if path.exists() else [f"add tests/cases/{operation}.json"])
    fails([] if operation in DOCUMENTED else [f"add {operation} to DOCUMENTED of test_case_table.py"])


# The OpenStack client


def cloud_errors(operation):
    return CLOUD_ERRORS.get(operation, ["NotFound"])


def test_no_call_of_the_openstack_client_is_in_python_only(module):
    has = {name for name in vars(module.openstack.Client) if not name.startswith("_")} - OTHER_CLOUD
    fails([f"add a line for {name} to CLOUD of test_parity.py" for name in sorted(has - set(CLOUD))])


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_rust(operation):
    fails(rust_problems(core_sources(CORE / "openstack"), operation, [f"Openstack{name}" for name in cloud_errors(operation)]))


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_c(header, operation):
    line = CLOUD[operation]
    others = ["_wait"] if WAIT <= line.python_only else []
    fails(c_problems(header, line, ARGUMENTS[OPENSTACK + operation], others))


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_python(module, operation):
    arguments, errors = ARGUMENTS[OPENSTACK + operation], cloud_errors(operation)
    fails(python_problems(module.openstack, operation, CLOUD[operation], arguments, errors))


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_stub(operation):
    stub = STUB.with_name("openstack.pyi").read_text(encoding="utf-8")
    fails(stub_problems(stub, operation, CLOUD[operation], ARGUMENTS[OPENSTACK + operation]))


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_cases(operation):
    path = CASES / f"{OPENSTACK}{operation}.json"
    fails([] if path.exists() else [f"add {path.name} to tests/cases"])


# The checks themselves

RUST = """
impl Client {
    /// Puts a thing away.
    ///
    /// # Errors
    /// `ThingNotFound`.
    #[must_use]
    pub fn put_thing(&self) {}
}
"""
C = """
/**
 * Puts a thing away.
 *
 * @param thing_id  The thing's id.
 * @param request_json  NULL, or `{"shelf": 1}`.
 * @return `KATAPULT_STATUS_OK`.
 */
katapult_status katapult_thing_put(const katapult_client *client, const char *thing_id,
                                   const char *request_json);

/**
 * Puts all things away.
 *
 * @param request_json  As in `katapult_thing_put`.
 * @return `KATAPULT_STATUS_OK`.
 */
katapult_status katapult_thing_put_all(const katapult_client *client, const char *request_json);
"""
PYI = """
class Client:
    def put_thing(self, thing_id: str, *, shelf: int | None = None) -> None:
        \"\"\"Puts a thing away.\"\"\"
"""
THING = Line("thing_put")
THING_ARGUMENTS = {"thing_id", "shelf"}


def a_module(exported=("put_thing",), **changed):
    """A package with one method; `changed` replaces parts of it."""

    def put_thing(self, thing_id, *, shelf=None):
        """Puts a thing away. Raises Refused,
        ThingNotFound."""

    method = changed.get("method", put_thing)
    client = type("Client", (), {} if method is None else {"put_thing": method})
    function = changed.get("function", put_thing)
    return type("module", (), {"Client": client, "put_thing": staticmethod(function), "__all__": list(exported)})


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (RUST, None),
        (RUST.replace("put_thing", "put_things"), "add Client::put_thing in core/src/katapult/put_thing.rs"),
        (RUST.replace("///", "//"), "say what Client::put_thing does"),
        (RUST.replace("# Errors", "# Panics"), "add # Errors"),
        (RUST.replace("ThingNotFound", "ThingLost"), "name ThingNotFound under # Errors"),
    ],
)
def test_what_rust_lacks_is_found(broken, says):
    check(rust_problems({"core/src/katapult/x.rs": broken}, "put_thing", ["ThingNotFound"]), says)


def test_an_operation_of_the_core_is_found():
    assert core_operations({"core/src/katapult/x.rs": "\nimpl Operation for PutThing {\n"}) == {"put_thing"}
    assert core_operations({"core/src/openstack/x.rs": "\nimpl Operation for PutThing {\n"}) == set()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (C, None),
        (C.replace("katapult_thing_put(", "katapult_thing_set("), "add katapult_thing_put"),
        (C.replace("/**\n", "/*\n"), "add katapult_thing_put with a comment"),
        (C.replace("Puts a thing away.\n *", ""), "say what katapult_thing_put does"),
        (C.replace(" @return", " return"), "say with @return"),
        (C.replace("@param thing_id ", "thing_id "), "add @param thing_id"),
        (C.replace("shelf", "board"), "takes no `shelf`"),
        (C.replace("`{", "{"), "takes no `shelf`"),
        (C.replace("thing_id", "id"), "takes no `thing_id`"),
    ],
)
def test_what_c_lacks_is_found(broken, says):
    check(c_problems(broken, THING, THING_ARGUMENTS), says)


def test_a_c_comment_may_refer_to_another():
    check(c_problems(C, Line("thing_put_all"), {"shelf"}), None)
    check(c_problems(C.replace("As in", "See"), Line("thing_put_all"), {"shelf"}), "takes no `shelf`")
    check(c_problems(C, Line("thing_put_all", {"board": "shelf"}), {"board"}), None)
    check(c_problems(C, THING, THING_ARGUMENTS, ["_pages"]), "add katapult_thing_put_pages")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (PYI, None),
        (PYI.replace("put_thing", "put_things"), "add Client.put_thing to _katapult_disk.pyi"),
        (PYI.replace("class Client", "class Thing"), "add Client.put_thing to _katapult_disk.pyi"),
        (PYI.replace("shelf", "board"), "add shelf to the stub of Client.put_thing"),
        (PYI.replace("shelf", "shelf: int, board"), "has board: add it to ARGUMENTS"),
        (PYI.replace('"""Puts a thing away."""', "..."), "a docstring"),
    ],
)
def test_what_the_stub_lacks_is_found(broken, says):
    check(stub_problems(broken, "put_thing", THING, THING_ARGUMENTS), says)


def without_shelf(self, thing_id):
    """Puts a thing away. Raises ThingNotFound."""


def with_board(self, thing_id, *, shelf=None, board=None):
    """Puts a thing away. Raises ThingNotFound."""


def without_words(self, thing_id, *, shelf=None):
    pass


def without_error(self, thing_id, *, shelf=None):
    """Puts a thing away, which may be ThingNotFound. Raises Refused."""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, None),
        ({"method": None}, "add Client.put_thing in py/src/client"),
        ({"method": without_shelf}, "add shelf to Client.put_thing"),
        ({"method": with_board}, "has board: add it to ARGUMENTS"),
        ({"method": without_words}, "say what Client.put_thing does"),
        ({"method": without_error}, "name ThingNotFound after Raises"),
    ],
)
def test_what_a_python_method_lacks_is_found(changed, says):
    check(python_problems(a_module(**changed), "put_thing", THING, THING_ARGUMENTS, ["ThingNotFound"]), says)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, None),
        ({"function": None}, "add the function put_thing"),
        ({"exported": ()}, "and to __init__.py and its __all__"),
        ({"function": without_shelf}, "differs from the method in: shelf"),
        ({"function": without_words}, "a docstring"),
    ],
)
def test_what_a_python_function_lacks_is_found(changed, says):
    check(function_problems(a_module(**changed), "put_thing"), says)


def check(problems, says):
    if says is None:
        assert problems == []
    else:
        assert any(says in problem for problem in problems), problems
