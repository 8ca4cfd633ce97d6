"""What Rust and names of arguments mean in Python, for stubs.py."""

# The classes whose objects are taken instead of an id, by the name of the type. They are named in arguments/lookup.rs.
LOOKUPS = {
    "DiskLookup": "Disk | DiskSummary | DiskTask | CreatedDisk | DeletedDisk | VirtualMachineDisk",
    "VirtualMachineLookup": "VirtualMachine | VirtualMachineSummary",
    "DataCenterLookup": "DataCenter",
    "DiskIoProfileLookup": "DiskIoProfile",
    "DiskTemplateLookup": "DiskTemplate",
    "DiskTemplateVersionLookup": "DiskTemplateVersion",
    "OperatingSystemLookup": "OperatingSystem",
    "DiskBackupPolicyLookup": "DiskBackupPolicy",
    "TrashObjectLookup": "TrashObject | DeletedDisk",
    "TaskLookup": "Task | DiskTask | CreatedDisk",
}

# What an argument may be, by its name; None besides, where that is its default. The words of an enumeration need no
# entry: the package has them.
ARGUMENTS = {
    "annotations": "Mapping[str, str]",
    "ca_file": "str | PathLike[str]",
    "cert_file": "str | PathLike[str]",
    "code": "str",
    "connect_timeout": "float | None",
    "data_center": "_DataCenterLookup",
    "description": "str",
    "detail": "Any",
    "disks": "Iterable[_DiskLookup]",
    "disk": "_DiskLookup",
    "disk_backup_policy_id": "_DiskBackupPolicyLookup",
    "disk_id": "_DiskLookup",
    "disk_template": "_DiskTemplateLookup",
    "disk_template_version_id": "_DiskTemplateVersionLookup",
    "error": "BaseException",
    "fleet": "str",
    "http_status": "int",
    "id": "str",
    "index": "int",
    "io_profile": "_DiskIoProfileLookup",
    "key_file": "str | PathLike[str]",
    "mapping": "Mapping[str, Any]",
    "max_response_bytes": "int",
    "operating_system": "_OperatingSystemLookup",
    "organization": "_Lookup",
    "outcome": "Outcome | str",
    "page_size": "int",
    "permitted": "int",
    "progress": "_Progress",
    "remaining": "int",
    "retention": "int",
    "schedule": "_Schedule",
    "share": "float",
    "size_in_gb": "int",
    "sizes": "Mapping[Any, int] | Iterable[tuple[_DiskLookup, int]]",
    "specs": "Iterable[Mapping[str, Any]]",
    "task": "_TaskLookup",
    "task_id": "_TaskLookup",
    "threads": "int",
    "timeout": "float | None",
    "timestamp": "int | datetime",
    "trash_object": "_TrashObjectLookup",
    "virtual_machine": "_VirtualMachineLookup",
    **dict.fromkeys(("allow_http", "attach", "attach_on_boot", "boot", "include_disks", "include_universal"), "bool"),
    **dict.fromkeys(("created", "deleted", "failed", "not_started", "pending", "resized", "unknown"), "int"),
    **dict.fromkeys(("missing_ok", "purge", "verify", "wait"), "bool"),
    **dict.fromkeys(("api_token", "base_url", "idempotency_key", "name", "proxy", "user_agent"), "str"),
    **dict.fromkeys(("hint", "message", "object_id", "operation", "request_id", "server_id", "volume_id"), "str"),
    **dict.fromkeys(("auth_type", "auth_url", "cloud", "compute_api_version", "endpoint", "interface", "password"), "str"),
    **dict.fromkeys(("project_domain_id", "project_domain_name", "project_id", "project_name", "region_name"), "str"),
    **dict.fromkeys(("service_name", "service_type", "token", "user_domain_id", "user_domain_name"), "str"),
    **dict.fromkeys(("user_id", "username"), "str"),
    **dict.fromkeys((f"application_credential_{part}" for part in ("id", "name", "secret")), "str"),
}

# Where one name means something else.
OWN_ARGUMENTS = {
    ("FleetCounts", "existed"): "int",
    ("FleetResult", "existed"): "bool",
    ("FleetResult", "disk"): "DiskSummary",
    ("FleetResult", "trash_object"): "TrashObject",
    ("create_disks", "progress"): "_FleetProgress",
    ("ensure_disk_sizes", "progress"): "_FleetProgress",
    ("ensure_disks_deleted", "progress"): "_FleetProgress",
    ("wait_disks", "progress"): "_FleetProgress",
}

# What Rust's types are in Python. `T` is translated in its turn.
RESULTS = {
    "()": "None",
    "bool": "bool",
    "u32": "int",
    "usize": "int",
    "u64": "int",
    "f64": "float",
    "&str": "str",
    "String": "str",
    "PyDateTime": "datetime",
    "PyDict": "dict[str, Any]",
    "Annotations<'py>": "Mapping[str, str]",
    "DiskOrVirtualMachine<'py>": "DiskSummary | VirtualMachineSummary",
    "ErrorOf<'py>": "BaseException",
    "OfClass<'py>": "Self",
    "OutcomeOf<'py>": "Outcome",
    "Results<'py>": "tuple[FleetResult, ...]",
    "PyResult<T>": "T",
    "Bound<'py, T>": "T",
    "Always<T>": "T",
    "Option<T>": "T | None",
    "Vec<T>": "list[T]",
    "Tuple<'py, T>": "tuple[T, ...]",
    "ListOf<T>": "Iterator[T]",
}

# Methods of Python's own protocols, which it knows by their names.
PROTOCOLS = {
    "__enter__": "(self) -> Self",
    "__eq__": "(self, other: object, /) -> bool",
    "__exit__": "(self, *_exception: object) -> None",
    "__getnewargs__": "(self) -> tuple[int, int]",
    "__hash__": "(self) -> int",
    "__iter__": "(self) -> Self",
    "__ne__": "(self, other: object, /) -> bool",
    "__next__": "(self) -> Any",
    "__reduce__": "(self) -> tuple[Any, ...]",
}

# Those that are no other class's.
OWN_PROTOCOLS = {
    ("FleetRun", "__next__"): "(self) -> FleetResult",
    ("Client", "__reduce__"): "(self) -> NoReturn",
    ("FleetRun", "__reduce__"): "(self) -> NoReturn",
}
