"""Canned answers to what is looked at after the task of an example's call has ended: they show its effect."""

from table import TABLE

GONE = {"error": {"code": "trash_object_not_found", "description": "Gone", "detail": {}}}

SHOWN = {
    "create_disk": {"state": "built"},
    "attach_disk": {"virtual_machine_disk": {"state": "attached"}},
    "detach_disk": {"virtual_machine_disk": {"state": "detached"}},
    "resize_disk": {"size_in_gb": TABLE["resize_disk"].arguments["size_in_gb"]},
    "set_disk_io_profile": {
        "io_profile": {"id": "diop_Eh9Zm2Kv5Sn8Wd1A", "permalink": TABLE["set_disk_io_profile"].arguments["io_profile"]}
    },
}


def looks_after(name, disk):
    """The requests that follow the last poll, each with its answer. `disk` is that of the call's answer, if it has one."""
    if disk:
        shown = {"disk": {**disk, **SHOWN.get(name, {})}, "annotations": []}
        return {"GET /disks/disk": {"status": 200, "body": shown}}
    if "trash_object" in TABLE[name].arguments:
        return {"GET /trash_objects/trash_object": {"status": 404, "body": GONE}}
    return {}
