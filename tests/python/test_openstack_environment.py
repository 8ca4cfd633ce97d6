"""What an OpenStack client takes from the environment, clouds.yaml and secure.yaml, in every face."""

import json

import pytest
import trustme
from c_face import CFace
from faces import Cloud, PythonFace, RustFace
from faults import answer
from stories import fails, value
from openstack_stories import check_no_secret
from tls import TlsServer


@pytest.fixture
def within(face, sim, monkeypatch):
    """A cloud whose client is made in an environment with these variables."""
    made = []

    def making(variables, options=None):
        if face.name == "python":
            for name, text in variables.items():
                monkeypatch.setenv(name, text)
            own = PythonFace()
        else:
            kind = CFace if face.name == "c" else RustFace
            own = kind(["env", *(f"{name}={text}" for name, text in variables.items())])
        made.append(own)
        return Cloud(own, sim, options or {})

    yield making
    for own in made:
        own.close()


@pytest.fixture
def clouds(sim, tmp_path):
    """Writes clouds.yaml (and secure.yaml); the variables that name them."""

    def writing(entry, secure=None, cloud="sim"):
        (tmp_path / "clouds.yaml").write_text(entry if isinstance(entry, str) else yaml({"clouds": {"sim": entry}}))
        variables = {"OS_CLIENT_CONFIG_FILE": str(tmp_path / "clouds.yaml")}
        if secure is not None:
            (tmp_path / "secure.yaml").write_text(yaml({"clouds": {"sim": secure}}))
            variables["OS_CLIENT_SECURE_FILE"] = str(tmp_path / "secure.yaml")
        return {**variables, **({"OS_CLOUD": cloud} if cloud else {})}

    return writing


def yaml(value, depth=0):
    """Block style, as people write it."""
    if not isinstance(value, dict):
        return f" {json.dumps(value)}\n"
    lines = (f"{'  ' * depth}{key}:{yaml(item, depth + 1)}" for key, item in value.items())
    return ("\n" if depth else "") + "".join(lines)


def variables(options):
    return {f"OS_{name.upper()}": text for name, text in options.items()}


# Variables


def test_variables_alone(within, sim):
    value(within(variables(sim.login())).get())
    assert sim.requests()[-1]["path"].startswith("/v2.1/servers/")


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"OS_REGION_NAME": "sim-south", "OS_INTERFACE": "internal"}, "/sim-south/internal/v2.1/servers/"),
        ({"OS_ENDPOINT_TYPE": "adminURL"}, "/admin/v2.1/servers/"),
        ({"OS_COMPUTE_ENDPOINT_OVERRIDE": "{openstack_url}/v2"}, "/v2/{project_id}/servers/"),
    ],
    ids=str,
)
def test_variables_choose_the_endpoint(within, sim, more, path):
    more = {name: text.format(**sim.about) for name, text in more.items()}
    ids = sim.ids(more.get("OS_REGION_NAME", sim.about["region_name"]))
    value(within({**variables(sim.login()), **more}).get(**ids))
    assert sim.requests()[-1]["path"].startswith(path.format(**sim.about))


def test_variables_of_old_tools(within, sim):
    names = ("auth_url", "username", "password", "region_name")
    given = variables({name: sim.about[name] for name in names})
    value(within({**given, "OS_TENANT_NAME": sim.about["project_name"]}).get())


def test_an_application_credential_of_variables(within, sim):
    names = ("auth_url", "application_credential_id", "application_credential_secret", "region_name")
    value(within(variables({name: sim.about[name] for name in names})).get())


def test_a_microversion_of_a_variable(within, sim):
    assert "tag" in value(within({**variables(sim.login()), "OS_COMPUTE_API_VERSION": "2.70"}).get())


def test_arguments_count_more_than_variables(within, sim):
    given = {**variables(sim.login()), "OS_PASSWORD": "wrong-secret"}
    value(within(given, {"password": sim.about["password"]}).get())


def test_nothing_is_said_anywhere(within, sim, tmp_path):
    fails(within({"HOME": str(tmp_path)}).get(), "invalid_configuration", "not_sent")


# clouds.yaml


def entry(sim, **more):
    auth = {name: text for name, text in sim.login().items() if name not in ("password", "region_name")}
    return {"auth_type": "v3password", "auth": auth, "region_name": sim.about["region_name"], **more}


@pytest.mark.parametrize("named_by", ["variable", "argument"])
def test_a_cloud_with_its_password_elsewhere(within, clouds, sim, named_by):
    files = clouds(entry(sim), {"auth": {"password": sim.about["password"]}}, "sim" if named_by == "variable" else None)
    value(within(files, {} if named_by == "variable" else {"cloud": "sim"}).get())


