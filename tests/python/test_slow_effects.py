"""How long a workflow goes on looking for the effect of a task that has completed: as long as the disk is on its way,
and otherwise for 10 s. These stories are slow, so they run side by side, each with a simulator of its own."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from c_face import CFace
from faces import PythonFace, RustFace
from simulator import Simulator
from stories import fails, value

LAG = 12
FACES = {"python": PythonFace, "c": CFace, "rust": RustFace}


def attach_with_a_late_effect(face, sim):
    disk = {"id": "disk_Sl0wSl0wSl0wSl0w", "size_in_gb": 20, "virtual_machine_disk": {}}
    disk["virtual_machine_disk"]["virtual_machine"] = {"id": sim.about["virtual_machine"]["id"]}
    sim.control("POST", "disks", disk)
    sim.next_task(seconds=0.1, lag_seconds=LAG)
    return face.call(sim.katapult(), "ensure_disk_attached", {"disk_id": disk["id"], "timeout": 60})


def resize_without_an_effect(face, sim):
    disk = {"id": "disk_Sl0wSl0wSl0wSl0w", "size_in_gb": 20}
    sim.control("POST", "disks", disk)
    sim.next_task(seconds=0.1, no_effect=True)
    return face.call(sim.katapult(), "ensure_disk_size", {"disk_id": disk["id"], "size_in_gb": 10})


STORIES = {
    ("late", "python"): attach_with_a_late_effect,
    **{("never", name): resize_without_an_effect for name in FACES},
}


def tell(story):
    """Outcome and duration of a story."""
    face = FACES[story[1]]()
    with Simulator() as sim:
        started = time.monotonic()
        outcome = STORIES[story](face, sim)
        seconds = time.monotonic() - started
    face.close()
    return outcome, seconds


@pytest.fixture(scope="module")
def told():
    with ThreadPoolExecutor(len(STORIES)) as pool:
        return dict(zip(STORIES, pool.map(tell, STORIES)))


def test_a_disk_that_is_on_its_way_is_waited_for(told):
    outcome, seconds = told["late", "python"]
    assert value(outcome)["virtual_machine_disk"]["state"] == "attached"
    assert seconds > LAG, "it must have been attaching for longer than a disk at rest is looked at"


@pytest.mark.parametrize("name", FACES)
def test_a_size_that_stays_is_no_success(told, name):
    outcome, seconds = told["never", name]
    error = fails(outcome, "no_effect", "unknown")
    assert error["detail"]["task"]["status"] == "completed", "the task as it was seen last, not as it began"
    assert "not 10 GB large" in error["message"] and "before that, resize_disk was accepted" in error["message"]
    assert 10 <= seconds < 16
