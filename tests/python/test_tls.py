"""TLS and proxies, in every face: who is trusted, and that nothing leaves before that is settled."""

import shutil
import subprocess

import pytest
import trustme
from c_face import CFace
from faults import silence
from test_faults import DISK, READ, READ_ANSWER, WRITE, WRITE_ANSWER, assert_error, timed
from tls import Proxy, TlsServer

AUTHORITY = trustme.CA()
STRACE = shutil.which("strace")
MAY_TRACE = STRACE and subprocess.run([STRACE, "true"], stderr=subprocess.DEVNULL).returncode == 0


@pytest.fixture(scope="session")
def ca_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("tls") / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture
def tls_server():
    with TlsServer(AUTHORITY.issue_cert("127.0.0.1", "localhost", "service.test")) as server:
        server.run(READ_ANSWER)
        yield server


def test_a_certificate_of_ca_file_is_trusted(face, tls_server, ca_file):
    options = tls_server.katapult(ca_file=ca_file)
    for _ in range(3):
        assert face.call(options, *READ).value == {"id": DISK}
    tls_server.run(WRITE_ANSWER)
    assert face.call(options, *WRITE).error is None
    assert tls_server.count("POST") == 1
    assert tls_server.connections == 1


@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
def test_an_unknown_authority_is_refused_before_anything_is_sent(face, tls_server, call):
    outcome = face.call(tls_server.katapult(), *call)
    assert_error(outcome, "tls_failed", "not_sent")
    assert "ca_file" in outcome.error["description"], "the message should say what to do"
    assert tls_server.count() == 0


def test_a_certificate_of_another_host_is_refused(face, ca_file):
    with TlsServer(AUTHORITY.issue_cert("elsewhere.test")) as server:
        server.run(READ_ANSWER)
        assert_error(face.call(server.katapult(ca_file=ca_file), *READ), "tls_failed", "not_sent")
        assert server.count() == 0


def test_a_server_without_tls(face, fault_server):
    fault_server.run(READ_ANSWER)
    options = {**fault_server.katapult(timeout=5), "base_url": f"https://127.0.0.1:{fault_server.port}/core/v1"}
    assert_error(face.call(options, *READ), "tls_failed|connection_failed|timed_out", "not_sent")


@pytest.mark.quiet
def test_a_handshake_that_never_ends_is_limited_by_connect_timeout(face):
    from faults import FaultServer

    class Mute(FaultServer):
        def serve(self, connection):
            silence(self, connection, None)

    with Mute() as server:
        server.run(silence)
        options = {**server.katapult(connect_timeout=0.5), "base_url": f"https://127.0.0.1:{server.port}/core/v1"}
        outcome, seconds = timed(face.call, options, *WRITE)
        assert_error(outcome, "timed_out", "not_sent")
        assert 0.4 < seconds < 0.8


def test_a_tunnel_through_a_proxy(face, tls_server, ca_file):
    with Proxy() as proxy:
        base_url = tls_server.url("service.test") + "/core/v1"
        options = {**tls_server.katapult(ca_file=ca_file, proxy=proxy.url), "base_url": base_url}
        assert face.call(options, *READ).error is None
        assert face.call(options, *READ).error is None
        [tunnel] = proxy.requests
        assert (tunnel.method, tunnel.target) == ("CONNECT", f"service.test:{tls_server.port}")
        assert tunnel.headers["proxy-authorization"].startswith("Basic ")
        assert "authorization" not in tunnel.headers, "the token is not for the proxy"
        assert tls_server.count("GET") == 2


def test_a_proxy_that_refuses(face, tls_server, ca_file):
    with Proxy(status=407) as proxy:
        base_url = tls_server.url("service.test") + "/core/v1"
        options = {**tls_server.katapult(ca_file=ca_file, proxy=proxy.url), "base_url": base_url}
        outcome = face.call(options, *WRITE)
        assert_error(outcome, "connection_failed", "not_sent")
        assert "407" in outcome.error["description"]
        assert "proxy-password" not in str(outcome.error)
        assert tls_server.count() == 0


