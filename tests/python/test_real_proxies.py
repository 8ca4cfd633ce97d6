"""Debian's squid and tinyproxy before the service, in every face: tunnels to nginx, and http that is forwarded."""

import time

import pytest
from c_face import CFace
from faces import PythonFace, RustFace
from real_servers import PASSWORD, REFUSED, SERVICE, USER, Squid, Tinyproxy
from stories import fails, value

KINDS = {"squid": Squid, "tinyproxy": Tinyproxy}
SERVER = "tls 1.3"


@pytest.fixture(scope="module", params=KINDS)
def proxy(request):
    with KINDS[request.param]() as server:
        yield server


@pytest.fixture(scope="module", params=KINDS)
def guarded(request):
    """One that asks for a password."""
    with KINDS[request.param](password=True) as server:
        yield server


@pytest.fixture(scope="module")
def squid():
    with Squid() as server:
        yield server


@pytest.fixture
def options(sim, nginx):
    """Of a client with a proxy, none of whose connections another test has used."""

    def made(proxy_url, server=SERVER, host="127.0.0.1", **more):
        base_url = f"{nginx.url(server, host)}/core/v1"
        own = {"user_agent": f"real/{time.monotonic()}", "allow_http": True, "ca_file": nginx.certificates.ca_file}
        given = {} if proxy_url is None else {"proxy": proxy_url}
        return sim.katapult(base_url=base_url, **own, **given, **more)

    return made


@pytest.fixture
def read(face, sim):
    return lambda options: face.call(options, "get_disk", {"disk_id": sim.about["disks"]["attached"]})


@pytest.fixture
def write(face, sim):
    place = {"organization": sim.about["organization"], "data_center": sim.about["data_center"]}
    return lambda options: face.call(options, "create_disk", {"name": "Proxied", "size_in_gb": 20, **place})


def test_a_tunnel(proxy, options, read, write, nginx, sim):
    before = len(proxy.served(0, "CONNECT"))
    client = options(proxy.url(), host=proxy.host)
    nginx.forget()
    value(read(client))
    value(write(client))
    assert [access["status"] for access in nginx.accesses(SERVER, 2)] == ["200", "201"]
    assert len({access["connection"] for access in nginx.accesses(SERVER, 2)}) == 1
    assert sim.state()["created"] == 1
    if proxy.name == "tinyproxy":  # squid writes its line when the tunnel ends, but only it knows the host
        assert len(proxy.served(before + 1, "CONNECT")) > before


def test_http_is_forwarded(proxy, options, read, write, sim):
    before = len(proxy.served(0, "/core/v1/disks/disk"))
    client = options(proxy.url(), "no tls", host=proxy.host)
    value(read(client))
    value(write(client))
    assert [request["method"] for request in sim.requests()] == ["GET", "POST"]
    assert len(proxy.served(before + 1, "/core/v1/disks/disk")) > before, "the proxy has seen a request, not a tunnel"


@pytest.mark.parametrize("server", [SERVER, "no tls"])
def test_a_password(guarded, options, read, write, sim, server):
    client = options(guarded.url(), server, host=guarded.host)
    value(read(client))
    value(write(client))
    assert len(sim.requests()) == 2
    assert not any("proxy-authorization" in str(request["headers"]).lower() for request in sim.requests())


@pytest.mark.parametrize("user", ["", f"{USER}:wrong"])
def test_a_tunnel_without_the_right_password(guarded, options, write, sim, user):
    error = fails(write(options(guarded.url(user))), "connection_failed", "not_sent")
    # tinyproxy answers 401 where it has a wrong password, and 407 where it has none.
    assert "407" in error["message"] or "401" in error["message"]
    assert PASSWORD not in str(error) and "wrong" not in str(error)
    assert sim.requests() == []


@pytest.mark.parametrize("user", ["", f"{USER}:wrong"])
def test_http_without_the_right_password(guarded, options, write, sim, user):
    error = fails(write(options(guarded.url(user), "no tls")), "invalid_response", "unknown")
    assert error["http_status"] in (401, 407)
    assert sim.requests() == []


def test_a_tunnel_that_is_refused(proxy, options, write, sim):
    error = fails(write(options(proxy.url(), host=REFUSED)), "connection_failed", "not_sent")
    assert "403" in error["message"]
    assert sim.requests() == []


def test_http_that_is_refused(proxy, options, write, sim):
    error = fails(write(options(proxy.url(), "no tls", host=REFUSED)), "invalid_response", "unknown")
    assert error["http_status"] == 403
    assert sim.requests() == []


def test_a_certificate_of_another_host_in_a_tunnel(proxy, options, write, sim):
    fails(write(options(proxy.url(), "other host")), "tls_failed", "not_sent")
    assert sim.requests() == []


def test_a_service_that_the_proxy_does_not_reach(proxy, options, write):
    client = options(proxy.url())
    client["base_url"] = "https://127.0.0.1:9/core/v1"
    fails(write(client), "connection_failed", "not_sent")


# The proxy of the environment


def face_with(name, monkeypatch, **environment):
    """A face whose process has these variables."""
    if name == "python":
        for variable, text in environment.items():
            monkeypatch.setenv(variable, text)
        return PythonFace()
    made = CFace if name == "c" else RustFace
    return made(prefix=["env", *(f"{variable}={text}" for variable, text in environment.items())])


@pytest.mark.parametrize("name", ["python", "c", "rust"])
@pytest.mark.parametrize(("server", "variable"), [(SERVER, "HTTPS_PROXY"), ("no tls", "http_proxy")])
def test_the_proxy_of_the_environment(name, server, variable, squid, options, sim, monkeypatch):
    read = ("get_disk", {"disk_id": sim.about["disks"]["attached"]})

    def outcome(excluded):
        face = face_with(name, monkeypatch, **{variable: squid.url(), "NO_PROXY": excluded})
        try:
            return face.call(options(None, server, host=SERVICE), *read)
        finally:
            face.close()

    value(outcome("elsewhere.test"))
    # Nobody but the squid knows the name.
    fails(outcome(f"elsewhere.test, .{SERVICE.partition('.')[2]}"), "connection_failed", "not_sent")
    assert len(sim.requests()) == 1
