"""The case table is complete: every documented error and every argument has its case."""

import pytest
from cases import canonical, load, load_all
from documented import ANSWERED, ARGUMENTS, DOCUMENTED, ENUMS, NEEDED, PATHS, SCHEDULE
from faces import LISTS
from shared_arguments import LOOKUPS
from table import TABLE


def successes(operation):
    return [case for case in load(operation) if "result" in case]


def requests(case):
    """Of a case that sends something: its requests."""
    return case["request"] if isinstance(case["request"], list) else [case["request"]]


def given(operation, name):
    """The values of an argument in the cases that succeed; name.key is a member of a mapping."""
    name, _, key = name.partition(".")
    values = [case["arguments"].get(name) for case in successes(operation)]
    return [value.get(key) for value in values if value] if key else values


def refused_values(operation, name):
    """The values of an argument in cases that are refused before anything is sent; None if it is not given."""
    name, _, key = name.partition(".")
    refused = [case for case in load(operation) if case.get("error", {}).get("status") == "invalid_argument"]
    values = [case["arguments"].get(name) for case in refused]
    return [value.get(key) for value in values if isinstance(value, dict)] if key else values


def error_body(case):
    body = case["answers"][0].get("body") if case["answers"] else None
    return body if isinstance(body, dict) else {}


def errors(cases):
    return {(case["error"].get("http_status"), case["error"].get("code")) for case in cases if "error" in case}


def with_argument(names):
    found = [
        (operation, name) for operation, used in ARGUMENTS.items() for name in names if name.partition(".")[0] in used
    ]
    assert {name for _, name in found} == set(names), "an argument that no operation has"
    return found


def test_every_operation_of_the_document_is_in_the_table():
    # 37, of which two are paths of one here and three of another; wait_task, OpenStack's three and made-up ones besides.
    assert len(DOCUMENTED) >= 37 - 1 - 2 + 4


@pytest.mark.parametrize("operation", DOCUMENTED)
def test_every_documented_error_has_a_case(operation):
    missing = DOCUMENTED[operation] - errors(load(operation))
    assert not missing


@pytest.mark.parametrize(("operation", "path"), [(name, path) for name, paths in PATHS.items() for path in paths])
def test_every_documented_error_of_every_path_has_a_case(operation, path):
    prefix = f"/core/v1/{path}/"
    cases = [case for case in load(operation) if case["request"] and requests(case)[0]["path"].startswith(prefix)]
    missing = PATHS[operation][path] - errors(cases)
    assert not missing
    assert any("result" in case for case in cases)


WRAPPED = [name for name, entry in TABLE.items() if not (entry.is_cloud or entry.polls or entry.several)]


@pytest.mark.parametrize("operation", WRAPPED)
def test_errors_come_wrapped_as_in_reality_and_bare_as_documented(operation):
    refused = [case for case in load(operation) if case.get("error", {}).get("outcome") == "rejected"]
    assert any("error" in error_body(case) for case in refused)
    assert any("code" in error_body(case) for case in refused)


@pytest.mark.parametrize(("operation", "lookup"), with_argument(LOOKUPS))
def test_every_alternative_of_a_lookup_has_a_case(operation, lookup):
    sent = {key for case in successes(operation) for key in sent_keys(requests(case)[0], lookup)}
    assert sent == {"id", LOOKUPS[lookup][0]} - {None}
    kinds = {type(value) for value in given(operation, lookup)}
    assert {str, dict} <= kinds
    by_mapping = {key for value in given(operation, lookup) if isinstance(value, dict) for key in value}
    assert by_mapping == {"id", LOOKUPS[lookup][0]} - {None}


def sent_keys(request, lookup):
    """By which keys a request names an object, in its query or its body."""
    parts = [key.partition("[") for key, _ in request["query"]]
    found = {key.rstrip("]") for name, _, key in parts if name == lookup}
    return found | set(find(request["body"] or {}, lookup) or {})


def find(body, name):
    if name in body:
        return body[name]
    properties = body.get("properties", {})
    return properties.get(name) or properties.get("virtual_machine_disk", {}).get(name)


@pytest.mark.parametrize(("operation", "name"), with_argument(ENUMS))
def test_every_value_of_an_enumeration_has_a_case(operation, name):
    assert set(given(operation, name)) - {None} == ENUMS[name]
    assert any(isinstance(value, str) for value in refused_values(operation, name))


