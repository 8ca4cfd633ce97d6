"""Of which kind each argument is, by its name in any language, and good values; bad_values.py says what is bad."""

LOOKUPS = {
    *("organization", "data_center", "io_profile", "virtual_machine", "disk", "disk_template", "operating_system"),
    *("trash_object", "task"),
}
NAMES = {
    *("cloud", "endpoint", "auth_url", "username", "user_id", "user_domain_name", "user_domain_id", "project_name"),
    *("project_id", "project_domain_name", "project_domain_id", "application_credential_id", "interface"),
    *("application_credential_name", "region_name", "service_type", "compute_api_version", "base_url"),
}
KINDS = {
    **dict.fromkeys(LOOKUPS, "lookup"),
    **dict.fromkeys(NAMES, "secret"),
    **dict.fromkeys(["api_token", "token", "password", "application_credential_secret"], "secret"),
    **dict.fromkeys(["name", "user_agent", "proxy"], "text"),
    **dict.fromkeys(["bus_type", "initial_file_system", "storage_speed"], "word"),
    **dict.fromkeys(["method", "resize_method", "interval"], "word"),
    **dict.fromkeys(["boot", "attach_on_boot", "attach", "include_disks", "include_universal"], "flag"),
    **dict.fromkeys(["wait", "purge", "missing_ok", "verify", "allow_http"], "flag"),
    **dict.fromkeys(["size_in_gb", "page", "per_page", "page_size", "max_response_bytes"], "number"),
    **dict.fromkeys(["retention", "frequency", "minute", "time"], "count"),
    **dict.fromkeys(["properties", "virtual_machine_disk"], "object"),
    "idempotency_key": "key",
    "annotations": "annotations",
    "schedule": "schedule",
    "timestamp": "timestamp",
    "timeout": "seconds",
    "connect_timeout": "limit",
    "progress": "progress",
    "ca_file": "path",
}
DISK = "disk_Ce1Fa2Ce3Te4St5X"
POLICY = {"disk": DISK, "properties": {"retention": 7, "schedule": {"interval": "daily"}}}
MACHINE = {"virtual_machine": "db2.acme.example"}
ORGANIZATION = {"organization": {"sub_domain": "acme"}}
# A good request of each C function that takes one, without its `_wait` or `_pages`.
REQUESTS = {
    "disk_create": {**ORGANIZATION, "properties": {"name": "Data", "size_in_gb": 20}},
    "disk_update": {"properties": {"name": "New"}},
    "disk_assign": MACHINE,
    "disk_resize": {"size_in_gb": 30},
    "disk_set_io_profile": {"io_profile": "quick"},
    "disk_list": ORGANIZATION,
    "virtual_machine_disk_list": MACHINE,
    "virtual_machine_list": ORGANIZATION,
    "disk_io_profile_list": ORGANIZATION,
    "disk_template_list": ORGANIZATION,
    "disk_template_version_list": {"disk_template": "templates/ubuntu-24-04"},
    "disk_backup_policy_list": ORGANIZATION,
    "disk_backup_policy_create": POLICY,
    "disk_backup_policy_update": {"properties": {"retention": 7}},
    "disk_backup_policy_schedule_deletion": {"timestamp": 1767225600},
    "trash_object_list": ORGANIZATION,
    "trash_purge_all": ORGANIZATION,
    "disk_ensure_attached": MACHINE,
    "disk_ensure_detached": MACHINE,
    "disk_ensure_unassigned": MACHINE,
    "disk_ensure_size": {"size_in_gb": 30},
    "disk_ensure_deleted": {"purge": True},
}
# Those whose request may be NULL: it says nothing then.
MAY_BE_NULL = {
    *("disk_list", "virtual_machine_list", "disk_io_profile_list", "disk_template_list", "disk_backup_policy_list"),
    *("trash_object_list", "trash_purge_all", "disk_ensure_attached", "disk_ensure_detached", "disk_ensure_unassigned"),
    "disk_ensure_deleted",
}


def kind_of(name):
    """`text` and so on; an argument that is new has to be added above."""
    if name not in KINDS and name.endswith("_id"):
        return "lookup"
    assert name in KINDS, f"say in bad_arguments.py of which kind the argument {name} is"
    return KINDS[name]
