"""One line of the log for each request, in every face."""

import os

import pytest
from faces import Cloud, PythonFace
from faults import JSON, answer, then_close
from logs import PythonLog, c_log, parsed, rust_log
from stories import fails, value

DISK = {"disk": {"id": "disk_x"}, "annotations": []}


def named(request_id):
    return {**JSON, "X-Request-Id": request_id}


def refusal(code):
    return {"error": {"code": code, "description": "No", "detail": {}}}


@pytest.fixture(params=["python", "c", "rust"])
def log(request, tmp_path):
    made = {
        "python": lambda: PythonLog(PythonFace()),
        "c": lambda: c_log(tmp_path / "log"),
        "rust": lambda: rust_log(tmp_path / "log"),
    }[request.param]()
    yield made
    made.close()


def requests(log):
    lines = [message for level, message in log.lines() if level == "DEBUG"]
    return [parsed(message) for message in lines if not message.startswith("OpenStack ")]


def test_a_line_says_what_was_asked_and_what_came(log, fault_server):
    fault_server.run(answer(200, {**DISK, "disk": {**DISK["disk"], "id": "disk/x y"}}, named("req-1")))
    value(log.face.call(fault_server.katapult(), "get_disk", {"disk_id": "disk/x y"}))
    [line] = requests(log)
    assert line.pop("ms")
    assert line == {
        "method": "GET",
        "url": f"{fault_server.url()}/core/v1/disks/disk?disk%5Bid%5D=disk%2Fx%20y",
        "came": "200",
        "attempt": "1",
        "request_id": "req-1",
        "again": None,
    }


def test_a_refusal_has_its_status_and_its_outcome(log, fault_server):
    fault_server.run(answer(404, refusal("disk_not_found"), named("req-2")))
    fails(log.face.call(fault_server.katapult(), "detach_disk", {"disk_id": "disk_x"}), "disk_not_found", "rejected")
    [line] = requests(log)
    assert (line["method"], line["came"], line["request_id"]) == ("POST", "404 disk_not_found (rejected)", "req-2")
    assert line["again"] is None


def test_repeats_are_lines_of_their_own(log, fault_server):
    busy = answer(503, refusal("service_unavailable"), named("req-3"))
    fault_server.run(busy, busy, answer(200, DISK, named("req-4")))
    value(log.face.call(fault_server.katapult(), "get_disk", {"disk_id": "disk_x"}))
    first, second, third = requests(log)
    assert [line["attempt"] for line in (first, second, third)] == ["1", "2", "3"]
    assert first["came"] == second["came"] == "503 service_unavailable (rejected)"
    assert first["again"] and second["again"] and third["again"] is None
    assert (second["request_id"], third["request_id"]) == ("req-3", "req-4")


def test_without_an_answer_it_says_what_is_certain(log, fault_server):
    fault_server.run(then_close(lambda *_: None))
    create = {"name": "Data", "size_in_gb": 20, "organization": "acme"}
    fails(log.face.call(fault_server.katapult(), "create_disk", create), "connection_failed", "unknown")
    [line] = requests(log)
    assert (line["came"], line["request_id"]) == ("connection_failed (unknown)", None)


def test_without_a_connection_too(log):
    nowhere = {"base_url": "http://127.0.0.1:1", "api_token": "t"}
    fails(log.face.call(nowhere, "get_disk", {"disk_id": "disk_x"}), "connection_failed", "not_sent")
    lines = requests(log)
    assert {line["came"] for line in lines} == {"connection_failed (not_sent)"}
    assert [line["attempt"] for line in lines] == ["1", "2", "3"]


def test_a_list_has_a_line_a_page(log, sim):
    sim.control("POST", "disks", {"count": 5})
    options = sim.katapult(organization=sim.about["organization"])
    value(log.face.call(options, "list_disks", {"page_size": 2}))
    lines = requests(log)
    assert [f"page={number}&" in line["url"] + "&" for number, line in enumerate(lines, 1)] == [True] * len(lines)
    assert len(lines) == len(sim.requests()) >= 3


def test_a_workflow_has_a_line_for_each_of_its_requests(log, sim):
    options = sim.katapult()
    disk_id = sim.about["disks"]["unassigned"]
    value(log.face.call(options, "ensure_disk_size", {"disk_id": disk_id, "size_in_gb": 30, "timeout": 30}))
    sent = [(request["method"], request["path"]) for request in sim.requests()]
    assert len(sent) >= 3
    origin = sim.about["katapult_url"].removesuffix("/core/v1")
    logged = [(line["method"], line["url"].removeprefix(origin).split("?")[0]) for line in requests(log)]
    assert logged == sent


