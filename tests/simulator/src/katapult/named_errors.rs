//! Errors by their codes, for answers that are ordered.

use serde_json::json;

use super::error::ApiError;
use crate::state::{Canned, TaskNotQueued};

/// What a test may want to see its program meet. The first ones never come by themselves.
static ERRORS: [fn() -> ApiError; 28] = [
    || {
        let description = "The service is currently unavailable, please try again later";
        ApiError::unavailable("service_unavailable", description)
    },
    || {
        let description = "Network is not allowed to access the API with this API token";
        ApiError::forbidden("unauthorized_network_for_api_token", description)
            .with_detail(json!({ "ip_address": "127.0.0.1" }))
    },
    || {
        let description = "The capabilities token provided was not valid (either not valid, \
                           expired or not signed by the correct key)";
        ApiError::forbidden("invalid_capabilities_token", description)
    },
    || ApiError::scope_not_granted(&["disks"]),
    ApiError::permission_denied,
    ApiError::missing_api_token,
    ApiError::invalid_api_token,
    || ApiError::rate_limit_reached(1000),
    || ApiError::validation(&["Name can't be blank".to_owned()]),
    ApiError::some_object_in_trash,
    || TaskNotQueued.into(),
    ApiError::invalid_timestamp,
    ApiError::organization_not_found,
    ApiError::organization_suspended,
    ApiError::organization_not_activated,
    ApiError::data_center_not_found,
    ApiError::disk_not_found,
    ApiError::unassigned_disk,
    || ApiError::unable_to_assign("Disk is already assigned to a virtual machine"),
    || ApiError::unable_to_unassign("Disk is attached to a virtual machine"),
    ApiError::disk_io_profile_not_found,
    ApiError::disk_template_not_found,
    ApiError::disk_template_version_not_found,
    ApiError::operating_system_not_found,
    ApiError::disk_backup_policy_not_found,
    ApiError::virtual_machine_not_found,
    ApiError::task_not_found,
    ApiError::trash_object_not_found,
];

/// The answer with the error of this code; a problem names those that there are.
pub(crate) fn named_error(code: &str) -> Result<Canned, String> {
    let found = ERRORS.iter().map(|error| error()).find(|error| error.code() == code);
    found
        .map(ApiError::into_canned)
        .ok_or_else(|| format!("error: {code:?} is none of {}", error_codes().join(", ")))
}

pub(crate) fn error_codes() -> Vec<&'static str> {
    ERRORS.iter().map(|error| error().code()).collect()
}
