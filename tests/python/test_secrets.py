"""No secret in anything that a run emits: logs at every level, reprs, messages, tracebacks, Debug, C's error replies.

What the service sends as data is data: `to_dict()`, and the reply of a call that succeeds.
"""

import json

import pytest
from faces import LISTS
from table import TABLE, live_arguments
from faults import answer, cut_short, reset, silence
from leaks import Spy
from simulator import header
from test_tls import AUTHORITY
from tls import Proxy, TlsServer

API_TOKEN = "ApiT0ken-Zk8vQ3xW7rJm"
NOVA_TOKEN = "NovaT0ken-Lp4nB9sXc2Ty"
PASSWORD = 'Pa55word-"Hq6\\tG1dKe/+'
ROOT_PASSWORD = "RootPa55-Wd3fM8uYz5Ra"
PROXY_PASSWORD = "proxy-password"

PROTECTED = {"key": "root_password", "label": "Root password", "value": ROOT_PASSWORD, "protect": True}
DISK = {"id": "disk_x", "name": "Data", "installation": {"id": "i", "attributes": [PROTECTED]}}
# Where nothing is protected; a message of serde's would quote it.
QUOTED = "Qu0ted-Lb5nD8sKw2Yt"
MISTYPED = {"id": "x", "installation": {"id": "i", "attributes": [{**PROTECTED, "protect": ROOT_PASSWORD}]}}
READ = ("get_disk", {"disk_id": "disk_x"})
WRITE = ("detach_disk", {"disk_id": "disk_x"})


@pytest.fixture(params=["python", "c", "rust"])
def spy(request, tmp_path, capfd):
    return Spy(request.param, tmp_path, capfd)


def simulated(sim):
    """The simulator's secrets, and the tokens that it has handed out meanwhile."""
    about = sim.about
    names = ("api_token", "openstack_token", "password", "application_credential_secret")
    handed_out = {header(request, "x-auth-token") for request in sim.requests()} - {None}
    return {
        **{name: about[name] for name in names},
        **{f"token {number}": token for number, token in enumerate(sorted(handed_out))},
        "root password": "simulated-secret-k3Fw9",
    }


def test_everything_that_succeeds(spy, sim):
    about = sim.about
    client = sim.katapult(organization=about["organization"], data_center=about["data_center"])
    disk_id, machine = about["disks"]["unassigned"], about["virtual_machine"]["fqdn"]
    wait = {"wait": True, "timeout": 30}
    for operation, arguments in (
        ("get_disk", {"disk_id": about["disks"]["boot"]}),
        ("create_disk", {"name": "Data", "size_in_gb": 20, **wait}),
        ("create_disk", {"name": "Once", "size_in_gb": 20, "idempotency_key": "k", **wait}),
        ("update_disk", {"disk_id": disk_id, "name": "New", "annotations": {"a": "b"}}),
        ("ensure_disk_attached", {"disk_id": disk_id, "virtual_machine": machine, "timeout": 30}),
        ("ensure_disk_size", {"disk_id": disk_id, "size_in_gb": 40, "method": "online", "timeout": 30}),
        ("ensure_disk_unassigned", {"disk_id": disk_id, "timeout": 30}),
        ("ensure_disk_deleted", {"disk_id": disk_id, "purge": True, "timeout": 30}),
        ("get_virtual_machine", {"virtual_machine": machine}),
        ("get_disk_backup_policy", {"disk_backup_policy_id": about["disk_backup_policies"]["virtual_machine"]}),
        ("get_disk_template_version_spec", {"disk_template_version_id": about["disk_template_versions"]["latest"]}),
        ("list_data_centers", {}),
        *((name, next(iter(live_arguments(TABLE[name], about).values()))) for name in LISTS),
    ):
        outcome = spy.call(client, operation, **arguments)
        assert outcome.error is None, (operation, outcome.error)
    assert spy.leaks(simulated(sim)) == []


