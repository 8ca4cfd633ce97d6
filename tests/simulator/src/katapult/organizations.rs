//! The organization, and its virtual machines.

use serde_json::Value;

use super::arguments::{Arguments, Lookup};
use super::error::ApiError;
use crate::state::{OrganizationState, State, VirtualMachine};

/// Makes sure that the organization exists and may be used. There is only one.
pub(super) fn check(state: &State, arguments: &Arguments) -> Result<(), ApiError> {
    let organization = &state.organization;
    let keys = [("id", organization.id), ("sub_domain", organization.sub_domain)];
    if !arguments.lookup("organization", &["id", "sub_domain"])?.matches(&keys) {
        return Err(ApiError::organization_not_found());
    }
    match organization.state {
        OrganizationState::Active => Ok(()),
        OrganizationState::Suspended => Err(ApiError::organization_suspended()),
        OrganizationState::NotActivated => Err(ApiError::organization_not_activated()),
    }
}

pub(super) const MACHINE_KEYS: [&str; 2] = ["id", "fqdn"];

pub(super) fn find_machine<'a>(
    state: &'a State,
    lookup: &Lookup,
) -> Result<&'a VirtualMachine, ApiError> {
    state
        .virtual_machines
        .iter()
        .find(|machine| lookup.matches(&[("id", machine.id), ("fqdn", machine.fqdn)]))
        .ok_or_else(ApiError::virtual_machine_not_found)
}

pub(super) fn machine_in<'a>(
    state: &'a State,
    value: &Value,
) -> Result<&'a VirtualMachine, ApiError> {
    find_machine(state, &Lookup::from_value("virtual_machine", value, &MACHINE_KEYS)?)
}
