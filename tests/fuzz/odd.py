"""Hand-written inputs for the corpus: one for each thing that has gone wrong in some program."""

import gzip
import json

DISK = {"disk": {"id": "disk_x", "name": "Data", "size_in_gb": 40, "state": "built"}, "annotations": []}
TASK = {"disk": {"id": "disk_x"}, "task": {"id": "task_x", "status": "completed", "progress": 100}}
PAGE = {
    "pagination": {"current_page": 1, "total_pages": 2, "total": 2, "per_page": 1, "large_set": False},
    "disk": [{"id": "disk_x"}],
    "disks": [{"state": "attached", "disk": {"id": "disk_x"}}],
}
CENTERS = {"data_centers": [{"id": "dc_x", "name": "Texel", "permalink": "nl-tex-01"}]}
ATTACHMENT = {"volumeAttachment": {"volumeId": "v", "serverId": "s"}, "volumeAttachments": [{"volumeId": "v"}]}
TOKEN = {
    "token": {
        "expires_at": "2030-01-01T00:00:00.000000Z",
        "issued_at": "2029-12-31T23:00:00.000000Z",
        "project": {"id": "p"},
        "catalog": [{"type": "compute", "endpoints": [{"interface": "public", "url": "http://127.0.0.1:9/v2.1"}]}],
    }
}

JSON = [
    b"",
    b"null",
    b"[]",
    b'{"disk":' * 200,
    b"[" * 3000,
    b'{"disk":{"id":"a","id":"b"}}',
    b'{"disk":{"id":"\\ud800","name":"\\u0000"}}',
    b'{"disk":{"id":"x","size_in_gb":1e999,"created_at":-9223372036854775809}}',
    b'{"disk":{"id":"x","size_in_gb":NaN}}',
    b'{"disk":{"id":"x"},"unknown":123456789012345678901234567890.123e-400}',
    b'\xef\xbb\xbf{"disk":{"id":"x"}}',
    b'{"disk":{"id":"\xff\xfe"}}',
    b'{"error":{"code":null}}',
    b'{"code":"x","error":{"code":"y","description":1}}',
    b'{"itemNotFound":{"message":"No","code":404}}',
    b'{"message":"root device","code":"400 Bad Request","title":"x"}',
    b'{"pagination":{"current_page":1,"total_pages":null,"per_page":0},"disk":[]}',
    b'{"pagination":{"current_page":18446744073709551615,"total_pages":null,"per_page":1},"disk":[{"id":"x"}]}',
]

RETRY_AFTER = [
    *("0", "1", "-1", "1.5", "99999999999999999999999", "18446744073709551615", " 7 ", "soon", "", "\x80"),
    *("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"),
    *("Fri, 31 Dec 9999 23:59:60 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 31 Feb 2000 25:61:61 GMT"),
]

CREATE = {
    "organization": {"sub_domain": "acme"},
    "properties": {
        "name": "Data",
        "size_in_gb": 20,
        "data_center": {"permalink": "x"},
        "io_profile": "fast",
        "bus_type": "virtio",
        "initial_file_system": "ext4",
        "storage_speed": "nvme",
        "virtual_machine_disk": {"virtual_machine": {"fqdn": "a.b"}, "boot": False, "attach": True},
    },
    "annotations": [{"key": "a", "value": "é\n\0"}],
    "idempotency_key": "k",
}
POLICY = {"disk": "d", "properties": {"retention": 7, "schedule": {"interval": "daily", "minute": 3, "time": 1}}}
LIST = {"organization": "acme", "page": 2, "per_page": 200}
MACHINE = {"virtual_machine": {"fqdn": "web.acme.example"}}
SIZE = {"size_in_gb": 40, "resize_method": "online"}
ANNOTATED = {**LIST, "annotations": [{"key": "a", "value": "b"}]}

