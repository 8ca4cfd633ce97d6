"""Every operation of the simulator, and its errors, against the vendor's OpenAPI document."""

import http.client
import json
import urllib.parse

import pytest
from conformance_schema import DOCUMENT, Document, documented, simulated
from simulator import Simulator

pytestmark = pytest.mark.skipif(not DOCUMENT.exists(), reason=f"{DOCUMENT} is missing; KATAPULT_RECORDINGS may help")


@pytest.fixture(scope="module")
def own_simulator():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def document():
    return Document()


@pytest.fixture
def ask(own_simulator, document):
    """Sends a request, has its answer judged, and returns that. Remembers which operations succeeded."""
    sim = own_simulator
    sim.reset()
    address = urllib.parse.urlsplit(sim.about["katapult_url"]).netloc
    connection = http.client.HTTPConnection(address, timeout=10)

    def asking(status, method, path, arguments, **more):
        query = "" if method != "GET" else "?" + urllib.parse.urlencode({**pairs(arguments), **more})
        body = None if method == "GET" else json.dumps({**arguments, **more})
        headers = {} if body is None else {"Content-Type": "application/json"}
        if asking.token:
            headers["Authorization"] = f"Bearer {asking.token}"
        connection.request(method, f"/core/v1{path}{query}", body, headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
        assert response.status == status, answer
        document.check(method, path, status, answer)
        if status < 400:
            asking.succeeded.add((method, documented(path)))
        return answer

    asking.succeeded, asking.sim, asking.token = set(), sim, sim.about["api_token"]
    yield asking
    connection.close()


def pairs(lookups):
    return {f"{name}[{key}]": value for name, lookup in lookups.items() for key, value in lookup.items()}


def wait(ask, answer):
    ask.sim.control("POST", "clock", {"advance_seconds": 5})
    task = ask(200, "GET", "/tasks/task", {"task": {"id": answer["task"]["id"]}})["task"]
    assert task["status"] == "completed"


def test_every_operation_succeeds_as_documented(ask, document):
    about = ask.sim.about
    organization = {"organization": {"id": about["organization_id"]}}
    machine = {"virtual_machine": {"fqdn": about["virtual_machine"]["fqdn"]}}
    for page in ("disks", "disk_io_profiles", "disk_backup_policies", "trash_objects", "virtual_machines"):
        ask(200, "GET", f"/organizations/organization/{page}", organization)
    ask(200, "GET", "/organizations/organization/disk_templates", organization, include_universal="true")
    ask(200, "GET", "/virtual_machines/virtual_machine", machine)
    ask(200, "GET", "/virtual_machines/virtual_machine/disks", machine)
    ask(200, "GET", "/virtual_machines/virtual_machine/disk_backup_policies", machine, include_disks="true")
    ask(200, "GET", "/data_centers", {})
    ask(200, "GET", "/data_centers/data_center", {"data_center": {"permalink": about["data_center"]}})
    for template in about["disk_templates"].values():
        ask(200, "GET", "/disk_templates/disk_template", {"disk_template": {"id": template}})
        ask(200, "GET", "/disk_templates/disk_template/versions", {"disk_template": {"id": template}})
    version = {"disk_template_version": {"id": about["disk_template_versions"]["latest"]}}
    ask(200, "GET", "/disk_template_versions/disk_template_version", version)
    ask(200, "GET", "/disk_template_versions/disk_template_version/spec", version)
    lives_of_a_disk(ask, organization, machine, about["data_center"])
    look_around(ask, organization, machine, about)
    power(ask, machine)
    lives_of_policies(ask, machine, about["disks"]["unassigned"])
    lives_of_trash(ask, organization, about)
    assert ask.succeeded == simulated() >= document.operations()
    assert len(document.operations()) >= 37


def look_around(ask, organization, machine, about):
    ask(200, "GET", "/organizations", {})
    ask(200, "GET", "/organizations/organization", organization)
    for page in ("available_networks", "virtual_networks", "network_speed_profiles"):
        ask(200, "GET", f"/organizations/organization/{page}", organization)
    packages = ask(200, "GET", "/virtual_machine_packages", organization)["virtual_machine_packages"]
    package = {"virtual_machine_package": {"permalink": packages[0]["permalink"]}}
    ask(200, "GET", "/virtual_machine_packages/virtual_machine_package", package)
    data_center = {"data_center": {"permalink": about["data_center"]}}
    network = ask(200, "GET", "/data_centers/data_center/default_network", data_center)["network"]
    network = {"network": {"permalink": network["permalink"]}}
    ask(200, "GET", "/networks/network", network)
    networks = ask(200, "GET", "/organizations/organization/virtual_networks", organization)["virtual_networks"]
    ask(200, "GET", "/virtual_networks/virtual_network", {"virtual_network": {"id": networks[0]["id"]}})
    ask(200, "GET", "/virtual_machines/virtual_machine/network_interfaces", machine)
    ask(200, "GET", "/virtual_machines/virtual_machine/networks/network/interface", {**machine, **network})
    interface = {"virtual_machine_network_interface": {"id": about["network_interface"]}}
    ask(200, "GET", "/virtual_machine_network_interfaces/virtual_machine_network_interface", interface)


def power(ask, machine):
    for action in ("reset", "shutdown", "start", "stop"):
        wait(ask, ask(200, "POST", f"/virtual_machines/virtual_machine/{action}", machine))


def lives_of_a_disk(ask, organization, machine, data_center):
    properties = {"name": "one", "size_in_gb": 20, "data_center": {"permalink": data_center}}
    made = ask(201, "POST", "/organizations/organization/disks", organization, properties=properties)
    wait(ask, made)
    disk = {"disk": {"id": made["disk"]["id"]}}
    ask(200, "PATCH", "/disks/disk", disk, properties={"name": "two"}, annotations=[{"key": "a", "value": "b"}])
    ask(200, "POST", "/disks/disk/assign", {**disk, **machine})
    wait(ask, ask(200, "POST", "/disks/disk/attach", disk))
    ask(200, "GET", "/disks/disk", disk)
    wait(ask, ask(200, "PUT", "/disks/disk/resize", disk, size_in_gb=30, resize_method="online"))
    wait(ask, ask(200, "PUT", "/disks/disk/io_profile", disk, io_profile={"permalink": "100k"}))
    wait(ask, ask(200, "POST", "/disks/disk/detach", disk))
    ask(200, "POST", "/disks/disk/unassign", disk)
    ask(200, "DELETE", "/disks/disk", disk)
    ask(406, "GET", "/disks/disk", disk)


def lives_of_policies(ask, machine, disk_id):
    disk = {"disk": {"id": disk_id}}
    properties = {"retention": 3, "schedule": {"interval": "hourly", "frequency": 6, "minute": 15}}
    for owner, path in ((disk, "/disks/disk"), (machine, "/virtual_machines/virtual_machine")):
        made = ask(200, "POST", f"{path}/disk_backup_policies", owner, properties=properties)["disk_backup_policy"]
        policy = {"disk_backup_policy": {"id": made["id"]}}
        ask(200, "GET", "/disk_backup_policies/disk_backup_policy", policy)
    ask(200, "GET", "/disks/disk/disk_backup_policies", disk)
    ask(200, "PATCH", "/disk_backup_policies/disk_backup_policy", policy, properties={"retention": 5})
    at = ask.sim.state()["clock"] + 1000
    ask(200, "DELETE", "/disk_backup_policies/disk_backup_policy/schedule", policy, timestamp=at)
    later = ask(200, "GET", "/disk_backup_policies/disk_backup_policy", policy)["disk_backup_policy"]
    assert later["auto_move_to_trash_at"] == at
    ask(200, "DELETE", "/disk_backup_policies/disk_backup_policy", policy)
    ask(406, "GET", "/disk_backup_policies/disk_backup_policy", policy)


def lives_of_trash(ask, organization, about):
    trash_object = {"trash_object": {"object_id": about["disks"]["trashed"]}}
    ask(200, "GET", "/trash_objects/trash_object", trash_object)
    ask(200, "POST", "/trash_objects/trash_object/restore", trash_object)
    disk = {"disk": {"id": about["disks"]["trashed"]}}
    ask(200, "GET", "/disks/disk", disk)
    ask(200, "DELETE", "/disks/disk", disk)
    wait(ask, ask(200, "DELETE", "/trash_objects/trash_object", trash_object))
    ask(404, "GET", "/disks/disk", disk)
    wait(ask, ask(200, "POST", "/organizations/organization/trash_objects/purge_all", organization))


def sample(document, method, path):
    """The arguments without which the service looks nothing up."""
    given = {"properties": {}, "size_in_gb": 10, "timestamp": 1}
    missing = {"id": "no_such_thing"}
    if path.endswith("/networks/network/interface"):
        return {"network": missing}
    return {name: given.get(name, missing) for name in document.required(method, path)}


def test_errors_are_as_documented(ask, document):
    about = ask.sim.about
    missing = {"id": "no_such_thing"}
    about_nothing = {("GET", f"/{name}") for name in ("data_centers", "organizations", "virtual_machine_packages")}
    for method, path in sorted(document.operations() - about_nothing):
        lookup = path.split("/")[2]
        error = ask(404, method, path, {**sample(document, method, path), lookup: missing})["error"]
        assert error["code"] == {"virtual_machine_package": "package"}.get(lookup, lookup) + "_not_found"
    trashed = {"disk": {"id": about["disks"]["trashed"]}}
    for method, path in sorted(document.operations()):
        if path.startswith("/disks/disk"):
            error = ask(406, method, path, {**sample(document, method, path), **trashed})["error"]
            assert error["code"] == "object_in_trash"
    unassigned = {"disk": {"id": about["disks"]["unassigned"]}}
    ask(422, "POST", "/disks/disk/attach", unassigned)
    ask(422, "PUT", "/disks/disk/resize", unassigned, size_in_gb=1)
    ask(422, "POST", "/disks/disk/disk_backup_policies", unassigned, properties={"retention": 0})
    attached = {"disk": {"id": about["disks"]["attached"]}}
    ask(422, "POST", "/disks/disk/unassign", attached)
    ask(422, "POST", "/disks/disk/assign", attached, virtual_machine={"id": about["virtual_machine"]["id"]})
    policy = {"disk_backup_policy": {"id": about["disk_backup_policies"]["disk"]}}
    soon = ask.sim.state()["clock"] + 200
    error = ask(400, "DELETE", "/disk_backup_policies/disk_backup_policy/schedule", policy, timestamp=soon)["error"]
    assert error["code"] == "invalid_timestamp"
    ask.sim.next_task(queueing_error=True)
    ask(406, "POST", "/disks/disk/detach", attached)
    organization = {"organization": {"id": about["organization_id"]}}
    path = "/organizations/organization/disk_templates"
    ask(404, "GET", path, {**organization, "operating_system": missing})
    for state in ("suspended", "not_activated"):
        ask.sim.control("POST", "organization", {"state": state})
        for method, path in sorted(document.operations()):
            if path.startswith("/organizations/"):
                error = ask(403, method, path, {**sample(document, method, path), **organization})["error"]
                assert error["code"] == f"organization_{state}"


def test_every_operation_needs_the_scopes_of_the_document(ask, document):
    ask.sim.control("POST", "api_tokens", {"api_token": "without-scopes", "scopes": []})
    for method, path in sorted(document.operations()):
        scopes, arguments = document.scopes(method, path), sample(document, method, path)
        is_about = path.split("/")[2:3]
        arguments.update(dict.fromkeys(is_about, {"id": "no_such_thing"}))
        ask.token = "without-scopes"
        if scopes:
            error = ask(403, method, path, arguments)["error"]
            assert (error["code"], error["detail"]) == ("scope_not_granted", {"scopes": scopes})
        for scope in scopes or [None]:
            ask.token = f"only-{scope}"
            ask.sim.control("POST", "api_tokens", {"api_token": ask.token, "scopes": [scope] if scope else []})
            ask(404 if is_about else 200, method, path, arguments)


def test_errors_of_every_operation_are_as_documented(ask, document):
    for token, status, permitted in ((None, 400, None), ("wrong", 403, None), (ask.token, 429, 0)):
        ask.token = token
        if permitted is not None:
            ask.sim.rate_limit(permitted)
        for method, path in sorted(document.operations()):
            ask(status, method, path, {})
    ask.sim.rate_limit(1_000_000)
