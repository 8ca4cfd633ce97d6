"""Debian's nginx between the client and the simulator, in every face."""

import time

import pytest
from stories import fails, value

WRITE = {"name": "Real", "size_in_gb": 20}


@pytest.fixture
def through(face, sim, nginx):
    """Calls an operation through one of nginx's servers."""
    nginx.forget()

    def calling(server, operation, client=None, **arguments):
        base_url = f"{nginx.url(server)}/core/v1"
        options = sim.katapult(base_url=base_url, ca_file=nginx.certificates.ca_file, **(client or {}))
        return face.call(options, operation, arguments)

    return calling


@pytest.fixture
def get(through, sim):
    return lambda server, **client: through(server, "get_disk", client, disk_id=sim.about["disks"]["attached"])


@pytest.fixture
def create(through, sim):
    given = {**WRITE, "organization": sim.about["organization"], "data_center": sim.about["data_center"]}
    return lambda server, client=None, **more: through(server, "create_disk", client, **{**given, **more})


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_calls_share_a_tls_connection(get, create, nginx, sim, version):
    server = f"tls {version}"
    value(get(server))
    value(create(server))
    value(get(server))
    accesses = nginx.accesses(server, 3)
    assert {access["protocol"] for access in accesses} == {f"TLSv{version}"}
    assert len({access["connection"] for access in accesses}) == 1
    assert [access["status"] for access in accesses] == ["200", "201", "200"]
    assert sim.state()["created"] == 1


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_a_connection_that_nginx_closed_costs_nothing_and_its_session_is_resumed(get, create, nginx, sim, version):
    server = f"impatient {version}"
    # The session of another test's client would do as well, so that this one's first must not count.
    own = {"user_agent": f"impatient/{time.monotonic()}"}
    value(get(server, **own))
    time.sleep(1.3)  # keepalive_timeout 1s
    value(create(server, own))
    first, second = nginx.accesses(server, 2)
    assert first["connection"] != second["connection"]
    assert (first["resumed"], second["resumed"]) == (".", "r")
    assert sim.state()["created"] == 1


def test_gzip_in_chunks(get, through, nginx, sim):
    assert value(get("gzip"))["id"] == sim.about["disks"]["attached"]
    assert len(value(through("gzip", "list_disks", organization=sim.about["organization"]))) > 1
    for access in nginx.accesses("gzip", 2):
        assert (access["coding"], access["transfer"]) == ("-gzip", "-chunked")


@pytest.mark.parametrize(("server", "status"), [("away", 502), ("busy", 503)])
def test_a_service_that_is_away(get, create, nginx, sim, server, status):
    error = fails(create(server), "invalid_response", "unknown")
    assert error["http_status"] == status
    assert "nginx" in error["message"], "what the gateway says"
    assert len(nginx.accesses(server, 1)) == 1, "a write whose fate is not known is not repeated"
    assert fails(get(server, timeout=0.2), "invalid_response", "unknown")["http_status"] == status
    assert sim.requests() == []


def test_a_service_that_answers_too_late_for_nginx(create, nginx, sim):
    sim.answer({"perform": True, "delay_seconds": 1})
    assert fails(create("slow"), "invalid_response", "unknown")["http_status"] == 504
    assert len(nginx.accesses("slow", 1)) == 1
    assert sim.state()["created"] == 1, "it has happened, and nobody could know"


def test_a_redirect(get, create, nginx, sim):
    for outcome in (get("moved"), create("moved")):
        error = fails(outcome, "invalid_response", "unknown")
        assert error["http_status"] == 301
    assert len(nginx.accesses("moved", 2)) == 2
    assert sim.requests() == []


def test_a_body_that_nginx_finds_too_large(create, nginx, sim):
    value(create("small"))
    sim.forget_requests()
    error = fails(create("small", annotations={"note": "x" * 20_000}), "invalid_response", "unknown")
    assert error["http_status"] == 413
    assert sim.requests() == []
    value(create("small"))


@pytest.mark.parametrize("server", ["expired", "other host", "unknown authority"])
def test_a_certificate_that_is_not_right(get, create, nginx, sim, server):
    for outcome in (get(server), create(server)):
        fails(outcome, "tls_failed", "not_sent")
    assert nginx.accesses(server, 0) == []
    assert sim.requests() == []


def test_a_certificate_that_need_not_be_right(get):
    assert value(get("other host", verify=False))


def test_a_port_without_tls(face, sim, nginx):
    options = sim.katapult(base_url=f"https://127.0.0.1:{nginx.port['no tls']}/core/v1")
    fails(face.call(options, "list_data_centers", {}), "tls_failed", "not_sent")
    assert sim.requests() == []
