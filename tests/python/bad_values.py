"""Invalid arguments, by the kind of the argument, and texts that are strange but must arrive."""

import json
import math

MEGABYTE = "x" * (1 << 20)
SECRET = "s3cr3t-0f-th3-t3sts"
DEPTH = 100_000

# Legal wherever a name is, so they arrive as they are: in a body as JSON, in a path or a query percent-encoded.
STRANGE = {
    "fragment and query": "a#b?c=d&e",
    "slashes and dots": "../../disks/disk",
    "two dots": "..",
    "a slash": "/",
    "percent signs": "%2e%2e%00%",
    "a plus and blanks": " a + b ",
    "line ends": "a\r\nX-Injected: 1\r\n\r\nGET / HTTP/1.1",
    "a tab and a bell": "\t\a\x7f",
    "an emoji": "disk 💾 é",
    "right to left": "\u202eabc\u2066",
    "quotes and backslashes": "'\"\\",
    "brackets": "[id]=1",
}
# Not in C, where it ends the text.
NUL = {"a NUL": "a\0b"}

# As they stand in JSON. What comes out of range in JSON is out of range in the other languages, too.
NO_TEXT = ["5", "1.5", "true", "false", "[]", '["x"]', "{}", '"\\ud800"', '"a\nb"']
NO_OBJECT = ["5", "true", '"x"', "[]", '[{"a":1}]']
NO_NUMBER = [
    *("-1", "-0.5", "1.5", "5.0", '"5"', "true", "[]", "{}", "NaN", "Infinity", "-Infinity"),
    *("18446744073709551616", "-9223372036854775809", "1e400", "1" + "0" * 400),
]
NO_ID = [*NO_TEXT, '""', json.dumps(MEGABYTE)]
NO_LOOKUP = [
    *(bad for bad in NO_ID if bad != "{}"),
    *("{}", '{"id":1}', '{"id":null}', '{"id":""}', '{"id":["x"]}', '{"id":"a","name":"b"}', '{"id":"a","id":"b"}'),
    *('{"idd":"a"}', '{"":"a"}', json.dumps({"id": MEGABYTE}), json.dumps({MEGABYTE: "a"})),
]
IN_JSON = {
    "text": NO_TEXT,
    "secret": [*NO_TEXT, '""', json.dumps(MEGABYTE), json.dumps([SECRET]), json.dumps({SECRET: SECRET})],
    "key": [*NO_ID, '"a\\u0000b"', '"a\\nb"'],
    "word": [*NO_ID, '" "', '"VIRTIO"', '"virtio "', '"virtio\\u0000"'],
    "lookup": NO_LOOKUP,
    "flag": ["0", "1", '"true"', '"no"', "[]", "{}"],
    "number": [*NO_NUMBER, "0"],
    "count": NO_NUMBER,
    "query": ["true", "5", '"a"', "[]", "[{}]"],
    "body": [],
    "seconds": ["-1", "-1e-9", '"5"', "true", "[]", "{}", "NaN", "Infinity", "1e400", "1" + "0" * 400],
    "limit": ["0", "1e-300", "-1", '"5"', "true", "[]", "{}", "NaN", "Infinity", "1e400"],
    "annotations": [
        *('{"a":1}', '{"a":["b"]}', '{"a":"b","a":"c"}', "5", '"a"', "[5]", "[{}]", '[{"key":"a"}]', '[{"key":"a","value":1}]', '[{"key":1,"value":"a"}]'),
        *('[{"key":"a","value":"b","more":1}]', '[{"key":"a","value":"b"},{"key":"a","value":"c"}]'),
        '[{"key":"a","key":"b","value":"c"}]',
    ],
    "object": NO_OBJECT,
    "schedule": NO_OBJECT,
    "share": ["0", "0.0", "-0.5", "1.01", "2", '"0.5"', "true", "[]", "{}", "NaN", "Infinity", "1e400"],
    # In a list each is a result of its own, that of the call, too, if there is no other.
    "disks": ["5", "true", '"x"', "{}", "[5]", "[true]", "[[]]", "[null]", "[{}]", '[""]', '[{"id": 1}]', '[{"unkn0wn": 1}]'],
}
# Any text of JSON may be these instead.
NO_JSON = {
    "empty": "",
    "a blank": " ",
    "null": "null",
    "a list": "[]",
    "a text": json.dumps(SECRET),
    "cut off": '{"a":',
    "a word": "nonsense",
    "deep lists": "[" * DEPTH,
    "deep objects": '{"a":' * DEPTH,
    "a single quote": "{'a': 1}",
    "a comma too many": "{},",
    "a control character": '{"a\x01": 1}',
    "half an escape": '{"a": "\\u12"}',
    "a megabyte": MEGABYTE,
}
NOT_UTF8 = b'{"caf\xe9": "\xff"}'