def test_everything_that_is_refused(spy, sim):
    about = sim.about
    client = sim.katapult(organization=about["organization"], data_center=about["data_center"])
    boot, short = about["disks"]["boot"], {"timeout": 0}
    sim.next_task(fail=True)
    for options, operation, arguments in (
        (client, "get_disk", {"disk_id": "disk_0000000000000000"}),
        (client, "delete_disk", {"disk_id": boot}),
        (client, "resize_disk", {"disk_id": boot, "size_in_gb": 1}),
        (client, "get_disk", {"disk_id": about["disks"]["trashed"]}),
        (client, "detach_disk", {"disk_id": about["disks"]["attached"], "wait": True, "timeout": 30}),
        (client, "ensure_disk_detached", {"disk_id": boot, "timeout": 30}),
        (client, "ensure_disk_deleted", {"disk_id": boot, "timeout": 30}),
        (client, "create_disk", {"name": "Late", "size_in_gb": 20, "wait": True, **short}),
        ({**client, "api_token": API_TOKEN}, *READ),
        (client, "get_virtual_machine", {"virtual_machine": "no-such"}),
    ):
        outcome = spy.call(options, operation, **arguments)
        assert outcome.error is not None, (operation, outcome.value)
    assert spy.leaks({**simulated(sim), "wrong token": API_TOKEN}) == []


def test_openstack(spy, sim):
    about = sim.about
    ids = {name: about[name] for name in ("server_id", "volume_id")}
    names = ("auth_url", "region_name", "application_credential_id", "application_credential_secret")
    application = {name: about[name] for name in names}
    wrong = {**application, "application_credential_secret": PASSWORD}
    for options, operation, arguments, status in (
        (sim.login(), "get_volume_attachment", ids, None),
        (sim.openstack(), "list_volume_attachments", {"server_id": ids["server_id"]}, None),
        (application, "get_volume_attachment", ids, None),
        (sim.login(), "get_volume_attachment", {**ids, "volume_id": "5e1f"}, "openstack_not_found"),
        (sim.login(password=PASSWORD), "get_volume_attachment", ids, "openstack_unauthorized"),
        (wrong, "get_volume_attachment", ids, "openstack_unauthorized"),
        (sim.openstack(token=NOVA_TOKEN), "get_volume_attachment", ids, "openstack_unauthorized"),
        (sim.login(region_name="nowhere"), "get_volume_attachment", ids, "invalid_configuration"),
        (sim.login(), "detach_volume", {**ids, "volume_id": about["root_volume_id"]}, "openstack_root_device"),
        (sim.login(), "detach_volume", {**ids, "wait": True, "timeout": 30}, None),
    ):
        outcome = spy.call(options, "openstack_" + operation, **arguments)
        assert (outcome.error or {}).get("status") == status, outcome.error
    sim.answer({"service": "keystone", "status": 503, "body_text": f"<html>{'x' * 300}", "times": 9})
    assert spy.call(sim.login(user_agent="new"), "openstack_get_volume_attachment", **ids).error
    assert spy.leaks({**simulated(sim), "password": PASSWORD, "token": NOVA_TOKEN}) == []


def text(body, status=200):
    return answer(status, body.encode(), {"Content-Type": "application/json"})


def mirror(server, connection, request):
    """A gateway that shows what it was sent, in JSON."""
    body = json.dumps({"request": {"headers": dict(request.headers)}}).encode()
    return answer(500, body, {"Content-Type": "application/json"})(server, connection, request)


FAULTS = {
    "cut short": cut_short,
    "the request": mirror,
    "reset": reset,
    "silence": silence,
    "a page": text("<html>Bad Gateway</html>", 502),
    "a redirect": answer(302, b"", {"Location": "https://elsewhere.test/"}),
    "too busy": text('{"error": {"code": "rate_limit_reached", "description": "No"}}', 429),
    "no json": text("{" + json.dumps(PROTECTED)),
    "half of a disk": text(json.dumps({"disk": DISK, "annotations": []})[:-3]),
    "another key": text(json.dumps({"installation": DISK["installation"]})),
    "no id": text(json.dumps({"disk": {**DISK, "id": None}, "task": {}, "annotations": []})),
    "a number for a text": text(
        json.dumps({"disk": {**DISK, "id": [QUOTED]}, "annotations": [], "task": {"id": "t", "status": "x"}})
    ),
    "a text for a flag": text(json.dumps({"disk": MISTYPED, "annotations": [], "task": {"id": "t"}})),
}


