"""Compares a Python object, attribute by attribute, with the JSON that it was made from."""

from datetime import datetime, timezone

from faces import PART

SCALARS = {
    "disk": ("id", "name", "size_in_gb", "wwn", "state", "storage_speed", "bus_type"),
    "task": ("id", "name", "status", "progress"),
    "trash_object": ("id", "object_id", "object_type"),
    "io_profile": ("id", "name", "permalink", "speed_in_mb", "iops"),
    "data_center": ("id", "name", "permalink"),
    "virtual_machine_disk": ("attach_on_boot", "boot", "state"),
    "virtual_machine": ("id", "fqdn"),
    "installation": ("id",),
    "disk_template_version": ("id", "number", "stable", "size_in_gb"),
    "disk_template": ("id", "name", "description", "permalink", "universal", "size_in_gb"),
    "operating_system": ("id", "name"),
    "attribute": ("key", "label", "value", "description", "protect"),
}
TIMES = {
    "disk": ("created_at",),
    "task": ("created_at", "started_at", "finished_at"),
    "trash_object": ("keep_until",),
}
INSIDE = {
    "disk": ("io_profile", "data_center", "virtual_machine_disk", "installation"),
    "virtual_machine_disk": ("virtual_machine",),
    "installation": ("disk_template_version",),
    "disk_template_version": ("disk_template",),
    "disk_template": ("operating_system",),
}


def check(kind, thing, raw):
    """Every documented field of `raw` is an attribute of `thing`; what is null or missing is None."""
    if raw is None:
        assert thing is None, f"{kind} must be None, not {thing!r}"
        return
    for name in SCALARS[kind]:
        value, expected = getattr(thing, name), raw.get(name)
        assert value == expected and (type(expected) is not bool or value is expected), f"{kind}.{name} is {value!r}"
    for name in TIMES.get(kind, ()):
        check_time(f"{kind}.{name}", getattr(thing, name), raw.get(name))
    for name in INSIDE.get(kind, ()):
        check(name, getattr(thing, name), raw.get(name))
    if kind == "installation":
        attributes = raw.get("attributes") or []
        assert len(thing.attributes) == len(attributes)
        for attribute, expected in zip(thing.attributes, attributes):
            check("attribute", attribute, expected)


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
    if operation in ("get_task", "wait_task"):
        check("task", result, body["task"])
        return
    if operation == "delete_disk":
        check("disk", result.disk, body["disk"])
        check("trash_object", result.trash_object, body["trash_object"])
        return
    check_annotations(result.annotations, body)
    if PART.get(operation) == "disk":
        check("disk", result, body["disk"])
    else:
        check("disk", result.disk, body["disk"])
        check("task", result.task, body["task"])
