"""A server for scenarios that need answers and no disks: whatever disk or task is asked for, it exists.

Prints one line of JSON and serves until its standard input ends. Some answers come late, in pieces, broken off, or are
refusals. Tasks never end.
"""

import json
import random
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

from faults import JSON, FaultServer, answer, cut_short, head  # noqa: E402
from plan import NOT_NOW, OF_THE_API, TOO_MANY  # noqa: E402


def good(server, connection, request):
    return answer(200, body_for(request))(server, connection, request)


def body_for(request):
    if request.method == "POST":
        name = request.body["properties"]["name"]
        return {"disk": {"id": "disk_x", "name": name}, "task": {"id": "task_x", "status": "pending"}}
    [(key, asked_for)] = request.query
    if key.startswith("task"):
        return {"task": {"id": asked_for, "name": "Build disk", "status": "pending", "progress": 0}}
    return {"disk": {"id": asked_for}, "annotations": []}


def late(server, connection, request):
    server.stopped.wait(random.uniform(0, 0.02))
    return good(server, connection, request)


def in_pieces(server, connection, request):
    """Pauses within the head and within the body."""
    body = json.dumps(body_for(request)).encode()
    whole = head(200, {**JSON, "Content-Length": len(body)}) + body
    ends = sorted(random.sample(range(1, len(whole)), 2))
    for piece in (whole[: ends[0]], whole[ends[0] : ends[1]], whole[ends[1] :]):
        connection.sendall(piece)
        server.stopped.wait(random.uniform(0, 0.02))
    return True


def close(server, connection, request):
    return False


def break_off(server, connection, request):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    return False


AGAIN = {**JSON, **OF_THE_API, "Retry-After": "0"}
MOODS = {
    good: 70,
    late: 12,
    in_pieces: 12,
    close: 1,
    break_off: 1,
    cut_short: 1,
    answer(503, NOT_NOW, AGAIN): 2,
    answer(429, TOO_MANY, AGAIN): 1,
}


def moody(server, connection, request):
    # Nobody asks for the log, which would grow.
    server.requests.clear()
    [mood] = random.choices(list(MOODS), MOODS.values())
    return mood(server, connection, request)


def main(seed):
    random.seed(seed)
    with FaultServer() as server:
        server.run(moody)
        print(json.dumps({"katapult_url": server.url() + "/core/v1", "api_token": "token-of-the-soak"}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
