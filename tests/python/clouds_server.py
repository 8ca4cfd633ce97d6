"""A canned Keystone and Nova, which note what they are asked.

They believe everything. The catalog has a URL of its own for each region and interface, so that a request to Nova tells
which endpoint was chosen.
"""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SERVER = "3e9c41d7-88b2-4f06-a5d3-c7016b2f94ae"
PROJECT = {"id": "4c1d9f2077ab0e5c91d84b6e2f3a5c01", "name": "granted", "domain": {"id": "default", "name": "Default"}}


class CannedCloud:
    """Serves TLS if there is a context. The catalog has the regions and their interfaces in this order."""

    def __init__(self, regions, interfaces, context=None):
        self.regions, self.interfaces, self.requests = regions, interfaces, []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.http.daemon_threads = True
        if context:
            self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.origin = f"{'https' if context else 'http'}://127.0.0.1:{self.http.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def logins(self):
        return [request for request in self.requests if request["method"] == "POST"]

    def nova(self):
        return [request for request in self.requests if "/servers/" in request["path"]]

    def answer(self, request):
        """Status, headers and body."""
        path = request["path"].rstrip("/")
        if request["method"] == "POST" and re.fullmatch(r"(/\w+)?/v3/auth/tokens", path):
            return 201, {"X-Subject-Token": f"token-{len(self.logins())}"}, self.token(request["body"]["auth"])
        if path.endswith("/v3/auth/catalog"):
            return 200, {}, {"catalog": self.services()}
        if re.fullmatch(r"(/\w+)?/v3", path):
            return 200, {}, {"version": self.version(path, "v3.14", "stable")}
        if path in ("", "/identity"):
            return 300, {}, {"versions": {"values": [self.version(f"{path}/v3", "v3.14", "stable")]}}
        if path.endswith("/os-volume_attachments"):
            return 200, {}, {"volumeAttachments": []}
        if path.endswith("/v2.1"):
            return 200, {}, {"version": self.nova_version(path)}
        if path.endswith("/compute"):
            return 200, {}, {"versions": [self.nova_version(f"{path}/v2.1")]}
        return 404, {}, {"error": {"code": 404, "message": "The resource could not be found.", "title": "Not Found"}}

    def token(self, auth):
        scope = auth.get("scope")
        project = PROJECT | scope.get("project", {}) if isinstance(scope, dict) else PROJECT
        now = time.time()
        return {
            "token": {
                "methods": auth["identity"]["methods"],
                "user": {"id": "u-1", "name": "somebody", "domain": {"id": "default", "name": "Default"}},
                "issued_at": moment(now),
                "expires_at": moment(now + 3600),
                "project": project,
                "catalog": self.services(),
            }
        }

    def services(self):
        endpoints = [
            {
                "id": f"{region}-{interface}",
                "interface": interface,
                "region": region,
                "region_id": region,
                "url": f"{self.origin}/{region}/{interface}/compute/v2.1",
            }
            for region in self.regions
            for interface in self.interfaces
        ]
        return [{"type": "compute", "name": "nova", "id": "s-1", "endpoints": endpoints}]

    def version(self, path, name, status):
        links = [{"rel": "self", "href": f"{self.origin}{path}/"}]
        return {"id": name, "status": status, "updated": "2020-04-07T00:00:00Z", "links": links, "media-types": []}

    def nova_version(self, path):
        return {**self.version(path, "v2.1", "CURRENT"), "version": "2.100", "min_version": "2.1"}


def moment(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime(seconds))


def handler(cloud):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def serve(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = {"method": self.command, "path": self.path, "headers": headers}
            cloud.requests.append({**request, "body": json.loads(body) if body else None})
            status, headers, document = cloud.answer(cloud.requests[-1])
            text = json.dumps(document).encode()
            self.send_response(status)
            common = {"Content-Type": "application/json", "Content-Length": str(len(text))}
            for name, value in {**common, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = serve

        def log_message(self, *_):
            pass

    return Handler


def microversion(request):
    """The one that a request asks Nova for, or None."""
    asked = re.fullmatch(r"compute (\S+)", request["headers"].get("openstack-api-version", ""))
    return asked and asked[1]
