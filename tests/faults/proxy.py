"""The fault proxy: a server between one client and the simulator, for one cell.

Depending on the route it is the service's own host (without or with TLS), or a forward proxy before it, which it plays
together with the service behind.
"""

import socket
import threading
from dataclasses import dataclass
from typing import Callable, Union

from certificates import SERVICE
from exchange import Service, Truth, Visit

PLAIN, TLS, TUNNEL, FORWARD, NAMED = "plain", "tls", "tunnel", "forward", "named"
# Resolved by the tests' own name server.
NAME = "katapult.test"


@dataclass(frozen=True)
class Fault:
    """`act` is called at the stage, with the `Visit` and what the stage has, and says whether the connection goes on.

    absent    nobody listens; no `act`
    accept    the connection was accepted
    connect   a forward proxy was asked for a tunnel
    greet     the client began a TLS handshake
    half      the first bytes of a request were read
    request   a request was read: act(visit, request)
    answer    the simulator has performed it: act(visit, its answer)
    idle      a request was answered well, and the connection is idle
    behind    the same, but what makes it unfit comes with the answer: act(visit, answer) sends both
    name      a name is looked up; `act` is the word for `names.py`
    """

    name: str
    stage: str
    act: Union[Callable, str, None] = None
    route: str = PLAIN
    # The client's timeout: short where waiting is the point, long enough for a busy machine elsewhere.
    timeout: float = 5
    # Only the first time; what comes after that in the same call goes well.
    once: bool = False
    certificate: str = "good"


class FaultProxy:
    def __init__(self, fault, origin, ca_file, contexts, unharmed=0):
        self.fault, self.ca_file, self.contexts = fault, ca_file, contexts
        self.service = Service(origin)
        self.truth = Truth()
        self.stopped = threading.Event()
        # Set when a connection has ended, or was left idle.
        self.rested = threading.Event()
        self.lock = threading.Lock()
        self.open = set()
        self.healthy = self.used = False
        # How many requests are answered well before the fault strikes.
        self.unharmed = unharmed

    def __enter__(self):
        # Bound without listening, a port refuses, and nobody else can get it.
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        if self.fault.stage == "half":
            # A small window, so that a large request is still on its way.
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.elsewhere = socket.create_server(("127.0.0.1", 0))
        self.elsewhere.setblocking(False)
        if self.fault.stage != "absent":
            self.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        # Closing alone would not wake up the thread that waits in accept().
        wake(self.listener)
        self.listener.close()
        self.elsewhere.close()
        with self.lock:
            for connection in self.open:
                wake(connection)

    def start(self):
        self.listener.listen(16)
        threading.Thread(target=self.accept, daemon=True).start()

    def heal(self):
        """Takes the fault away and begins a new count; connections that are open stay so."""
        self.healthy = True
        self.truth.clear()
        if self.fault.stage == "absent":
            self.start()

    def went_elsewhere(self):
        """Whether a client has followed a redirect to the other host."""
        try:
            self.elsewhere.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def options(self):
        """What a client needs besides its token; the path is to be added to `base_url`."""
        proxy = f"http://user:proxy-password@127.0.0.1:{self.port}"
        return {
            PLAIN: {"base_url": f"http://127.0.0.1:{self.port}"},
            TLS: {"base_url": f"https://127.0.0.1:{self.port}", "ca_file": self.ca_file},
            TUNNEL: {"base_url": f"https://{SERVICE}", "ca_file": self.ca_file, "proxy": proxy},
            FORWARD: {"base_url": f"http://{SERVICE}", "proxy": proxy, "allow_http": True},
            NAMED: {"base_url": f"http://{NAME}:{self.port}", "allow_http": True},
        }[self.fault.route]

    def strikes(self, stage):
        if self.healthy or self.fault.stage != stage:
            return False
        with self.lock:
            used, self.used = self.used, True
        return not (used and self.fault.once)

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.truth.connections += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        visit = Visit(connection, self.truth, self.stopped, self.elsewhere.getsockname()[1])
        with self.lock:
            self.open.add(connection)
        try:
            if not self.strikes("accept") or self.fault.act(visit):
                if self.open_way(visit):
                    self.exchange(visit)
        except OSError:
            pass  # The client went away, or TLS failed, which is what many of the faults are about.
        finally:
            with self.lock:
                self.open.discard(connection)
                self.open.discard(visit.connection)
            close(visit.connection)
            self.rested.set()

    def open_way(self, visit):
        """The tunnel and the TLS of the route; False when the fault ended it."""
        if self.fault.route == TUNNEL and is_tunnel(visit):
            read_head(visit)
            if self.strikes("connect") and not self.fault.act(visit):
                return False
            visit.send(b"HTTP/1.1 200 Reason\r\n\r\n")
        elif self.fault.route != TLS:
            return True
        if self.strikes("greet"):
            # The ClientHello has arrived; it is not part of the request.
            visit.connection.recv(1, socket.MSG_PEEK)
            if not self.fault.act(visit):
                return False
        context = self.contexts["good" if self.healthy else self.fault.certificate]
        visit.connection = context.wrap_socket(visit.connection, server_side=True)
        with self.lock:
            self.open.add(visit.connection)
        return True

    def exchange(self, visit):
        if self.strikes("half"):
            visit.receive(20)
            self.fault.act(visit)
            return
        while request := visit.request():
            if self.unharmed:
                self.unharmed -= 1
                visit.send(self.service.perform(request, self.truth).whole())
                goes_on = True
            elif self.strikes("request"):
                goes_on = self.fault.act(visit, request)
            else:
                answer = self.service.perform(request, self.truth)
                if self.strikes("answer") or self.strikes("behind"):
                    goes_on = self.fault.act(visit, answer)
                else:
                    visit.send(answer.whole())
                    goes_on = not self.strikes("idle") or self.fault.act(visit)
            if not goes_on:
                return
            self.rested.set()


def is_tunnel(visit):
    return visit.connection.recv(8, socket.MSG_PEEK) == b"CONNECT "


def read_head(visit):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = visit.connection.recv(1)
        if not piece:
            raise ConnectionError("the client went away")
        head += piece


def wake(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # It has gone already.


def close(connection):
    try:
        connection.close()
    except OSError:
        pass  # It was reset already.
