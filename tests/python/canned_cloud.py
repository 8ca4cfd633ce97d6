"""A Keystone and a Nova that answer as a table says, for clouds that are set up differently from the simulator."""

import itertools
import time

from faults import answer

SERVER = "3e9c41d7-88b2-4f06-a5d3-c7016b2f94ae"
VOLUME = "91b7d2f4-0a6e-4c38-b1f5-2e8d7c30a946"
PROJECT = "4c1d9f2077ab0e5c91d84b6e2f3a5c01"
PAGE = answer(404, b"<html><h1>404 page not found</h1></html>", {"Content-Type": "text/html"})
NOT_FOUND = answer(404, {"error": {"code": 404, "message": "The resource could not be found.", "title": "Not Found"}})
ATTACHMENT = {"id": VOLUME, "volumeId": VOLUME, "serverId": SERVER, "device": "/dev/vdb"}


class CannedCloud:
    """`routes` are behaviours by (method, path); what is not among them is not found, but for attachments below
    each of the `compute` paths."""

    def __init__(self, server, options, compute=("/v2.1",), routes=()):
        self.server, self.compute, self.routes = server, compute, dict(routes)
        self.base = {"username": "ada", "password": "a-password", "project_name": "web", **options}
        server.run(self.behave)

    def behave(self, server, connection, request):
        return self.route(request)(server, connection, request)

    def route(self, request):
        known = self.routes.get((request.method, request.path))
        if known is not None:
            return known
        if any(request.path.startswith(f"{path}/servers/") for path in self.compute):
            return answer(202, b"") if request.method == "DELETE" else answer(200, {"volumeAttachment": ATTACHMENT})
        return PAGE

    def get(self, face, **options):
        options = {**self.base, "timeout": 20, "user_agent": f"canned/{self.server.port}", **options}
        ids = {"server_id": SERVER, "volume_id": VOLUME}
        return face.call(options, "openstack_get_volume_attachment", ids)

    def refuse_tokens(self, times=None):
        """Old middleware's words for a token that is not valid."""
        refusals = itertools.count() if times is None else iter(range(times))
        refused = answer(401, b"Authentication required", {"WWW-Authenticate": "Keystone uri='http://k.example:5000'"})
        route = self.route
        self.route = lambda request: (
            refused if "/servers/" in request.path and next(refusals, None) is not None else route(request)
        )

    def asked(self):
        return [(request.method, request.path.partition("/servers/")[0]) for request in self.server.requests]

    def bodies(self):
        return [request.body["auth"] for request in self.server.requests if request.method == "POST"]


def token(catalog=(), date=None, **more):
    """What Keystone answers to a login; `more` replaces what it says about the token, None takes it away."""
    now = time.time()
    about = {
        "issued_at": stamp(now),
        "expires_at": stamp(now + 3600),
        "project": {"id": PROJECT, "name": "web", "domain": {"id": "default", "name": "Default"}},
        "catalog": list(catalog),
        **more,
    }
    about = {key: value for key, value in about.items() if value is not None}
    headers = {"Content-Type": "application/json", "X-Subject-Token": "a-token-of-keystone"}
    return answer(201, {"token": about}, headers | ({"Date": date} if date else {}))


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(seconds))


def compute(url, region="north", interface="public"):
    """The compute service of a catalog."""
    endpoint = {"interface": interface, "region_id": region, "region": region, "url": url}
    return {"type": "compute", "name": "nova", "endpoints": [endpoint]}


def nova_versions(*links):
    """Nova's version document; a link is (id, href)."""
    return answer(200, {"versions": [{"id": name, "links": [{"rel": "self", "href": href}]} for name, href in links]})


def keystone_versions(*links):
    """Keystone's, which it answers with 300."""
    values = [{"id": name, "links": [{"rel": "self", "href": href}]} for name, href in links]
    return answer(300, {"versions": {"values": values}})
