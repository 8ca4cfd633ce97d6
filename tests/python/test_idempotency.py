"""A create with an idempotency key makes one disk: faults at every point of the exchange, and counting the disks."""

import secrets
import subprocess
import sys
import threading
import time

import pytest
from c_face import CFace
from faces import RustFace
from stories import fails, value, wait_for

ANNOTATION = "katapult_disk_idempotency_key"
FINGERPRINT = "katapult_disk_idempotency_fingerprint"


@pytest.fixture
def key():
    """Of this test alone: clients remember keys, and the simulator forgets its disks between tests."""
    return f"order-{secrets.token_hex(4)}"


@pytest.fixture
def create_once(call, sim, key):
    def creating(key=key, **more):
        about = sim.about
        given = {"organization": about["organization"], "data_center": about["data_center"], **more}
        return call("create_disk", name="Once", size_in_gb=20, idempotency_key=key, **given)

    return creating


def writes(sim):
    return [request["method"] for request in sim.requests() if request["method"] != "GET"]


def test_the_key_is_an_annotation_and_the_second_call_finds_the_disk(create_once, sim, key):
    first = value(create_once(annotations={"team": "storage"}))
    assert first["task"]["status"] == "pending"
    annotations = {item["key"]: item["value"] for item in first["annotations"]}
    assert len(annotations.pop(FINGERPRINT)) == 32
    assert annotations == {"team": "storage", ANNOTATION: key}
    second = value(create_once())
    assert second["disk"]["id"] == first["disk"]["id"]
    assert second["task"] is None
    assert second["annotations"] == first["annotations"]
    other = value(create_once(key=f"{key}-other"))
    assert other["disk"]["id"] != first["disk"]["id"]
    assert sim.state()["created"] == 2


def test_with_wait_a_disk_that_is_still_being_built_is_waited_for(create_once, sim):
    sim.next_task(seconds=3)
    first = value(create_once())
    assert first["disk"]["state"] == "not_built"
    second = value(create_once(wait=True, timeout=20))
    assert (second["disk"]["id"], second["disk"]["state"]) == (first["disk"]["id"], "built")
    third = value(create_once(key="another", wait=True, timeout=20))
    assert (third["disk"]["state"], third["task"]["status"]) == ("built", "completed")


LOST = ["nothing", "half_head", "half_body"]


@pytest.mark.parametrize("send", LOST)
def test_an_answer_that_is_lost_after_the_create(create_once, sim, send):
    sim.answer({"method": "POST", "perform": True, "send": send})
    made = value(create_once())
    assert sim.state()["created"] == 1
    assert made["disk"]["name"] == "Once"
    assert writes(sim) == ["POST"]


NEVER_PERFORMED = {
    "connection_failed": {"method": "POST", "status": 500, "body_text": "", "send": "nothing"},
    "invalid_response": {"method": "POST", "status": 502, "body_text": "<h1>Oops</h1>"},
}


@pytest.mark.parametrize("status", NEVER_PERFORMED)
def test_a_create_that_was_perhaps_lost_is_not_sent_again(create_once, sim, status):
    """Nobody knows whether the service is still at it: the call looks for the disk for as long as it may take."""
    sim.answer(NEVER_PERFORMED[status])
    started = time.monotonic()
    error = fails(create_once(client={"timeout": 3}), status, "unknown")
    assert 2 < time.monotonic() - started < 4
    assert "same key" in error["message"]
    assert writes(sim) == ["POST"]
    # A client that has not sent it does not know of it.
    assert value(create_once(client={"timeout": 4}))["disk"]["name"] == "Once"
    assert sim.state()["created"] == 1


@pytest.mark.parametrize("wait", [False, True])
def test_a_client_that_has_lost_a_create_looks_for_it_first(create_once, sim, wait):
    """The service performs it seconds after the first call has ended."""
    sim.answer(NEVER_PERFORMED["connection_failed"])
    fails(create_once(client={"timeout": 1}), "connection_failed", "unknown")
    again = {"wait": True, "timeout": 3} if wait else {}
    error = fails(create_once(client={"timeout": 1}, **again), "timed_out", "unknown")
    assert "does not show yet" in error["message"] and "same key" in error["message"]
    assert writes(sim) == ["POST"]


def test_the_same_key_with_another_request_is_refused(create_once, sim, key):
    first = value(create_once(annotations={"note": "the annotations are not compared"}))["disk"]["id"]
    assert value(create_once())["disk"]["id"] == first
    for client in ({}, {"user_agent": "another-client"}):
        error = fails(create_once(client=client, io_profile={"permalink": "100k"}), "refused", "not_sent")
        assert key in error["message"] and first in error["message"]
    assert sim.state()["created"] == 1


