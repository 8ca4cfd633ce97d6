"""Debian's nginx, squid and tinyproxy, each on free ports, with everything that they write in a temporary directory."""

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

START_SECONDS = 20
USER, PASSWORD = "operator", "proxy-password"
# A name that the squid of the tests knows, and nobody else.
SERVICE = "service.test"
REFUSED = "refused.test"


def program(name):
    """The path of a server, or the test is skipped."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


# Below the ports that the system gives to whoever asks for any, so that nobody gets one before the server has it. Each
# worker of the tests begins somewhere else.
PORTS = itertools.count(10_000 + os.getpid() * 61 % 20_000)


def free_port():
    for port in PORTS:
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextlib.contextmanager
def directory():
    """One that the server can write to when it gives up its root rights."""
    with tempfile.TemporaryDirectory() as made:
        os.chmod(made, 0o777)
        yield Path(made)


class RealServer:
    """A server in the foreground. A class says how to write its configuration and what to run."""

    def __enter__(self):
        self.path = program(self.name)
        self.ended = contextlib.ExitStack()
        self.directory = self.ended.enter_context(directory())
        self.configuration = self.directory / "configuration"
        self.configuration.write_text(self.configure())
        self.said = open(self.directory / "output", "wb")
        self.process = subprocess.Popen(
            [self.path, *self.words()], stdin=subprocess.DEVNULL, stdout=self.said, stderr=subprocess.STDOUT
        )
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.said.close()
        self.ended.close()

    def wait(self):
        until = time.monotonic() + START_SECONDS
        for port in self.ports():
            while True:
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                if self.process.poll() is not None or time.monotonic() > until:
                    said = (self.directory / "output").read_text(errors="replace")
                    raise AssertionError(f"{self.name} does not start: {said[-2000:]}")
                time.sleep(0.02)

    def lines(self, log, count, words=""):
        """The lines of a log that have `words`: `count` of them, which may take a moment, or what there is."""
        path, found = self.directory / log, []
        for _ in range(100):
            found = [line for line in path.read_text().splitlines() if words in line] if path.exists() else []
            if len(found) >= count:
                break
            time.sleep(0.02)
        return found


class Nginx(RealServer):
    """In front of the simulator, a port for each way to be in front of it."""

    name = "nginx"
    # What a server does differently, and with which certificate: None is no TLS.
    SERVERS = {
        "tls 1.2": ("good", "ssl_protocols TLSv1.2;"),
        "tls 1.3": ("good", "ssl_protocols TLSv1.3;"),
        "impatient 1.2": ("good", "ssl_protocols TLSv1.2; keepalive_timeout 1s;"),
        "impatient 1.3": ("good", "ssl_protocols TLSv1.3; keepalive_timeout 1s;"),
        "gzip": ("good", "gzip on; gzip_types application/json; gzip_min_length 1;"),
        "away": ("good", "set $upstream 127.0.0.1:9;"),
        "slow": ("good", "proxy_read_timeout 300ms;"),
        "busy": ("good", "if ($request_method != TRACE) { return 503; }"),
        "moved": ("good", "if ($request_method != TRACE) { return 301 https://elsewhere.test$request_uri; }"),
        "small": ("good", "client_max_body_size 1k;"),
        "expired": ("expired", ""),
        "other host": ("other host", ""),
        "unknown authority": ("unknown authority", ""),
        "no tls": (None, ""),
    }
    # Its log, an access a line: see `accesses`.
    FIELDS = ("server", "status", "connection", "protocol", "resumed", "coding", "transfer")

    def __init__(self, certificates, service):
        self.certificates, self.service = certificates, service

    def configure(self):
        self.port = {name: free_port() for name in self.SERVERS}
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {self.directory}/{kind};" for kind in kinds)
        return f"""
            daemon off;
            worker_processes 1;
            {"user root;" if os.getuid() == 0 else ""}
            pid {self.directory}/pid;
            error_log {self.directory}/errors;
            events {{ worker_connections 256; }}
            http {{
                {temporary}
                log_format told "$server_port $status $connection $ssl_protocol $ssl_session_reused "
                                "-$sent_http_content_encoding -$sent_http_transfer_encoding";
                access_log {self.directory}/accesses told;
                ssl_session_cache shared:all:1m;
                proxy_http_version 1.1;
                {"".join(self.server(name) for name in self.SERVERS)}
            }}
        """

    def server(self, name):
        certificate, more = self.SERVERS[name]
        tls = ""
        if certificate:
            chain, key = self.certificates.files(certificate, self.directory)
            tls = f"ssl_certificate {chain}; ssl_certificate_key {key};"
        return f"""
            server {{
                listen 127.0.0.1:{self.port[name]} {"ssl" if certificate else ""};
                {tls}
                set $upstream {self.service};
                {more}
                location / {{ proxy_pass http://$upstream; }}
            }}
        """

    def words(self):
        return ["-p", str(self.directory), "-e", str(self.directory / "errors"), "-c", str(self.configuration)]

    def ports(self):
        return self.port.values()

    def url(self, name, host="127.0.0.1"):
        scheme = "https" if self.SERVERS[name][0] else "http"
        return f"{scheme}://{host}:{self.port[name]}"

    def accesses(self, name, count):
        """The latest accesses to a server, `count` of them, each as a dictionary of `FIELDS`."""
        lines = self.lines("accesses", count, f"{self.port[name]} ")
        return [dict(zip(self.FIELDS, line.split(" "))) for line in lines]

    def forget(self):
        (self.directory / "accesses").write_text("")


class ForwardProxy(RealServer):
    """Asks for a password if it is told to."""

    def __init__(self, password=False):
        self.password = password

    def ports(self):
        return [self.port]

    def url(self, user=None):
        """With the right password, another `user:password`, or "" for none."""
        given = (f"{USER}:{PASSWORD}" if self.password else "") if user is None else user
        return f"http://{given}{'@' if given else ''}127.0.0.1:{self.port}"

    def served(self, count, words):
        return self.lines("log", count, words)


class Squid(ForwardProxy):
    name = "squid"
    # A host that it reaches, in this case one that is not reached in any other way.
    host = SERVICE

    def configure(self):
        self.port = free_port()
        helper = self.directory / "helper"
        right = f'[ "$line" = "{USER} {PASSWORD}" ]'
        helper.write_text(f"#!/bin/sh\nwhile read -r line; do {right} && echo OK || echo ERR; done\n")
        helper.chmod(0o755)
        hosts = self.directory / "hosts"
        hosts.write_text(f"127.0.0.1 localhost {SERVICE} {REFUSED}\n")
        asks = f"""
            auth_param basic program {helper}
            auth_param basic children 1
            acl known proxy_auth REQUIRED
            http_access deny !known
        """
        lines = f"""
            http_port 127.0.0.1:{self.port}
            hosts_file {hosts}
            acl refused dstdomain {REFUSED}
            http_access deny refused
            {asks if self.password else ""}
            http_access allow localhost
            http_access deny all
            cache deny all
            access_log stdio:{self.directory}/log
            cache_log {self.directory}/cache.log
            pid_filename {self.directory}/pid
            coredump_dir {self.directory}
            shutdown_lifetime 0 seconds
            pinger_enable off
        """
        return "\n".join(line.strip() for line in lines.splitlines())

    def words(self):
        return ["-N", "-f", str(self.configuration)]


class Tinyproxy(ForwardProxy):
    name = "tinyproxy"
    host = "127.0.0.1"

    def configure(self):
        self.port = free_port()
        refused = self.directory / "refused"
        refused.write_text(f"^{REFUSED}$\n")
        lines = f"""
            Listen 127.0.0.1
            Port {self.port}
            Timeout 60
            MaxClients 20
            Allow 127.0.0.1
            Filter "{refused}"
            LogFile "{self.directory}/log"
            LogLevel Connect
            {f"BasicAuth {USER} {PASSWORD}" if self.password else ""}
        """
        return "\n".join(line.strip() for line in lines.splitlines())

    def words(self):
        return ["-d", "-c", str(self.configuration)]
