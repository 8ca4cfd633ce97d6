"""Configurations as providers, distributions and tools write them: what the library makes of each, and openstacksdk.

tests/clouds/README.md describes the table.
"""

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from c_face import CFace
from clouds_server import SERVER, microversion
from clouds import CLOUDS, SECRET, TABLE, Setting
from faces import Driver, PythonFace

HAS_SDK = importlib.util.find_spec("openstack") is not None
# Of each kind one.
IN_C = ("ovhcloud", "catalyst-cloud", "sovereign-cloud-stack", "application-credential", "opcp-keycloak", "as-written")


def lines(wanted=lambda line: True):
    named = [pytest.param(line, id=f"{line['folder']}: {line['shows']}") for line in TABLE if wanted(line)]
    return pytest.mark.parametrize("line", named)


@pytest.fixture(scope="module")
def sdk():
    driver = Driver([sys.executable, str(Path(__file__).with_name("clouds_sdk.py"))])
    yield driver
    assert driver.stop() == 0


@pytest.fixture
def setting(line, tmp_path):
    with Setting(line, tmp_path) as made:
        yield made


@pytest.fixture
def python_face(setting, monkeypatch, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for name in ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS"):
        monkeypatch.delenv(name, raising=False)
    for name, text in setting.environment.items():
        monkeypatch.setenv(name, text)
    face = PythonFace()
    yield face
    face.close()


@pytest.fixture
def c_face_there(setting):
    variables = [f"{name}={text}" for name, text in setting.environment.items()]
    face = CFace(["env", "-i", *variables])
    yield face
    face.close()


@lines()
def test_python_reads_it_as_it_is_meant(python_face, setting, line):
    check(setting, line, list_attachments(python_face, line))


@lines(lambda line: line["folder"] in IN_C)
def test_c_reads_it_as_it_is_meant(c_face_there, setting, line):
    check(setting, line, list_attachments(c_face_there, line))


@pytest.mark.skipif(not HAS_SDK, reason="openstacksdk is not installed: it needs Python 3.11")
@lines(lambda line: not line.get("sdk", {}).get("not_run"))
def test_openstacksdk_reads_it_so_too_unless_the_table_says_why_not(sdk, setting, line):
    where = {"environment": setting.environment, "directory": str(setting.home), "origin": setting.cloud.origin}
    order = {**where, "server": SERVER, "arguments": line.get("arguments", {})}
    told, expected = json.loads(sdk.ask(json.dumps(order).encode())), {**line, **line.get("sdk", {})}
    if expected.get("refused"):
        assert told["error"] is not None
        assert not [word for word in expected["refused"] if word not in told["error"]], told["error"]
        return
    if "auth_url" in expected:
        assert (told["auth_url"], told["error"], setting.cloud.requests) == (expected["auth_url"], None, [])
        return
    assert told["error"] is None, told["error"]
    check_requests(setting.cloud, expected)


def test_every_folder_is_in_the_table():
    folders = {path.name for path in CLOUDS.iterdir() if path.is_dir()}
    assert folders == {line["folder"] for line in TABLE}
    assert len({(line["folder"], line["shows"]) for line in TABLE}) == len(TABLE)


def test_each_difference_to_openstacksdk_is_one_and_has_a_reason():
    for line in TABLE:
        more = dict(line.get("sdk", {"why": "not told"}))
        assert more.pop("why")
        assert not [name for name, value in more.items() if value == line.get(name)], line["shows"]


def list_attachments(face, line):
    return face.call(line.get("arguments", {}), "openstack_list_volume_attachments", {"server_id": SERVER})


def check(setting, line, outcome):
    shown = f"{outcome.error} {outcome.object!r} {outcome.object}"
    if "refused" not in line:
        assert outcome.error is None, shown
        return check_requests(setting.cloud, line)
    assert outcome.error is not None, setting.cloud.requests
    assert (outcome.error["status"], outcome.error["outcome"]) == ("invalid_configuration", "not_sent"), shown
    assert not [word for word in line["refused"] if word not in outcome.error["message"]], shown
    assert SECRET not in shown
    # Which regions there are, only a login tells.
    assert (setting.cloud.nova() if line.get("after_login") else setting.cloud.requests) == []


def check_requests(cloud, expected):
    """One login, unless there is none, and then Nova at the endpoint that is meant."""
    asked = cloud.nova()
    logins = [(login["path"], login["body"]["auth"]) for login in cloud.logins()]
    assert logins == ([(expected["keystone"], expected["login"])] if expected["login"] else [])
    endpoints = {request["path"].partition("/servers/")[0] for request in asked}
    assert endpoints == {expected["compute"]}
    assert {microversion(request) for request in asked} == {expected.get("microversion")}
    assert {request["headers"]["x-auth-token"] for request in asked} == {expected.get("token", "token-1")}
