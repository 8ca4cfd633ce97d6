"""The Python client of OpenStack: its keywords, where they come from, and waiting with progress."""

import inspect
import io
import json
import signal
import subprocess
import sys
import time

import katapult_disk
import pytest
from katapult_disk import openstack
from katapult_disk.progress import DetachLine
from simulator import Simulator
from test_python_client import TOKEN, run


CREDENTIALS = (
    *("auth_url", "username", "password", "user_domain_name", "project_name", "project_domain_name", "region_name"),
)
OPENSTACK_TEXTS = (
    *("endpoint", "token", "auth_url", "auth_type", "username", "user_id", "password"),
    *("user_domain_name", "user_domain_id"),
    *("project_name", "project_id", "project_domain_name", "project_domain_id", "application_credential_id"),
    *("application_credential_name", "application_credential_secret", "region_name", "interface", "service_type"),
    *("service_name", "compute_api_version", "cloud"),
)


def login(sim, **options):
    return {**{name: sim.about[name] for name in CREDENTIALS}, **options}


def ids(sim):
    return sim.about["server_id"], sim.about["volume_id"]


def entry(sim, **rest):
    """An entry of clouds.yaml, in its own shape."""
    auth = {name: sim.about[name] for name in CREDENTIALS if name != "region_name"}
    return {"auth": auth, "region_name": sim.about["region_name"], **rest}


@pytest.fixture
def clouds(tmp_path, monkeypatch):
    """Writes clouds.yaml: JSON is YAML, too."""

    def writing(**entries):
        path = tmp_path / "clouds.yaml"
        path.write_text(json.dumps({"clouds": entries}), encoding="utf-8")
        monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", str(path))

    return writing


def test_the_keywords_of_the_openstack_client():
    connection = {
        "timeout": 90.0,
        "connect_timeout": 10.0,
        "ca_file": None,
        "cert_file": None,
        "key_file": None,
        "verify": None,
        "proxy": None,
        "user_agent": None,
        "allow_http": False,
        "max_response_bytes": 67108864,
    }
    parameters = inspect.signature(openstack.Client).parameters
    assert {name: parameter.default for name, parameter in parameters.items()} == {
        **dict.fromkeys(OPENSTACK_TEXTS),
        **connection,
    }
    assert list(parameters) == [*OPENSTACK_TEXTS, *connection]
    assert [name for name in parameters if parameters[name].kind != inspect.Parameter.KEYWORD_ONLY] == [
        *("endpoint", "token"),
    ]


@pytest.mark.parametrize("name", OPENSTACK_TEXTS)
def test_what_must_be_a_text_is_one(name):
    with pytest.raises(katapult_disk.InvalidArgument, match=f"^{name} must be a str, not int"):
        openstack.Client(**{name: 7})


def test_it_logs_in_at_the_first_call(sim):
    with openstack.Client(**login(sim)) as nova:
        assert sim.requests() == []
        assert nova.endpoint is None
        assert repr(nova) == f'Client(auth_url="{sim.about["auth_url"]}")'
        one = nova.get_volume_attachment(*ids(sim))
        assert (one.server_id, one.volume_id) == ids(sim)
        assert nova.endpoint.startswith(sim.about["openstack_url"])
        nova.list_volume_attachments(sim.about["server_id"])
        assert sim.state()["logins"] == 1
        assert sim.about["password"] not in repr(nova) + str(vars(openstack.Client))
    with pytest.raises(katapult_disk.InvalidArgument, match="closed"):
        nova.endpoint


def test_an_endpoint_that_is_given_is_shown(sim):
    nova = openstack.Client("https://nova.example/v2.1", "t")
    assert nova.endpoint == "https://nova.example/v2.1"
    assert repr(nova) == 'Client(endpoint="https://nova.example/v2.1")'


def test_an_application_credential(sim):
    credential = {name: sim.about[f"application_credential_{name}"] for name in ("id", "name", "secret")}
    by_id = {"application_credential_id": credential["id"]}
    by_name = {"application_credential_name": credential["name"], "user_id": sim.about["user_id"]}
    for given in (by_id, by_name):
        options = {"auth_url": sim.about["auth_url"], "application_credential_secret": credential["secret"], **given}
        nova = openstack.Client(**options, region_name=sim.about["region_name"])
        assert nova.list_volume_attachments(sim.about["server_id"])
        assert credential["secret"] not in repr(nova)