def test_an_entry_chooses_the_endpoint(within, clouds, sim):
    given = entry(sim, region_name="sim-south", interface="internal", compute_api_version="2.79")
    files = clouds(given, {"auth": {"password": sim.about["password"]}})
    assert "delete_on_termination" in value(within(files).get(**sim.ids("sim-south")))
    assert sim.requests()[-1]["path"].startswith("/sim-south/internal/v2.1/servers/")


def test_an_application_credential_of_an_entry(within, clouds, sim):
    names = ("auth_url", "application_credential_id", "application_credential_secret")
    auth = {name: sim.about[name] for name in names}
    entry = {"auth_type": "v3applicationcredential", "auth": auth, "region_name": sim.about["region_name"]}
    value(within(clouds(entry)).get())


def test_where_files_are_looked_for(within, sim, tmp_path):
    (tmp_path / "openstack").mkdir()
    (tmp_path / "openstack" / "clouds.yaml").write_text(yaml({"clouds": {"sim": entry(sim)}}))
    secure = {"clouds": {"sim": {"auth": {"password": sim.about["password"]}}}}
    (tmp_path / "openstack" / "secure.yaml").write_text(yaml(secure))
    value(within({"XDG_CONFIG_HOME": str(tmp_path), "OS_CLOUD": "sim"}).get())


def test_secure_yaml_counts_more(within, clouds, sim):
    given = entry(sim)
    given["auth"]["password"] = "wrong-secret"
    value(within(clouds(given, {"auth": {"password": sim.about["password"]}})).get())


def test_variables_do_not_complete_an_entry(within, clouds, sim):
    given = {**clouds(entry(sim)), "OS_PASSWORD": sim.about["password"]}
    outcome = within(given).get()
    fails(outcome, "invalid_configuration", "not_sent")
    check_no_secret(sim, outcome)


def test_os_cloud_does_not_count_beside_a_token(within, clouds, sim):
    files = clouds(entry(sim), cloud="unknown")
    value(within(files, sim.openstack()).get())


MISTAKES = {
    "no such cloud": ("clouds:\n  other:\n    auth:\n      password: wrong-secret\n", ["sim", "no such entry"]),
    "no clouds": ("cloud:\n  sim: {password: wrong-secret}\n", ["no key clouds"]),
    "broken": ("clouds:\n  sim:\n    auth:\n      password: 'wrong-secret\n      b: [\n", ["line", "column"]),
    "a tab": ("clouds:\n\tsim:\n\t\tpassword: wrong-secret\n", ["line", "column"]),
    "no mapping": ("clouds:\n  sim: wrong-secret\n", ["clouds.sim"]),
    "auth_type": (
        "clouds:\n  sim:\n    auth_type: v3totp\n    auth: {password: wrong-secret}\n",
        ["auth_type", "v3password"],
    ),
    "profile": ("clouds:\n  sim:\n    profile: vendor\n    auth: {password: wrong-secret}\n", ["profile", "auth_url"]),
    "a list for a text": ("clouds:\n  sim:\n    auth: {username: [wrong-secret]}\n", ["auth.username"]),
    "a text for verify": ("clouds:\n  sim:\n    verify: wrong-secret\n", ["verify", "true or false"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_and_no_secret_shows(within, clouds, sim, mistake):
    text, words = MISTAKES[mistake]
    outcome = within(clouds(text)).get()
    error = fails(outcome, "invalid_configuration", "not_sent")
    # What auth_type can be is looked at when the file has been read.
    place = [] if mistake == "auth_type" else ["clouds.yaml"]
    assert not [word for word in [*words, *place] if word not in error["message"]], error["message"]
    check_no_secret(sim, outcome)
    assert sim.requests() == []


def test_a_broken_file_names_its_line_and_column(within, clouds):
    outcome = within(clouds("clouds:\n  sim:\n    auth: }\n")).get()
    assert "line 3, column 11" in outcome.error["message"]


def test_a_file_that_is_not_there(within, tmp_path):
    given = {"OS_CLIENT_CONFIG_FILE": str(tmp_path / "none.yaml"), "OS_CLOUD": "sim"}
    error = fails(within(given).get(), "invalid_configuration", "not_sent")
    assert "OS_CLIENT_CONFIG_FILE" in error["message"]


@pytest.mark.parametrize("verify", [True, False])
def test_verify(within, clouds, sim, verify):
    with TlsServer(trustme.CA().issue_cert("127.0.0.1")) as server:
        server.run(answer(200, {"volumeAttachments": []}))
        auth = {"auth_url": server.url(), "token": "token-of-the-tests"}
        entry = {"auth_type": "token", "auth": auth, "compute_endpoint_override": server.url() + "/v2.1"}
        files = clouds({**entry, "verify": verify})
        outcome = within(files).list()
        if verify:
            fails(outcome, "tls_failed", "not_sent")
        else:
            assert value(outcome) == []
