"""The configurations of tests/clouds: where their files go, and what their scripts export."""

import json
import re
import ssl
import subprocess
import sys

import trustme
from clouds_server import CannedCloud
from places import PROJECT

CLOUDS = PROJECT / "tests" / "clouds"
TABLE = json.loads((CLOUDS / "table.json").read_text())
# Whatever its scheme, host and port, it is the canned cloud.
ORIGIN = re.compile(r"(https?|\$\{OS_AUTH_PROTOCOL\})://[a-z0-9.-]+\.example\.com(:\d+)?")
# What a script reads from a terminal, and what no message may show.
SECRET = "invented-secret"
# Sets the last variable that it is given, as `read -sr PASSWORD` would.
SOURCE = f"""
read() {{ for variable; do :; done; eval "$variable={SECRET}-typed"; }}
. "$1"
exec "{sys.executable}" -c 'import json, os; print(json.dumps(dict(os.environ)))'
"""


class Setting:
    """One line of the table, made real: a cloud to ask, a home with its files, and the variables."""

    def __init__(self, line, home):
        self.line, self.home = line, home
        self.pem = {"/etc/ssl/certs/cloud-ca.pem": "cloud-ca.pem"}
        self.pem |= {f"/etc/ssl/private/client.{end}": f"client.{end}" for end in ("pem", "key")}
        # The wanted region is not the first, so that it is not taken by chance.
        region = line.get("compute", "/RegionOne/").split("/")[1]
        regions = line.get("catalog", ["Elsewhere", region])
        interfaces = line.get("interfaces", ["admin", "internal", "public"])
        self.cloud = CannedCloud(regions, interfaces, self.context(line.get("tls")))

    def __enter__(self):
        self.cloud.__enter__()
        folder = self.home / ".config" / "openstack"
        folder.mkdir(parents=True)
        self.environment = {"HOME": str(self.home), "PATH": "/usr/bin:/bin"}
        for file in sorted((CLOUDS / self.line["folder"]).iterdir()):
            place = folder / file.name
            place.write_bytes(self.real(file.read_bytes().decode()).encode())
            if file.suffix not in (".yaml", ".yml", ".json"):
                self.environment |= self.exported(place)
        self.environment |= {name: self.real(text) for name, text in self.line.get("environment", {}).items()}
        return self

    def __exit__(self, *exception):
        self.cloud.__exit__(*exception)

    def context(self, tls):
        """Of a server whose certificate needs what `tls` says."""
        if not tls:
            return None
        authority, client = trustme.CA(), trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        if tls != "unknown authority":
            authority.cert_pem.write_to_path(str(self.home / "cloud-ca.pem"))
        if tls == "client certificate":
            context.verify_mode = ssl.CERT_REQUIRED
            client.configure_trust(context)
            certificate = client.issue_cert("client.test")
            certificate.cert_chain_pems[0].write_to_path(str(self.home / "client.pem"))
            certificate.private_key_pem.write_to_path(str(self.home / "client.key"))
        return context

    def real(self, text):
        text = ORIGIN.sub(self.cloud.origin, text)
        for path, name in self.pem.items():
            text = text.replace(path, str(self.home / name))
        return text

    def exported(self, script):
        """The variables that a script sets for OpenStack."""
        command = ["sh", "-c", SOURCE, "sh", str(script)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True)
        variables = json.loads(done.stdout.splitlines()[-1])
        return {name: text for name, text in variables.items() if name.startswith("OS_")}