@pytest.mark.parametrize("operation", [operation for operation, _ in with_argument(["schedule"])])
def test_every_part_of_a_schedule_has_a_case_alone_and_a_mistake(operation):
    alone = {next(iter(value)) for value in given(operation, "schedule") if value and len(value) == 1}
    assert SCHEDULE == alone
    wrong = {key for value in refused_values(operation, "schedule") if isinstance(value, dict) for key in value}
    assert SCHEDULE < wrong, "each part, and one that a schedule does not have"


@pytest.mark.parametrize(("operation", "way", "values"), ANSWERED)
def test_every_value_of_an_enumeration_in_answers_has_a_case(operation, way, values):
    found = {value for case in successes(operation) for value in walk(case["result"], way.split("."))}
    assert values <= found
    assert found - values, "a value that is not documented must survive"


def walk(value, way):
    if not way:
        yield value
    elif way[0] == "*":
        for item in value or []:
            yield from walk(item, way[1:])
    elif value and way[0] in value:
        yield from walk(value[way[0]], way[1:])


@pytest.mark.parametrize("operation", LISTS)
def test_every_kind_of_list_has_a_case(operation):
    answers = [[answer["body"] for answer in case["answers"]] for case in successes(operation)]
    items = LISTS[operation]
    one = [body[0] for body in answers if len(body) == 1]
    assert any(body["pagination"]["total_pages"] == 0 and body[items] == [] for body in one), "an empty list"
    assert any(body[-1]["pagination"]["total_pages"] == len(body) > 1 for body in answers), "several pages"
    large = [body for body in answers if body[0]["pagination"]["total_pages"] is None and len(body) > 1]
    assert any(body[-1][items] for body in large), "a large set whose last page is not full"
    assert any(not body[-1][items] for body in large), "a large set whose last page is empty"
    failed = [case for case in load(operation) if case.get("error", {}).get("status") == "invalid_response"]
    assert any("pagination" in error_body(case) and items not in error_body(case) for case in failed), "no items"
    assert any(error_body(case).get(items, 0) is None for case in failed), "null for the items"
    assert any(isinstance(case["request"], list) and "error" in case for case in load(operation)), "a later page fails"


@pytest.mark.parametrize(
    ("operation", "name"),
    [pair for pair in with_argument(["size_in_gb", "page_size", "retention", "timestamp"])],
)
def test_every_kind_of_wrong_number_has_a_case(operation, name):
    refused = refused_values(operation, name)
    assert "true" in {canonical(value) for value in refused}
    assert {str, float, list} <= {type(value) for value in refused}
    numbers = [value for value in refused if type(value) is int]
    assert min(numbers) < 0
    assert max(numbers) > 2**64
    if name in ("size_in_gb", "page_size"):
        assert 0 in numbers


@pytest.mark.parametrize(("operation", "name"), NEEDED)
def test_a_lookup_that_must_be_given_has_its_mistakes(operation, name):
    refused = refused_values(operation, name)
    assert None in refused and "" in refused and {} in refused
    assert any(isinstance(value, dict) and len(value) == 2 for value in refused)


@pytest.mark.parametrize(
    ("operation", "name"),
    [(operation, name) for operation, used in ARGUMENTS.items() for name in sorted(used) if name.endswith("_id")],
)
def test_an_id_that_must_be_given_has_its_mistakes(operation, name):
    refused = refused_values(operation, name)
    assert None in refused and "" in refused
    assert any(type(value) is int for value in refused)


@pytest.mark.parametrize("operation", [operation for operation, _ in with_argument(["organization"])])
def test_an_organization_comes_from_the_call_or_the_client_or_is_missed(operation):
    cases = load(operation)
    from_client = [case for case in cases if "organization" in case["client"]]
    assert any(case["arguments"].get("organization") is None for case in from_client)
    assert any(case["arguments"].get("organization") is not None for case in from_client)
    assert None in refused_values(operation, "organization")


def test_every_case_says_what_it_expects():
    for case in load_all():
        assert ("result" in case) != ("error" in case), case["name"]
        assert (case["request"] is None) == (case["answers"] == []), case["name"]
        if case["request"] is None:
            assert case["error"]["outcome"] == "not_sent", case["name"]
        if isinstance(case["request"], list):
            assert len(case["request"]) == len(case["answers"]), case["name"]


def test_every_case_has_a_name_of_its_own():
    names = [(case["table"], case["name"]) for case in load_all()]
    assert sorted(set(names)) == sorted(names)
