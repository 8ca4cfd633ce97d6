"""A detach with missing_ok by an id that is not an attached volume's, and one event at each of its requests: when it says
that a volume is detached, it is. `make worlds` searches those by the volume's own id."""

import pytest
from faces import Cloud, PythonFace
from stories import value

SERVER_GONE = "Instance {server_id} could not be found."
VOLUME_GONE = "Volume {volume_id} could not be found."
LATER = 3


def not_found(words):
    return lambda ids: {"status": 404, "body": {"itemNotFound": {"code": 404, "message": words.format(**ids)}}}


EVENTS = {
    "nothing": lambda ids: {"perform": True},
    "done, and the answer is lost": lambda ids: {"perform": True, "send": "nothing"},
    "not done, and the answer is lost": lambda ids: {"status": 202, "body_text": "", "send": "nothing"},
    "a page of a gateway": lambda ids: {"status": 404, "body_text": "<h1>Not Found</h1>"},
    "broken": lambda ids: {"status": 500, "body": {"computeFault": {"code": 500, "message": "No."}}},
    "a server that comes back": not_found(SERVER_GONE),
    "a volume that comes back": not_found(VOLUME_GONE),
}
# What is given as the volume's id.
GIVEN = {
    "its id without dashes": lambda attached: attached["volumeId"].replace("-", ""),
    "its attachment's id": lambda attached: attached["attachment_id"],
    "another volume's id": lambda attached: "00000000-0000-4000-8000-000000000000",
}


@pytest.fixture(scope="module")
def python():
    face = PythonFace()
    yield face
    face.close()


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize("event", EVENTS)
def test_detached_is_true(python, sim, event, given):
    cloud = Cloud(python, sim, sim.login(compute_api_version="2.89"))
    right = sim.about["volume_id"]
    attached = next(item for item in value(cloud.list()) if item["volumeId"] == right)
    volume_id = GIVEN[given](attached)
    ids = {"server_id": sim.about["server_id"], "volume_id": volume_id}
    for number in range(LATER):
        for how in ({}, {"wait": True, "timeout": 2}):
            sim.volume(right, attached=True, detach_seconds=0.3)
            before = [{"perform": True}] * number
            sim.answer(*({**order, "service": "nova"} for order in (*before, EVENTS[event](ids))))
            outcome = cloud.detach(volume_id=volume_id, missing_ok=True, **how)
            sim.drop_answers()
            said = outcome.error is None and (bool(how) or outcome.value["request_id"] is None)
            listed = [item["volumeId"] for item in value(cloud.list())]
            is_attached = any(item in listed for item in (right, volume_id))
            about_it = given != "another volume's id"
            cell = f"{event} at request {number}, {how}: {outcome}"
            assert not (said and is_attached and about_it), cell
            # Without an event an id that may be a volume's succeeds.
            assert event != "nothing" or said or not how or given != "another volume's id", cell
