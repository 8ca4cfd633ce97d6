"""What the API documents of each operation: its errors, arguments and enumerations, each of which needs a case."""

TOKEN_ERRORS = {
    (400, "missing_api_token"),
    (403, "invalid_api_token"),
    (403, "unauthorized_network_for_api_token"),
    (403, "invalid_capabilities_token"),
    (403, "scope_not_granted"),
}
COMMON = TOKEN_ERRORS | {(429, "rate_limit_reached"), (503, "service_unavailable")}

QUEUE = {(406, "task_queueing_error")}
TRASH = {(406, "object_in_trash")}
DENIED = {(403, "permission_denied")}
INVALID = {(422, "validation_error")}
NO_DISK = {(404, "disk_not_found")}
NO_MACHINE = {(404, "virtual_machine_not_found")}
# What every operation on one disk may answer.
DISK = COMMON | DENIED | NO_DISK | TRASH
ORGANIZATION = COMMON | {
    (403, "organization_suspended"),
    (403, "organization_not_activated"),
    (404, "organization_not_found"),
}
TEMPLATE_VERSION = COMMON | {(404, "disk_template_version_not_found")}
POLICY = COMMON | TRASH | {(404, "disk_backup_policy_not_found")}
IN_TRASH = COMMON | {(404, "trash_object_not_found")}
NOVA = {(400, "badRequest"), (401, "error"), (403, "forbidden"), (404, "itemNotFound")}

# The five documents and the table of endpoints, and for detach and tasks besides what every operation may answer. What
# has several paths, one for each kind of object, may answer what any of them may: see PATHS.
DOCUMENTED = {
    "create_disk": ORGANIZATION | DENIED | QUEUE | INVALID,
    "get_disk": COMMON | NO_DISK | TRASH,
    "update_disk": DISK | INVALID | {(422, "unassigned_disk")},
    "delete_disk": DISK | INVALID,
    "assign_disk": DISK | NO_MACHINE | {(422, "unable_to_assign")},
    "unassign_disk": DISK | {(422, "unable_to_unassign")},
    "attach_disk": DISK | QUEUE | {(422, "unassigned_disk")},
    "detach_disk": DISK | QUEUE | {(422, "unassigned_disk")},
    "resize_disk": DISK | QUEUE | INVALID,
    "set_disk_io_profile": DISK | QUEUE | {(404, "disk_io_profile_not_found")},
    "get_task": COMMON | {(404, "task_not_found")},
    # It asks as get_task does.
    "wait_task": {(404, "task_not_found")},
    "list_disks": ORGANIZATION,
    "list_virtual_machine_disks": COMMON | NO_MACHINE | TRASH,
    "list_disk_io_profiles": ORGANIZATION,
    "list_disk_templates": ORGANIZATION | {(404, "operating_system_not_found")},
    "get_disk_template": COMMON | {(404, "disk_template_not_found")},
    "list_disk_template_versions": COMMON | {(404, "disk_template_not_found")},
    "get_disk_template_version": TEMPLATE_VERSION,
    "get_disk_template_version_spec": TEMPLATE_VERSION,
    "list_data_centers": COMMON,
    "get_data_center": COMMON | {(404, "data_center_not_found")},
    "list_disk_backup_policies": ORGANIZATION | DENIED | NO_MACHINE | NO_DISK | TRASH,
    "get_disk_backup_policy": POLICY,
    "create_disk_backup_policy": COMMON | DENIED | NO_MACHINE | NO_DISK | TRASH | INVALID,
    "update_disk_backup_policy": POLICY | DENIED | INVALID,
    "delete_disk_backup_policy": POLICY | DENIED,
    "schedule_disk_backup_policy_deletion": POLICY | DENIED | {(400, "invalid_timestamp")},
    "list_trash_objects": ORGANIZATION,
    "get_trash_object": IN_TRASH,
    "restore_trash_object": IN_TRASH | DENIED,
    "purge_trash_object": IN_TRASH | DENIED | QUEUE,
    "purge_all_trash": ORGANIZATION | DENIED | QUEUE,
    "list_virtual_machines": ORGANIZATION,
    "get_virtual_machine": COMMON | NO_MACHINE | TRASH,
    "openstack_detach_volume": NOVA | {(409, "conflictingRequest")},
    "openstack_get_volume_attachment": NOVA,
    "openstack_list_volume_attachments": NOVA,
}

