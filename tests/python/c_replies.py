"""What katapult_reply_outcome, _text and _integer read, and what they must not."""

import json

NONE, NOT_SENT, REJECTED, UNKNOWN = "0123"
REPLY = r"""
{"disk": {"id": "disk_1", "size_in_gb": 20, "none": null, "yes": true, "a/b": "slash", "m~n": "tilde", "": "empty"},
 "disks": [{"id": "x"}, ["y", -1], 1.50], "text": "caf\u00e9\t\"\ud83d\ude00\"", "n\u0061me": "escaped key", "~1": "both",
 "nul": "a\u0000b", "half": "\ud800", "twice": 1, "twice": 2,
 "numbers": [0, -0, 9223372036854775807, 9223372036854775808, -9223372036854775808, -9223372036854775809, 1.0, 1e2,
             123456789012345678901234567890, "7"]}
"""
# A reply, a pointer, and the text there.
TEXTS = [
    (REPLY, "/disk/id", "disk_1"),
    (REPLY, "/disk/size_in_gb", "20"),
    (REPLY, "/disk/yes", "true"),
    (REPLY, "/disk/a~1b", "slash"),
    (REPLY, "/disk/m~0n", "tilde"),
    (REPLY, "/disk/", "empty"),
    (REPLY, "/~01", "both"),
    (REPLY, "/disks/0", '{"id": "x"}'),
    (REPLY, "/disks/1/0", "y"),
    (REPLY, "/disks/2", "1.50"),
    (REPLY, "/text", 'café\t"😀"'),
    (REPLY, "/name", "escaped key"),
    (REPLY, "/twice", "2"),
    (REPLY, "/numbers/8", "123456789012345678901234567890"),
    (REPLY, "", REPLY.strip()),
    ('"all"', "", "all"),
    ("[" * 100_000 + "]" * 100_000, "/0" * 20, "[" * 99_980 + "]" * 99_980),
    (REPLY, "/disk/none", None),
    *((REPLY, pointer, None) for pointer in ("/none", "disk", "/", "//", "/disk/id/x", "/disk/m~n", "/disk/m~2n", "/disk/~")),
    *((REPLY, f"/disks/{index}", None) for index in ("3", "-", "-1", "+1", "00", "", " 0", "18446744073709551616")),
    # What a string of C cannot hold.
    (REPLY, "/nul", None),
    (REPLY, "/half", None),
    # Texts that are not a reply, or not a pointer.
    *((reply, "", None) for reply in (None, "", "{", "{} x", "nul", '{"a": }', b'{"a": "\xe9"}')),
    (REPLY, None, None),
    (REPLY, b"/disk/\xe9", None),
    (None, None, None),
]
# Where a whole number that fits is, and which.
INTEGERS = [
    ("/disk/size_in_gb", 20),
    ("/disks/1/1", -1),
    ("/twice", 2),
    ("/numbers/0", 0),
    ("/numbers/1", 0),
    ("/numbers/2", 2**63 - 1),
    ("/numbers/4", -(2**63)),
]
NO_INTEGERS = [
    *(f"/numbers/{index}" for index in (3, 5, 6, 7, 8, 9, 10)),
    *("", "/disk", "/disk/id", "/disk/none", "/disk/yes", "/disks/2", "/none", "disk", None, b"\xff"),
]


def failure(**changed):
    return json.dumps({"status": "timed_out", "code": None, "description": "x", "outcome": "unknown", **changed})


OUTCOMES = [
    (failure(outcome="not_sent"), NOT_SENT),
    (failure(outcome="rejected"), REJECTED),
    (failure(), UNKNOWN),
    (failure(detail={"outcome": "rejected"}, operation="get_disk", object_id="disk_1"), UNKNOWN),
    (failure(description='quoted "outcome":"rejected"'), UNKNOWN),
    (failure(outcome="possible"), NONE),
    (failure(outcome=None), NONE),
    # The reply of a call that succeeded, whatever is in it.
    ('{"disk":{"status":"x","description":"y","outcome":"unknown"}}', NONE),
    ('{"task":{},"outcome":"unknown"}', NONE),
    *((reply, NONE) for reply in (None, "", "{}", "[]", "null", '"unknown"', failure()[:-1], b"\xff")),
]


def read_replies(face):
    """Every function with everything."""
    for reply, pointer, expected in TEXTS:
        assert face.send("reply_text", reply, pointer) == [expected], (reply and reply[:80], pointer)
    for pointer, number in INTEGERS:
        assert face.send("reply_integer", REPLY, pointer) == ["true", str(number)], pointer
        assert face.send("reply_integer_to_null", REPLY, pointer)[0] == "true", pointer
    for pointer in NO_INTEGERS:
        assert face.send("reply_integer", REPLY, pointer) == ["false", "-77"], pointer
        assert face.send("reply_integer_to_null", REPLY, pointer)[0] == "false", pointer
    assert face.send("reply_integer", None, "/a") == ["false", "-77"]
    for reply, outcome in OUTCOMES:
        assert face.send("reply_outcome", reply) == [outcome], reply