# C hands out what is the JSON object that it should be; the others need to understand it.
ONLY_DECODING = ("no id", "a number for a text", "a text for a flag")


@pytest.mark.parametrize("name", FAULTS)
def test_every_kind_of_failure(spy, fault_server, name):
    options = fault_server.katapult(api_token=API_TOKEN, timeout=0.5, max_response_bytes=4096)
    for call, arguments in (READ, WRITE):
        fault_server.run(FAULTS[name])
        outcome = spy.call(options, call, **arguments)
        assert outcome.error or (spy.face.name == "c" and name in ONLY_DECODING)
        assert QUOTED not in str(outcome.error and outcome.error["message"])
    assert spy.leaks({"token": API_TOKEN, "root password": ROOT_PASSWORD}) == []


@pytest.mark.parametrize("status", [200, 403, 502])
def test_a_proxy_with_a_password(spy, fault_server, status):
    fault_server.run(answer(200, {"disk": {"id": "disk_x"}, "annotations": []}))
    with Proxy() as proxy:
        proxy.status = status
        options = fault_server.katapult(api_token=API_TOKEN, proxy=proxy.url, timeout=5)
        assert (spy.call(options, *READ[:1], **READ[1]).error is None) == (status == 200)
        assert any("proxy-authorization" in request.headers for request in proxy.requests)
        tls = {**options, "base_url": f"https://127.0.0.1:{fault_server.port}"}
        assert spy.call(tls, READ[0], **READ[1]).error
    assert spy.call({**options, "user_agent": "again"}, READ[0], **READ[1]).error, "the proxy has gone"
    assert spy.leaks({"token": API_TOKEN, "proxy": PROXY_PASSWORD}) == []


def test_tls(spy, tmp_path):
    ca_file = tmp_path / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(ca_file)
    with TlsServer(AUTHORITY.issue_cert("127.0.0.1")) as server:
        server.run(answer(200, {"disk": DISK, "annotations": []}))
        trusting = server.katapult(api_token=API_TOKEN, ca_file=str(ca_file))
        assert spy.call(trusting, READ[0], **READ[1]).error is None
        assert spy.call(server.katapult(api_token=API_TOKEN), READ[0], **READ[1]).error
    assert spy.leaks({"token": API_TOKEN, "root password": ROOT_PASSWORD}) == []


HERE = "http://127.0.0.1:1"
KEYSTONE = {"auth_url": HERE, "username": "ada", "project_name": "web"}
BAD_KATAPULT = (
    {"api_token": API_TOKEN + "\n" + PASSWORD},
    {"api_token": [API_TOKEN]},
    {"api_token": {"token": API_TOKEN}},
    {"api_token": API_TOKEN, "base_url": f"http://user:{PASSWORD}@127.0.0.1"},
    {"api_token": API_TOKEN, "base_url": 7},
    {"api_token": API_TOKEN, "no_such_option": True},
    {"api_token": API_TOKEN, "proxy": f"socks5://me:{PROXY_PASSWORD}@proxy:1080"},
    {"api_token": API_TOKEN, "proxy": f"http://me:{PROXY_PASSWORD}@"},
    {"api_token": API_TOKEN, "proxy": f"http://me:{PROXY_PASSWORD}/x@127.0.0.1:1"},
    {"api_token": API_TOKEN, "proxy": f"http://me:1/{PROXY_PASSWORD}@127.0.0.1:1"},
    {"api_token": API_TOKEN, "proxy": f"me:{PROXY_PASSWORD}://x@127.0.0.1:1"},
    {"api_token": API_TOKEN, "proxy": f"http://me:{PROXY_PASSWORD}@192.0.2.1:3128"},
    {"api_token": API_TOKEN, "proxy": {"https": f"http://me:{PROXY_PASSWORD}@proxy"}},
    {"api_token": API_TOKEN, "ca_file": "/no/such/file"},
    {"api_token": API_TOKEN, "timeout": -1},
)
BAD_OPENSTACK = (
    {"token": NOVA_TOKEN + "\0", "endpoint": HERE + "/v2.1"},
    {"token": [NOVA_TOKEN], "endpoint": HERE},
    {**KEYSTONE, "password": {"is": PASSWORD}},
    {**KEYSTONE, "password": PASSWORD, "interface": "sideways"},
    {**KEYSTONE, "password": PASSWORD, "project_name": 7},
    {"auth_url": HERE, "password": PASSWORD},
    {"auth_url": HERE, "application_credential_secret": PASSWORD},
    {**KEYSTONE, "password": PASSWORD},
)
CONFIGURED = {"token": API_TOKEN, "nova": NOVA_TOKEN, "password": PASSWORD, "proxy": PROXY_PASSWORD}


