"""URLs without a version, or with a wrong one: what is asked then, and which URL is taken."""

import pytest
from canned_cloud import NOT_FOUND, PAGE, PROJECT, CannedCloud, compute, keystone_versions, nova_versions, token
from faults import answer, silence
from stories import fails, value

LOGIN = "/auth/tokens"


@pytest.fixture
def cloud(fault_server):
    """Makes clouds whose Keystone is at a path and says what its catalog's compute endpoint is."""

    def making(keystone="/v3", auth_url="/v3", endpoint="/v2.1", routes=(), **how):
        url = fault_server.url()
        granted = token([compute(url + endpoint)])
        routes = {("POST", keystone + LOGIN): granted, **dict(routes)}
        return CannedCloud(fault_server, {"auth_url": url + auth_url}, routes=routes, **how)

    return making


# Keystone


@pytest.mark.parametrize(
    ("auth_url", "keystone"),
    [
        ("", "/v3"),
        ("/", "/v3"),
        ("/v3", "/v3"),
        ("/v3//", "/v3"),
        ("/v3/auth/tokens", "/v3"),
        ("/identity", "/identity/v3"),
        ("/identity/v3/auth/tokens/", "/identity/v3"),
    ],
)
def test_forms_of_auth_url(face, cloud, auth_url, keystone):
    made = cloud(keystone, auth_url)
    value(made.get(face))
    assert made.asked() == [("POST", keystone + LOGIN), ("GET", "/v2.1")]


@pytest.mark.parametrize("other", ["page", "keystone", "300"])
def test_v3_is_taken_from_the_version_document(face, cloud, fault_server, other):
    """The path counts; the document's host is a machine that may not get the password."""
    missing = {"page": PAGE, "keystone": NOT_FOUND, "300": keystone_versions(("v3.14", "http://x/"))}[other]
    routes = {("GET", "/"): keystone_versions(("v3.14", "http://inside.example:5000/identity/v3/"))}
    made = cloud("/identity/v3", "", routes={**routes, ("POST", "/v3" + LOGIN): missing})
    value(made.get(face))
    found = [("POST", "/v3" + LOGIN), ("GET", "/"), ("POST", "/identity/v3" + LOGIN), ("GET", "/v2.1")]
    assert made.asked() == found
    assert "a-password" not in str([request.headers for request in fault_server.requests])


def test_where_v3_is_is_remembered(face, cloud, fault_server):
    made = cloud("/identity/v3", "", routes={("GET", "/"): keystone_versions(("v3.14", "/identity/v3/"))})
    value(made.get(face))
    made.refuse_tokens()
    fault_server.requests.clear()
    fails(made.get(face), "openstack_unauthorized", "rejected")
    assert made.asked() == [("GET", "/v2.1"), ("POST", "/identity/v3" + LOGIN), ("GET", "/v2.1")]


def test_a_removed_version_of_the_identity_api_is_refused_at_once(face, cloud):
    made = cloud(auth_url="/identity/v2.0/")
    error = fails(made.get(face), "invalid_configuration", "not_sent")
    assert "auth_url" in error["message"] and "/identity/v3" in error["message"]
    assert made.asked() == []


@pytest.mark.parametrize(
    ("auth_url", "routes", "words"),
    [
        ("/wrong/v3", {}, ["POST http://", "/wrong/v3/auth/tokens answered 404", "404 page not found"]),
        ("/wrong", {}, ["/wrong/v3/auth/tokens answered 404", "/wrong/ tells of no version 3 either"]),
        ("/v3", {("POST", "/v3" + LOGIN): NOT_FOUND}, ["The resource could not be found.", "answered 404"]),
        ("/v3", {("POST", "/v3" + LOGIN): answer(405, b"")}, ["answered 405"]),
        (
            "/v3",
            {("POST", "/v3" + LOGIN): answer(302, b"", {"Location": "https://login.example/sso?next=x"})},
            ["redirect to https://login.example/sso", "answered 302"],
        ),
        ("/v3", {("POST", "/v3" + LOGIN): keystone_versions(("v3", "/v3"))}, ["answered 300"]),
    ],
)
def test_what_is_no_identity_service_is_an_error_of_auth_url(face, cloud, auth_url, routes, words):
    """Not of a server or volume: `missing_ok` and `except NotFound` must not take it for detached."""
    made = cloud("/right/v3", auth_url, routes=routes)
    error = fails(made.get(face), "invalid_configuration", "not_sent")
    assert "auth_url http://" in error["message"] and "identity service" in error["message"]
    assert [word for word in words if word not in error["message"]] == []


# Nova


