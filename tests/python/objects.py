"""Compares a Python object, attribute by attribute, with the JSON that it was made from."""

from datetime import datetime, timezone

from faces import LISTS, PART

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
# What the items of a list are.
ITEMS = {
    "list_disks": "disk_summary",
    "list_virtual_machine_disks": "virtual_machine_disk",
    "list_virtual_machines": "virtual_machine_summary",
    "list_disk_io_profiles": "io_profile",
    "list_disk_templates": "disk_template",
    "list_disk_template_versions": "disk_template_version",
    "list_data_centers": "data_center",
    "list_disk_backup_policies": "disk_backup_policy",
    "list_trash_objects": "trash_object",
    "openstack_list_volume_attachments": "volumeAttachment",
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
    if operation in ITEMS:
        items = body[LISTS.get(operation) or PART[operation]]
        assert len(result) == len(items)
        for item, raw in zip(result, items):
            check(ITEMS[operation], item, raw)
        return
    part = PART.get(operation)
    if part == "virtual_machine":
        check_annotations(result.annotations, body)
    if part not in (None, "disk"):
        check(part, result, body[part])
        return
    if operation == "get_disk_template_version_spec":
        check("disk_template_version", result.disk_template_version, body["disk_template_version"])
        assert isinstance(result.spec.fields, tuple) and len(result.spec.fields) == len(body["spec"]["fields"])
        for field, raw in zip(result.spec.fields, body["spec"]["fields"]):
            check("spec_field", field, raw)
        return
    if operation == "delete_disk":
        check("disk", result.disk, body["disk"])
        check("trash_object", result.trash_object, body["trash_object"])
        return
    check_annotations(result.annotations, body)
    if part == "disk":
        check("disk", result, body["disk"])
    else:
        check("disk", result.disk, body["disk"])
        check("task", result.task, body["task"])
