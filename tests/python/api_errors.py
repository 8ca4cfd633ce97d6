"""The errors that Katapult's documents name, by their codes: status, description, an example of the detail.

Those of EVERY_OPERATION may come from any operation; what else an operation may answer, its head in tests/cases says.
"""

TRASH_OBJECT = {
    "id": "trsh_Cm5Fp8Is1Lv4Oy7R",
    "keep_until": 1781407370,
    "object_id": "disk_Ot5Ne8Dk2Sw7Vh1R",
    "object_type": "Disk",
}
EVERY_OPERATION = {
    "missing_api_token": (400, "No API token was provided in the Authorization header", {}),
    "invalid_api_token": (403, "The API token provided was not valid", {"details": None}),
    "unauthorized_network_for_api_token": (
        403,
        "Network is not allowed to access the API with this API token",
        {"ip_address": "203.0.113.4"},
    ),
    "invalid_capabilities_token": (403, "The capabilities token provided was not valid", {}),
    "scope_not_granted": (
        403,
        "The scope required for this endpoint has not been granted",
        {"scopes": ["disks", "disks:read"]},
    ),
    "rate_limit_reached": (
        429,
        "You have reached the rate limit for this type of request",
        {"total_permitted": 1000},
    ),
    "service_unavailable": (503, "The service is currently unavailable, please try again later", {}),
}
SOME_OPERATIONS = {
    "invalid_timestamp": (400, "The timestamp is not far enough ahead", {}),
    "organization_not_activated": (403, "The organization is not activated", {}),
    "organization_suspended": (403, "The organization is suspended", {}),
    "permission_denied": (
        403,
        "The authenticated identity is not permitted to perform this action",
        {"details": "Auditor only"},
    ),
    "data_center_not_found": (404, "No such data center", {}),
    "disk_backup_policy_not_found": (404, "No such backup policy", {}),
    "disk_io_profile_not_found": (
        404,
        "No disk I/O profile was found matching any of the criteria provided in the arguments",
        {},
    ),
    "disk_not_found": (404, "No disk was found matching any of the criteria provided in the arguments", {}),
    "disk_template_not_found": (404, "No such disk template", {}),
    "disk_template_version_not_found": (404, "No such version of a disk template", {}),
    "operating_system_not_found": (404, "No such operating system", {}),
    "organization_not_found": (404, "No such organization", {}),
    "task_not_found": (404, "No task was found matching any of the criteria provided in the arguments", {}),
    "trash_object_not_found": (404, "No such object in the trash", {}),
    "virtual_machine_not_found": (
        404,
        "No virtual machine was found matching any of the criteria provided in the arguments",
        {},
    ),
    "object_in_trash": (406, "The object found is in the trash", {"trash_object": TRASH_OBJECT}),
    "task_queueing_error": (406, "This task could not be queued", {"details": "Another task is running"}),
    "unable_to_assign": (
        422,
        "The disk could not be assigned",
        {"errors": ["Disk is already assigned", "Machine is elsewhere"]},
    ),
    "unable_to_unassign": (422, "The disk could not be unassigned", {"errors": ["Disk must be detached first"]}),
    "unassigned_disk": (422, "Disk is not assigned to a virtual machine.", {}),
    "validation_error": (
        422,
        "A validation error occurred",
        {"errors": ["Name can't be blank", "Size in gb is too small"]},
    ),
}
ERRORS = {**EVERY_OPERATION, **SOME_OPERATIONS}
# Those whose detail may say nothing: what the cases are called then, and the detail.
SAYS_LESS = {
    "permission_denied": ("without details", {"details": None}),
    "object_in_trash": ("without the object", {"trash_object": None}),
}


def answer(code, detail=None, bare=False):
    """The answer of the service; as documented it is bare, in reality the error is in an object of its own."""
    status, description, example = ERRORS[code]
    error = {"code": code, "description": description, "detail": example if detail is None else detail}
    return {"status": status, "answer": error if bare else {"error": error}}
