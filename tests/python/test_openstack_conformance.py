"""Brings the simulator into the situation of each captured exchange with a real Nova and a real Keystone, sends the
same request, and compares the answers. The captures are not a part of this project."""

import http.client
import json
import re
import urllib.parse

import pytest
from places import NOVA_CAPTURES

NOT_PLAYED = {
    "huge-header": "the refusal of the web server before Nova",
    "cinder-hangs": "the client gave up: a delayed answer plays it",
    "keystone-hangs": "the client gave up: a delayed answer plays it",
    "nova-down": "there was no server",
}
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# What the web server and the connection decide.
CONNECTION = {"connection", "content-length", "date", "server", "transfer-encoding"}
# How many objects there are in them is up to the cloud: their form is compared, and nothing else.
FORM_ONLY = ("token", "catalog", "volumeAttachments", "instanceActions", "instanceAction", "volume")


def captures():
    if not NOVA_CAPTURES.exists():
        return []
    return [json.loads(line) for line in NOVA_CAPTURES.read_text(encoding="utf-8").splitlines()]


CAPTURES = captures()
pytestmark = pytest.mark.skipif(
    not CAPTURES, reason=f"{NOVA_CAPTURES} is not there; KATAPULT_NOVA_CAPTURES may name the file"
)


def path_of(capture):
    return capture["request"]["line"].split(" ")[1]


def captured(case):
    return next(capture for capture in CAPTURES if capture["case"] == case)


class Cloud:
    """The simulator, and how to bring it into a situation."""

    def __init__(self, sim):
        self.sim = sim
        self.about = sim.about
        self.server, self.volume = self.about["server_id"], self.about["volume_id"]
        self.token = self.about["openstack_token"]
        self.action = None

    def send(self, method, path, headers, body=""):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.about["openstack_url"]).netloc, timeout=10)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers:
                if name.lower() not in ("host", "connection", "content-length"):
                    connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body.encode() if body else None)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read().decode()
        finally:
            connection.close()

    def detach(self, **how):
        self.sim.control("POST", f"volumes/{self.volume}", how)
        path = f"/v2.1/servers/{self.server}/os-volume_attachments/{self.volume}"
        status, headers, _ = self.send("DELETE", path, [("X-Auth-Token", self.about["openstack_token"])])
        assert status == 202
        self.action = dict(headers)["x-compute-request-id"]

    def be(self, **what):
        self.sim.control("POST", f"servers/{self.server}", what)

    def log_in(self, name, password, project):
        domain = {"id": self.about["user_domain_id"]}
        user = {"name": name, "domain": domain, "password": password}
        scope = {"project": {"name": project, "domain": domain}}
        body = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}}
        status, headers, _ = self.send("POST", "/identity/v3/auth/tokens", [], json.dumps(body))
        assert status == 201
        self.token = dict(headers)["x-subject-token"]

    def log_in_as_operator(self):
        self.log_in(self.about["username"], self.about["password"], self.about["project_name"])

    def arrange(self, case, text):
        """What happened before the request, by the name of the case and by what was answered."""
        control = self.sim.control
        if "not attached to volume" in text:
            control("POST", f"volumes/{self.volume}", {"attached": False})
        elif "get-while" in case or case == "slow/volume-in-cinder" or "Invalid volume" in text and "available" not in case:
            self.detach(detach_seconds=60)
        elif case.startswith("400/volume-available"):
            control("POST", f"volumes/{self.volume}", {"available_in_cinder": True})
        elif case.startswith("stuck/") and case != "stuck/before":
            self.detach(detach="fails", detach_seconds=0)
        if state := re.search("(vm|task)_state (\\w+)", text):
            self.be(**{state[1] + "_state": state[2]})
        elif state := re.match("ok/(shelved_offloaded|paused|stopped)", case):
            self.be(vm_state=state[1])
        elif case == "409/locked":
            self.be(locked=True)
        elif case == "409/compute_down":
            self.be(compute_down=True)
        elif case in ("cinder-down", "keystone-down"):
            control("POST", "openstack", {case.replace("-", "_"): True})
        self.arrange_token(case)

    def arrange_token(self, case):
        about, control = self.about, self.sim.control
        if case in ("401/expired", "keystone/token-expired", "keystone/token", "401/revoked") or "revoked-" in case:
            self.log_in_as_operator()
        if case in ("401/expired", "keystone/token-expired"):
            control("POST", "tokens", {"expire": True})
        elif case == "401/revoked":
            control("POST", "tokens", {"revoke": True})
        elif case == "revoked-after-use/delete":
            control("POST", "tokens", {"revoke_unnoticed": True})
        elif case == "401/bad-fernet":
            self.token = "gAAAAAnobody"
        elif case == "403/reader-role":
            self.log_in(about["reader"]["username"], about["reader"]["password"], about["project_name"])
        elif "other-projects-token" in case:
            other = about["other_project"]
            self.log_in(other["username"], other["password"], other["project_name"])

    def path(self, case, path):
        """The path with the simulator's ids instead of the captured ones."""
        about = self.about
        if case.startswith("keystone/"):
            return "/identity" + (path if path != "/" else "")
        if "in-cinder" in case and not case.startswith("400/"):
            path = "/volume" + path
        own, other = captured("before/get"), captured("400/project-other")
        path = path.replace(path_of(own).split("/")[2], about["project_id"])
        path = path.replace(path_of(other).split("/")[2], about["other_project"]["project_id"])
        server = about["other_project"]["server_id"] if case == "404/server-other-project" else self.server
        volume = about["root_volume_id"] if case.startswith("root/") else self.volume
        if case != "404/cinder-attachment-id":
            path = re.sub(f"(os-volume_attachments/)(?!0{{8}}-){UUID}", rf"\g<1>{volume}", path)
        path = re.sub(f"(servers/)(?!0{{8}}-){UUID}", rf"\g<1>{server}", path)
        path = re.sub(f"(volumes/){UUID}", rf"\g<1>{volume}", path)
        return re.sub("req-[-0-9a-f]+", self.action or "", path)

    def body(self, case, text):
        if not case.startswith("keystone/") or text in ("", "{", "{}"):
            return text
        body = json.loads(text)
        right = json.loads(captured("keystone/password-scoped")["request"]["body"])["auth"]
        self.translate(body["auth"], right["identity"]["password"]["user"], right["scope"]["project"])
        return json.dumps(body)

    def translate(self, auth, right_user, right_project):
        about, identity = self.about, auth["identity"]
        user = identity.get("password", {}).get("user")
        if user:
            right = user["password"] == right_user["password"]
            user["password"] = about["password"] if right else "wrong"
        if credential := identity.get("application_credential"):
            prefix = "application_credential_"
            granted = json.loads(captured("keystone/application-credential")["request"]["body"])["auth"]["identity"]
            right = credential["secret"] == granted["application_credential"]["secret"]
            credential.update({key: about[prefix + key] for key in ("id", "name") if key in credential})
            credential["secret"] = about[prefix + "secret"] if right else "wrong"
            user = credential.get("user")
        if user:
            user.update({key: about[name] for key, name in (("id", "user_id"), ("name", "username")) if key in user})
        if "token" in identity:
            identity["token"]["id"] = self.token
        project = auth.get("scope", {}).get("project", {})
        if project.get("name") == right_project["name"]:
            project["name"] = about["project_name"]
        elif "name" in project and captured("keystone/no-role-on-project")["request"]["body"].count(project["name"]):
            project["name"] = about["other_project"]["project_name"]
        if "id" in project:
            project["id"] = about["project_id"]


