//! What a token is to be good for.

use serde_json::Value;

use super::Result;
use super::answer::Refusal;
use super::authentication::{member, text};
use crate::state::{DOMAINS, Domain, PROJECTS, Project, User};

/// None for a token that is good for no project.
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
        let domain = domain(given)?;
        PROJECTS.iter().find(|project| project.name == name && project.domain == domain)
    };
    let found =
        found.copied().filter(|project| user.projects.iter().any(|own| own.id == project.id));
    found.map(Some).ok_or_else(Refusal::unauthorized)
}

/// A name means something only together with the domain, by its id or name.
pub(super) fn domain(of: &Value) -> Result<&'static Domain> {
    let given = member(of, "domain")?;
    let found = if given.get("id").is_some() {
        let id = text(given, "id")?;
        DOMAINS.iter().find(|domain| domain.id == id)
    } else {
        let name = text(given, "name")?;
        DOMAINS.iter().find(|domain| domain.name == name)
    };
    found.copied().ok_or_else(Refusal::unauthorized)
}
