"""Logging in to OpenStack in every face: the ways to do it, the catalog, and what is refused."""

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
    cloud = Cloud(face, sim, {name: sim.about[name] for name in ("auth_url", *WAYS[way])})
    assert value(cloud.get())["volumeId"] == sim.about["volume_id"]
    value(cloud.get())
    assert cloud.asked() == [LOGIN, GET, GET]


def test_auth_url_with_and_without_v3(face, sim):
    for auth_url in (sim.about["auth_url"].removesuffix("/v3"), sim.about["auth_url"] + "/"):
        cloud = Cloud(face, sim, sim.login(auth_url=auth_url))
        value(cloud.get())
    assert cloud.asked("keystone") == [LOGIN, LOGIN]


def test_a_fixed_token_and_auth_url_use_the_catalog(face, sim):
    cloud = Cloud(face, sim, {"auth_url": sim.about["auth_url"], "token": sim.about["openstack_token"]})
    value(cloud.get())
    value(cloud.get())
    assert cloud.asked() == [CATALOG, GET, GET]


@pytest.mark.parametrize("form", ["", "/v2.1", "/v2/{project_id}", "/sim-south/v2.1"])
def test_a_given_endpoint_counts_more_than_the_catalog(face, sim, form):
    url = sim.about["openstack_url"] + form.format(**sim.about)
    cloud = Cloud(face, sim, sim.login(endpoint=url))
    value(cloud.get(**sim.ids("sim-south" if "south" in form else "sim-north")))
    assert cloud.asked() == [LOGIN, GET]
    assert sim.requests()[-1]["path"].startswith(form.format(**sim.about) or f"/v2/{sim.about['project_id']}/")


def test_with_a_given_endpoint_the_catalog_may_lack_one(face, sim):
    options = sim.login(endpoint=sim.about["openstack_url"] + "/v2.1", region_name="sim-west")
    value(Cloud(face, sim, options).get())


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({}, "/v2.1/servers/"),
        ({"region_name": "north"}, "/v2.1/servers/"),
        ({"region_name": "south"}, "/sim-south/v2.1/servers/"),
        ({"interface": "internal"}, "/internal/v2.1/servers/"),
        ({"interface": "admin", "region_name": "south"}, "/sim-south/admin/v2.1/servers/"),
        ({"interface": "publicURL"}, "/v2.1/servers/"),
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
