//! What a failure means for the rest of a fleet.

use crate::{Error, Status};

/// Whether a failure may pass by itself.
pub(super) fn may_pass(error: &Error) -> bool {
    let is_passing = matches!(
        error.status(),
        Status::ConnectionFailed
            | Status::TimedOut
            | Status::Interrupted
            | Status::ServiceUnavailable
            | Status::RateLimitReached
            | Status::TaskQueueingError
    );
    let is_page = error.status() == Status::InvalidResponse
        && error.http_status().is_some_and(|status| status >= 500);
    is_passing || is_page
}

/// Whether what was rejected for one disk will be for all.
pub(super) fn concerns_all(error: &Error) -> bool {
    matches!(
        error.status(),
        Status::MissingApiToken
            | Status::InvalidApiToken
            | Status::UnauthorizedNetworkForApiToken
            | Status::InvalidCapabilitiesToken
            | Status::OrganizationSuspended
            | Status::OrganizationNotActivated
    )
}
