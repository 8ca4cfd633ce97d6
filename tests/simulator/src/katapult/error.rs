//! Errors: codes, statuses, and the sentences of the documents.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::json;
use crate::state::{Canned, TaskNotQueued, TrashObject};

#[derive(Serialize)]
pub(super) struct ApiError {
    #[serde(skip)]
    status: StatusCode,
    code: &'static str,
    description: Option<String>,
    detail: Value,
}

impl ApiError {
    /// recorded: `detail` is always an object, never null or absent.
    fn new(status: StatusCode, code: &'static str, description: impl Into<String>) -> Self {
        Self { status, code, description: Some(description.into()), detail: json!({}) }
    }

    pub(super) fn with_detail(self, detail: Value) -> Self {
        Self { detail, ..self }
    }

    pub(super) fn bad_request(code: &'static str, description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, description)
    }

    pub(super) fn forbidden(code: &'static str, description: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, description)
    }

    pub(super) fn unavailable(code: &'static str, description: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, description)
    }

    fn unprocessable(code: &'static str, description: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, description)
    }

    fn not_found(code: &'static str, object: &str) -> Self {
        let description =
            format!("No {object} was found matching any of the criteria provided in the arguments");
        Self::new(StatusCode::NOT_FOUND, code, description)
    }

    pub(super) fn missing_api_token() -> Self {
        Self::bad_request(
            "missing_api_token",
            "No API token was provided in the Authorization header. Ensure a token is provided \
             prefixed with Bearer",
        )
    }

    pub(super) fn invalid_api_token() -> Self {
        Self::forbidden(
            "invalid_api_token",
            "The API token provided was not valid (it may not exist or have expired)",
        )
        .with_detail(json!({ "details": null }))
    }

    pub(super) fn rate_limit_reached(permitted: u32) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "rate_limit_reached",
            "You have reached the rate limit for this type of request",
        )
        .with_detail(json!({ "total_permitted": permitted }))
    }

    pub(super) fn organization_suspended() -> Self {
        Self::forbidden(
            "organization_suspended",
            "An organization was found from the arguments provided but it was suspended",
        )
    }

    pub(super) fn organization_not_activated() -> Self {
        Self::forbidden(
            "organization_not_activated",
            "An organization was found from the arguments provided but it wasn't activated yet",
        )
    }

    pub(super) fn organization_not_found() -> Self {
        Self::not_found("organization_not_found", "organization")
    }

    pub(super) fn data_center_not_found() -> Self {
        Self::not_found("data_center_not_found", "data center")
    }

    pub(super) fn disk_io_profile_not_found() -> Self {
        Self::not_found("disk_io_profile_not_found", "disk IO profile")
    }

    pub(super) fn virtual_machine_not_found() -> Self {
        Self::not_found("virtual_machine_not_found", "virtual machine")
    }

    pub(super) fn disk_not_found() -> Self {
        Self::not_found("disk_not_found", "disk")
    }

    pub(super) fn task_not_found() -> Self {
        Self::not_found("task_not_found", "task")
    }

    pub(super) fn trash_object_not_found() -> Self {
        Self::not_found("trash_object_not_found", "trash object")
    }

    pub(super) fn disk_template_not_found() -> Self {
        Self::not_found("disk_template_not_found", "disk template")
    }

    pub(super) fn disk_template_version_not_found() -> Self {
        Self::not_found("disk_template_version_not_found", "disk template version")
    }

    pub(super) fn operating_system_not_found() -> Self {
        Self::not_found("operating_system_not_found", "operating system")
    }

    pub(super) fn disk_backup_policy_not_found() -> Self {
        Self::not_found("disk_backup_policy_not_found", "disk backup policy")
    }

    pub(super) fn package_not_found() -> Self {
        Self::not_found("package_not_found", "package")
    }

    pub(super) fn network_not_found() -> Self {
        Self::not_found("network_not_found", "network")
    }

    pub(super) fn virtual_network_not_found() -> Self {
        Self::not_found("virtual_network_not_found", "virtual network")
    }

    pub(super) fn virtual_machine_network_interface_not_found() -> Self {
        Self::not_found("virtual_machine_network_interface_not_found", "network interface")
    }

    pub(super) fn interface_not_found() -> Self {
        let description = "An interface could not be found for the specified network";
        Self::new(StatusCode::NOT_FOUND, "interface_not_found", description)
    }

    pub(super) fn invalid_timestamp() -> Self {
        Self::bad_request(
            "invalid_timestamp",
            "Timestamp must be at least 5 minutes in the future. If you want to delete something \
             immediately, you use can use the delete endpoint.",
        )
    }

    pub(super) fn object_in_trash(trash_object: &TrashObject) -> Self {
        Self::some_object_in_trash().with_detail(json!({ "trash_object": trash_object }))
    }

    pub(super) fn some_object_in_trash() -> Self {
        Self::new(
            StatusCode::NOT_ACCEPTABLE,
            "object_in_trash",
            "The object found is in the trash and therefore cannot be manipulated through the \
             API. It should be restored in order to run this operation.",
        )
        .with_detail(json!({ "trash_object": null }))
    }

    pub(super) fn unassigned_disk() -> Self {
        Self::unprocessable("unassigned_disk", "Disk is not assigned to a virtual machine.")
    }

    pub(super) fn unable_to_assign(error: &str) -> Self {
        Self::unprocessable(
            "unable_to_assign",
            "The disk can not be assigned to the virtual machine.",
        )
        .with_detail(json!({ "errors": [error] }))
    }

    pub(super) fn unable_to_unassign(error: &str) -> Self {
        Self::unprocessable(
            "unable_to_unassign",
            "The disk can not be unassigned from the virtual machine.",
        )
        .with_detail(json!({ "errors": [error] }))
    }

    /// recorded: the errors are sentences for people.
    pub(super) fn validation(errors: &[String]) -> Self {
        Self::unprocessable(
            "validation_error",
            "A validation error occurred with the object that was being created/updated/deleted",
        )
        .with_detail(json!({ "errors": errors }))
    }

    /// A path or a method that does not exist: the text of the vendor's framework.
    pub(super) fn route_not_found(method: &Method, path: &str) -> Self {
        let path = path.trim_start_matches('/');
        let description = format!("No route matches '{path}' for {method}");
        Self::new(StatusCode::NOT_FOUND, "route_not_found", description)
    }

    /// Not documented: what the vendor's framework answers where it has no answer.
    pub(super) fn unhandled_exception() -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self { status, code: "unhandled_exception", description: None, detail: json!({}) }
    }
}

impl From<TaskNotQueued> for ApiError {
    fn from(TaskNotQueued: TaskNotQueued) -> Self {
        Self::new(
            StatusCode::NOT_ACCEPTABLE,
            "task_queueing_error",
            "This error means that a background task that was needed to complete your request \
             could not be queued",
        )
        .with_detail(json!({ "details": "The task could not be queued, please try again" }))
    }
}

impl ApiError {
    pub(super) fn code(&self) -> &'static str {
        self.code
    }

    /// recorded: every error is wrapped in `error`, whatever the document says.
    pub(super) fn into_canned(self) -> Canned {
        #[derive(Serialize)]
        struct Wrapped {
            error: ApiError,
        }

        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert("x-api-schema", HeaderValue::from_static("json-error"));
        Canned { status: self.status, headers, body: json::to_text(&Wrapped { error: self }) }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Canned { status, headers, body } = self.into_canned();
        (status, headers, body).into_response()
    }
}