def test_a_disk_is_known_although_the_list_lags(create_once, sim):
    first = value(create_once())["disk"]["id"]
    page = {"pagination": {"current_page": 1, "total_pages": 0, "total": 0, "per_page": 200, "large_set": False}}
    sim.answer({"method": "GET", "perform": True}, {"method": "GET", "status": 200, "body": {**page, "disk": []}})
    assert value(create_once())["disk"]["id"] == first
    sim.drop_answers()
    assert sim.state()["created"] == 1


def test_a_disk_on_the_second_page_of_the_list(create_once, sim):
    first = value(create_once())["disk"]
    page = {"total_pages": 2, "total": 201, "per_page": 200, "large_set": False}
    for number, disks in ((1, []), (2, [{"id": first["id"], "name": "Once"}])):
        body = {"pagination": {"current_page": number, **page}, "disk": disks}
        sim.answer({"method": "GET", "status": 200, "body": body})
    assert value(create_once(client={"user_agent": "another-client"}))["disk"]["id"] == first["id"]
    assert sim.state()["created"] == 1


def test_a_disk_that_is_listed_before_it_is_found(create_once, sim):
    first = value(create_once())["disk"]["id"]
    missing = {"error": {"code": "disk_not_found", "description": "No disk was found", "detail": {}}}
    sim.answer({"method": "GET", "perform": True}, {"method": "GET", "status": 404, "body": missing})
    assert value(create_once(client={"user_agent": "another-client"}))["disk"]["id"] == first
    assert sim.state()["created"] == 1


def test_a_disk_without_annotations_cannot_be_told(create_once, sim):
    first = value(create_once())["disk"]
    without = {name: content for name, content in first.items() if name != "annotations"}
    sim.answer({"method": "GET", "perform": True}, {"method": "GET", "status": 200, "body": {"disk": without}})
    error = fails(create_once(client={"user_agent": "another-client"}), "invalid_response", "not_sent")
    assert "annotations" in error["message"]
    assert sim.state()["created"] == 1


@pytest.mark.parametrize("performed", [True, False])
def test_a_service_that_takes_too_long(create_once, sim, performed):
    slow = {"method": "POST", "delay_seconds": 3}
    sim.answer({**slow, "perform": True} if performed else {**slow, "status": 500, "body_text": "late"})
    outcome = create_once(client={"timeout": 1})
    if performed:
        assert value(outcome)["disk"]["name"] == "Once"
    else:
        # It may still come: nothing is sent again on a guess.
        error = fails(outcome, "timed_out", "unknown")
        assert "same key" in error["message"]
        assert sim.state()["created"] == 0
        assert value(create_once())["disk"]["name"] == "Once"
    assert sim.state()["created"] == 1


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_list_that_is_lost(create_once, sim, point):
    """Before the create a list that fails is an error, and nothing was created; after it, the outcome is unknown."""
    lost = {"method": "GET", "status": 500, "body_text": "no", "times": 50}
    if point == "after":
        sim.answer({"method": "GET", "perform": True}, {"method": "POST", "perform": True, "send": "nothing"})
    sim.answer(lost)
    outcome = create_once(client={"timeout": 3})
    assert outcome.error is not None
    assert sim.state()["created"] == (0 if point == "before" else 1)
    if point == "after":
        assert outcome.error["outcome"] == "unknown"
        assert "same key" in outcome.error["message"]
    sim.drop_answers()
    value(create_once(client={"timeout": 3}))
    assert sim.state()["created"] == 1


@pytest.mark.parametrize("times", [1, 5])
def test_a_service_that_is_away_for_a_moment(create_once, sim, times):
    """What has lost the answer to the create may fail the first looks for the disk, too."""
    away = {"method": "GET", "status": 502, "body_text": "<h1>Oops</h1>", "times": times}
    sim.answer({"method": "GET", "perform": True}, {"method": "POST", "perform": True, "send": "nothing"}, away)
    assert value(create_once(wait=True, timeout=30))["disk"]["state"] == "built"
    assert sim.state()["created"] == 1


def test_a_refusal_is_raised_as_it_is(create_once, sim):
    sim.next_task(queueing_error=True)
    error = fails(create_once(), "task_queueing_error", "rejected")
    assert error["http_status"] == 406
    assert sim.state()["created"] == 0
    assert writes(sim) == ["POST"]


def test_a_service_that_ignores_the_filter_creates_nothing(create_once, create, sim):
    create()
    page = {"pagination": {"current_page": 1, "total_pages": 1, "total": 1, "per_page": 200, "large_set": False}}
    disk_id = sim.about["disks"]["unassigned"]
    sim.forget_requests()
    sim.answer({"method": "GET", "status": 200, "body": {**page, "disk": [{"id": disk_id, "name": "x"}]}})
    error = fails(create_once(), "invalid_response", "not_sent")
    assert "filter" in error["message"]
    assert writes(sim) == []


