"""Lets `make worlds` call the library through Python or C: `world_face.py python`, `world_face.py c`.

A line of JSON in, `{"options": {…}, "operation": "…", "arguments": {…}}` with the names of Python, and one out:
`{"value": …}`, the response's body, or `{"error": {…}}`.
"""

import json
import sys

from c_face import CFace
from faces import PythonFace
from table import TABLE

FACES = {"python": PythonFace, "c": CFace}

# What C and Python call the object of an operation.
IDS = {"disk": "disk_id"}


def main():
    face = FACES[sys.argv[1]]()
    for line in sys.stdin:
        question = json.loads(line)
        print(json.dumps(answer(face, **question)), flush=True)
    face.close()


def answer(face, options, operation, arguments):
    outcome = face.call(options, operation, renamed(operation, arguments))
    if outcome.error is not None:
        return {"error": {name: value for name, value in outcome.error.items() if name != "message"}}
    return {"value": whole(operation, outcome.value)}


def renamed(operation, arguments):
    needed = TABLE[operation].needs
    given = {IDS[name] if IDS.get(name) in needed else name: value for name, value in arguments.items()}
    if given.get("wait") is False:
        # Python takes no timeout where nothing waits for a task.
        del given["timeout"]
    return given


def whole(operation, value):
    """The body of the response, of which Python and C give a part."""
    gives = TABLE[operation].gives
    return {gives: value} if gives else value


if __name__ == "__main__":
    main()
