"""The vendor's OpenAPI document as a judge of answers. It lies beside the recordings and is not part of this project.

That one is cut down to disks. KATAPULT_OPENAPI may name the whole document, which judges the other operations, too.
"""

import json
import os
import re
from pathlib import Path

import jsonschema
from places import PROJECT, RECORDINGS

DOCUMENT = Path(os.environ.get("KATAPULT_OPENAPI") or RECORDINGS.parent / "openapi.json")
TABLE = PROJECT / "tests" / "simulator" / "src" / "katapult" / "operations.rs"
# Fields that real answers have beside those of the document: nobody else may have more.
UNDOCUMENTED = {
    "GetVirtualMachine200ResponseVirtualMachine": ["suspended", "suspended_at"],
    "VirtualMachine": ["suspended", "suspended_at"],
    "Organization": ["uuid"],
    "IPAddress": ["subnet"],
    "GetVirtualMachineNetworkInterfacesPartIPAddresses": ["reverse_dns", "address_with_mask"],
}
# Answers of the vendor's framework, on which the document is silent: no code, no status.
OURS = {"missing_required_argument", "invalid_argument", "invalid_json_body", "route_not_found"}


class Document:
    def __init__(self):
        document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
        self.paths = document["paths"]
        self.schemas = closed(document["components"]["schemas"])
        for name, fields in UNDOCUMENTED.items():
            if name not in self.schemas:
                continue
            self.schemas[name]["properties"].update(dict.fromkeys(fields, {}))
        self.responses = document["components"]["responses"]

    def required(self, method, path):
        body = self.paths[path][method.lower()].get("requestBody")
        return body["content"]["application/json"]["schema"]["required"] if body else []

    def operations(self):
        """Those that the simulator has, too."""
        return {(method, path) for method, path in simulated() if method.lower() in self.paths.get(path, {})}

    def scopes(self, method, path):
        """One of these is enough; if there are none, any token may."""
        required = self.paths[path][method.lower()].get("security", [])
        return next((scopes["Authenticator"] for scopes in required if "Authenticator" in scopes), [])

    def check(self, method, path, status, body):
        """Fails unless the document permits this answer."""
        path = documented(path)
        if (method, path) not in self.operations():
            return
        if status >= 400:
            # The document forgets the envelope.
            assert list(body) == ["error"], body
            body = body["error"]
            assert isinstance(body["detail"], dict), body
            if body["code"] in OURS:
                return
        response = self.paths[path][method.lower()]["responses"].get(str(status))
        assert response, f"{method} {path} does not answer {status}"
        if "$ref" in response:
            response = self.responses[response["$ref"].rpartition("/")[2]]
        schema = closed(response["content"]["application/json"]["schema"])
        schema["components"] = {"schemas": self.schemas}
        errors = list(jsonschema.Draft202012Validator(schema).iter_errors(body))
        assert not errors, f"{method} {path} {status}: {[(e.json_path, e.message) for e in errors]}"


def closed(schema):
    """The schema as it is meant: null is what `nullable` says, and nobody has fields that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: closed(part) for key, part in schema.items() if key != "nullable"}
    if isinstance(schema.get("properties"), dict) and "$ref" not in schema:
        result.setdefault("type", "object")
        result["additionalProperties"] = False
    if schema.get("nullable") is True:
        return {"anyOf": [result, {"type": "null"}]}
    return result


def simulated():
    """The operations of the simulator's table."""
    rows = re.findall(r'\bon\(\s*"([A-Z]+)",\s*"([^"]+)"', TABLE.read_text(encoding="utf-8"))
    return {(method, re.sub("[{}]", "", path)) for method, path in rows}


def documented(path):
    """The form of a path that the document has: old clients wrote `_` or an id for the object."""
    collection, *rest = path.removeprefix("/core/v1").strip("/").split("/")
    if rest:
        rest[0] = "disk_backup_policy" if collection == "disk_backup_policies" else collection.removesuffix("s")
    return "/" + "/".join([collection, *rest])
