//! What a token is to be good for.

use serde_json::Value;

use super::Result;
use super::answer::Refusal;
use super::authentication::{member, text};
use crate::state::{DOMAIN_ID, DOMAIN_NAME, PROJECTS, Project, User};

/// None for a token that is good for no project. A user has a role in one project only.
pub(super) fn project(
    scope: Option<&Value>,
    user: &'static User,
) -> Result<Option<&'static Project>> {
    let Some(scope) = scope else {
        return Ok(None);
    };
    if scope == "unscoped" {
        return Ok(None);
    }
    let Some(given) = scope.get("project") else {
        // Our choice: nobody here has a role in the domain or the system.
        return Err(Refusal::unauthorized());
    };
    let found = if given.get("id").is_some() {
        let id = text(given, "id")?;
        PROJECTS.iter().find(|project| project.id == id)
    } else {
        let name = text(given, "name")?;
        check_domain(given)?;
        PROJECTS.iter().find(|project| project.name == name)
    };
    let found = found.copied().filter(|project| project.id == user.project.id);
    found.map(Some).ok_or_else(Refusal::unauthorized)
}

/// A name means something only together with the domain, by its id or name.
pub(super) fn check_domain(of: &Value) -> Result<()> {
    let domain = member(of, "domain")?;
    let is_ours = if domain.get("id").is_some() {
        text(domain, "id")? == DOMAIN_ID
    } else {
        text(domain, "name")? == DOMAIN_NAME
    };
    if is_ours { Ok(()) } else { Err(Refusal::unauthorized()) }
}
