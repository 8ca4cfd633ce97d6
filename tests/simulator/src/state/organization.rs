//! The organization.

use serde::Deserialize;

pub(crate) struct Organization {
    pub(crate) id: String,
    pub(crate) sub_domain: String,
    pub(crate) state: OrganizationState,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OrganizationState {
    Active,
    Suspended,
    NotActivated,
}