class Foreign:
    """An object of a class that nobody knows, whose conversions would say much about themselves."""

    def __str__(self):
        return "disk_0000000000000000"

    __repr__ = __str__


NO_STR = [b"x", bytearray(b"x"), 5, 1.5, True, [], ["x"], ("x",), {}, {"x"}, Foreign(), Foreign, "\ud800", "a\udfff"]
NO_INT = [-1, 2**64, 10**400, -(10**400), 1.5, 5.0, math.nan, math.inf, "5", b"5", True, [], {}, 5j, Foreign()]
NO_MAPPING = [5, True, "x", b"x", [], [("a", "b")], {"a"}, Foreign()]
IN_PYTHON = {
    "text": NO_STR,
    "secret": [*NO_STR, "", MEGABYTE, [SECRET], {SECRET: SECRET}],
    "key": [*NO_STR, "", MEGABYTE, "a\0b", "a\nb"],
    "word": [*NO_STR, "", MEGABYTE, " ", "VIRTIO", "virtio ", "virtio\0"],
    "lookup": [
        *(bad for bad in NO_STR if bad != {}),
        *("", MEGABYTE, {}, {"id": 1}, {"id": None}, {"id": ""}, {"id": b"x"}, {"id": "\ud800"}, {"id": MEGABYTE}),
        *({"idd": "a"}, {"": "a"}, {1: "a"}, {None: "a"}, {"\ud800": "a"}, {MEGABYTE: "a"}, {"id": "a", "name": "b"}),
    ],
    "flag": [0, 1, 1.0, "yes", "", b"", [], {}, Foreign()],
    "number": [*NO_INT, 0],
    "count": NO_INT,
    "query": [True, 5, "a", b"a", [], [{}], {1, 2}, object(), {"a": math.nan}, Foreign()],
    "body": [b"a", {1, 2}, object(), math.nan, "\ud800", Foreign()],
    "place": [True, 5, b"/a", [], {}, "", "a", "//a", "/a?b", "/a#b", "/a b", "/é", "/../a", "/%2e%2e/a", "/a\0b", MEGABYTE],
    "seconds": [-1, -1e-9, math.nan, -math.inf, 10**400, -(10**400), "5", b"5", True, [], {}, 5j, Foreign()],
    "limit": [0, 1e-300, -1, math.nan, -math.inf, 10**400, "5", True, [], {}, Foreign()],
    "annotations": [
        *NO_MAPPING,
        *({1: "a"}, {"a": 1}, {"a": None}, {"a": b"b"}, {"a": "\ud800"}, {"\ud800": "a"}, {None: None}),
    ],
    "schedule": [
        *NO_MAPPING,
        *({"": 1}, {"intervall": "daily"}, {1: 1}, {MEGABYTE: 1}, {"interval": 1}, {"interval": "yearly"}),
        *({"minute": bad} for bad in NO_INT),
    ],
    "timestamp": [*NO_INT, "2026-01-01T00:00:00Z"],
    "progress": [5, "x", b"", [], {}, Foreign()],
    "share": [0, 0.0, -0.5, 1.01, 2, math.nan, math.inf, 10**400, "0.5", True, [], {}, 5j, Foreign()],
    # What is wrong with one of them is a result of its own.
    "disks": [5, 1.5, True, "disk_x", b"x", "", Foreign()],
    "path": [5, 1.5, True, [], {}, Foreign(), "a\ud800", "a\0b", "", "/nonexistent/ca.pem", b"/nonexistent/ca.pem"],
}
