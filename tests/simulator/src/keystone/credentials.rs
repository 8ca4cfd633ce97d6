//! Who proves to be whom. captured: whatever is wrong, the answer is the same.

use serde_json::Value;

use super::Result;
use super::answer::Refusal;
use super::authentication::{member, text};
use super::scope::domain;
use crate::state::{APPLICATION_CREDENTIAL, ApplicationCredential, USERS, User};

pub(super) fn by_password(password: &Value) -> Result<&'static User> {
    let given = member(password, "user")?;
    let user = user(given)?;
    if user.password == text(given, "password")? { Ok(user) } else { Err(Refusal::unauthorized()) }
}

/// By its id, or by its name and its user.
pub(super) fn by_credential(given: &Value) -> Result<&'static ApplicationCredential> {
    let credential = &APPLICATION_CREDENTIAL;
    let secret = text(given, "secret")?;
    let is_meant = if given.get("id").is_some() {
        text(given, "id")? == credential.id
    } else {
        let owner = user(member(given, "user")?)?;
        text(given, "name")? == credential.name && owner.id == credential.user.id
    };
    if is_meant && secret == credential.secret {
        Ok(credential)
    } else {
        Err(Refusal::unauthorized())
    }
}

/// By the id, or by the name and the domain.
fn user(given: &Value) -> Result<&'static User> {
    let found = if given.get("id").is_some() {
        let id = text(given, "id")?;
        USERS.iter().find(|user| user.id == id)
    } else {
        let name = text(given, "name")?;
        let domain = domain(given)?;
        USERS.iter().find(|user| user.name == name && user.domain == domain)
    };
    found.copied().ok_or_else(Refusal::unauthorized)
}