# In the order of the table in src/requests.rs.
# Requests of operations and workflows, by their names.
REQUESTS = {
    "create_disk": [CREATE, {"properties": {"name": "", "size_in_gb": 2**64}}],
    "update_disk": [{"properties": CREATE["properties"]}, {"properties": {}}],
    "assign_disk": [MACHINE],
    "resize_disk": [SIZE, {"size_in_gb": -1}],
    "set_disk_io_profile": [{"io_profile": {"permalink": "100k"}}],
    "create_disk_backup_policy": [POLICY, {**MACHINE, "properties": {}}],
    "update_disk_backup_policy": [{"properties": POLICY["properties"]}],
    "schedule_disk_backup_policy_deletion": [{"timestamp": 1767225600}],
    "purge_all_trash": [{"organization": {"id": "org_x"}}, {"organization": {}}],
    "list_disks": [ANNOTATED, {"page": 0}],
    "list_virtual_machine_disks": [{"per_page": 1}],
    "list_virtual_machines": [ANNOTATED],
    "list_disk_io_profiles": [LIST],
    "list_disk_templates": [{**LIST, "operating_system": "debian", "include_universal": True}],
    "list_disk_template_versions": [{"page": 1}],
    "list_disk_backup_policies": [{**MACHINE, "include_disks": True}, {"disk": "d"}],
    "list_trash_objects": [LIST],
    "ensure_disk_attached": [MACHINE],
    "ensure_disk_detached": [MACHINE],
    "ensure_disk_unassigned": [MACHINE],
    "ensure_disk_size": [SIZE],
    "ensure_disk_deleted": [{"purge": True}],
}
LOOKUPS = ["", "disk_x", " vm_x", "{", "a b/..#?"]
LOOKUPS += ['{"id": "x"}', '{"fqdn": "a.b"}', '{"id": 1}', '{"id": "a", "fqdn": "b"}']

OPTIONS = [
    json.dumps(options)
    for options in (
        {"api_token": "t", "base_url": "https://api.katapult.io", "organization": {"id": "o"}, "data_center": "d"},
        {"api_token": "t\r\n", "timeout": 1e308, "connect_timeout": None},
        {"api_token": " t ", "base_url": "http://[::1]:1/core/v1", "timeout": 0, "allow_http": True},
        {"api_token": "t", "user_agent": "é", "proxy": "http://u:p@proxy:3128", "max_response_bytes": 2**64},
        {"token": "t", "endpoint": "https://nova.example/v2/4c1d9f20", "compute_api_version": "2.89"},
        {"auth_url": "http://localhost/v3", "username": "u", "password": "p", "project_name": "x", "region_name": "r"},
        {"auth_url": "http://localhost/", "user_id": "u", "password": "p", "project_id": "x", "interface": "publicURL"},
        {"auth_url": "http://localhost", "application_credential_id": "i", "application_credential_secret": "s"},
        {"verify": False, "api_token": "t", "base_url": "http://127.0.0.1:1"},
    )
]

ADDRESSES = [
    ["http://127.0.0.1:8080"],
    ["http://nova.example/v2", "http://proxy:3128", "", "", "", "", "4c1d9f20"],
    ["http://a.example:81/x", "", "", "http://u:p%40@proxy", "", ".example:81,10.0.0.0/8,[::1]:80"],
    ["http://10.1.2.3", "", "proxy:1", "proxy:2", "proxy:3", "10.0.0.0/8 fd00::/8\t*"],
    ["http://[fd12::1]:80/v2.1", "http://[::1]:3128/", "", "", "socks5://x", "fd12::/129,[fd12::1]:65536,::/0"],
    ["http://user:p@host", "https://proxy", "", "", "", "*"],
    ["http://host:99999/a/../b", "://", "", "", "", ":,.,/,[,],[]:"],
    ["http://host?x#y"],
    ["http://höst/", "http://", "", "", "", "HÖST"],
]

