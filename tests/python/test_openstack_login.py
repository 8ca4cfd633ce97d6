"""Logging in to OpenStack in every face: the ways to do it, the catalog, and what is refused."""

import json
import urllib.request

import pytest
from faces import Cloud
from openstack_stories import CATALOG, GET, LOGIN, check_no_secret
from stories import fails, value

BY_NAME = ("username", "password", "user_domain_name", "project_name", "project_domain_name")
WAYS = {
    "names": BY_NAME,
    "names in the default domain": ("username", "password", "project_name"),
    "domains by id": ("username", "password", "user_domain_id", "project_name", "project_domain_id"),
    "ids": ("user_id", "password", "project_id"),
    "application credential by id": ("application_credential_id", "application_credential_secret"),
    "application credential by name": (
        "application_credential_name",
        "application_credential_secret",
        "username",
        "user_domain_name",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_to_log_in(face, sim, way):
    cloud = Cloud(face, sim, {name: sim.about[name] for name in ("auth_url", "region_name", *WAYS[way])})
    assert value(cloud.get())["volumeId"] == sim.about["volume_id"]
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, GET]


def test_auth_url_with_and_without_v3(face, sim):
    for auth_url in (sim.about["auth_url"].removesuffix("/v3"), sim.about["auth_url"] + "/"):
        cloud = Cloud(face, sim, sim.login(auth_url=auth_url))
        value(cloud.get())
    assert cloud.asked("keystone") == [LOGIN, LOGIN]


def test_a_fixed_token_and_auth_url_use_the_catalog(face, sim):
    given = {name: sim.about[name] for name in ("auth_url", "region_name")}
    cloud = Cloud(face, sim, {**given, "token": sim.about["openstack_token"]})
    value(cloud.get())
    value(cloud.get())
    assert cloud.asked() == [CATALOG, GET, GET]


@pytest.mark.parametrize("form", ["/v2.1", "/v2/{project_id}", "/sim-south/v2.1"])
def test_a_given_endpoint_counts_more_than_the_catalog(face, sim, form):
    url = sim.about["openstack_url"] + form.format(**sim.about)
    cloud = Cloud(face, sim, sim.login(endpoint=url))
    value(cloud.get(**sim.ids("sim-south" if "south" in form else "sim-north")))
    assert cloud.asked() == [LOGIN, GET]
    assert sim.requests()[-1]["path"].startswith(form.format(**sim.about))


def test_with_a_given_endpoint_the_catalog_may_lack_one(face, sim):
    options = sim.login(endpoint=sim.about["openstack_url"] + "/v2.1", region_name="sim-west")
    value(Cloud(face, sim, options).get())


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"region_name": "north"}, "/v2.1/servers/"),
        ({"region_name": "south"}, "/sim-south/v2.1/servers/"),
        ({"interface": "internal"}, "/internal/v2.1/servers/"),
        ({"interface": "admin", "region_name": "south"}, "/sim-south/admin/v2.1/servers/"),
        ({"interface": "publicURL"}, "/v2.1/servers/"),
        ({"interface": "internal,public"}, "/internal/v2.1/servers/"),
    ],
    ids=str,
)
def test_region_and_interface_choose_the_endpoint(face, sim, options, path):
    regions = {"north": sim.about["region_name"], "south": sim.about["other_region_name"]}
    given = {name: regions.get(text, text) for name, text in options.items()}
    ids = sim.ids(given.get("region_name", sim.about["region_name"]))
    value(Cloud(face, sim, sim.login(**given)).get(**ids))
    assert sim.requests()[-1]["path"].startswith(path)


