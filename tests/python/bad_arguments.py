"""Of which kind each argument is, by its name in any language; bad_values.py says what is bad."""

LOOKUPS = {
    *("organization", "data_center", "io_profile", "virtual_machine", "disk", "disk_template", "operating_system"),
    *("trash_object", "task"),
}
NAMES = {
    *("cloud", "endpoint", "auth_url", "username", "user_id", "user_domain_name", "user_domain_id", "project_name"),
    *("project_id", "project_domain_name", "project_domain_id", "application_credential_id", "interface"),
    *("application_credential_name", "region_name", "service_type", "service_name", "auth_type"),
    *("compute_api_version", "base_url"),
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
    "fleet": "key",
    "share": "share",
    "threads": "number",
    **dict.fromkeys(["disks", "sizes", "specs"], "disks"),
    "annotations": "annotations",
    "schedule": "schedule",
    "timestamp": "timestamp",
    "query": "query",
    "body": "body",
    "path": "place",
    "timeout": "seconds",
    "connect_timeout": "limit",
    "progress": "progress",
    **dict.fromkeys(["ca_file", "cert_file", "key_file"], "path"),
}
DISK = "disk_Ce1Fa2Ce3Te4St5X"

def kind_of(name):
    """`text` and so on; an argument that is new has to be added above."""
    if name not in KINDS and name.endswith("_id"):
        return "lookup"
    assert name in KINDS, f"say in bad_arguments.py of which kind the argument {name} is"
    return KINDS[name]