def test_a_disk_in_the_trash_does_not_count(call, create_once, sim):
    first = value(create_once(wait=True))["disk"]["id"]
    value(call("delete_disk", disk_id=first))
    assert value(create_once())["disk"]["id"] != first


def test_a_disk_that_is_not_built_in_time_is_in_the_error(create_once, sim):
    sim.next_task(seconds=60)
    disk_id = value(create_once())["disk"]["id"]
    error = fails(create_once(wait=True, timeout=0), "timed_out", "unknown")
    assert (error["object_id"], error["detail"]["disk"]["id"]) == (disk_id, disk_id)


def test_the_key_and_its_annotation_exclude_each_other(create_once, sim):
    error = fails(create_once(annotations={ANNOTATION: "order-0"}), "invalid_argument", "not_sent")
    assert error["message"].startswith(f"annotations has {ANNOTATION}")
    error = fails(create_once(annotations={FINGERPRINT: "0"}), "invalid_argument", "not_sent")
    assert error["message"].startswith(f"annotations has {FINGERPRINT}")
    assert sim.requests() == []


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb", 7])
def test_bad_keys(create_once, sim, key):
    assert "idempotency_key" in fails(create_once(key=key), "invalid_argument", "not_sent")["message"]
    assert sim.requests() == []


def test_one_key_in_many_threads(sim):
    import katapult_disk

    about = sim.about
    found = []
    with katapult_disk.Client(**sim.katapult(organization=about["organization"])) as client:

        def work():
            made = client.create_disk("Once", 20, data_center=about["data_center"], idempotency_key="threads")
            found.append(made.disk.id)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert len(found) == 8 and len(set(found)) == 1
    assert sim.state()["created"] == 1


@pytest.mark.parametrize("wait", [False, True])
def test_a_disk_that_could_not_be_built_keeps_its_key(create_once, sim, wait):
    sim.next_task(fail=True)
    failed = fails(create_once(wait=True, timeout=20), "task_failed", "unknown")["detail"]["disk"]
    again = create_once(wait=wait, **({"timeout": 20} if wait else {}))
    if wait:
        error = fails(again, "task_failed", "unknown")
        assert "delete it" in error["message"] and error["detail"]["disk"]["id"] == failed["id"]
    else:
        assert value(again)["disk"]["id"] == failed["id"]


# A client that is killed. Each process is one of its own.

PYTHON = """
import json, sys
import katapult_disk
options, arguments = json.loads(sys.argv[1]), json.loads(sys.argv[2])
print(katapult_disk.Client(**options).create_disk(**arguments).disk.id)
"""

POINTS = {
    "while it looks": {"method": "GET", "perform": True, "delay_seconds": 3},
    "before the create is performed": {"method": "POST", "status": 500, "body_text": "", "delay_seconds": 3},
    "after the create is performed": {"method": "POST", "perform": True, "delay_seconds": 3},
}


def start(face_name, options, arguments):
    """Begins a create in a process of its own: that process, and what ends it."""
    import json

    if face_name == "python":
        command = [sys.executable, "-c", PYTHON, json.dumps(options), json.dumps(arguments)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return process
    face = CFace() if face_name == "c" else RustFace()
    ready = fails(face.call(options, "get_task", {"task_id": ""}), "invalid_argument", "not_sent")
    assert ready
    threading.Thread(target=lambda: swallow(face, options, arguments), daemon=True).start()
    return face.driver.process


def swallow(face, options, arguments):
    try:
        face.call(options, "create_disk", arguments)
    except Exception:
        pass  # The driver was killed, as this test wants it.


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("face_name", ["python", "c", "rust"])
def test_a_client_that_is_killed(faces, sim, face_name, point):
    about = sim.about
    options = sim.katapult(organization=about["organization"], data_center=about["data_center"])
    arguments = {"name": "Once", "size_in_gb": 20, "idempotency_key": "killed"}
    sim.answer(POINTS[point])
    process = start(face_name, options, arguments)
    method = POINTS[point]["method"]
    wait_for(lambda: any(request["method"] == method for request in sim.requests()), seconds=20)
    time.sleep(0.1)  # Nobody can see how far the process has come with the answer.
    process.kill()
    process.wait()
    sim.drop_answers()
    made = value(faces[face_name].call(options, "create_disk", arguments))
    assert made["disk"]["name"] == "Once"
    again = value(faces[face_name].call(options, "create_disk", arguments))
    assert again["disk"]["id"] == made["disk"]["id"]
    time.sleep(0.2)  # A create that is still on its way would be performed by then.
    assert sim.state()["created"] == 1
