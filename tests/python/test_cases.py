"""Every case of tests/cases through every face."""

import itertools
import json
import re
import time

import objects
import pytest
from cases import canonical, fill, load_all
from faces import ERROR_FIELDS, LISTS
from simulator import header

numbers = itertools.count()
EXCHANGES = [
    pytest.param(case, face, id=f"{case['table']}[{case['name']}]-{face}")
    for case in load_all()
    for face in case["faces"]
]
ERRORS = [
    pytest.param(case, id=f"{case['table']}[{case['name']}]")
    for case in load_all()
    if case["answers"] and "error" in case and "c" in case["faces"]
]


@pytest.mark.parametrize(("case", "face_name"), EXCHANGES)
def test_case(case, face_name, faces, running_simulator):
    sim = running_simulator
    case = fill(case, sim.placeholders())
    sim.clear()
    sim.answer(*case["answers"])
    options = sim.options_for(case["operation"], **case["client"])
    if any(answer.get("status") == 429 for answer in case["answers"]):
        # A client of its own: what one has learnt about the rate limit holds for its later calls.
        options["user_agent"] = f"case-{next(numbers)}"

    started = time.monotonic()
    outcome = faces[face_name].call(options, case["operation"], case["arguments"])
    seconds = time.monotonic() - started

    check_requests(case, sim.requests(), options)
    assert sim.drop_answers() == 0, "not every answer was asked for"
    if "error" in case:
        check_error(case["error"], outcome)
    else:
        assert outcome.error is None, f"{outcome.error}"
        check_result(case, outcome, face_name)
    if "timeout" in case["client"] and header_of_last_answer(case, "Retry-After") == "60":
        assert seconds < case["client"]["timeout"], "a wait that does not fit must end at once"


@pytest.mark.parametrize("case", ERRORS)
def test_every_face_says_the_same_of_an_error(case, faces, running_simulator):
    """C's `message` is Python's str(error), and Rust's."""
    sim = running_simulator
    case = fill(case, sim.placeholders())
    said = {}
    for name in case["faces"]:
        sim.clear()
        sim.answer(*case["answers"])
        options = sim.options_for(case["operation"], **{**case["client"], "user_agent": f"case-{next(numbers)}"})
        error = faces[name].call(options, case["operation"], case["arguments"]).error
        said[name] = re.sub(r"request \S+\]$", "request …]", error["message"])
    assert len(set(said.values())) == 1, said


def header_of_last_answer(case, name):
    return case["answers"][-1].get("headers", {}).get(name) if case["answers"] else None


def check_requests(case, requests, options):
    expected = case["request"]
    seen = [(request["method"], request["path"]) for request in requests]
    if expected is None:
        assert seen == [], "nothing may be sent"
        return
    # One request for each answer: the same again and again, or a list of them.
    every = expected if isinstance(expected, list) else [expected] * len(case["answers"])
    assert seen == [(expected["method"], expected["path"]) for expected in every]
    for request, expected in zip(requests, every):
        assert sorted(map(tuple, request["query"])) == sorted(map(tuple, expected["query"]))
        assert canonical(request["body"]) == canonical(expected["body"])
        check_headers(case["operation"], request, options)


def check_headers(operation, request, options):
    if operation.startswith("openstack"):
        assert header(request, "X-Auth-Token") == options["token"]
        assert header(request, "Authorization") is None
    else:
        assert header(request, "Authorization") == f"Bearer {options['api_token']}"
        assert header(request, "X-Auth-Token") is None
        content_type = header(request, "Content-Type")
        assert content_type == (None if request["body"] is None else "application/json")
    assert "application/json" in header(request, "Accept")
    user_agent = header(request, "User-Agent")
    if "user_agent" in options and options["user_agent"]:
        assert options["user_agent"] in user_agent
    else:
        assert user_agent.startswith("katapult-disk/")


def check_error(expected, outcome):
    assert outcome.error is not None, f"should have failed, gave {outcome.value}"
    for name in ("status", *ERROR_FIELDS):
        if name in expected:
            assert canonical(outcome.error[name]) == canonical(expected[name]), f"{name} of {outcome.error}"
    for words in expected.get("mentions") or []:
        assert words in outcome.error["message"], f"{words!r} is not in {outcome.error['message']!r}"


def check_result(case, outcome, face_name):
    assert canonical(outcome.value) == canonical(case["result"])
    last = case["answers"][-1]
    if case["operation"] == "openstack_detach_volume":
        if face_name == "python":
            assert outcome.object.request_id == case["result"]["request_id"]
        return
    if face_name == "c" and "body_text" in last:
        assert outcome.raw == last["body_text"], "C gets the body byte for byte"
    if face_name == "python":
        objects.check_result(case["operation"], outcome.object, body_of(case))


def body_of(case):
    """What the service answered; of a list all items that are expected, together."""
    bodies = [answer["body"] if "body" in answer else json.loads(answer["body_text"]) for answer in case["answers"]]
    items = LISTS.get(case["operation"])
    return {**bodies[-1], items: case["result"]} if items else bodies[-1]