CREATE_ARGUMENTS = {
    "name",
    "size_in_gb",
    "organization",
    "data_center",
    "io_profile",
    "bus_type",
    "initial_file_system",
    "storage_speed",
    "virtual_machine",
    "boot",
    "attach_on_boot",
    "attach",
    "annotations",
}
ARGUMENTS = {
    "create_disk": CREATE_ARGUMENTS,
    "get_disk": {"disk_id"},
    "update_disk": CREATE_ARGUMENTS - {"organization", "size_in_gb", "attach"} | {"disk_id"},
    "delete_disk": {"disk_id"},
    "assign_disk": {"disk_id", "virtual_machine"},
    "unassign_disk": {"disk_id"},
    "attach_disk": {"disk_id"},
    "detach_disk": {"disk_id"},
    "resize_disk": {"disk_id", "size_in_gb", "method"},
    "set_disk_io_profile": {"disk_id", "io_profile"},
    "get_task": {"task_id"},
    "wait_task": {"task_id", "timeout"},
    "list_disks": {"organization", "annotations", "page_size"},
    "list_virtual_machine_disks": {"virtual_machine"},
    "list_disk_io_profiles": {"organization", "page_size"},
    "list_disk_templates": {"organization", "operating_system", "include_universal", "page_size"},
    "get_disk_template": {"disk_template"},
    "list_disk_template_versions": {"disk_template", "page_size"},
    "get_disk_template_version": {"disk_template_version_id"},
    "get_disk_template_version_spec": {"disk_template_version_id"},
    "list_data_centers": set(),
    "get_data_center": {"data_center"},
    "list_disk_backup_policies": {"organization", "virtual_machine", "disk", "include_disks", "page_size"},
    "get_disk_backup_policy": {"disk_backup_policy_id"},
    "create_disk_backup_policy": {"disk", "virtual_machine", "retention", "schedule"},
    "update_disk_backup_policy": {"disk_backup_policy_id", "retention", "schedule"},
    "delete_disk_backup_policy": {"disk_backup_policy_id"},
    "schedule_disk_backup_policy_deletion": {"disk_backup_policy_id", "timestamp"},
    "list_trash_objects": {"organization", "page_size"},
    "get_trash_object": {"trash_object"},
    "restore_trash_object": {"trash_object"},
    "purge_trash_object": {"trash_object"},
    "purge_all_trash": {"organization"},
    "list_virtual_machines": {"organization", "annotations", "page_size"},
    "get_virtual_machine": {"virtual_machine"},
    "openstack_detach_volume": {"server_id", "volume_id"},
    "openstack_get_volume_attachment": {"server_id", "volume_id"},
    "openstack_list_volume_attachments": {"server_id"},
}
# The arguments that name an object, and the key besides the id, if there is one.
LOOKUPS = {
    "organization": "sub_domain",
    "data_center": "permalink",
    "io_profile": "permalink",
    "virtual_machine": "fqdn",
    "disk_template": "permalink",
    "trash_object": "object_id",
    "operating_system": None,
    "disk": None,
}
# Those that an operation cannot do without.
NEEDED = (
    ("assign_disk", "virtual_machine"),
    ("set_disk_io_profile", "io_profile"),
    ("list_virtual_machine_disks", "virtual_machine"),
    ("list_disk_template_versions", "disk_template"),
    ("get_disk_template", "disk_template"),
    ("get_data_center", "data_center"),
    ("get_trash_object", "trash_object"),
    ("restore_trash_object", "trash_object"),
    ("purge_trash_object", "trash_object"),
    ("get_virtual_machine", "virtual_machine"),
)
ENUMS = {
    "bus_type": {"scsi", "virtio"},
    "initial_file_system": {"ext4", "xfs"},
    "storage_speed": {"nvme", "ssd"},
    "method": {"offline", "online"},
    "schedule.interval": {"hourly", "daily", "weekly", "monthly"},
}
SCHEDULE = {"interval", "frequency", "minute", "time"}
DISK_STATES = {
    *("not_built", "building", "built", "failed", "installing"),
    *("restoring", "formatting", "resizing", "configuring", "importing"),
}
ATTACHMENT_STATES = {"detached", "attaching", "attached", "detaching", "failed"}
MACHINE_STATES = {
    *("stopped", "starting", "started", "stopping", "shutting_down", "resetting"),
    *("allocated", "allocating", "migrating", "transferring", "failed", "orphaned"),
}
TASK_STATUSES = {"pending", "running", "completed", "failed"}
FIELD_TYPES = {"Text", "Boolean", "Password", "Keyboard"}
# Enumerations in what an operation gives, each as the way to it; * is every item of a list.
ANSWERED = [
    ("get_disk", "state", DISK_STATES),
    ("get_disk", "virtual_machine_disk.state", ATTACHMENT_STATES),
    ("list_disks", "*.state", DISK_STATES),
    ("list_virtual_machine_disks", "*.state", ATTACHMENT_STATES),
    ("list_virtual_machine_disks", "*.disk.state", DISK_STATES),
    ("get_task", "status", TASK_STATUSES),
    ("purge_trash_object", "status", TASK_STATUSES),
    ("purge_all_trash", "status", TASK_STATUSES),
    ("get_virtual_machine", "state", MACHINE_STATES),
    ("get_disk_template_version_spec", "spec.fields.*.type", FIELD_TYPES),
    ("list_disk_backup_policies", "*.schedule.interval", ENUMS["schedule.interval"]),
    ("get_disk_backup_policy", "schedule.interval", ENUMS["schedule.interval"]),
    ("create_disk_backup_policy", "schedule.interval", ENUMS["schedule.interval"]),
    ("update_disk_backup_policy", "schedule.interval", ENUMS["schedule.interval"]),
]
# The paths of operations that have several, and what each of them may answer.
PATHS = {
    "list_disk_backup_policies": {
        "organizations/organization": ORGANIZATION | DENIED,
        "virtual_machines/virtual_machine": DENIED | NO_MACHINE | TRASH,
        "disks/disk": DENIED | NO_DISK | TRASH,
    },
    "create_disk_backup_policy": {
        "virtual_machines/virtual_machine": DENIED | NO_MACHINE | TRASH | INVALID,
        "disks/disk": COMMON | DENIED | NO_DISK | TRASH | INVALID,
    },
}
