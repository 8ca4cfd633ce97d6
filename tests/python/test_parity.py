"""Every operation is in every language, with every argument, and says what it does.

tests/cases has a file for each, those that send several requests included. What the sources have and no file describes
fails too, so that nothing can be added to one language only. The checks are functions of text, and the
last tests here see them fail.
"""

import re

import pytest
from c_header import functions
from documented import ARGUMENTS
from faces import LISTS
from parity import (
    CLOUD,
    CLOUD_ERRORS,
    CORE,
    EVERYTHING,
    OPENSTACK,
    OPERATIONS,
    OTHER_C,
    OTHER_CLOUD,
    OTHER_PYTHON,
    STUB,
    Line,
    arguments_of,
    c_arguments,
    c_problems,
    camel,
    core_operations,
    core_sources,
    errors_of,
    fails,
    function_problems,
    python_problems,
    rust_problems,
    stub_problems,
)
from places import HEADER


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
    here, described = set(EVERYTHING) - {"wait_task"}, set(core_operations(sources))
    fails([f"add tests/cases/{name}.json" for name in sorted(described - here)])
    fails([f"core/src has no {camel(name)}" for name in sorted(here - described)])
    # What detach_volume reads to explain itself.
    own = {"get_instance_action", "list_instance_actions", "get_server", "list_servers"}
    described = set(core_operations(sources, "Nova")) - own
    fails([f"add tests/cases/openstack_{name}.json" for name in sorted(described - set(CLOUD))])
    fails([f"core/src/openstack has no {camel(name)}" for name in sorted(set(CLOUD) - described)])


def test_no_call_is_in_python_only(module):
    has = {name for name in vars(module.Client) if not name.startswith("_")} - OTHER_PYTHON
    fails([f"add tests/cases/{name}.json" for name in sorted(has - set(EVERYTHING))])


def test_no_function_is_in_c_only(header):
    known = OTHER_C | {line.c for line in (*EVERYTHING.values(), *CLOUD.values())}
    has = {name.removesuffix("_pages") for name in functions(header)}
    fails([f"add a file to tests/cases for katapult_{name}" for name in sorted(has - known)])


@pytest.mark.parametrize("operation", EVERYTHING)
def test_rust(sources, operation):
    katapult = {path: text for path, text in sources.items() if "/openstack/" not in path}
    fails(rust_problems(katapult, operation, errors_of(operation)))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_c(header, operation):
    line = EVERYTHING[operation]
    others = ["_pages"] if operation in LISTS else []
    fails(c_problems(header, line, c_arguments(line, arguments_of(operation)), others))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_python(module, operation):
    fails(python_problems(module, operation, EVERYTHING[operation], arguments_of(operation), errors_of(operation)))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_python_function(module, operation):
    fails(function_problems(module, operation))


@pytest.mark.parametrize("operation", EVERYTHING)
def test_python_stub(operation):
    fails(stub_problems(STUB.read_text(encoding="utf-8"), operation, EVERYTHING[operation], arguments_of(operation)))


# The OpenStack client


def cloud_errors(operation):
    return CLOUD_ERRORS.get(operation, ["NotFound"])


def test_no_call_of_the_openstack_client_is_in_python_only(module):
    has = {name for name in vars(module.openstack.Client) if not name.startswith("_")} - OTHER_CLOUD
    fails([f"add tests/cases/openstack_{name}.json" for name in sorted(has - set(CLOUD))])


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_rust(operation):
    errors = [f"Openstack{name}" for name in cloud_errors(operation)]
    fails(rust_problems(core_sources(CORE / "openstack"), operation, errors, "Nova"))


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_c(header, operation):
    line = CLOUD[operation]
    fails(c_problems(header, line, c_arguments(line, ARGUMENTS[OPENSTACK + operation])))


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_python(module, operation):
    arguments, errors = ARGUMENTS[OPENSTACK + operation], cloud_errors(operation)
    fails(python_problems(module.openstack, operation, CLOUD[operation], arguments, errors))


@pytest.mark.parametrize("operation", CLOUD)
def test_openstack_stub(operation):
    stub = STUB.with_name("openstack.pyi").read_text(encoding="utf-8")
    fails(stub_problems(stub, operation, CLOUD[operation], ARGUMENTS[OPENSTACK + operation]))


# The checks themselves

RUST = """
/// Puts a thing away.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PutThing {}

impl Operation for PutThing {
    type Output = Thing;
    const NAME: &'static str = "put_thing";
}

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
THING = Line("thing_put", needs=frozenset({"thing_id"}))
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


WITHOUT_METHOD = RUST.partition("impl Client")[0]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (RUST, None),
        (WITHOUT_METHOD, None),
        (WITHOUT_METHOD.replace("put_thing", "put_things"), 'add an operation with the NAME "put_thing"'),
        (RUST.replace("/// Puts a thing away.\n#", "#"), "say what PutThing does"),
        (RUST.replace("    /// Puts a thing away.\n", ""), "say what Client::put_thing does"),
        (RUST.replace("# Errors", "# Panics"), "add # Errors"),
        (RUST.replace("ThingNotFound", "ThingLost"), "name ThingNotFound under # Errors"),
    ],
)
def test_what_rust_lacks_is_found(broken, says):
    check(rust_problems({"core/src/katapult/x.rs": broken}, "put_thing", ["ThingNotFound"]), says)


def test_an_operation_of_the_core_is_found():
    path = "core/src/katapult/x.rs"
    assert core_operations({path: RUST}) == {"put_thing": (path, "PutThing")}
    two = RUST + RUST.replace("PutThing", "GetThing").replace("put_thing", "get_thing")
    assert set(core_operations({path: two})) == {"put_thing", "get_thing"}
    workflow = RUST.replace("Operation for", "Workflow for")
    assert core_operations({path: workflow}) == {"put_thing": (path, "PutThing")}
    of_nova = RUST.replace("Operation for", "Operation<Nova> for")
    assert core_operations({path: of_nova}) == {}
    assert core_operations({path: of_nova}, "Nova") == {"put_thing": (path, "PutThing")}


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
    check(c_problems(C, Line("thing_put_all", {"board": {"shelf"}}), {"board"}), None)
    check(c_problems(C, THING, THING_ARGUMENTS, ["_pages"]), "add katapult_thing_put_pages")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (PYI, None),
        (PYI.replace("put_thing", "put_things"), "Client.put_thing is not in _katapult_disk.pyi"),
        (PYI.replace("class Client", "class Thing"), "Client.put_thing is not in _katapult_disk.pyi"),
        (PYI.replace("shelf", "board"), "add shelf to the stub of Client.put_thing"),
        (PYI.replace("shelf", "shelf: int, board"), "has board: add cases"),
        (PYI.replace('"""Puts a thing away."""', "..."), "a docstring"),
    ],
)
def test_what_the_stub_lacks_is_found(broken, says):
    check(stub_problems(broken, "put_thing", THING, THING_ARGUMENTS), says)


def without_shelf(self, thing_id):
    """Puts a thing away. Raises ThingNotFound."""


def with_board(self, thing_id, *, shelf=None, board=None):
    """Puts a thing away. Raises ThingNotFound."""


def with_default(self, thing_id=None, *, shelf=None):
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
        ({"method": with_board}, "has board: add cases"),
        ({"method": with_default}, "thing_id of Client.put_thing has a default"),
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
        ({"function": None}, "the function put_thing is missing"),
        ({"exported": ()}, "the function put_thing is missing"),
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
