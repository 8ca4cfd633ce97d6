"""The region, the domain and the project of a client decide which servers there are, in every face: the simulator has
others in each of them."""

import pytest
from faces import Cloud
from stories import fails, value

NORTH, SOUTH = "sim-north", "sim-south"


def attached(sim):
    """The volumes that are attached, of all servers of the cloud."""
    servers = sim.control("GET", "servers")["servers"]
    return {volume["id"] for server in servers for volume in server["volumes"] if volume["attached"]}


@pytest.mark.parametrize("region", [NORTH, SOUTH])
def test_a_volume_is_detached_in_the_region_of_the_client(face, sim, region):
    before, ids = attached(sim), sim.ids(region)
    cloud = Cloud(face, sim, sim.login(region_name=region))
    assert value(cloud.get(**ids))["serverId"] == ids["server_id"]
    value(cloud.detach(**ids, wait=True))
    assert before - attached(sim) == {ids["volume_id"]}


@pytest.mark.parametrize("region", [NORTH, SOUTH])
def test_a_server_of_another_region_is_not_there(face, sim, region):
    before, elsewhere = attached(sim), sim.ids(NORTH if region == SOUTH else SOUTH)
    cloud = Cloud(face, sim, sim.login(region_name=region))
    for outcome in (cloud.detach(**elsewhere), cloud.list(server_id=elsewhere["server_id"])):
        assert outcome.error["http_status"] == 404
    assert attached(sim) == before


@pytest.mark.parametrize("project", ["second_project", "other_project", "other_domain"])
def test_a_project_sees_its_own_servers_only(face, sim, project):
    theirs = sim.about[project]
    options = sim.login(**{name: text for name, text in theirs.items() if not name.endswith("_id")})
    cloud = Cloud(face, sim, {**options, "region_name": SOUTH})
    value(cloud.get(**sim.ids(SOUTH, theirs)))
    assert cloud.get(**sim.ids(SOUTH)).error["http_status"] == 404


@pytest.mark.parametrize("wrong", ["user_domain_name", "project_domain_name"])
def test_the_same_names_in_the_wrong_domain_are_refused(face, sim, wrong):
    cloud = Cloud(face, sim, sim.login(**{wrong: sim.about["other_domain"][wrong]}))
    fails(cloud.get(), "openstack_unauthorized", "rejected")
    assert cloud.asked("nova") == []
