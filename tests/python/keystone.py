"""A canned identity service with a compute service in two regions, which remembers who logged in."""

from faults import JSON, FaultServer, answer

REGIONS, INTERFACES = ("north", "south"), ("public", "internal", "admin")


class Keystone(FaultServer):
    def __enter__(self):
        super().__enter__()
        self.run(self.respond)
        return self

    @property
    def auth_url(self):
        return self.url() + "/v3"

    def respond(self, server, connection, request):
        if request.method != "POST":
            return answer(200, {"volumeAttachments": []})(server, connection, request)
        endpoints = [
            {"interface": interface, "region_id": region, "url": f"{self.url()}/{region}/{interface}/v2.1"}
            for region in REGIONS
            for interface in INTERFACES
        ]
        token = {
            "expires_at": "2099-01-01T01:00:00.000000Z",
            "issued_at": "2099-01-01T00:00:00.000000Z",
            "project": {"id": "p1"},
            "catalog": [{"type": "compute", "name": "nova", "endpoints": endpoints}],
        }
        return answer(201, {"token": token}, {**JSON, "X-Subject-Token": "issued"})(server, connection, request)

    def login(self):
        """The body of the only login, without its outermost object."""
        [body] = [request.body for request in self.requests if request.method == "POST"]
        return body["auth"]

    def user(self):
        return self.login()["identity"]["password"]["user"]

    def project(self):
        return self.login()["scope"]["project"]

    def path(self):
        """Where the compute service was asked."""
        [path] = [request.path for request in self.requests if request.method == "GET"]
        return path
