"""What files and variables say, as it arrives at the identity service. The keys' own rules are tables in
core/src/openstack/config/tests.rs; the faces share all of this, so Python stands for them."""

import json
import logging
import os
import threading
from pathlib import Path

import katapult_disk
import pytest
from katapult_disk import openstack
from keystone import Keystone

SERVER = "6d2b9c4e-3c55-4a55-8c0e-0c5d1f7e9b02"
USER = {"username": "ada", "password": "pw", "project_name": "web"}


@pytest.fixture(scope="module")
def running():
    with Keystone() as server:
        yield server


@pytest.fixture
def keystone(running, tmp_path, monkeypatch):
    """The canned service; the folder in use and the home are empty."""
    running.run(running.respond)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "SNAP_REAL_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere") if name == "XDG_CONFIG_DIRS" else "")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return running


def entry(keystone, **options):
    """An entry of clouds.yaml; JSON is YAML, too."""
    return {"auth": {"auth_url": keystone.auth_url, **USER}, "region_name": "north", **options}


def write(path, clouds, key="clouds"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(clouds if isinstance(clouds, str) else json.dumps({key: clouds}))
    path.chmod(0o600)
    return path


def here(name="clouds.yaml"):
    return Path.cwd() / name


def use(**options):
    with openstack.Client(**options) as client:
        client.list_volume_attachments(SERVER)


def refused(**options):
    with pytest.raises(katapult_disk.InvalidConfiguration) as caught:
        use(**options)
    assert "hunter2" not in f"{caught.value} {caught.value!r}"
    return str(caught.value)


def environment(monkeypatch, keystone, **variables):
    given = {"auth_url": keystone.auth_url, **USER, "region_name": "north", **variables}
    for name, text in given.items():
        if text is not None:
            monkeypatch.setenv(f"OS_{name.upper()}", text)


# Where each kind of setting may be


def in_auth(keystone, monkeypatch, settings):
    write(here(), {"c": entry(keystone, auth={"auth_url": keystone.auth_url, **USER, **settings})})


def in_the_entry(keystone, monkeypatch, settings):
    write(here(), {"c": entry(keystone, **settings)})


def in_secure_yaml(keystone, monkeypatch, settings):
    write(here(), {"c": entry(keystone)})
    write(here("secure.yaml"), {"c": {"auth": settings}})


def in_a_region(keystone, monkeypatch, settings):
    write(here(), {"c": {**entry(keystone), "regions": [{"name": "north", "values": {"auth": settings}}]}})


def in_the_environment(keystone, monkeypatch, settings):
    environment(monkeypatch, keystone, **settings)


PLACES = [in_auth, in_the_entry, in_secure_yaml, in_a_region, in_the_environment]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("settings", "user", "project"),
    [
        ({"tenant_id": "0123456"}, None, {"id": "0123456"}),
        ({"domain_name": "Acme"}, {"name": "Acme"}, {"name": "web", "domain": {"name": "Acme"}}),
        ({"domain_id": "d1"}, {"id": "d1"}, {"name": "web", "domain": {"id": "d1"}}),
        ({"default_domain_name": "Acme"}, {"name": "Acme"}, {"name": "web", "domain": {"name": "Acme"}}),
        ({"default_domain": "d1"}, {"id": "d1"}, {"name": "web", "domain": {"id": "d1"}}),
        ({"user_domain_name": "Acme"}, {"name": "Acme"}, {"name": "web", "domain": {"id": "default"}}),
        ({"project_domain_id": "d1"}, {"id": "default"}, {"name": "web", "domain": {"id": "d1"}}),
    ],
    ids=str,
)
def test_who_logs_in_where(keystone, monkeypatch, place, settings, user, project):
    place(keystone, monkeypatch, settings)
    use(**({} if place is in_the_environment else {"cloud": "c"}))
    assert user is None or keystone.user()["domain"] == user
    assert keystone.project() == project


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("key", ["trust_id", "system_scope", "passcode"])
def test_what_changes_who_logs_in_is_refused_by_name(keystone, monkeypatch, place, key):
    place(keystone, monkeypatch, {key: "hunter2"})
    text = refused(**({} if place is in_the_environment else {"cloud": "c"}))
    assert (f"OS_{key.upper()}" if place is in_the_environment else f".{key} ") in text
    assert keystone.requests == []


def test_values_that_look_like_numbers_arrive_as_they_are_written(keystone):
    text = """
defaults: &defaults
  auth_url: {auth_url}
  username: 0001
  password: 1e5
clouds:
  c:
    region_name: north
    auth:
      <<: *defaults
      project_name: 1234e567890123456789012345678901
"""
    write(here(), text.replace("{auth_url}", keystone.auth_url))
    use(cloud="c")
    assert (keystone.user()["name"], keystone.user()["password"]) == ("0001", "1e5")
    assert keystone.project()["name"] == "1234e567890123456789012345678901"


