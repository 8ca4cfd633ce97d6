"""The server of the benchmarks: nginx on loopback, with canned answers.

    server.py        starts it and prints its addresses; ends with its standard input
"""

import contextlib
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import answers

HERE = pathlib.Path(__file__).resolve().parent
# Debian's is in a directory that the PATH of users lacks.
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Server:
    """Addresses of a running nginx. `url` keeps connections; the other two close each after its answer."""

    def __init__(self, directory, ports):
        self.authority = str(directory / "ca.pem")
        self.url = f"http://127.0.0.1:{ports[0]}"
        self.full_handshakes_url = f"https://localhost:{ports[1]}"
        self.resumed_handshakes_url = f"https://localhost:{ports[2]}"

    def connections(self):
        """How many connections it has accepted, without the one that asks."""
        # Not through a proxy that the environment may name.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/connections", timeout=10) as status:
            accepted = int(status.read().split(b"\n")[2].split()[0])
        self.asked = getattr(self, "asked", 0) + 1
        return accepted - self.asked


@contextlib.contextmanager
def serving(pages=answers.PAGES):
    """Runs nginx with one worker; yields a `Server`."""
    with tempfile.TemporaryDirectory(prefix="katapult-bench-") as name:
        directory = pathlib.Path(name)
        (directory / "pages").mkdir()
        answers.write_pages(directory / "pages", pages)
        (directory / "answers.conf").write_text(answers.configuration(directory / "pages"))
        write_certificates(directory)
        ports = free_ports(3)
        (directory / "nginx.conf").write_text(configuration(directory, ports))
        command = [NGINX, "-p", directory, "-c", directory / "nginx.conf", "-e", directory / "error.log"]
        with subprocess.Popen(command) as nginx:
            try:
                wait_until_open(nginx, ports[0])
                yield Server(directory, ports)
            finally:
                nginx.terminate()


def configuration(directory, ports):
    text = (HERE / "nginx.conf.in").read_text()
    values = {"DIRECTORY": directory, "PORT": ports[0], "PORT_FULL": ports[1], "PORT_RESUMED": ports[2]}
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    return text


def write_certificates(directory):
    """An authority, and a certificate of its for localhost: keys on P-256, as public services have them."""

    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], cwd=directory, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    (directory / "leaf.cnf").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Benchmark", "-days", 2)
    openssl("req", "-new", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", 2,
            "-extfile", "leaf.cnf", "-out", "server.pem")


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def wait_until_open(nginx, port):
    for _ in range(200):
        if nginx.poll() is not None:
            raise SystemExit("nginx did not start")
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.05)
    raise SystemExit("nginx did not open its port")


if __name__ == "__main__":
    with serving() as server:
        print(json.dumps(vars(server)), flush=True)
        sys.stdin.read()