def test_a_wrong_password_never_shows(sim):
    nova = openstack.Client(**login(sim, password=TOKEN))
    with pytest.raises(openstack.Unauthorized) as caught:
        nova.list_volume_attachments(sim.about["server_id"])
    assert TOKEN not in str(caught.value) + repr(caught.value) + repr(vars(caught.value)) + repr(nova)
    with pytest.raises(katapult_disk.InvalidConfiguration) as caught:
        openstack.Client(auth_url=sim.about["auth_url"], password=TOKEN)
    assert TOKEN not in str(caught.value)


def test_the_openstack_environment(sim):
    variables = {f"OS_{name.upper()}": value for name, value in login(sim).items()}
    script = f"""
import katapult_disk.openstack
nova = katapult_disk.openstack.Client()
print(nova.get_volume_attachment(*{ids(sim)!r}).volume_id)
"""
    assert run(script, **variables) == sim.about["volume_id"] + "\n"


def test_clouds_yaml(sim, clouds, monkeypatch):
    clouds(here=entry(sim), broken=entry(sim, region_name="nowhere"))
    server_id = sim.about["server_id"]
    # Of the environment only the region counts where an entry is named.
    monkeypatch.setenv("OS_REGION_NAME", sim.about["region_name"])
    monkeypatch.setenv("OS_PASSWORD", "wrong")
    assert openstack.Client(cloud="here").list_volume_attachments(server_id)
    # Arguments count over the entry.
    with pytest.raises(katapult_disk.InvalidConfiguration, match="nowhere"):
        openstack.Client(cloud="broken").list_volume_attachments(server_id)
    nova = openstack.Client(cloud="broken", region_name=sim.about["region_name"])
    assert nova.list_volume_attachments(server_id)
    with pytest.raises(katapult_disk.InvalidConfiguration, match="no such entry") as caught:
        openstack.Client(cloud="elsewhere")
    assert caught.value.outcome == "not_sent"
    monkeypatch.setenv("OS_CLOUD", "here")
    assert openstack.Client().list_volume_attachments(server_id)
    # OS_CLOUD does not count when it is said how to authenticate.
    assert openstack.Client("https://nova.example/v2.1", "t").endpoint == "https://nova.example/v2.1"


def detaches(sim):
    return sum(request["method"] == "DELETE" for request in sim.requests())


def detach_takes(sim, seconds):
    sim.control("POST", f"volumes/{sim.about['volume_id']}", {"detach_seconds": seconds})


@pytest.mark.parametrize("options", [login, Simulator.openstack], ids=["login", "token"])
def test_detach_and_wait(sim, options):
    detach_takes(sim, 1)
    seen = []
    with openstack.Client(**options(sim)) as nova:
        before = nova.get_volume_attachment(*ids(sim))
        detach = nova.detach_volume(*ids(sim), wait=True, timeout=20, progress=seen.append)
        assert type(detach) is openstack.VolumeDetach
        assert detach.request_id.startswith("req-")
        assert seen and set(seen) == {before}
        with pytest.raises(openstack.NotFound):
            nova.get_volume_attachment(*ids(sim))
    assert detaches(sim) == 1


def test_a_volume_that_is_not_there(sim):
    nova = openstack.Client(**sim.openstack())
    nova.detach_volume(*ids(sim), wait=True, timeout=20)
    for wait in (False, True):
        with pytest.raises(openstack.VolumeNotAttached):
            nova.detach_volume(*ids(sim), wait=wait)
        assert nova.detach_volume(*ids(sim), wait=wait, missing_ok=True).request_id is None


def test_a_detach_that_takes_too_long(sim):
    detach_takes(sim, 60)
    nova = openstack.Client(**sim.openstack())
    with pytest.raises(katapult_disk.TimedOut) as caught:
        nova.detach_volume(*ids(sim), wait=True, timeout=0.6)
    assert caught.value.outcome == "unknown"
    # One that runs already is waited for.
    with pytest.raises(katapult_disk.TimedOut):
        nova.detach_volume(*ids(sim), wait=True, timeout=0)