CLOUDS = [
    b"""clouds:
  c:
    auth: {auth_url: https://a/v3, username: u, password: 'p', project_name: x, project_domain_name: D}
    region_name: r
    interface: internal
    verify: false
    cacert: /x.pem
\0clouds: {c: {auth: {password: 12345678901234567890}}}
""",
    b"clouds:\n  c:\n    auth_type: v3applicationcredential\n    auth: {application_credential_id: 1, "
    b"application_credential_secret: 1.50}\n    compute_api_version: 2.90\n",
    b"clouds: &a\n  c: &b\n    auth: *b\n    <<: *a\n",
    b"clouds:\n  c: [1, 2]\n",
    b"clouds:\n  c:\n    profile: x\n",
    b"clouds: {c: {verify: maybe, auth: {token: !!binary aGk=}}}\n",
    b"--- |\n x\n...\n%YAML 1.2\n---\n? [a]\n: {b: c}\n",
    b"\xff\xfe",
    b"",
    b"{" * 500,
    b"clouds: {c: {auth: " + b"[" * 300 + b"]" * 300 + b"}}\n",
    b"a: " + b"- " * 300 + b"\n",
    b"clouds:\n  c:\n    auth:\n      username: \"\\x\"\n\ttab: 1\n",
]


def http(body, more=""):
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: r\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def exchanges(body):
    """Whole answers of a server that is broken in one way each."""
    plain = b"HTTP/1.1 200 OK\r\n"
    size = b"Content-Length: %d\r\n" % len(body)
    packed = gzip.compress(body, mtime=0)
    chunks = b"%x;x=y\r\n%s\r\n0\r\nTrailer: x\r\n\r\n" % (len(body), body)
    return [
        plain + b"Transfer-Encoding: chunked\r\n\r\n" + chunks,
        plain + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + body,
        plain + b"Transfer-Encoding: chunked\r\n" + size + b"\r\n" + chunks,
        plain + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed,
        plain + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\n" + packed[:9],
        plain + b"\r\n" + body,
        plain + size + size + b"\r\n" + body,
        plain + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + body,
        plain + b"Content-Length: -1\r\n\r\n" + body,
        plain + b"Content-Length: 18446744073709551616\r\n\r\n" + body,
        plain + b"Content-Length: 1000\r\n\r\n" + body,
        b"HTTP/1.1 100 Continue\r\n\r\n" + http(body),
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" * 20 + http(body),
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + body,
        b"HTTP/1.0 200 OK\r\n\r\n" + body,
        b"HTTP/2 200\r\n\r\n" + body,
        b"HTTP/1.1 204 No Content\r\n" + size + b"\r\n" + body,
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 000 x\r\n\r\n",
        b"HTTP/1.1 429 x\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\n{}",
        b"HTTP/1.1 200 OK\r\nA: \x00\r\n b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        plain + b"X-RateLimit-Permitted: 4294967296\r\nX-RateLimit-Remaining: -1\r\n" + size + b"\r\n" + body,
        b"\x15\x03\x01\x00\x02\x02\x28",
        b"<html>",
        b"",
    ]


# What any function takes for a good answer.
ANSWER = {
    **TASK,
    "disk": {"id": "disk_x", "name": "Data", "size_in_gb": 40, "state": "built", "virtual_machine_disk": None},
    "annotations": [{"key": "a", "value": "b"}],
    "trash_object": {"id": "trsh_x", "object_id": "disk_x"},
    "virtual_machine": {"id": "vm_x", "state": "stopped"},
    **{name: {"id": "x"} for name in ("data_center", "disk_template", "disk_template_version", "disk_backup_policy")},
    "spec": {"fields": [{"name": "hostname"}]},
    **ATTACHMENT,
    **TOKEN,
}
LIST_ANSWER = {
    **PAGE,
    **CENTERS,
    **ATTACHMENT,
    **{name: [{"id": "x"}] for name in ("disk_templates", "disk_template_versions", "disk_io_profiles")},
    **{name: [{"id": "x"}] for name in ("trash_objects", "virtual_machines", "disk_backup_policies")},
    "disk_template": {"id": "x"},
}

# Function, how, texts.
ENTRIES = [
    ("disk_create", 0x40, json.dumps(CREATE), ""),
    ("disk_detach", 0x02, "", ""),
    ("disk_ensure_deleted", 0, "disk_x", '{"purge": true}'),
    ("disk_get", 0x18, "disk_x", ""),
    ("disk_get", 0x20, b"\xff\xfe", ""),
    ("data_center_list", 0x01, "", ""),
]