@pytest.mark.parametrize(
    "capture", [pytest.param(capture, id=f"{capture['case']}-{number}") for number, capture in enumerate(CAPTURES)]
)
def test_capture(sim, capture):
    case, request, response = capture["case"], capture["request"], capture["response"] or {}
    if case in NOT_PLAYED:
        pytest.skip(NOT_PLAYED[case])
    cloud = Cloud(sim)
    cloud.arrange(case, response["body"])
    headers = [(name, cloud.token if value == "TOKEN" else value) for name, value in request["headers"]]
    method = request["line"].split(" ")[0]
    body = cloud.body(case, request["body"])
    status, answered, text = cloud.send(method, cloud.path(case, path_of(capture)), headers, body)
    assert status == response["status"], text
    assert heads(answered) == heads(response["headers"])
    if any(f'{{"{name}": ' in response["body"] for name in FORM_ONLY):
        body, expected = json.loads(text), json.loads(response["body"])
        assert form(body) == form(expected)
        assert body.get("volume", {}).get("status") == expected.get("volume", {}).get("status")
    else:
        assert without_ids(text) == without_ids(response["body"])


def heads(headers):
    pairs = ((name.lower(), without_ids(value)) for name, value in headers)
    return sorted((name, "" if name == "x-subject-token" else value) for name, value in pairs if name not in CONNECTION)


def without_ids(text):
    text = re.sub(r"http://127\.0\.0\.1:\d+(/identity)?", "<url>", text)
    text = re.sub("/dev/sd[a-z]+", "<device>", text)
    return re.sub(f"{UUID}|[0-9a-f]{{32}}", "<id>", text, flags=re.IGNORECASE)


def form(value):
    """Names and types at every level; texts by how they are made up; what there is in a list, however often."""
    if isinstance(value, dict):
        return tuple((name, form(member)) for name, member in value.items())
    if isinstance(value, list):
        return frozenset(form(item) for item in value)
    if isinstance(value, str):
        return kind(value)
    return type(value).__name__


def kind(text):
    kinds = {
        "a time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}",
        "a time in UTC": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
        "an id": f"(req-)?{UUID}|[0-9a-f]{{32}}",
        "a host": "[0-9a-f]{56}",
        "an audit id": "[-_0-9A-Za-z]{22}",
        "a URL": "http://.*",
    }
    return next((name for name, pattern in kinds.items() if re.fullmatch(pattern, text)), "a text")


def test_all_that_is_not_played_was_captured():
    assert NOT_PLAYED.keys() <= {capture["case"] for capture in CAPTURES}
