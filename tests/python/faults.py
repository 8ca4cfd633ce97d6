"""A server that misbehaves on purpose: raw sockets, a thread per connection, and a script of behaviours.

Each request takes the next behaviour of the script; the last one stays for all that follow. A behaviour is called
with the connection and the request, and says whether the connection goes on.
"""

import json
import socket
import struct
import threading
import time
import urllib.parse
import zlib

JSON = {"Content-Type": "application/json"}


class Request:
    def __init__(self, head, body):
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = first.split(" ", 2)
        self.headers = {key.lower(): value.strip() for key, value in (line.split(":", 1) for line in lines)}
        parts = urllib.parse.urlsplit(self.target)
        self.path, self.query = parts.path, urllib.parse.parse_qsl(parts.query)
        self.body = json.loads(body) if body else None


class FaultServer:
    def __enter__(self):
        self.script = []
        self.requests = []
        self.connections = 0
        self.open = set()
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        # Closing alone would not wake up the thread that waits in accept().
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self.lock:
            for connection in self.open:
                connection.close()

    def run(self, *script):
        """Sets the script, and forgets the requests so far."""
        with self.lock:
            self.script, self.requests = list(script), []

    def url(self, host="127.0.0.1"):
        return f"http://{host}:{self.port}"

    def katapult(self, **options):
        return {"base_url": self.url() + "/core/v1", "api_token": "token-of-the-tests", **options}

    def openstack(self, **options):
        return {"endpoint": self.url() + "/v2.1", "token": "token-of-the-tests", **options}

    def count(self, method=None):
        with self.lock:
            return sum(1 for request in self.requests if method in (None, request.method))

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.connections += 1
                self.open.add(connection)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            reader = connection.makefile("rb")
            while True:
                request = read_request(reader)
                if request is None:
                    break
                with self.lock:
                    self.requests.append(request)
                    behaviour = self.script.pop(0) if len(self.script) > 1 else self.script[0]
                if not behaviour(self, connection, request):
                    break
            reader.close()
        except OSError:
            pass  # The client went away, which is what many of these tests are about.
        finally:
            connection.close()
            with self.lock:
                self.open.discard(connection)


def read_request(reader):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = reader.readline()
        if not line:
            return None
        head += line
    request = Request(head[:-4], b"")
    body = reader.read(int(request.headers.get("content-length", 0)))
    return Request(head[:-4], body)


def head(status, headers):
    lines = [f"HTTP/1.1 {status} Reason", *(f"{key}: {value}" for key, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def answer(status=200, body=b"", headers=JSON):
    """A complete answer."""
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()

    def behaviour(server, connection, request):
        connection.sendall(head(status, {**headers, "Content-Length": len(body)}) + body)
        return True

    return behaviour


def then_close(behaviour):
    """The same, and then the connection is closed without a word."""

    def closing(server, connection, request):
        behaviour(server, connection, request)
        return False

    return closing


def after(seconds, behaviour):
    def later(server, connection, request):
        server.stopped.wait(seconds)
        return behaviour(server, connection, request)

    return later


def echo(server, connection, request):
    """A disk with the id that was asked for."""
    [(_, disk_id)] = request.query
    return answer(200, {"disk": {"id": disk_id}, "annotations": []})(server, connection, request)


def cut_short(server, connection, request):
    """Ends (FIN) in the middle of the body."""
    connection.sendall(head(200, {**JSON, "Content-Length": 1000}) + b'{"disk": {"id":')
    return False


def reset(server, connection, request):
    """Breaks (RST) in the middle of the body."""
    connection.sendall(head(200, {**JSON, "Content-Length": 1000}) + b'{"disk": {"id":')
    time.sleep(0.05)  # so that the client has read that part
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


def silence(server, connection, request):
    """No answer at all, as long as the test lasts."""
    server.stopped.wait(60)
    return False


def drip(server, connection, request):
    """One byte a second."""
    for byte in head(200, {**JSON, "Content-Length": 2}):
        connection.sendall(bytes([byte]))
        if server.stopped.wait(1):
            break
    return False


def trickle(server, connection, request):
    """A byte every 30 ms: no read waits for long, and the answer is not there for minutes."""
    for byte in head(200, {**JSON, "Content-Length": 2, "X-Padding": "x" * 5000}):
        connection.sendall(bytes([byte]))
        if server.stopped.wait(0.03):
            break
    return False


def large(megabytes, chunked):
    """So much body, with its length announced or in chunks."""
    piece = b" " * (1 << 20)

    def behaviour(server, connection, request):
        if chunked:
            connection.sendall(head(200, {**JSON, "Transfer-Encoding": "chunked"}))
            for _ in range(megabytes):
                connection.sendall(b"100000\r\n" + piece + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
        else:
            connection.sendall(head(200, {**JSON, "Content-Length": megabytes << 20}))
            for _ in range(megabytes):
                connection.sendall(piece)
        return True

    return behaviour


def gzip_bomb(megabytes):
    """A small answer that becomes a large one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = b"0" * (1 << 20)
    first = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same input gives the same output, so one piece can be repeated.
    again = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    body = first + again * (megabytes - 1)
    return answer(200, body, {**JSON, "Content-Encoding": "gzip"})
