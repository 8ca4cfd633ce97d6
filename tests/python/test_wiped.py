"""Secrets leave memory with the client that had them: tests/c/wiped.c looks for them in all that it can write to."""

import json
import subprocess
import sys

import pytest
from faults import JSON, answer
from places import C_WIPED, built

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds its memory in /proc")

GIVEN = "gUiR7tq2LxZ0vHs9kYbN4cWd8mEoJ3fAp5TzQy6X"
HANDED_OUT = "nB5wKe8rVj1tGmD0xSu7hFqZ3cPa9yLk2oI6TfWE"
DISK = answer(200, {"disk": {"id": "disk_x"}, "annotations": []})
VOLUMES = answer(200, {"volumeAttachments": []})


def masked(secret):
    """So that the secret stands neither in the program's arguments nor anywhere else."""
    return bytes(byte ^ 0x5A for byte in secret.encode()).hex()


def places(kind, options, *secrets, environment=None):
    """In how many places of the memory each secret is while the client lives, and after it was freed."""
    command = [str(built(C_WIPED)), kind, json.dumps(options), *map(masked, secrets)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert finished.returncode == 0, finished.stderr
    alive, freed = ([int(number) for number in line.split()] for line in finished.stdout.splitlines())
    return alive, freed


def login_answers(server):
    """What a login gets: a token, and a catalog that leads to the same server."""
    endpoint = {"interface": "public", "region_id": "r", "url": server.url() + "/v2.1"}
    token = {
        "expires_at": "2099-01-01T01:00:00.000000Z",
        "issued_at": "2099-01-01T00:00:00.000000Z",
        "project": {"id": "p1"},
        "catalog": [{"type": "compute", "endpoints": [endpoint]}],
    }
    return answer(201, {"token": token}, {**JSON, "X-Subject-Token": HANDED_OUT}), VOLUMES


def test_an_api_token(fault_server):
    fault_server.run(DISK)
    alive, freed = places("katapult", fault_server.katapult(api_token="@"), GIVEN)
    assert fault_server.requests[0].headers["authorization"] == f"Bearer {GIVEN}"
    assert alive[0] > 0, "the search must be able to find it"
    assert freed == [0]


def test_an_openstack_token(fault_server):
    fault_server.run(VOLUMES)
    alive, freed = places("openstack", fault_server.openstack(token="@"), GIVEN)
    assert fault_server.requests[0].headers["x-auth-token"] == GIVEN
    assert alive[0] > 0
    assert freed == [0]


USER = {"username": "ada", "password": "@", "project_name": "web"}
APPLICATION = {"application_credential_id": "a1", "application_credential_secret": "@"}


@pytest.mark.parametrize("credentials", [USER, APPLICATION], ids=["password", "application-credential"])
def test_a_login_and_the_token_that_it_gets(fault_server, credentials):
    fault_server.run(*login_answers(fault_server))
    options = {"auth_url": fault_server.url() + "/v3", **credentials}
    alive, freed = places("openstack", options, GIVEN, HANDED_OUT)
    login, read = fault_server.requests
    assert GIVEN in json.dumps(login.body) and read.headers["x-auth-token"] == HANDED_OUT
    assert alive[0] > 0 and alive[1] > 0
    assert freed == [0, 0]


def test_a_password_in_clouds_yaml(fault_server, tmp_path):
    fault_server.run(*login_answers(fault_server))
    auth = {"auth_url": fault_server.url() + "/v3", **USER, "password": GIVEN}
    path = tmp_path / "clouds.yaml"
    path.write_text(json.dumps({"clouds": {"sim": {"auth": auth}}}))
    path.chmod(0o600)
    environment = {"OS_CLIENT_CONFIG_FILE": str(path)}
    alive, freed = places("openstack", {"cloud": "sim"}, GIVEN, HANDED_OUT, environment=environment)
    assert alive[0] > 0 and alive[1] > 0
    assert freed == [0, 0]
