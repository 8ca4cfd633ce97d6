"""What the C functions must refuse: a command each, and the word that the message must contain."""

import json

ID = "disk_Ce1Fa2Ce3Te4St5X"
CREATE = {"organization": "acme", "properties": {"name": "Data", "size_in_gb": 20}}
LATIN = b"caf\xe9"
POLICY = {"disk": ID, "properties": {"retention": 7, "schedule": {"interval": "daily"}}}
# The commands that take nothing but an id, or nothing but a lookup, and how the argument is called.
BY_ID = {
    "disk_get": "disk_id",
    "disk_delete": "disk_id",
    "disk_unassign": "disk_id",
    "disk_attach": "disk_id",
    "disk_detach": "disk_id",
    "disk_template_version_get": "disk_template_version_id",
    "disk_template_version_spec_get": "disk_template_version_id",
    "disk_backup_policy_get": "disk_backup_policy_id",
    "disk_backup_policy_delete": "disk_backup_policy_id",
}
BY_LOOKUP = {
    "disk_template_get": "disk_template",
    "data_center_get": "data_center",
    "trash_object_get": "trash_object",
    "trash_object_restore": "trash_object",
    "trash_object_purge": "trash_object",
    "virtual_machine_get": "virtual_machine",
}
# Those with an id and a request: the argument, what the request must hold, and a good one.
REQUESTS = {
    "disk_assign": ("disk_id", "virtual_machine", {"virtual_machine": {"fqdn": "db2.acme.example"}}),
    "disk_resize": ("disk_id", "size_in_gb", {"size_in_gb": 30, "resize_method": "online"}),
    "disk_set_io_profile": ("disk_id", "io_profile", {"io_profile": "quick"}),
    "disk_backup_policy_update": ("disk_backup_policy_id", "properties", {"properties": {"retention": 7}}),
    "disk_backup_policy_schedule_deletion": ("disk_backup_policy_id", "timestamp", {"timestamp": 1767225600}),
}
# Those with a request only: what it must hold, if anything (then NULL is no request), and a good one.
ORGANIZATION = {"organization": {"sub_domain": "acme"}}
LISTED = {
    "disk_list": (None, ORGANIZATION),
    "virtual_machine_disk_list": ("virtual_machine", {"virtual_machine": "db2.acme.example"}),
    "disk_io_profile_list": (None, ORGANIZATION),
    "disk_template_list": (None, {**ORGANIZATION, "include_universal": True}),
    "disk_template_version_list": ("disk_template", {"disk_template": "templates/ubuntu-24-04"}),
    "disk_backup_policy_list": (None, {"virtual_machine": "db2.acme.example", "include_disks": True}),
    "trash_object_list": (None, ORGANIZATION),
    "virtual_machine_list": (None, ORGANIZATION),
}
BY_REQUEST = {
    **LISTED,
    "disk_backup_policy_create": ("disk", POLICY),
    "trash_purge_all": (None, ORGANIZATION),
}


def text(value):
    return json.dumps(value)


