//! The organization.

use super::argument::Argument;
use super::arguments::Arguments;
use super::error::ApiError;
use crate::state::{OrganizationState, State};

pub(super) const ORGANIZATION: Argument =
    Argument::lookup("organization", "OrganizationLookup", &["id", "sub_domain"]).required();

/// Makes sure that the organization exists and may be used. There is only one.
pub(super) fn check(state: &State, arguments: &Arguments) -> Result<(), ApiError> {
    let organization = &state.organization;
    let keys = [("id", organization.id.as_str()), ("sub_domain", organization.sub_domain.as_str())];
    if !arguments.lookup("organization")?.matches(&keys) {
        return Err(ApiError::organization_not_found());
    }
    match organization.state {
        OrganizationState::Active => Ok(()),
        OrganizationState::Suspended => Err(ApiError::organization_suspended()),
        OrganizationState::NotActivated => Err(ApiError::organization_not_activated()),
    }
}
