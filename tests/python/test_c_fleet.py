"""The functions of fleets in C: what they reply, and what each disk's result is. test_c_fleet_ends.py has how they end."""

import json

import pytest
from c_bad_input import text
from c_stories import VALGRIND, VALGRIND_COMMAND
from c_face import CFace, MEMBERS
from places import C_DRIVER, PROJECT, SANITIZED_C_DRIVER

COUNTS = ["created", "resized", "deleted", "existed", "failed", "unknown", "not_started", "pending"]


def counted(**counts):
    return {name: counts.get(name, 0) for name in COUNTS}


def body(name, **properties):
    return {"properties": {"name": name, "size_in_gb": 20, **properties}}


def bodies(count, first=0):
    return [body(f"data-{number}") for number in range(first, first + count)]


@pytest.fixture
def fleet(c_face, sim):
    """Runs a function of fleets: its status, its reply and the results by their index."""
    about = sim.about
    options = sim.katapult(organization=about["organization"], data_center=about["data_center"])
    assert c_face.send("client_new", text(options)) == ["ok", None]
    yield lambda *command, **request: run(c_face, *command, **request)
    c_face.current.clear()


def run(face, command, timeout="60", progress="none", results="all", **request):
    status, reply, *more = face.send(command, text(request), timeout, progress, results)
    [calls, last] = more[:2] if timeout is not None else [0, None]
    found = [json.loads(result) for result in more[0 if timeout is None else 2 :]]
    return Ran(status, json.loads(reply), {index: (of, result) for index, of, result in found}, len(found), int(calls), last)


class Ran:
    def __init__(self, status, reply, results, told, looks, last):
        self.status, self.reply, self.results, self.told = status, reply, results, told
        self.looks, self.last = looks, last


def create(run_it, disks, **request):
    return run_it("disk_create_many", disks=disks, **request)


def test_every_disk_is_created_and_told_once(fleet, sim):
    ran = create(fleet, bodies(5), fleet="order-1")
    assert ran.status == "ok"
    assert ran.reply == {"fleet": "order-1", "counts": counted(created=5)}
    assert sorted(ran.results) == [0, 1, 2, 3, 4] and ran.told == 5
    for index, (status, result) in ran.results.items():
        assert (status, result["name"], result["existed"]) == ("ok", f"data-{index}", False)
        assert (result["disk"]["name"], result["disk"]["state"]) == (f"data-{index}", "built")
    assert sim.state()["created"] == 5


def test_without_a_wait_and_a_function_the_reply_tells(fleet, sim):
    ran = create(fleet, bodies(3), timeout=None, results="none", share=1.0, threads=2)
    assert (ran.status, ran.told) == ("ok", 0)
    assert ran.reply["counts"] == counted(created=3)
    assert ran.reply["fleet"].startswith("fleet-"), "a name that was made up is told: the same call needs it"


def test_no_disks_are_a_fleet(fleet, sim):
    ran = create(fleet, [])
    assert (ran.status, ran.reply["counts"]) == ("ok", counted())
    assert sim.requests() == []


def test_the_same_fleet_creates_what_is_missing(fleet, sim):
    create(fleet, bodies(3), fleet="order-2")
    again = create(fleet, bodies(5), fleet="order-2")
    assert (again.status, again.reply["counts"]) == ("ok", counted(created=2, existed=3))
    assert {index: result["existed"] for index, (_, result) in again.results.items()} == {
        **dict.fromkeys(range(3), True),
        **dict.fromkeys(range(3, 5), False),
    }
    assert sim.state()["created"] == 5


BAD_DISKS = {
    "no object": (7, "request_json.disks[1] must be a JSON object, not 7"),
    "an unknown key": ({"nmae": "x"}, "request_json.disks[1].nmae is not known; known here: "),
    "a wrong type": (body("x", size_in_gb="20"), "request_json.disks[1].properties.size_in_gb must be a whole number"),
    "no name": ({"properties": {"size_in_gb": 20}}, "properties.name is missing"),
    "an idempotency_key": ({**body("x"), "idempotency_key": "k"}, "idempotency_key is not for the disks of a fleet"),
    "an annotation of ours": ({**body("x"), "annotations": {"katapult_disk_fleet": "x"}}, "annotations has katapult_disk_f"),
    "a name twice": (body("data-0"), 'name "data-0" comes twice'),
}


@pytest.mark.parametrize("mistake", BAD_DISKS)
def test_a_mistake_is_that_disks_alone(fleet, sim, mistake):
    wrong, says = BAD_DISKS[mistake]
    ran = create(fleet, [body("data-0"), wrong, body("data-2")])
    assert ran.status == "invalid_argument"
    status, error = ran.results[1]
    assert (status, error["status"], error["outcome"]) == ("invalid_argument", "invalid_argument", "not_sent")
    assert error["description"].startswith(says), error["description"]
    assert [ran.results[index][0] for index in (0, 2)] == ["ok", "ok"]
    assert ran.reply["description"].startswith("1 of 3 disks failed, the first (") and says in ran.reply["description"]
    assert ran.reply["outcome"] == "unknown", "two were created"
    assert ran.reply["counts"] == counted(created=2, failed=1)
    assert sim.state()["created"] == 2