# Each with the word that the message must contain: the name of the argument that is wrong.
BAD = {
    "client NULL for create": (("no_client", "disk_create", text(CREATE)), "client"),
    "client NULL for update": (("no_client", "disk_update", ID, '{"properties":{"name":"x"}}'), "client"),
    "client NULL for task_get": (("no_client", "task_get", ID), "client"),
    "client NULL for task_wait": (("no_client", "task_wait", ID, "1", "none"), "client"),
    "client NULL for volume_detach": (("no_client", "openstack_volume_detach", "a", "b"), "client"),
    "nowhere to put the client": (("no_client", "client_new", "{}"), "client"),
    "nowhere to put the OpenStack client": (("no_client", "openstack_client_new", "{}"), "client"),
    "disk_id NULL for update": (("disk_update", None, '{"properties":{"name":"x"}}'), "disk_id"),
    "task_id NULL": (("task_get", None), "task_id"),
    "task_id not UTF-8": (("task_get", LATIN), "task_id"),
    "task_id NULL for wait": (("task_wait", None, "1", "none"), "task_id"),
    "task_id not UTF-8 for wait": (("task_wait", LATIN, "1", "count"), "task_id"),
    "timeout negative": (("task_wait", ID, "-0.001", "none"), "timeout"),
    "timeout minus infinity": (("task_wait", ID, "-inf", "none"), "timeout"),
    "timeout NaN": (("task_wait", ID, "nan", "none"), "timeout"),
    "client NULL for detach_wait": (("no_client", "openstack_volume_detach_wait", "a", "b", "1", "none"), "client"),
    "client NULL for attachment_get": (("no_client", "openstack_volume_attachment_get", "a", "b"), "client"),
    "client NULL for attachment_list": (("no_client", "openstack_volume_attachment_list", "a"), "client"),
    "server_id NULL for detach_wait": (("openstack_volume_detach_wait", None, "b", "1", "none"), "server_id"),
    "volume_id not UTF-8 for detach_wait": (("openstack_volume_detach_wait", "a", LATIN, "1", "none"), "volume_id"),
    "volume_id in upper case for detach_wait": (("openstack_volume_detach_wait", "a", "B", "1", "none"), "volume_id"),
    "timeout NaN for detach_wait": (("openstack_volume_detach_wait", "a", "b", "nan", "none"), "timeout_seconds"),
    "server_id NULL for attachment_get": (("openstack_volume_attachment_get", None, "b"), "server_id"),
    "volume_id empty for attachment_get": (("openstack_volume_attachment_get", "a", ""), "volume_id"),
    "server_id with dots for attachment_list": (("openstack_volume_attachment_list", ".."), "server_id"),
    "server_id NULL": (("openstack_volume_detach", None, "b"), "server_id"),
    "server_id not UTF-8": (("openstack_volume_detach", LATIN, "b"), "server_id"),
    "volume_id NULL": (("openstack_volume_detach", "a", None), "volume_id"),
    "volume_id not UTF-8": (("openstack_volume_detach", "a", LATIN), "volume_id"),
    "request NULL": (("disk_create", None), "request_json"),
    "request NULL for update": (("disk_update", ID, None), "request_json"),
    "request empty": (("disk_create", ""), "request_json"),
    "request not UTF-8": (("disk_create", b'{"properties":{"name":"caf\xe9"}}'), "request_json"),
    "request cut off": (("disk_create", text(CREATE)[:-1]), "request_json"),
    "request with something behind it": (("disk_create", text(CREATE) + " x"), "request_json"),
    "request a list": (("disk_create", "[]"), "request_json"),
    "request a string": (("disk_update", ID, '"name"'), "request_json"),
    "request null": (("disk_update", ID, "null"), "request_json"),
    "request of a hundred thousand brackets": (("disk_create", "[" * 100_000), "request_json"),
    "unknown key": (("disk_create", text({**CREATE, "sise": 1})), "sise"),
    "unknown property": (("disk_create", text({**CREATE, "properties": {"sise": 1}})), "sise"),
    "unknown key of the relation": (
        ("disk_update", ID, '{"properties":{"virtual_machine_disk":{"bot":true}}}'),
        "bot",
    ),
    "disk in an update": (("disk_update", ID, text({"disk": {"id": ID}, "properties": {"name": "x"}})), "disk"),
    "organization in an update": (
        ("disk_update", ID, '{"organization":"acme","properties":{"name":"x"}}'),
        "organization",
    ),
    "properties missing": (("disk_create", '{"organization":"acme"}'), "name"),
    "name missing": (("disk_create", '{"organization":"acme","properties":{"size_in_gb":20}}'), "name"),
    "size missing": (("disk_create", '{"organization":"acme","properties":{"name":"Data"}}'), "size_in_gb"),
    "properties a list": (("disk_create", '{"organization":"acme","properties":[]}'), "properties"),
    "relation a boolean": (("disk_update", ID, '{"properties":{"virtual_machine_disk":true}}'), "virtual_machine_disk"),
    "annotations an object": (("disk_create", text({**CREATE, "annotations": {"a": "b"}})), "annotations"),
    "annotation without a value": (("disk_create", text({**CREATE, "annotations": [{"key": "a"}]})), "annotations"),
    "annotation with more": (
        ("disk_create", text({**CREATE, "annotations": [{"key": "a", "value": "b", "more": 1}]})),
        "annotations",
    ),
    "options cut off": (("client_new", '{"api_token":'), "options_json"),
    "options a list": (("client_new", "[]"), "options_json"),
    "options with an empty organization": (("client_new", '{"api_token":"t","organization":""}'), "organization"),
    "options with a wrong key of the data center": (
        ("client_new", '{"api_token":"t","data_center":{"permalnk":"x"}}'),
        "data_center",
    ),
    "options not UTF-8": (("client_new", b'{"api_token":"\xe9"}'), "options_json"),
    "options with an unknown key": (("client_new", '{"api_token":"t","tokn":"x"}'), "tokn"),
    "option of a wrong type": (("client_new", '{"api_token":["t"]}'), "api_token"),
    "OpenStack options cut off": (("openstack_client_new", "{"), "options_json"),
    "OpenStack options not UTF-8": (("openstack_client_new", b"\xff"), "options_json"),
    "OpenStack options with an unknown key": (("openstack_client_new", '{"tokn":"x"}'), "tokn"),
}


