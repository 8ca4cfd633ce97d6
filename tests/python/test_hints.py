"""Hints: what an error says besides the service's words, in every face."""

import pytest
from stories import fails, value
from test_request import ask

SHAPE = "QZ1zXhyGX2Xw4nVt"
UNKNOWN = f"disk_{SHAPE}"


@pytest.mark.parametrize(
    ("operation", "argument", "given", "status", "hint"),
    [
        ("get_disk", "disk_id", "data", "disk", "\"data\" is not an id: a disk's begins with disk_; list_disks shows names and ids"),
        ("get_disk", "disk_id", f"vm_{SHAPE}", "disk", "is a virtual machine's id; a disk's begins with disk_"),
        ("get_disk", "disk_id", f" {UNKNOWN}", "disk", "has a blank or a line break at its beginning"),
        ("get_disk", "disk_id", f"{UNKNOWN}\n", "disk", "\\n\" has a blank or a line break at its end"),
        ("get_disk", "disk_id", UNKNOWN, "disk", None),
        ("wait_task", "task_id", "task_nope", "task", "a task's is task_ and 16 letters or digits"),
        ("get_task", "task_id", UNKNOWN, "task", "is a disk's id; a task's begins with task_"),
        ("get_data_center", "data_center", UNKNOWN, "data_center", "a data center's begins with dc_ or loc_"),
        ("get_data_center", "data_center", "uk-lon-9", "data_center", "list_data_centers shows the permalinks"),
        ("restore_trash_object", "trash_object", UNKNOWN, "trash_object", f'give {{"object_id": "{UNKNOWN}"}}'),
        ("ensure_disk_size", "disk_id", "data", "disk", '"data" is not an id'),
    ],
)
def test_what_is_wrong_with_an_id_is_told(call, sim, operation, argument, given, status, hint):
    more = {"size_in_gb": 10} if operation == "ensure_disk_size" else {}
    error = fails(call(operation, **{argument: given}, **more), f"{status}_not_found", "rejected")
    assert hint in error["hint"] if hint else error["hint"] is None, error
    assert len(sim.requests()) == 1, "a hint costs no request"


def test_a_request_of_ones_own_has_the_hint_of_what_it_names(face, sim):
    for method, parts in (("GET", "query"), ("DELETE", "body")):
        error = ask(face, sim.katapult(), method, "/disks/disk", **{parts: {"disk": {"id": "data"}}})
        assert '\\"data\\" is not an id' in error.text or '"data" is not an id' in error.text
    path, query = "/organizations/organization/disks", {"organization": {"sub_domain": "nobody"}}
    error = ask(face, sim.katapult(), "GET", path, query=query)
    assert "looked for the organization with the sub_domain" in error.text


def test_an_offline_resize_of_an_attached_disk(call, sim):
    disk_id = sim.about["disks"]["attached"]
    error = fails(call("resize_disk", disk_id=disk_id, size_in_gb=400), "validation_error", "rejected")
    assert error["hint"].startswith("give the method online")
    error = fails(call("resize_disk", disk_id=disk_id, size_in_gb=10, method="online"), "validation_error", "rejected")
    assert "it can only grow" in error["hint"]


def test_an_attach_that_fails_asks_whether_the_machine_is_started(call, sim):
    disk_id = sim.about["disks"]["unassigned"]
    value(call("assign_disk", disk_id=disk_id, virtual_machine=sim.about["virtual_machine"]["id"]))
    sim.control("POST", f"virtual_machines/{sim.about['virtual_machine']['id']}", {"state": "stopped"})
    error = fails(call("attach_disk", disk_id=disk_id, wait=True), "task_failed", "unknown")
    assert "is the virtual machine started?" in error["hint"] and "ensure_disk_attached" in error["hint"]
    assert error["message"].count(disk_id) == 1, error["message"]
    assert error["message"].count("task_") == 1, error["message"]


def test_a_refusal_names_the_disk_once(call, sim):
    disk_id = sim.about["disks"]["attached"]
    error = fails(call("ensure_disk_size", disk_id=disk_id, size_in_gb=400), "refused", "not_sent")
    assert error["message"].startswith(f"ensure_disk_size {disk_id}: it is attached, so it cannot grow offline; ")


@pytest.mark.parametrize("body", ["<html><title>Welcome</title></html>", ""])
@pytest.mark.parametrize("status", [200, 404])
def test_what_is_not_the_api_s_asks_for_the_base_url(call, sim, body, status):
    sim.answer({"status": status, "body_text": body, "headers": {"Content-Type": "text/html"}})
    error = fails(call("get_disk", disk_id=UNKNOWN), "invalid_response", "unknown")
    base_url = sim.katapult()["base_url"]
    assert error["hint"] == f"is base_url right ({base_url}), or does a proxy answer?"


def test_a_gateway_s_page_is_no_reason_to_doubt_the_base_url(call, sim):
    sim.answer({"status": 502, "body_text": "<html>Bad gateway</html>"})
    assert fails(call("delete_disk", disk_id=UNKNOWN), "invalid_response", "unknown")["hint"] is None
