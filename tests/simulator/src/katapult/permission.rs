//! What a token may do: its scopes, the organizations that it reaches, its identity's permissions.

use serde_json::json;

use super::error::ApiError;
use super::operations::Operation;
use crate::state::{Grant, State};

/// document: before the arguments are looked at.
pub(super) fn check_scopes(grant: &Grant, operation: &Operation) -> Result<(), ApiError> {
    if grant.has_one_of(operation.scopes) {
        Ok(())
    } else {
        Err(ApiError::scope_not_granted(operation.scopes))
    }
}

/// Makes sure that an object may be used as the request wants to: `missing` is the answer if it is
/// somebody else's. Its own trouble comes afterwards.
pub(super) fn check_owner(
    state: &State,
    owner: Option<&str>,
    missing: fn() -> ApiError,
) -> Result<(), ApiError> {
    if owner.is_some_and(|owner| !state.reaches(owner)) {
        return Err(missing());
    }
    if state.is_permitted() { Ok(()) } else { Err(ApiError::permission_denied()) }
}

impl ApiError {
    pub(super) fn scope_not_granted(scopes: &[&str]) -> Self {
        Self::forbidden(
            "scope_not_granted",
            "The scope required for this endpoint has not been granted to the authenticating \
             identity",
        )
        .with_detail(json!({ "scopes": scopes }))
    }

    pub(super) fn permission_denied() -> Self {
        Self::forbidden(
            "permission_denied",
            "The authenticated identity is not permitted to perform this action",
        )
        .with_detail(json!({ "details": null }))
    }
}
