"""The vendor's OpenAPI document as a judge of answers. It lies beside the recordings and is not part of this project."""

import json

import jsonschema
from places import RECORDINGS

DOCUMENT = RECORDINGS.parent / "openapi.json"
# Fields that real answers have beside those of the document: nobody else may have more.
UNDOCUMENTED = {
    "GetVirtualMachine200ResponseVirtualMachine": ["suspended", "suspended_at"],
    "VirtualMachine": ["suspended", "suspended_at"],
    "Organization": ["uuid"],
    "IPAddress": ["subnet"],
}
# Answers of the vendor's framework, on which the document is silent: no code, no status.
OURS = {"missing_required_argument", "invalid_argument", "invalid_json_body", "route_not_found"}


class Document:
    def __init__(self):
        document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
        self.paths = document["paths"]
        self.schemas = closed(document["components"]["schemas"])
        for name, fields in UNDOCUMENTED.items():
            self.schemas[name]["properties"].update(dict.fromkeys(fields, {}))
        self.responses = document["components"]["responses"]

    def required(self, method, path):
        body = self.paths[path][method.lower()].get("requestBody")
        return body["content"]["application/json"]["schema"]["required"] if body else []

    def operations(self):
        methods = ("get", "post", "put", "patch", "delete")
        return {(method.upper(), path) for path, item in self.paths.items() for method in item if method in methods}

    def check(self, method, path, status, body):
        """Fails unless the document permits this answer."""
        path = documented(path)
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


def documented(path):
    """The form of a path that the document has: old clients wrote `_` or an id for the object."""
    collection, *rest = path.removeprefix("/core/v1").strip("/").split("/")
    if rest:
        rest[0] = "disk_backup_policy" if collection == "disk_backup_policies" else collection.removesuffix("s")
    return "/" + "/".join([collection, *rest])
