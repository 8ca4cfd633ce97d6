"""Compares a Python object, attribute by attribute, with the JSON that it was made from."""

from datetime import datetime, timezone

from table import TABLE, singular

SCALARS = {
    "disk_summary": ("id", "name", "size_in_gb", "wwn", "state"),
    "disk": ("id", "name", "size_in_gb", "wwn", "state", "storage_speed", "bus_type"),
    "task": ("id", "name", "status", "progress"),
    "trash_object": ("id", "object_id", "object_type"),
    "io_profile": ("id", "name", "permalink", "speed_in_mb", "iops"),
    "data_center": ("id", "name", "permalink"),
    "virtual_machine_disk": ("attach_on_boot", "boot", "state"),
    "virtual_machine_summary": ("id", "fqdn", "name", "hostname"),
    "virtual_machine": (
        *("id", "fqdn", "name", "hostname", "description", "state", "suspended", "cpu_cores", "memory_in_gb"),
    ),
    "zone": ("id", "name", "permalink"),
    "country": ("id", "name"),
    "installation": ("id",),
    "disk_template_version": ("id", "number", "stable", "size_in_gb"),
    "disk_template": ("id", "name", "description", "permalink", "universal", "size_in_gb"),
    "operating_system": ("id", "name"),
    "attribute": ("key", "label", "value", "description", "protect"),
    "spec_field": ("name", "type", "label", "description", "required", "placeholder", "prefill"),
    "disk_backup_policy": ("id", "retention", "total_size"),
    "schedule": ("interval", "frequency", "minute", "time"),
    "volumeAttachment": (
        *("volume_id", "server_id", "id", "device", "tag", "delete_on_termination", "attachment_id", "bdm_uuid"),
    ),
}
# Attributes with another name than the API's.
RENAMED = {"volumeAttachment": {"volume_id": "volumeId", "server_id": "serverId"}}
TIMES = {
    "disk": ("created_at",),
    "disk_summary": ("created_at",),
    "task": ("created_at", "started_at", "finished_at"),
    "trash_object": ("keep_until",),
    "virtual_machine": ("created_at",),
    "virtual_machine_summary": ("created_at",),
    "disk_backup_policy": ("auto_move_to_trash_at",),
    "schedule": ("next_invocation_at",),
}
# Objects in objects: of the name of their kind, or a name and a kind.
INSIDE = {
    "disk": ("io_profile", "data_center", "virtual_machine_disk", "installation"),
    "disk_summary": ("virtual_machine_disk",),
    "virtual_machine_disk": (("virtual_machine", "virtual_machine_summary"), ("disk", "disk_summary")),
    "virtual_machine": ("zone",),
    "virtual_machine_summary": ("zone",),
    "zone": ("data_center",),
    "data_center": ("country",),
    "disk_backup_policy": ("schedule",),
    "installation": ("disk_template_version",),
    "disk_template_version": ("disk_template",),
    "disk_template": ("operating_system", ("latest_version", "disk_template_version")),
}
def check(kind, thing, raw):
    """Every documented field of `raw` is an attribute of `thing`; what is null or missing is None."""
    if raw is None:
        assert thing is None, f"{kind} must be None, not {thing!r}"
        return
    for name in SCALARS[kind]:
        value, expected = getattr(thing, name), raw.get(RENAMED.get(kind, {}).get(name, name))
        assert value == expected and (type(expected) is not bool or value is expected), f"{kind}.{name} is {value!r}"
    for name in TIMES.get(kind, ()):
        check_time(f"{kind}.{name}", getattr(thing, name), raw.get(name))
    for inside in INSIDE.get(kind, ()):
        name, other = (inside, inside) if isinstance(inside, str) else inside
        check(other, getattr(thing, name), raw.get(name))
    if kind == "disk_backup_policy":
        check_target(thing.target, raw.get("target"))
    if kind == "installation":
        attributes = raw.get("attributes") or []
        assert len(thing.attributes) == len(attributes)
        for attribute, expected in zip(thing.attributes, attributes):
            check("attribute", attribute, expected)


def check_target(thing, raw):
    """A policy's target is a disk or a virtual machine, by its fields."""
    if raw is None:
        assert thing is None
        return
    kinds = {"DiskSummary": "disk_summary", "VirtualMachineSummary": "virtual_machine_summary"}
    if thing.target is not None:
        check(kinds[type(thing.target).__name__], thing.target, raw["target"])
    assert thing.to_dict() == raw


def check_time(name, value, seconds):
    if seconds is None:
        assert value is None, f"{name} must be None, not {value!r}"
        return
    assert isinstance(value, datetime) and value.utcoffset() is not None, f"{name} must be an aware datetime"
    assert value == datetime.fromtimestamp(seconds, timezone.utc)


def check_annotations(value, body):
    if "annotations" not in body:
        assert value is None, f"annotations that the service did not send must be None, not {value!r}"
    expected = {item["key"]: item["value"] for item in body.get("annotations") or []}
    assert dict(value or {}) == expected


def check_result(operation, result, body):
    """What an operation returned against the body that the service answered."""
    operation = TABLE[operation]
    if isinstance(body.get(operation.part), list):
        kind = operation.kind or singular(operation.part)
        assert len(result) == len(body[operation.part])
        for item, raw in zip(result, body[operation.part]):
            check(kind, item, raw)
        return
    if operation.gives:
        check(operation.gives, result, body[operation.gives])
    else:
        for member in body.keys() & SCALARS.keys():
            check(member, getattr(result, member), body[member])
    if "spec" in body:
        check_fields(result.spec.fields, body["spec"]["fields"])
    if hasattr(result, "annotations"):
        check_annotations(result.annotations, body)


def check_fields(fields, raw):
    assert isinstance(fields, tuple) and len(fields) == len(raw)
    for field, expected in zip(fields, raw):
        check("spec_field", field, expected)