def bad_ids(command, argument, *request):
    """A command with each client and id that it must refuse."""
    yield f"{command}: client NULL", (("no_client", command, ID, *request), "client")
    for kind, value in (("NULL", None), ("empty", ""), ("not UTF-8", LATIN)):
        yield f"{command}: {argument} {kind}", ((command, value, *request), argument)


def bad_lookups(command, argument):
    """A command with each object that names nothing."""
    wrong = {
        "cut off": '{"id": "x"',
        "without a key": "{}",
        "with two keys": text({"id": ID, "name": "x"}),
        "of a number": '{"id": 1}',
        "of nothing": '{"id": null}',
        "of an empty id": '{"id": ""}',
        "by an unknown key": '{"name": "x"}',
        "with something behind it": '{"id": "x"} x',
    }
    for kind, value in wrong.items():
        yield f"{command}: {argument} {kind}", ((command, value), argument)


def bad_requests(command, needed, good, *given):
    """A command with each request that it must refuse; `needed` is the member that it cannot do without, if any, and
    `given` what comes before the request."""
    wrong = {"empty": "", "null": "null", "a list": "[]", "cut off": text(good)[:-1], "not UTF-8": LATIN}
    for kind, request in wrong.items():
        yield f"{command}: request {kind}", ((command, *given, request), "request_json")
    unknown = ["method", "disk_id", "organizations"]
    if needed is not None:
        yield f"{command}: request NULL", ((command, *given, None), "request_json")
        yield f"{command}: {needed} missing", ((command, *given, "{}"), needed)
        yield f"{command}: {needed} null", ((command, *given, text({**good, needed: None})), needed)
        unknown.append(needed + "x")
    if given:
        unknown.append("disk")
    for key in unknown:
        yield f"{command}: unknown key {key}", ((command, *given, text({**good, key: "x"})), key)


def bad_pages(command, good):
    for key in ("page", "per_page"):
        for value in (0, -1, 1.5, "1", True):
            yield f"{command}: {key} {value!r}", ((command, text({**good, key: value})), key)


def bad_policies(command, *given):
    """A command with each property of a backup policy that it must refuse."""
    target = {"disk": ID} if command == "disk_backup_policy_create" else {}
    wrong = [("retention", value) for value in (-1, 1.5, "7", True)]
    wrong += [("schedule", value) for value in (["daily"], "daily")]
    for key, value in wrong:
        request = text({**target, "properties": {key: value}})
        yield f"{command}: {key} {value!r}", ((command, *given, request), f"properties.{key}")
    for key, value in (("interval", "yearly"), ("interval", 1), ("minute", -1), ("next_invocation_at", 1)):
        request = text({**target, "properties": {"schedule": {key: value}}})
        yield f"{command}: {key} {value!r}", ((command, *given, request), key)
    yield f"{command}: unknown property", ((command, *given, text({**target, "properties": {"keep": 7}})), "keep")


