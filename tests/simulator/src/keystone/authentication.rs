//! Reading who wants a token, and for what.

use std::time::Duration;

use serde_json::Value;

use super::answer::Refusal;
use super::{Result, credentials, scope};
use crate::state::{Identity, Login};

pub(super) fn login(identity: &Identity, body: &[u8], now: Duration) -> Result<Login> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::expected("valid JSON"))?;
    let auth = member(&body, "auth")?;
    let proof = member(auth, "identity")?;
    let scope = auth.get("scope");
    let methods =
        member(proof, "methods")?.as_array().ok_or_else(|| Refusal::expected("methods"))?;
    // Our choice: the first method decides; several of them at once are not played.
    match methods.first().and_then(Value::as_str) {
        Some("password") => {
            let user = credentials::by_password(member(proof, "password")?)?;
            let project = scope::project(scope, user)?;
            let method = "password";
            Ok(Login { method, user, project, application_credential: None, before: None })
        }
        Some(method @ "application_credential") => {
            let credential = credentials::by_credential(member(proof, method)?)?;
            if scope.is_some() {
                return Err(Refusal::scope_of_credential());
            }
            Ok(Login {
                method: "application_credential",
                user: credential.user,
                project: Some(credential.project),
                application_credential: Some(credential),
                before: None,
            })
        }
        Some("token") => {
            let id = text(member(proof, "token")?, "id")?;
            let before = identity.token(id, now).ok_or_else(Refusal::invalid_token)?;
            // Our choice: without a scope, it is that of the token before.
            let project = match scope {
                Some(_) => scope::project(scope, before.user)?,
                None => before.project,
            };
            Ok(Login {
                method: "token",
                user: before.user,
                project,
                application_credential: before.application_credential,
                before: Some(before),
            })
        }
        Some(_) => Err(Refusal::unsupported_method()),
        None => Err(Refusal::expected("methods")),
    }
}

pub(super) fn member<'a>(of: &'a Value, name: &str) -> Result<&'a Value> {
    of.get(name).ok_or_else(|| Refusal::expected(name))
}

pub(super) fn text<'a>(of: &'a Value, name: &str) -> Result<&'a str> {
    member(of, name)?.as_str().ok_or_else(|| Refusal::expected(name))
}