REFUSED = {
    "password": ({"password": "wrong-secret"}, "openstack_unauthorized", "rejected", "identity service"),
    "project": ({"project_name": "elsewhere"}, "openstack_unauthorized", "rejected", "identity service"),
    "region": ({"region_name": "sim-west"}, "invalid_configuration", "not_sent", "region_name"),
    "service type": ({"service_type": "quantum"}, "invalid_configuration", "not_sent", "quantum"),
    "interface": ({"interface": "secret"}, "invalid_configuration", "not_sent", "interface must be"),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_login_that_is_refused_says_so(face, sim, wrong):
    options, status, certain, words = REFUSED[wrong]
    cloud = Cloud(face, sim, sim.login(**options))
    outcome = cloud.detach()
    assert words in fails(outcome, status, certain)["message"]
    assert cloud.asked("nova") == []
    check_no_secret(sim, outcome)


def test_a_wrong_secret_of_an_application_credential(face, sim):
    options = {name: sim.about[name] for name in ("auth_url", "application_credential_id")}
    cloud = Cloud(face, sim, {**options, "application_credential_secret": "wrong-secret"})
    outcome = cloud.detach()
    assert "identity service" in fails(outcome, "openstack_unauthorized", "rejected")["message"]
    assert cloud.asked() == [LOGIN]
    check_no_secret(sim, outcome)


def test_what_the_catalog_has_is_said_if_nothing_fits(face, sim):
    error = Cloud(face, sim, sim.login(region_name="sim-west")).get().error
    assert all(words in error["message"] for words in ("sim-west", "sim-north", "sim-south", "public"))


@pytest.mark.parametrize("missing", ["password", "username", "project_name"])
def test_credentials_that_are_not_complete(face, sim, missing):
    options = {key: text for key, text in sim.login().items() if key != missing}
    outcome = Cloud(face, sim, options).get()
    fails(outcome, "invalid_configuration", "not_sent")
    assert sim.requests() == []
    check_no_secret(sim, outcome)


# Which credentials are used


def entered(sim, *names):
    """Options of a client with only these."""
    return {name: sim.about[name] for name in ("auth_url", "region_name", *names)}


CREDENTIAL = ("application_credential_id", "application_credential_secret")


def test_arguments_for_two_ways_to_log_in_need_auth_type(face, sim):
    given = sim.login(application_credential_id="old", application_credential_secret="wrong-secret")
    cloud = Cloud(face, sim, given)
    error = fails(cloud.get(), "invalid_configuration", "not_sent")
    assert "application_credential_id and password" in error["message"] and "auth_type" in error["message"]
    assert cloud.asked() == []
    value(Cloud(face, sim, {**given, "auth_type": "password"}).get())


@pytest.mark.parametrize("given", [{"project_name": "elsewhere"}, {"project_id": "0" * 32}], ids=str)
def test_an_application_credential_of_another_project_is_not_used(face, sim, given):
    """It has a project of its own, and a scope beside it would be refused."""
    cloud = Cloud(face, sim, {**entered(sim, *CREDENTIAL), **given})
    error = fails(cloud.detach(), "invalid_configuration", "not_sent")
    assert all(words in error["message"] for words in (*given, "application credential is for"))
    assert cloud.asked() == [LOGIN]
    own = {name: sim.about[name] for name in given}
    value(Cloud(face, sim, {**entered(sim, *CREDENTIAL), **own}).get())


def test_who_was_refused_is_said(face, sim):
    cloud = Cloud(face, sim, sim.login(project_name="elsewhere"))
    error = fails(cloud.get(), "openstack_unauthorized", "rejected")
    for words in (sim.about["auth_url"], "password of user", sim.about["username"], "elsewhere"):
        assert words in error["hint"], error


# Ways to log in


@pytest.mark.parametrize("auth_type", ["v3oidcpassword", "v3kerberos", "v3totp", "none", "v2password"])
def test_another_auth_type_is_refused_before_anything_is_sent(face, sim, auth_type):
    cloud = Cloud(face, sim, sim.login(auth_type=auth_type))
    outcome = cloud.get()
    assert f'auth_type "{auth_type}"' in fails(outcome, "invalid_configuration", "not_sent")["message"]
    assert sim.requests() == []
    check_no_secret(sim, outcome)


def test_what_is_no_name_of_an_auth_type_is_not_shown(face, sim):
    """It may be a secret in the wrong place."""
    outcome = Cloud(face, sim, sim.login(auth_type="hunter2-of-ada")).get()
    message = fails(outcome, "invalid_configuration", "not_sent")["message"]
    assert "auth_type" in message and "v3password" in message and "hunter2" not in message
    assert sim.requests() == []


def test_auth_type_chooses_among_what_is_there(face, sim):
    names = (*BY_NAME, *CREDENTIAL)
    everything = {**entered(sim, *names), "token": sim.about["openstack_token"]}
    methods = {"v3password": "password", "v3token": "token", "v3applicationcredential": "application_credential"}
    for auth_type, method in methods.items():
        cloud = Cloud(face, sim, {**everything, "auth_type": auth_type})
        value(cloud.get())
        assert sim.requests()[0]["body"]["auth"]["identity"]["methods"] == [method]
        sim.forget_requests()
    for auth_type, missing in {"password": "password", "token": "token", "v3applicationcredential": CREDENTIAL[1]}.items():
        given = {key: text for key, text in everything.items() if key != missing}
        error = fails(Cloud(face, sim, {**given, "auth_type": auth_type}).get(), "invalid_configuration", "not_sent")
        assert missing in error["message"]
    assert sim.requests() == []


@pytest.mark.parametrize("auth_type", ["admin_token", "token_endpoint"])
def test_a_token_and_an_endpoint_as_they_are(face, sim, auth_type):
    given = {"endpoint": sim.about["openstack_url"] + "/v2.1", "token": sim.about["openstack_token"]}
    cloud = Cloud(face, sim, {**sim.login(), **given, "auth_type": auth_type})
    value(cloud.get())
    assert cloud.asked() == [GET]


# Regions


def test_a_region_is_not_guessed(face, sim):
    options = {key: text for key, text in sim.login().items() if key != "region_name"}
    cloud = Cloud(face, sim, options)
    error = fails(cloud.detach(), "invalid_configuration", "not_sent")
    assert all(words in error["message"] for words in ("region_name", "sim-north", "sim-south"))
    assert cloud.asked() == [LOGIN]


# Exchanging a token


def raw_token(sim, user, project=None):
    """A token that another program has got."""
    identity = {"methods": ["password"], "password": {"user": user}}
    scope = {"scope": {"project": {"id": project}}} if project else {}
    request = urllib.request.Request(
        sim.about["auth_url"] + "/auth/tokens",
        data=json.dumps({"auth": {"identity": identity, **scope}}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with sim.opener.open(request, timeout=10) as answer:
        token = answer.headers["X-Subject-Token"]
    sim.forget_requests()
    return token


def own_token(sim):
    return raw_token(sim, {"id": sim.about["user_id"], "password": sim.about["password"]})


@pytest.mark.parametrize("by", [("project_name", "project_domain_name"), ("project_id",)], ids=str)
def test_an_unscoped_token_is_exchanged_for_one_of_the_project(face, sim, by):
    cloud = Cloud(face, sim, {**entered(sim, *by), "token": own_token(sim)})
    value(cloud.get())
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, GET]
    assert sim.requests()[0]["body"]["auth"]["identity"]["methods"] == ["token"]


def test_an_unscoped_token_without_a_project(face, sim):
    cloud = Cloud(face, sim, {**entered(sim), "token": own_token(sim)})
    assert "identity service" in fails(cloud.get(), "openstack_forbidden", "rejected")["message"]
    assert cloud.asked() == [CATALOG]


def test_a_token_of_another_project_is_not_used_in_silence(face, sim):
    other = sim.about["other_project"]
    user = {"name": other["username"], "password": other["password"], "domain": {"id": "default"}}
    token = raw_token(sim, user, other["project_id"])
    cloud = Cloud(face, sim, {**entered(sim, "project_name", "project_domain_name"), "token": token})
    outcome = cloud.detach()
    error = fails(outcome, "openstack_unauthorized", "rejected")
    assert "leave the project out" in error["hint"] and sim.about["project_name"] in error["hint"]
    assert token not in f"{outcome.error} {outcome.object!r}"
    assert cloud.asked() == [LOGIN]


def test_an_expired_token_is_not_a_missing_volume(face, sim):
    """Keystone answers 404."""
    cloud = Cloud(face, sim, {**entered(sim, "project_id"), "token": own_token(sim)})
    sim.tokens(expire=True)
    error = fails(cloud.detach(missing_ok=True), "openstack_unauthorized", "rejected")
    assert "Failed to validate token" in error["message"]


def test_an_exchanged_token_is_renewed(face, sim):
    given = {**entered(sim, "project_id"), "token": sim.about["openstack_token"]}
    cloud = Cloud(face, sim, given)
    value(cloud.get())
    sim.tokens(revoke=True)
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, GET, LOGIN, GET]
