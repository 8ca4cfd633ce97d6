"""Reading replies in C without a JSON library."""

import json

import pytest
from c_bad_input import text
from c_replies import NONE, NOT_SENT, REJECTED, UNKNOWN, read_replies


@pytest.fixture
def face(c_face, sim):
    assert c_face.send("client_new", json.dumps(sim.katapult())) == ["ok", None]
    yield c_face
    c_face.current.clear()


def test_texts_numbers_and_outcomes(c_face):
    read_replies(c_face)


def test_the_reply_of_a_call(face, sim):
    disk_id = sim.about["disks"]["attached"]
    status, reply = face.send("disk_get", disk_id)
    disk = json.loads(reply)["disk"]
    assert face.send("reply_outcome", reply) == [NONE]
    assert face.send("reply_text", reply, "/disk/id") == [disk_id]
    assert face.send("reply_integer", reply, "/disk/size_in_gb") == ["true", str(disk["size_in_gb"])]
    status, reply, page = face.send("disk_list_pages", text({"organization": sim.about["organization"]}), "all")
    assert face.send("reply_text", page, "/disk/1/name") == [json.loads(page)["disk"][1]["name"]]


def test_every_outcome_of_a_call(face, sim):
    def outcome(*command):
        _, reply = face.send(*command)
        assert face.send("reply_text", reply, "/description") == [json.loads(reply)["description"]]
        return face.send("reply_outcome", reply)

    assert outcome("disk_get", None) == [NOT_SENT]
    assert outcome("disk_get", "disk_0000000000000000") == [REJECTED]
    sim.answer({"status": 502, "headers": {"Content-Type": "text/html"}, "body_text": "<html>Bad Gateway</html>"})
    assert outcome("disk_detach", sim.about["disks"]["attached"]) == [UNKNOWN]


def test_what_a_progress_function_is_given(face, sim):
    task_id = json.loads(face.send("disk_detach", sim.about["disks"]["attached"])[1])["task"]["id"]
    status, _, _, task = face.send("task_wait", task_id, "20", "count")
    assert (status, face.send("reply_text", task, "/id")) == ("ok", [task_id])
    assert face.send("reply_integer", task, "/progress") == ["true", "100"]
