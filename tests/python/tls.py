"""The fault server behind TLS, and a forward proxy before it."""

import http.client
import json
import socket
import ssl
import threading
import urllib.parse

from faults import FaultServer, read_request


class TlsServer(FaultServer):
    """Serves with the given certificate of a `trustme` authority."""

    def __init__(self, certificate):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self.context)

    def serve(self, connection):
        try:
            secured = self.context.wrap_socket(connection, server_side=True)
        except OSError:  # a client that does not trust the certificate
            connection.close()
            return
        super().serve(secured)

    def url(self, host="127.0.0.1"):
        return f"https://{host}:{self.port}"


class Proxy:
    """Opens tunnels on CONNECT and forwards what has a whole URL, to this machine whatever the name. Notes every request
    that it sees."""

    def __init__(self, status=200):
        self.status = status
        self.requests = []

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    @property
    def url(self):
        return f"http://user:proxy-password@127.0.0.1:{self.port}"

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection, connection.makefile("rb", buffering=0) as reader:
            while request := read_request(reader):
                self.requests.append(request)
                if self.status != 200:
                    connection.sendall(f"HTTP/1.1 {self.status} Reason\r\nContent-Length: 0\r\n\r\n".encode())
                elif request.method == "CONNECT":
                    return tunnel(request, connection)
                else:
                    connection.sendall(forwarded(request))


def tunnel(request, connection):
    port = int(request.target.rsplit(":", 1)[1])
    connection.sendall(b"HTTP/1.1 200 Reason\r\n\r\n")
    with socket.create_connection(("127.0.0.1", port)) as target:
        back = threading.Thread(target=copy, args=(target, connection), daemon=True)
        back.start()
        copy(connection, target)
        back.join(5)


def forwarded(request):
    """The answer to a request whose target is a URL."""
    port = urllib.parse.urlsplit(request.target).port
    service = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    kept = {key: value for key, value in request.headers.items() if not key.startswith("proxy-")}
    body = None if request.body is None else json.dumps(request.body)
    kept.pop("content-length", None)
    target = request.target.split(f":{port}", 1)[1]
    service.request(request.method, target, body, kept)
    answer = service.getresponse()
    content = answer.read()
    service.close()
    return f"HTTP/1.1 {answer.status} Reason\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content


def copy(source, destination):
    try:
        while piece := source.recv(65536):
            destination.sendall(piece)
        destination.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # One side has gone, which ends the tunnel.