def test_configurations_that_cannot_be(spy):
    ids = {"server_id": "5e1f", "volume_id": "5e1f"}
    for options in BAD_KATAPULT:
        assert spy.call({"base_url": HERE, **options}, READ[0], **READ[1]).error, options
    for options in BAD_OPENSTACK:
        assert spy.call(options, "openstack_get_volume_attachment", **ids).error, options
    assert spy.leaks(CONFIGURED) == []


def test_options_of_c_that_are_no_object(tmp_path, capfd):
    spy = Spy("c", tmp_path, capfd)
    for options in (json.dumps(API_TOKEN), API_TOKEN, json.dumps([API_TOKEN]), f'{{"api_token": "{API_TOKEN}'):
        for command in ("client_new", "openstack_client_new"):
            status, reply = spy.send(command, options)
            assert status == "invalid_argument"
            spy.shown.append(reply)
    assert spy.leaks(CONFIGURED) == []


BAD_FILES = (
    "clouds: {{sim: {{auth: {{password: {0}, password: }}",
    'clouds:\n  sim:\n    auth:\n      password: "{0}\n',
    "clouds:\n  sim:\n    auth:\n\t  password: {0}\n",
    "clouds: {{sim: {{auth: {{auth_url: x, password: [{0}]}}}}}}",
    "clouds: {{sim: {{auth_type: {0}}}}}",
    "clouds: {{sim: {0}}}",
    "{0}",
    "clouds: {{sim: {{auth: {{password: {0}}}}}}}",
)


@pytest.mark.parametrize("kind", ["python", "c", "rust"])
def test_files_that_cannot_be(kind, tmp_path, capfd, monkeypatch):
    path = tmp_path / "clouds.yaml"
    environment = {"OS_CLIENT_CONFIG_FILE": str(path)}
    for name, given in environment.items():
        monkeypatch.setenv(name, given)
    spy = Spy(kind, tmp_path, capfd, environment)
    for number, given in enumerate(BAD_FILES):
        # Open to everybody, so that this is reported too.
        path.write_text(given.format(NOVA_TOKEN))
        path.chmod(0o644)
        options = {"cloud": "sim", "user_agent": f"file/{number}"}
        assert spy.call(options, "openstack_list_volume_attachments", server_id="5e1f").error, given
    assert spy.leaks({"in the file": NOVA_TOKEN}) == []


@pytest.mark.parametrize("kind", ["python", "c", "rust"])
def test_the_search_finds_what_is_there(kind, fault_server, tmp_path, capfd):
    """A name that is looked for as if it were a secret: in the log, and in what is shown."""
    fault_server.run(text('{"error": {"code": "disk_not_found", "description": "No disk-NotSoSecret"}}', 404))
    spy = Spy(kind, tmp_path, capfd)
    spy.call(fault_server.katapult(), "get_disk", disk_id="disk-NotSoSecret")
    places = {place for _, place, _ in spy.leaks({"name": "disk-NotSoSecret"})}
    assert places == {"shown", "log" if kind == "python" else "stderr"}