# Where files are looked for


@pytest.mark.parametrize(
    ("variable", "value", "path"),
    [
        (None, None, "here/clouds.yaml"),
        (None, None, "here/clouds.yml"),
        (None, None, "here/clouds.json"),
        (None, None, "home/.config/openstack/clouds.yaml"),
        ("XDG_CONFIG_HOME", "xdg", "xdg/openstack/clouds.yaml"),
        ("XDG_CONFIG_HOME", "xdg", "home/.config/openstack/clouds.yaml"),
        ("SNAP_REAL_HOME", "real", "real/.config/openstack/clouds.yaml"),
        ("XDG_CONFIG_DIRS", "none:{}/site", "site/openstack/clouds.yaml"),
        ("OS_CLIENT_CONFIG_FILE", "~/mine.yaml", "home/mine.yaml"),
        ("OS_CLIENT_SECURE_FILE", "alone.yaml", "alone.yaml"),
    ],
    ids=str,
)
def test_where_files_are_looked_for(keystone, monkeypatch, tmp_path, variable, value, path):
    write(tmp_path / path, {"c": entry(keystone)})
    if variable:
        value = value.format(tmp_path)
        monkeypatch.setenv(variable, value if "/" in value else str(tmp_path / value))
    use(cloud="c")
    assert keystone.user()["name"] == "ada"


def test_the_file_here_comes_first(keystone, tmp_path):
    write(tmp_path / "home/.config/openstack/clouds.yaml", {"c": {"auth": {"auth_url": "https://192.0.2.1"}}})
    write(here(), {"c": entry(keystone)})
    use(cloud="c")


@pytest.mark.parametrize("kind", ["a pipe", "a named pipe"])
def test_a_pipe_is_read_to_its_end(keystone, monkeypatch, kind):
    text = json.dumps({"clouds": {"c": entry(keystone), **{f"filler{n}": {"x": "y" * 100} for n in range(2000)}}})
    if kind == "a pipe":
        reader, writer = os.pipe()
        path = f"/dev/fd/{reader}"
    else:
        path = str(here("pipe"))
        os.mkfifo(path)

    def fill():
        with open(path, "wb") if kind == "a named pipe" else os.fdopen(writer, "wb") as pipe:
            pipe.write(text.encode())

    thread = threading.Thread(target=fill)
    thread.start()
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", path)
    use(cloud="c")
    thread.join()
    assert keystone.user()["name"] == "ada"
    if kind == "a pipe":
        assert "is empty; a pipe can be read once" in refused(cloud="c")
        os.close(reader)


def test_files_that_cannot_be_read(keystone, monkeypatch):
    for path, words in [("none.yaml", "not a file"), (".", "not a file"), ("/dev/zero", "more than")]:
        monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", path)
        text = refused(cloud="c")
        assert words in text and path in text


def test_paths_of_certificates_may_begin_with_the_home(keystone, monkeypatch, tmp_path):
    (tmp_path / "home/ca.pem").write_text("no certificate")
    write(here(), {"c": entry(keystone, cacert="~/ca.pem")})
    assert "does not exist" not in refused(cloud="c")
    environment(monkeypatch, keystone, cacert="~/none.pem")
    assert "ca_file /" in refused()


# Which cloud


def test_the_only_cloud_needs_no_name(keystone, monkeypatch):
    write(here(), {"c": entry(keystone)})
    monkeypatch.setenv("OS_REGION_NAME", "north")
    use()
    assert keystone.user()["name"] == "ada"


def test_the_only_cloud_may_be_in_a_pipe(keystone, monkeypatch):
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as pipe:
        json.dump({"clouds": {"c": entry(keystone)}}, pipe)
    monkeypatch.setenv("OS_CLIENT_CONFIG_FILE", f"/dev/fd/{reader}")
    use()
    os.close(reader)
    assert keystone.user()["name"] == "ada"


@pytest.mark.parametrize("said", ["OS_USERNAME", "OS_IDENTITY_API_VERSION"])
def test_a_cloud_is_not_guessed_beside_other_variables(keystone, monkeypatch, said):
    write(here(), {"c": entry(keystone)})
    monkeypatch.setenv(said, "3")
    refused()
    assert keystone.requests == []


@pytest.mark.parametrize("given", [{"token": "t"}, {"auth_url": "https://192.0.2.1"}, {"password": "hunter2"}])
def test_a_cloud_is_not_guessed_beside_arguments(keystone, given):
    write(here(), {"c": entry(keystone)})
    refused(**given)


def test_of_several_clouds_one_must_be_named(keystone):
    write(here(), {"b": entry(keystone), "a": entry(keystone)})
    write(here("secure.yaml"), {"c": {}})
    assert "it has a, b, c" in refused()
    assert "'x'" not in refused(cloud="x") and "it has a, b, c" in refused(cloud="x")