@pytest.mark.parametrize(
    ("endpoint", "href", "path"),
    [
        ("/compute", "{url}/compute/v2.1/", "/compute/v2.1"),
        ("/compute/", "http://inside.example:8774/compute/v2.1", "/compute/v2.1"),
        # The proxy takes the prefix away, and Nova does not know of it.
        ("/compute", "http://inside.example:8774/v2.1/", "/compute/v2.1"),
        ("", "{url}/nova/v2.1/", "/nova/v2.1"),
        ("/compute", "v2.1", "/compute/v2.1"),
    ],
)
@pytest.mark.parametrize("given", [False, True])
def test_a_compute_endpoint_without_a_version_is_asked_for_it(face, cloud, fault_server, endpoint, href, path, given):
    versions = nova_versions(("v2.0", "/v2/"), ("v2.1", href.format(url=fault_server.url())))
    root = endpoint.rstrip("/") + "/"
    made = cloud(endpoint=endpoint, routes={("GET", root): versions}, compute=[path])
    options = {"endpoint": fault_server.url() + endpoint} if given else {}
    value(made.get(face, **options, compute_api_version="2.20"))
    value(made.get(face, **options, compute_api_version="2.20"))
    assert made.asked() == [("POST", "/v3" + LOGIN), ("GET", root), ("GET", path), ("GET", path)]
    headers = fault_server.requests[1].headers
    assert "x-auth-token" not in headers, "Nova needs none for that"
    assert fault_server.requests[2].headers["openstack-api-version"] == "compute 2.20"


def test_a_given_token_needs_no_login_for_the_versions(face, cloud, fault_server):
    made = cloud(routes={("GET", "/"): nova_versions(("v2.1", "/v2.1/"))})
    made.base = {"endpoint": fault_server.url(), "token": "a-token"}
    value(made.get(face))
    assert made.asked() == [("GET", "/"), ("GET", "/v2.1")]


def test_without_a_version_document_and_a_project(face, cloud, fault_server):
    """A token that is used as it is does not tell its project."""
    made = cloud(compute=["/v2/p1"])
    made.base = {"endpoint": fault_server.url() + "/", "token": "a-token"}
    error = fails(made.get(face), "invalid_configuration", "not_sent")
    assert "project_id" in error["message"] and "/v2.1" in error["message"]
    value(made.get(face, project_id="p1"))
    assert made.asked() == [("GET", "/"), ("GET", "/"), ("GET", "/v2/p1")]


NO_DOCUMENTS = {
    "a page": PAGE,
    "a page with 200": answer(200, b"<html>Welcome</html>", {"Content-Type": "text/html"}),
    "other JSON": answer(200, {"status": "ok"}),
    "405": answer(405, b""),
    "401": answer(401, b""),
    "a redirect": answer(301, b"", {"Location": "http://other.example/"}),
    "only v2.0": nova_versions(("v2.0", "/compute/v2/")),
}


@pytest.mark.parametrize("kind", NO_DOCUMENTS)
def test_without_a_version_document_the_old_url_is_taken(face, cloud, kind):
    path = f"/compute/v2/{PROJECT}"
    made = cloud(endpoint="/compute", routes={("GET", "/compute/"): NO_DOCUMENTS[kind]}, compute=[path])
    for version in ("2", "2.1"):
        value(made.get(face, compute_api_version=version))
    assert made.asked()[:3] == [("POST", "/v3" + LOGIN), ("GET", "/compute/"), ("GET", path)]
    error = fails(made.get(face, compute_api_version="2.20"), "invalid_configuration", "not_sent")
    for words in ("compute_api_version 2.20", "/compute/ tells of no version 2.1", "ends in /v2.1"):
        assert words in error["message"]
    assert made.asked()[-1] == ("GET", "/compute/"), "nothing of the call was sent"


def test_a_microversion_where_it_would_be_ignored_is_refused(face, cloud, fault_server):
    made = cloud(endpoint=f"/v2/{PROJECT}", compute=[f"/v2/{PROJECT}"])
    value(made.get(face))
    error = fails(made.get(face, compute_api_version="2.20"), "invalid_configuration", "not_sent")
    assert "ignores microversions" in error["message"]
    asked = made.asked()
    given = {"compute_api_version": "latest", "endpoint": f"{fault_server.url()}/v2/{PROJECT}"}
    fails(made.get(face, **given), "invalid_configuration", "not_sent")
    assert made.asked() == asked, "the client was not made"


def test_a_compute_service_that_hangs_costs_the_calls_time(face, cloud):
    made = cloud(endpoint="/compute", routes={("GET", "/compute/"): silence})
    error = fails(made.get(face, timeout=1), "timed_out", "not_sent")
    assert "compute service: GET http://" in error["message"]


def test_an_outage_is_not_taken_for_an_old_nova(face, cloud):
    made = cloud(endpoint="/compute", routes={("GET", "/compute/"): answer(500, b"")}, compute=["/compute/v2.1"])
    error = fails(made.get(face), "openstack_error", "not_sent")
    assert "compute service: GET http://" in error["message"] and error["http_status"] == 500
    made.routes[("GET", "/compute/")] = nova_versions(("v2.1", "/compute/v2.1/"))
    value(made.get(face))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("{url}/v2/$(tenant_id)s", "placeholder"),
        ("{url}/v2/%(tenant_id)s", "placeholder"),
        ("http://2001:db8::1:8774/v2.1", "must"),
        ("{url}/v2.1?x=1", "without ?"),
        ("/v2.1", "absolute"),
        ("http://nova.example:8774/v2.1", "allow_http"),
    ],
)
def test_an_odd_url_of_the_catalog_is_the_clouds(face, cloud, fault_server, url, words):
    granted = token([compute(url.format(url=fault_server.url()))])
    made = cloud(routes={("POST", "/v3" + LOGIN): granted})
    error = fails(made.get(face), "invalid_configuration", "not_sent")
    assert "the catalog's compute endpoint in region north" in error["message"]
    assert words in error["message"]
    assert made.asked() == [("POST", "/v3" + LOGIN)]
