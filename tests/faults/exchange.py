"""Requests and answers as bytes, and what truly happened to them."""

import http.client
import json
import socket
import struct
import threading
import urllib.parse
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict
    body: bytes

    def with_body(self, body, **headers):
        kept = {**self.headers, **headers}
        return Answer(self.status, kept, body)

    def head(self, length=True, protocol="HTTP/1.1"):
        """The bytes before the body, with the length that it has."""
        headers = {**self.headers, **({"Content-Length": len(self.body)} if length else {})}
        lines = [f"{protocol} {self.status} Reason", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode()

    def whole(self):
        return self.head() + self.body


@dataclass
class Truth:
    """What the server's side saw during the call, of the service's own exchange: nothing of TLS or of CONNECT."""

    connections: int = 0
    bytes: int = 0
    requests: list = field(default_factory=list)
    answers: list = field(default_factory=list)

    def clear(self):
        """Begins a new count, for the connections that are open, too."""
        self.__init__()


class Request:
    def __init__(self, head, body):
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, target, _ = first.split(" ", 2)
        # What is sent to a forward proxy has a whole URL.
        parts = urllib.parse.urlsplit(target)
        self.target = parts._replace(scheme="", netloc="").geturl()
        self.headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        self.body = body


class Visit:
    """One connection, seen from the server's side. `elsewhere` is the port of a server that no client has to ask."""

    def __init__(self, connection, truth, stopped, elsewhere):
        self.connection, self.truth, self.stopped, self.elsewhere = connection, truth, stopped, elsewhere
        self.unread = b""
        # The latest request.
        self.asked = None

    def receive(self, size=65536):
        piece = self.connection.recv(size)
        self.truth.bytes += len(piece)
        self.unread += piece
        return piece

    def request(self):
        """The next whole request, or None when the client has gone."""
        while b"\r\n\r\n" not in self.unread:
            if not self.receive():
                return None
        head, _, rest = self.unread.partition(b"\r\n\r\n")
        length = int(Request(head, b"").headers.get("content-length", 0))
        while len(rest) < length:
            piece = self.receive()
            if not piece:
                return None
            rest += piece
        self.unread = rest[length:]
        request = Request(head, rest[:length])
        self.truth.requests.append(request.method)
        self.asked = request
        return request

    def send(self, data):
        self.connection.sendall(data)

    def pause(self, seconds):
        """False when the cell is over."""
        return not self.stopped.wait(seconds)

    def reset(self):
        """The next close sends RST."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def finish(self):
        """Sends FIN, and takes what still comes, since unread bytes would turn the close into RST."""
        self.connection.shutdown(socket.SHUT_WR)
        while self.receive():
            pass


HOP = ("connection", "proxy-connection", "proxy-authorization", "accept-encoding", "content-length")


class Service:
    """The simulator, asked in the client's name."""

    def __init__(self, origin):
        self.netloc = urllib.parse.urlsplit(origin).netloc
        self.lock = threading.Lock()

    def perform(self, request, truth):
        connection = http.client.HTTPConnection(self.netloc, timeout=20)
        # Without Accept-Encoding the answer comes plain, and a fault can break it where it wants.
        headers = {name: value for name, value in request.headers.items() if name not in HOP}
        connection.request(request.method, request.target, request.body or None, headers)
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        dropped = ("connection", "content-length", "transfer-encoding")
        kept = {name: value for name, value in reply.getheaders() if name.lower() not in dropped}
        answer = Answer(reply.status, kept, body)
        with self.lock:
            truth.answers.append(answer)
        return answer


def parsed(body):
    """The JSON of a body, None without one."""
    return json.loads(body) if body.strip() else None