@pytest.mark.parametrize("name", [None, "mine"])
def test_the_environment_is_a_cloud_by_name(keystone, monkeypatch, name):
    write(here(), {"c": {}})
    environment(monkeypatch, keystone, cloud=name or "envvars", cloud_name=name)
    use()
    assert keystone.user()["name"] == "ada"


def test_a_profile_of_clouds_public_yaml_is_below_the_entry(keystone):
    profile = {"auth": {"auth_url": keystone.auth_url, "username": "nobody"}, "regions": ["south", "north"]}
    write(here("clouds-public.yaml"), {"vendor": profile}, "public-clouds")
    write(here(), {"c": {"profile": "vendor", "auth": USER}})
    use(cloud="c")
    assert keystone.user()["name"] == "ada"
    assert keystone.path().startswith("/south/")


def test_a_profile_that_is_not_included_tells_what_to_write(keystone):
    write(here(), {"c": {"profile": "ovh", "auth": USER}, "d": {"profile": "hunter2", "auth": USER}})
    assert "auth_url: https://auth.cloud.ovh.net/v3" in refused(cloud="c")
    assert "clouds.d.profile" in refused(cloud="d")
    use(cloud="c", auth_url=keystone.auth_url, region_name="north")


# Which region


@pytest.mark.parametrize(
    ("regions", "variable", "given", "path"),
    [
        ({"regions": ["south", "north"]}, None, None, "/south/"),
        ({"regions": ["south", "north"]}, "north", None, "/north/"),
        ({"regions": ["south", "north"]}, "north", "south", "/south/"),
        ({"region_name": "south"}, None, "north", "/north/"),
        ({"region_name": "south"}, "south", None, "/south/"),
        ({"region_name": None}, "south", None, "/south/"),
        ({"region_name": "north", "compute_region_name": "south"}, None, None, "/south/"),
        ({"interface": "internal"}, None, None, "/north/internal/"),
        ({"interface": "admin", "compute_interface": "internal"}, None, None, "/north/internal/"),
    ],
    ids=str,
)
def test_which_region_is_asked(keystone, monkeypatch, regions, variable, given, path):
    base = entry(keystone)
    if "regions" in regions:
        del base["region_name"]
    write(here(), {"c": {**base, **regions}})
    if variable:
        monkeypatch.setenv("OS_REGION_NAME", variable)
    use(cloud="c", region_name=given)
    assert keystone.path().startswith(path)


@pytest.mark.parametrize("regions", [{"regions": ["south", "north"]}, {"region_name": "south"}], ids=str)
def test_a_region_of_the_environment_that_the_entry_does_not_have(keystone, monkeypatch, regions):
    write(here(), {"c": {**entry(keystone), **regions}})
    monkeypatch.setenv("OS_REGION_NAME", "west")
    text = refused(cloud="c")
    assert "OS_REGION_NAME" in text and "south" in text


# Variables


def test_blanks_after_a_variables_value_do_not_count(keystone, monkeypatch):
    environment(monkeypatch, keystone, username="ada\r", password=" pw\r\n", region_name="north ")
    use()
    assert (keystone.user()["name"], keystone.user()["password"]) == ("ada", " pw")


def test_a_control_character_within_a_variable_is_refused(keystone, monkeypatch):
    environment(monkeypatch, keystone, password="hun\rter2")
    text = refused()
    assert "OS_PASSWORD" in text and "\\r" in text and "ter2" not in text


def test_a_token_with_its_endpoint_is_not_taken_to_another_service(keystone, monkeypatch):
    environment(monkeypatch, keystone, username=None, password=None)
    use(endpoint=keystone.url() + "/v2.1", token="given")
    assert [request.headers["x-auth-token"] for request in keystone.requests] == ["given"]


def test_arguments_of_two_ways_to_log_in(keystone):
    text = refused(token="hunter2", password="hunter2", auth_url=keystone.auth_url)
    assert "token" in text and "password" in text and "auth_type" in text


def test_a_password_beside_a_cloud_is_told(keystone, monkeypatch):
    auth = {"auth_url": keystone.auth_url, "username": "ada", "project_name": "web"}
    write(here(), {"c": entry(keystone, auth=auth)})
    monkeypatch.setenv("OS_PASSWORD", "hunter2")
    assert "only OS_REGION_NAME counts beside a cloud" in refused(cloud="c")


def test_a_key_that_nobody_knows_is_warned_of_once(keystone, caplog):
    write(here(), {"c": entry(keystone, shape="hunter2")})
    with caplog.at_level(logging.WARNING):
        use(cloud="c")
    [text] = [record.getMessage() for record in caplog.records if "shape" in record.getMessage()]
    assert "clouds.c.shape is not known" in text and "hunter2" not in caplog.text
