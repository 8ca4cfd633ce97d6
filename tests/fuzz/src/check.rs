//! What the library promises of every error, whatever it was given.

use katapult::{Error, Outcome, Result, Status};
use serde_json::Value;

const MEMBERS: [&str; 11] = [
    "status",
    "operation",
    "object_id",
    "code",
    "message",
    "description",
    "hint",
    "detail",
    "http_status",
    "request_id",
    "outcome",
];

/// What an error has besides once a fleet has begun.
const MEMBERS_OF_FLEETS: [&str; 3] = ["counts", "fleet", "unfinished"];

/// The value, if it is none of an error; an error is checked.
pub(crate) fn checked<T>(result: Result<T>) -> Option<T> {
    result.map_err(|error| check_error(&error)).ok()
}

/// An error of arguments or configuration: nothing was sent.
pub(crate) fn check_refused<T>(result: Result<T>) -> Option<T> {
    result.map_err(|error| check_refusal(&error)).ok()
}

fn check_refusal(error: &Error) {
    check_error(error);
    let status = error.status();
    assert!(matches!(status, Status::InvalidArgument | Status::InvalidConfiguration), "{error}");
    assert_eq!(error.outcome(), Outcome::NotSent, "{error}");
}

pub(crate) fn check_error(error: &Error) {
    assert_ne!(error.status(), Status::InternalError, "a defect: {error}");
    let _ = format!("{error} {error:?}");
    check_error_json(&error.to_json());
}

/// An error as C gets it.
pub(crate) fn check_error_json(text: &str) {
    let error: Value = serde_json::from_str(text).expect("an error must be JSON");
    let members = error.as_object().expect("an error must be an object").keys();
    let members: Vec<&String> =
        members.filter(|member| !MEMBERS_OF_FLEETS.contains(&member.as_str())).collect();
    assert_eq!(members, MEMBERS, "the members of an error");
    assert_ne!(error["status"], "internal_error", "a defect: {text}");
}