def test_an_exception_ends_the_wait_for_a_volume(sim):
    detach_takes(sim, 60)
    nova = openstack.Client(**sim.openstack())
    with pytest.raises(ZeroDivisionError):
        nova.detach_volume(*ids(sim), wait=True, timeout=20, progress=lambda attachment: 1 / 0)
    assert detaches(sim) == 1


def test_arguments_that_need_wait(sim):
    nova = openstack.Client(**sim.openstack())
    for arguments in ({"progress": True}, {"progress": print}):
        for wait in ({}, {"wait": False}):
            with pytest.raises(katapult_disk.InvalidArgument, match="needs wait=True"):
                nova.detach_volume(*ids(sim), **arguments, **wait)
    for arguments, message in (
        ({"missing_ok": 1}, "missing_ok must be a bool"),
        ({"wait": "yes"}, "wait must be a bool"),
        ({"wait": True, "progress": 1}, "progress must be True, False, None or a callable"),
        ({"wait": True, "timeout": -1}, "timeout"),
    ):
        with pytest.raises(katapult_disk.InvalidArgument, match=f"^{message}"):
            nova.detach_volume(*ids(sim), **arguments)
    with pytest.raises(TypeError):
        nova.detach_volume(*ids(sim), True)
    with pytest.raises(katapult_disk.InvalidArgument, match="^volume_id must be a str, not NoneType"):
        nova.get_volume_attachment("s", None)
    assert sim.requests() == []


def test_a_line_for_a_detach_goes_to_stderr(sim, capfd):
    detach_takes(sim, 1)
    nova = openstack.Client(**sim.openstack())
    nova.detach_volume(*ids(sim), wait=True, timeout=20, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert err == f"volume {sim.about['volume_id']} is still attached  0 s\n"


def test_a_terminal_redraws_the_line(sim):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    attachment = openstack.Client(**sim.openstack()).get_volume_attachment(*ids(sim))
    terminal = Terminal()
    line = DetachLine(terminal)
    line(attachment)
    line(attachment)
    line.finish()
    shown = f"\rvolume {sim.about['volume_id']} is still attached  0 s"
    assert terminal.getvalue() == shown * 2 + "\n"
    assert len(shown) < 80


INTERRUPTED = """
import json, sys, time
import katapult_disk
from urllib import request
options, ids, control, orders = map(json.loads, sys.argv[1:])
nova = katapult_disk.openstack.Client(**options)
looks = []
def look(attachment):
    looks.append(attachment)
    if len(looks) == 3:
        if orders:
            headers = {"Content-Type": "application/json"}
            order = request.Request(control + "/answers", json.dumps(orders).encode(), headers)
            request.build_opener(request.ProxyHandler({})).open(order).close()
        print("looked", flush=True)
try:
    nova.detach_volume(*ids, wait=True, timeout=60, progress=look)
except KeyboardInterrupt as error:
    print(time.monotonic())
    assert isinstance(error.__cause__, katapult_disk.Interrupted), error.__cause__
    assert error.__cause__.outcome == "unknown", error.__cause__.outcome
"""
HANGS = {"service": "nova", "method": "GET", "perform": True, "delay_seconds": 5}
# What it is at half a second, or more, after its third look.
MOMENTS = {
    "asleep": ([], True, 0.5),
    "asking-about-the-action": ([HANGS], False, 0.5),
    "in-a-look": ([HANGS], True, 2.5),
}


@pytest.mark.quiet
@pytest.mark.parametrize("options", [login, Simulator.openstack], ids=["login", "token"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_ctrl_c_ends_the_wait_for_a_volume(sim, options, moment):
    orders, actions_forbidden, after = MOMENTS[moment]
    detach_takes(sim, 60)
    sim.control("POST", "openstack", {"actions_forbidden": actions_forbidden})
    arguments = options(sim), ids(sim), sim.about["control_url"], orders
    command = [sys.executable, "-c", INTERRUPTED, *map(json.dumps, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "looked\n", process.communicate()
        time.sleep(after)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            printed, errors = process.communicate(timeout=10)
        finally:
            process.kill()
    assert process.returncode == 0, errors
    assert float(printed) - sent < 0.5
    assert detaches(sim) == 1
