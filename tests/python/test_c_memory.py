"""C under valgrind: no leak, no invalid access; and how much memory a long list takes."""

import json
import sys

import pytest
from c_bad_input import BAD, LISTED, bad_calls, text
from c_face import CFace
from c_replies import read_replies
from c_stories import REPLIED, VALGRIND, VALGRIND_COMMAND, exchange, page_of, refused, wait_for_everything
from places import C_DRIVER, C_STATIC_DRIVER, SANITIZED_C_DRIVER
from test_lists import PAGES, PER_PAGE, long_list


@pytest.fixture(params=[C_DRIVER] if SANITIZED_C_DRIVER else [C_DRIVER, C_STATIC_DRIVER], ids=lambda path: path.name)
def watched(request):
    """A face whose driver reports what leaked and what it should not have touched, and then does not end with 0."""
    if SANITIZED_C_DRIVER:
        face = CFace()
    elif VALGRIND is None:
        pytest.skip("valgrind is not installed")
    elif sys.platform != "linux":
        pytest.skip("the libraries that a static one needs are those of Linux")
    else:
        face = CFace(prefix=VALGRIND_COMMAND, program=request.param)
    yield face
    face.close()


def use_and_delete(face, sim, disk_id):
    """Calls with a request and without, that succeed and that the service refuses."""
    machine = sim.about["virtual_machine"]["fqdn"]
    assign = ("disk_assign", disk_id, text({"virtual_machine": machine}))
    assert face.send(*assign)[0] == "ok"
    assert face.send(*assign)[0] == "unable_to_assign"
    attached = json.loads(face.send("disk_attach", disk_id)[1])
    assert face.send("task_wait", attached["task"]["id"], "20", "none")[0] == "ok"
    for command, status in (
        (("disk_unassign", disk_id), "unable_to_unassign"),
        (("disk_resize", disk_id, text({"size_in_gb": 30})), "validation_error"),
        (("disk_resize", disk_id, text({"size_in_gb": 30, "method": "online"})), "ok"),
        (("disk_set_io_profile", disk_id, text({"io_profile": {"permalink": "no-such"}})), "disk_io_profile_not_found"),
        (("disk_set_io_profile", disk_id, text({"io_profile": "100k"})), "ok"),
        (("disk_delete", disk_id), "validation_error"),
    ):
        assert face.send(*command)[0] == status, command
    detached = json.loads(face.send("disk_detach", disk_id)[1])
    assert face.send("task_wait", detached["task"]["id"], "20", "none")[0] == "ok"
    for command, status in (("disk_unassign", "ok"), ("disk_delete", "ok"), ("disk_delete", "object_in_trash")):
        assert face.send(command, disk_id)[0] == status, command


def test_nothing_leaks_and_nothing_is_touched_that_should_not_be(watched, sim):
    face = watched
    for command in (*(command for command, _ in BAD.values()), *bad_calls()):
        refused(face, sim, command)
    for command in ("client_free", "openstack_client_free", "string_free"):
        assert face.send("no_client", command) == ["ok"]

    assert face.send("no_reply", "client_new", json.dumps(sim.katapult())) == ["ok", None]
    assert face.send("no_reply", "disk_get", "disk_0000000000000000") == ["disk_not_found", None]
    body = {
        "organization": sim.about["organization"],
        "properties": {"name": "Valgrind", "size_in_gb": 20, "data_center": sim.about["data_center"]},
    }
    made, reply = face.send("disk_create", json.dumps(body))
    assert made == "ok", reply
    made = json.loads(reply)
    status, _, calls, _ = face.send("task_wait", made["task"]["id"], "20", "count")
    assert status == "ok"
    assert int(calls) > 0
    disk_id = made["disk"]["id"]
    for command in (("disk_get", disk_id), ("disk_update", disk_id, '{"properties":{"name":"x"}}')):
        assert face.send(*command)[0] == "ok"
    assert face.send("disk_detach", disk_id)[0] == "unassigned_disk"
    use_and_delete(face, sim, disk_id)
    all_disks = json.dumps({"organization": sim.about["organization"], "per_page": 1})
    for how, status in (("all", "ok"), ("stop", "interrupted"), ("none", "invalid_argument")):
        assert face.send("disk_list_pages", all_disks, how)[0] == status
    for operation in REPLIED:
        exchange(face, sim, operation)
    for command, good in LISTED.items():
        for how, status in (("all", "ok"), ("stop", "interrupted"), ("count", "ok")):
            sim.answer(page_of(command, 1, 1))
            assert face.send(f"{command}_pages", text(good), how)[0] == status
        sim.answer(page_of(command, 1, 1))
        assert face.send(command, text(good))[0] == "ok"
    for command in (("disk_detach", disk_id), ("disk_resize", disk_id, '{"size_in_gb":30}')):
        sim.answer({"status": 502, "headers": {"Content-Type": "text/html"}, "body_text": "<html>Bad Gateway</html>"})
        assert face.send(*command)[0] == "invalid_response"
    sim.next_task(seconds=60)
    attached = sim.about["disks"]["attached"]
    task_id = json.loads(face.send("disk_detach", attached)[1])["task"]["id"]
    assert face.send("task_wait", task_id, "20", "stop")[0] == "interrupted"
    assert face.send("task_wait", task_id, "0", "none")[0] == "timed_out"

    assert face.send("openstack_client_new", json.dumps(sim.openstack())) == ["ok", None]
    ids = (sim.about["server_id"], sim.about["volume_id"])
    assert face.send("openstack_volume_detach", *ids)[0] == "ok"
    assert face.send("openstack_volume_detach", "no-such-server", ids[1])[0] == "openstack_server_not_found"


def test_reading_replies_leaks_nothing(watched, sim):
    read_replies(watched)


def test_what_waits_leaks_nothing(watched, sim):
    wait_for_everything(watched, sim)


def most_memory(pid):
    """The most memory that a process has had at a time, in KiB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc elsewhere")
@pytest.mark.skipif(bool(SANITIZED_C_DRIVER), reason="a sanitizer keeps what was freed for a while")
def test_c_holds_one_page_of_a_hundred_thousand_disks(fault_server):
    fault_server.run(long_list)
    # A process of its own: what others had before would hide what this one takes.
    face = CFace()
    assert face.use("client_new", fault_server.katapult(organization="acme")) is None
    assert face.send("disk_list_pages", None, "stop")[0] == "interrupted"
    before = most_memory(face.pid)
    status, reply, pages, size = face.send("disk_list_pages", None, "count")
    kib = most_memory(face.pid) - before
    face.close()
    assert (status, reply, int(pages)) == ("ok", None, PAGES)
    assert int(size) > 8 << 20, "the pages together must be too large to go unnoticed"
    # The ids of what came are held: 25 to 50 bytes each.
    assert kib < 4096 + 50 * PAGES * PER_PAGE // 1024, f"{kib} KiB more for the other {PAGES - 1} pages"