def test_a_key_twice_within_a_disk_is_that_disks_mistake(fleet, c_face, sim):
    disks = f'[{text(body("data-0"))}, {{"properties": {{"name": "a", "name": "b"}}}}]'
    status, reply, _, _, *results = c_face.send("disk_create_many", f'{{"disks": {disks}}}', "60", "none")
    assert status == "invalid_argument"
    assert "request_json.disks[1] gives properties.name twice" in json.loads(reply)["description"]
    assert len(results) == 2 and sim.state()["created"] == 1


def test_of_failures_the_first_given_is_the_calls(fleet, sim):
    sim.fail_by_name(["data-1"], "build")
    sim.fail_by_name(["data-3"], "refuse")
    ran = create(fleet, [*bodies(4), 7], fleet="order-3")
    assert ran.status == "task_failed", "not the one that failed first"
    assert ran.reply["description"].startswith('3 of 5 disks failed, the first ("data-1", number 1): ')
    assert (ran.reply["operation"], ran.reply["object_id"]) == ("create_disks", None)
    assert ran.reply["outcome"] == "unknown"
    assert list(ran.reply) == [*MEMBERS, "fleet", "counts"]
    assert (ran.reply["counts"], ran.reply["fleet"]) == (counted(created=2, failed=3), "order-3")
    assert {index: status for index, (status, _) in ran.results.items()} == {
        **{0: "ok", 1: "task_failed", 2: "ok", 3: "validation_error", 4: "invalid_argument"}
    }
    assert ran.results[1][1]["name"] == "data-1" and ran.results[4][1]["name"] is None
    assert ran.results[3][1]["outcome"] == "rejected"


def test_the_outcome_is_unknown_if_that_of_any_is(fleet, sim):
    sim.fail_by_name(["data-0"], "refuse")
    assert create(fleet, bodies(1)).reply["outcome"] == "rejected"
    sim.fail_by_name(["data-1"], "build")
    ran = create(fleet, bodies(2))
    assert (ran.status, ran.reply["outcome"]) == ("validation_error", "unknown")
    assert ran.reply["counts"] == counted(failed=2)


def test_the_outcome_is_unknown_once_anything_was_changed(fleet, sim):
    """The disk that has failed says `rejected` or `not_sent` of itself."""
    sim.fail_by_name(["data-0"], "refuse")
    ran = create(fleet, bodies(2), fleet="order-7")
    assert (ran.results[0][1]["outcome"], ran.reply["outcome"]) == ("rejected", "unknown")
    ran = create(fleet, bodies(2), fleet="order-7")
    assert (ran.reply["counts"], ran.reply["outcome"]) == (counted(existed=1, failed=1), "rejected")
    attached, unassigned = (sim.about["disks"][name] for name in ("attached", "unassigned"))
    for expected in ("unknown", "not_sent"):
        ran = fleet("disks_ensure_deleted", disks=[attached, unassigned], purge=True)
        assert (ran.status, ran.results[0][1]["outcome"], ran.reply["outcome"]) == ("refused", "not_sent", expected)


def test_the_outcome_of_one_that_was_stopped_tells_whether_anything_was_changed(fleet, sim):
    ran = create(fleet, bodies(1), results="stop", fleet="order-8")
    assert (ran.status, ran.reply["counts"]) == ("interrupted", counted(created=1))
    assert ran.reply["outcome"] == "unknown"
    ran = create(fleet, bodies(1), results="stop", fleet="order-8")
    assert (ran.status, ran.reply["counts"]) == ("interrupted", counted(existed=1))
    assert ran.reply["outcome"] == "not_sent"


def test_the_description_has_the_service_s_reasons(fleet, sim):
    ran = create(fleet, [body("data-0", size_in_gb=1)])
    assert ran.status == "validation_error"
    [reason] = ran.reply["detail"]["errors"]
    assert reason in ran.reply["description"] and ran.reply["message"].count(reason) == 1


def test_sizes(fleet, sim):
    create(fleet, bodies(4), fleet="order-4")
    ids = [result["disk"]["id"] for _, (_, result) in sorted(create(fleet, bodies(4), fleet="order-4").results.items())]
    sizes = [{"disk": disk, "size_in_gb": 40} for disk in ids[:3]]
    ran = fleet("disk_ensure_sizes", disks=[*sizes, {"disk": ids[3], "size_in_gb": 20}], method="online")
    assert (ran.status, ran.reply) == ("ok", {"counts": counted(resized=3, existed=1)})
    assert {result["disk"]["size_in_gb"] for _, result in ran.results.values()} == {20, 40}
    ran = fleet("disk_ensure_sizes", disks=[*sizes, {"disk": ids[3]}, {"disk": "disk_0000000000000000", "size_in_gb": 1}])
    assert ran.status == "invalid_argument"
    assert ran.results[3][1]["description"] == "request_json.disks[3].size_in_gb is missing"
    assert ran.results[4][0] == "disk_not_found"
    assert ran.reply["counts"] == counted(existed=3, failed=2)
    assert fleet("disk_ensure_sizes", disks=sizes, method="fast").reply["description"].startswith("method must be offline or")