def test_openstack_logs_its_login_too(log, sim):
    cloud = Cloud(log.face, sim)
    value(cloud.get())
    login, read = requests(log)
    assert (login["method"], login["came"]) == ("POST", "201")
    assert login["url"].endswith("/identity/v3/auth/tokens")
    assert (read["method"], read["came"]) == ("GET", "200")
    assert sim.about["volume_id"] in read["url"]
    assert login["request_id"] and read["request_id"] and login["request_id"] != read["request_id"]


def test_openstack_logs_what_was_decided(log, sim):
    value(Cloud(log.face, sim).get())
    client, session = [message for level, message in log.lines() if message.startswith("OpenStack ")]
    assert client.startswith(f'OpenStack client: auth_url="{sim.about["auth_url"]}", auth_type="password"')
    for name in ("username", "project_name", "region_name"):
        assert f'="{sim.about[name]}"' in client
    assert session.startswith(f"OpenStack session: endpoint {sim.about['openstack_url']}/v2.1, project sim-project")
    assert "renewed in 34" in session, "two minutes before an hour is over"
    assert sim.about["password"] not in client + session


@pytest.mark.parametrize("log", ["python", "c"], indirect=True)
def test_nobody_else_is_in_the_log(log, fault_server):
    """What TLS or HTTP libraries say is their affair: it may hold what is secret here. In Rust a program chooses."""
    fault_server.run(answer(200, DISK))
    value(log.face.call(fault_server.katapult(), "get_disk", {"disk_id": "disk_x"}))
    nowhere = {"base_url": "https://127.0.0.1:1", "api_token": "t"}
    fails(log.face.call(nowhere, "get_disk", {"disk_id": "x"}), "connection_failed", "not_sent")
    for level, message in log.lines():
        assert level == "DEBUG" and parsed(message)


@pytest.fixture
def cloud_of_files(sim, tmp_path):
    """clouds.yaml and secure.yaml with these permissions; the variables that name them."""

    def writing(mode, secret_in="secure"):
        login = sim.login()
        region = login.pop("region_name")
        password = {"password": login.pop("password")}
        entries = {"clouds": login, "secure": password} if secret_in == "secure" else {"clouds": {**login, **password}}
        variables = {"OS_CLOUD": "sim"}
        for name, auth in entries.items():
            path = tmp_path / f"{name}.yaml"
            lines = [f"      {key}: {value}" for key, value in auth.items()]
            path.write_text("\n".join(["clouds:", "  sim:", f"    region_name: {region}", "    auth:", *lines, ""]))
            path.chmod(mode)
            variables["OS_CLIENT_CONFIG_FILE" if name == "clouds" else "OS_CLIENT_SECURE_FILE"] = str(path)
        return variables

    return writing


@pytest.fixture(params=["python", "c", "rust"])
def warnings_of(request, tmp_path, sim, monkeypatch):
    """The warnings that a client logs which is made in an environment."""

    def reading(variables):
        if request.param == "python":
            for name, text in variables.items():
                monkeypatch.setenv(name, text)
            log = PythonLog(PythonFace())
        else:
            prefix = ["env", *(f"{name}={text}" for name, text in variables.items())]
            log = (c_log if request.param == "c" else rust_log)(tmp_path / "log", prefix)
        value(Cloud(log.face, sim, {}).get())
        found = [message for level, message in log.lines() if level in ("WARNING", "WARN")]
        log.close()
        return found

    return reading


@pytest.mark.parametrize(("secret_in", "mode"), [("secure", 0o644), ("secure", 0o640), ("clouds", 0o604)])
def test_a_file_with_a_secret_that_others_may_read_is_reported(cloud_of_files, warnings_of, sim, secret_in, mode):
    variables = cloud_of_files(mode, secret_in)
    [message] = warnings_of(variables)
    path = variables["OS_CLIENT_SECURE_FILE" if secret_in == "secure" else "OS_CLIENT_CONFIG_FILE"]
    assert message.startswith(f"{path} holds a password") and message.endswith(f"chmod 600 {path}")
    assert f"{mode:04o}" in message
    assert sim.about["password"] not in message


@pytest.mark.parametrize(("secret_in", "mode"), [("secure", 0o600), ("clouds", 0o400)])
def test_a_file_that_is_for_its_owner_is_not(cloud_of_files, warnings_of, secret_in, mode):
    assert warnings_of(cloud_of_files(mode, secret_in)) == []


def test_a_file_without_a_secret_may_be_open(cloud_of_files, warnings_of):
    variables = cloud_of_files(0o600)
    os.chmod(variables["OS_CLIENT_CONFIG_FILE"], 0o644)
    assert warnings_of(variables) == []