# What waits, with the texts before the time: the argument that the first of them is, what a request must hold, a good one.
WAITING = {
    "disk_attach_wait": ("disk_id", None, None),
    "disk_detach_wait": ("disk_id", None, None),
    "trash_object_purge_wait": ("trash_object", None, None),
    "disk_ensure_attached": ("disk_id", None, {"virtual_machine": "db2.acme.example"}),
    "disk_ensure_detached": ("disk_id", None, {"virtual_machine": "db2.acme.example"}),
    "disk_ensure_unassigned": ("disk_id", None, {"virtual_machine": "db2.acme.example"}),
    "disk_ensure_deleted": ("disk_id", None, {"purge": True}),
    "disk_ensure_size": ("disk_id", "size_in_gb", {"size_in_gb": 30, "resize_method": "online"}),
    "disk_resize_wait": ("disk_id", "size_in_gb", {"size_in_gb": 30}),
    "disk_set_io_profile_wait": ("disk_id", "io_profile", {"io_profile": "quick"}),
    "disk_create_wait": (None, "properties", CREATE),
    "trash_purge_all_wait": (None, None, ORGANIZATION),
}


def bad_waits(command, argument, needed, good):
    """A command that waits, with each argument that it must refuse."""
    texts = [*([ID] if argument else []), *([text(good)] if good else [])]
    yield f"{command}: client NULL", (("no_client", command, *texts, "1", "none"), "client")
    for seconds in ("-0.001", "-inf", "nan"):
        yield f"{command}: timeout {seconds}", ((command, *texts, seconds, "none"), "timeout_seconds")
    if argument:
        for kind, value in (("NULL", None), ("empty", ""), ("not UTF-8", LATIN)):
            yield f"{command}: {argument} {kind}", ((command, value, *texts[1:], "1", "none"), argument)
    if good:
        before = texts[:-1]
        for name, (tried, word) in bad_requests(command, needed, good, *before):
            # A missing `properties` is reported as the first property that is missing.
            yield name, ((*tried, "1", "none"), "name" if word == "properties" else word)


for name, (argument, needed, good) in WAITING.items():
    BAD.update(bad_waits(name, argument, needed, good))
BAD["data_center_list: client NULL"] = (("no_client", "data_center_list"), "client")
for name, argument in {**BY_ID, **BY_LOOKUP}.items():
    BAD.update(bad_ids(name, argument))
for name, argument in BY_LOOKUP.items():
    BAD.update(bad_lookups(name, argument))
for name, (argument, needed, good) in REQUESTS.items():
    BAD.update(bad_ids(name, argument, text(good)))
    BAD.update(bad_requests(name, needed, good, ID))
for name, (needed, good) in BY_REQUEST.items():
    BAD[f"{name}: client NULL"] = (("no_client", name, text(good)), "client")
    BAD.update(bad_requests(name, needed, good))
for name, (needed, good) in LISTED.items():
    BAD[f"{name}_pages: client NULL"] = (("no_client", f"{name}_pages", text(good), "all"), "client")
    BAD[f"{name}_pages: page NULL"] = ((f"{name}_pages", text(good), "none"), "page")
    BAD.update(bad_requests(f"{name}_pages", needed, good))
    BAD.update(bad_pages(name, good))
    BAD.update(bad_pages(f"{name}_pages", good))
BAD.update(bad_policies("disk_backup_policy_create"))
BAD.update(bad_policies("disk_backup_policy_update", ID))
BAD.update(
    {
        "policy for nothing": (("disk_backup_policy_create", '{"properties":{}}'), "disk or virtual_machine"),
        "policy for two": (
            ("disk_backup_policy_create", text({**POLICY, "virtual_machine": "db2.acme.example"})),
            "disk and virtual_machine",
        ),
        "policy without changes": (("disk_backup_policy_update", ID, '{"properties":{}}'), "properties"),
        "policies of two": (("disk_backup_policy_list", text({"disk": ID, **ORGANIZATION})), "exclude each other"),
        "policies of a disk with its disks": (
            ("disk_backup_policy_list", text({"disk": ID, "include_disks": True})),
            "include_disks",
        ),
        "time before 1970": (("disk_backup_policy_schedule_deletion", ID, '{"timestamp":-1}'), "timestamp"),
        "time as a text": (
            ("disk_backup_policy_schedule_deletion", ID, '{"timestamp":"2026-01-01T00:00:00Z"}'),
            "timestamp",
        ),
        "trash of an unnamed organization": (("trash_purge_all", '{"organization":""}'), "organization"),
        "trash of an organization by a wrong key": (
            ("trash_purge_all", '{"organization":{"permalink":"acme"}}'),
            "organization",
        ),
        "trash of no organization at all": (("trash_purge_all", None), "organization"),
        "disks of no organization at all": (("disk_list", None), "organization"),
    }
)