def test_a_service_without_tls_behind_a_proxy(face, fault_server):
    fault_server.run(READ_ANSWER, WRITE_ANSWER)
    with Proxy() as proxy:
        base_url = fault_server.url("service.test") + "/core/v1"
        options = {**fault_server.katapult(proxy=proxy.url, allow_http=True), "base_url": base_url}
        assert face.call(options, *READ).error is None
        assert face.call(options, *WRITE).error is None
        read, write = proxy.requests
        # Not CONNECT, which many proxies permit to port 443 only.
        assert read.target.startswith(f"{base_url}/disks/disk?")
        assert write.target == f"{base_url}/organizations/organization/disks"
        assert read.headers["proxy-authorization"].startswith("Basic ")
        assert fault_server.count("GET") == fault_server.count("POST") == 1


def test_a_proxy_elsewhere_gets_no_token_without_tls(face, fault_server, tls_server, ca_file):
    fault_server.run(READ_ANSWER)
    with Proxy() as proxy:
        # Leads to this machine, but is not loopback.
        elsewhere = proxy.url.replace("127.0.0.1", "0.0.0.0")
        options = fault_server.katapult(proxy=elsewhere)
        outcome = face.call(options, *READ)
        assert_error(outcome, "invalid_configuration", "not_sent")
        assert "allow_http" in outcome.error["description"]
        assert "proxy-password" not in str(outcome.error)
        assert proxy.requests == []

        assert face.call({**options, "allow_http": True}, *READ).error is None
        assert face.call(tls_server.katapult(ca_file=ca_file, proxy=elsewhere), *READ).error is None
        forwarded, tunnel = proxy.requests
        assert "authorization" in forwarded.headers
        assert tunnel.method == "CONNECT"
        assert "authorization" not in tunnel.headers


def test_the_environment_names_the_proxy(tls_server, ca_file, monkeypatch):
    import katapult_disk

    with Proxy() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        options = {**tls_server.katapult(ca_file=ca_file), "base_url": tls_server.url("service.test") + "/core/v1"}
        katapult_disk.Client(**options).get_disk(DISK)
        assert len(proxy.requests) == 1

        # Loopback is never sent to a proxy of the environment.
        katapult_disk.Client(**tls_server.katapult(ca_file=ca_file)).get_disk(DISK)
        assert len(proxy.requests) == 1

        monkeypatch.setenv("NO_PROXY", "elsewhere.test, .test")
        with pytest.raises(katapult_disk.ConnectionFailed):  # no such host without the proxy
            katapult_disk.Client(**options).get_disk(DISK)
        assert len(proxy.requests) == 1


@pytest.mark.skipif(not MAY_TRACE, reason="strace is not installed, or may not trace here")
def test_no_write_in_c_may_raise_sigpipe(fault_server, tls_server, ca_file, tmp_path):
    """The system raises it when a socket is written to that the other side has closed, unless that write says otherwise."""
    trace = tmp_path / "trace"
    face = CFace(prefix=[STRACE, "-f", "-y", "-e", "trace=write,writev,sendto,sendmsg", "-o", str(trace)])
    fault_server.run(READ_ANSWER)
    secured = tls_server.katapult(ca_file=ca_file)
    with Proxy() as proxy:
        tunnel = {**secured, "base_url": f"https://service.test:{tls_server.port}/core/v1", "proxy": proxy.url}
        for options in (fault_server.katapult(), secured, tunnel):
            assert face.call(options, *READ).error is None
    face.close()
    writes = [line for line in trace.read_text(encoding="utf-8").splitlines() if "<socket:" in line or "<TCP" in line]
    assert len(writes) > 5
    assert [line for line in writes if "MSG_NOSIGNAL" not in line] == []