@pytest.mark.parametrize("purge", [True, False])
def test_deletions(fleet, sim, purge):
    ids = [result["disk"]["id"] for _, result in create(fleet, bodies(3)).results.values()]
    attached = sim.about["disks"]["attached"]
    ran = fleet("disks_ensure_deleted", disks=[*ids, attached], purge=purge)
    assert (ran.status, ran.reply["counts"]) == ("refused", counted(deleted=3, failed=1))
    assert "fleet" not in ran.reply
    for index in range(3):
        status, result = ran.results[index]
        gone = result["trash_object"]
        assert status == "ok" and (gone is None if purge else gone["object_id"] == ids[index])
    again = fleet("disks_ensure_deleted", disks=ids, purge=purge)
    assert (again.status, again.reply["counts"]) == ("ok", counted(existed=3))


def test_waiting_for_disks_of_ones_own(fleet, c_face, sim):
    made = [json.loads(c_face.send("disk_create", text(body(f"own-{number}")))[1]) for number in range(3)]
    first, *others = made
    disks = [first["disk"]["id"], *({"disk": it["disk"]["id"], "task": it["task"]["id"]} for it in others)]
    ran = fleet("disks_wait", disks=[*disks, {"disk": "disk_0000000000000000"}, {"task": "task_x"}], timeout=None)
    assert ran.status == "disk_not_found"
    assert [ran.results[index][1]["disk"]["state"] for index in range(3)] == ["built"] * 3
    assert ran.results[4][1]["description"] == "request_json.disks[4].disk is missing"
    assert ran.reply["counts"] == counted(existed=3, failed=2)


def test_a_filter_that_is_ignored_is_refused_before_anything_is_created(fleet, sim):
    sim.lists(ignore_annotations=True)
    ran = create(fleet, bodies(3), fleet="order-5")
    assert (ran.status, ran.reply["outcome"], ran.told) == ("refused", "not_sent", 0)
    assert (ran.reply["counts"], ran.reply["fleet"]) == (counted(not_started=3), "order-5")
    assert ran.reply["unfinished"] == []
    assert sim.state()["created"] == 0


def test_progress(fleet, sim):
    sim.latency(0.3)
    ran = create(fleet, bodies(8), threads=1, progress="count")
    assert ran.status == "ok" and ran.looks >= 2
    assert json.loads(ran.last) == {"counts": counted(created=8)}, "the last one is how it has ended"
    ran = create(fleet, bodies(8), threads=1, progress="stop")
    assert (ran.status, ran.looks) == ("interrupted", 1)
    assert "the progress function stopped the fleet" in ran.reply["description"]


def test_another_service_s_token_ends_the_fleet(fleet, c_face, sim):
    options = sim.katapult(organization=sim.about["organization"], api_token="wrong")
    assert c_face.send("client_new", text(options)) == ["ok", None]
    ran = create(fleet, bodies(3))
    assert (ran.status, ran.reply["outcome"]) == ("invalid_api_token", "rejected")
    assert ran.reply["counts"]["not_started"] + ran.reply["counts"]["failed"] == 3


@pytest.mark.skipif(VALGRIND is None and not SANITIZED_C_DRIVER, reason="valgrind is not installed")
def test_nothing_leaks(sim):
    # What is suppressed is of the main thread only: tests/c/fleet.c makes its calls on another one, and nothing of them is left.
    command = [*VALGRIND_COMMAND, f"--suppressions={PROJECT / 'ffi-c/packaging/katapult_disk.supp'}"]
    face = CFace() if SANITIZED_C_DRIVER else CFace(prefix=command, program=C_DRIVER)
    about = sim.about
    options = sim.katapult(organization=about["organization"], data_center=about["data_center"])
    assert face.send("client_new", text(options)) == ["ok", None]
    sim.fail_by_name(["data-1"], "build")
    ran = run(face, "disk_create_many", progress="count", disks=[*bodies(4), 7], fleet="order-6")
    assert ran.status == "task_failed"
    ids = [result["disk"]["id"] for status, result in ran.results.values() if status == "ok"]
    sizes = [{"disk": disk, "size_in_gb": 30} for disk in ids]
    assert run(face, "disk_ensure_sizes", disks=sizes).status == "ok"
    assert run(face, "disks_wait", disks=ids).status == "ok"
    assert run(face, "disks_ensure_deleted", disks=ids, purge=True).status == "ok"
    assert run(face, "disk_create_many", results="stop", disks=bodies(4, 10)).status == "interrupted"
    assert face.send("no_reply", "disk_create_many", text({"disks": bodies(1, 20)}), "0", "none", "none")[0] == "timed_out"
    face.close()
