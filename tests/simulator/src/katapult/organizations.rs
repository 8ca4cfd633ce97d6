//! Organizations: list, get.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::answer::Success;
use super::argument::Argument;
use super::arguments::Arguments;
use super::error::ApiError;
use super::permission::check_owner;
use super::{Answer, Endpoint, part};
use crate::state::{Organization, OrganizationState, State};

pub(super) const ORGANIZATION: Argument =
    Argument::lookup("organization", "OrganizationLookup", &["id", "sub_domain"]).required();

pub(super) const LIST: Endpoint =
    Endpoint { id: "Organizations/ListEndpoint", arguments: &[], perform: list };

pub(super) const GET: Endpoint =
    Endpoint { id: "Organizations/InfoEndpoint", arguments: &[ORGANIZATION], perform: get };

/// The organization that an operation is about, if it exists for the one who asks and may be used.
pub(super) fn find<'a>(
    state: &'a State,
    arguments: &Arguments,
) -> Result<&'a Organization, ApiError> {
    let lookup = arguments.lookup("organization")?;
    let is_meant =
        |it: &&Organization| lookup.matches(&[("id", it.id()), ("sub_domain", it.sub_domain())]);
    let missing = ApiError::organization_not_found;
    let organization = state.organizations.iter().find(is_meant).ok_or_else(missing)?;
    check_owner(state, Some(organization.id()), missing)?;
    match organization.state {
        OrganizationState::Active => Ok(organization),
        OrganizationState::Suspended => Err(ApiError::organization_suspended()),
        OrganizationState::NotActivated => Err(ApiError::organization_not_activated()),
    }
}

/// document: these of its fields, and not in pages.
fn list(state: &mut State, _: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body {
        organizations: Vec<Value>,
    }

    const TOLD: [&str; 8] = [
        "id",
        "name",
        "sub_domain",
        "infrastructure_domain",
        "created_at",
        "activated_at",
        "suspended",
        "managed",
    ];
    let reached = state.organizations.iter().filter(|it| state.reaches(it.id()));
    let organizations = reached.map(|it| part(&json!(it.view()), &TOLD)).collect();
    Ok(Success::ok(&Body { organizations }))
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body {
        organization: Map<String, Value>,
    }

    Ok(Success::ok(&Body { organization: find(state, arguments)?.view() }))
}
