//! What Keystone tells about a token.

use serde::Serialize;
use serde_json::{Value, json};

use super::catalog::{Service, catalog};
use crate::state::{Domain, Project, Token, User, whole_seconds};

/// captured: an unscoped token has nothing from the project on; that of an application credential
/// names it at the end.
#[derive(Serialize)]
pub(super) struct TokenView<'a> {
    methods: &'a [&'static str],
    user: Value,
    audit_ids: &'a [String],
    expires_at: String,
    issued_at: String,
    #[serde(flatten)]
    scope: Option<ScopeView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application_credential: Option<Value>,
}

#[derive(Serialize)]
struct ScopeView {
    project: Value,
    is_domain: bool,
    roles: Vec<Value>,
    catalog: Vec<Service>,
}

pub(super) fn token_view<'a>(token: &'a Token, base_url: &str) -> TokenView<'a> {
    TokenView {
        methods: &token.methods,
        user: user_view(token.user),
        audit_ids: &token.audit_ids,
        expires_at: whole_seconds(token.expires_at),
        issued_at: whole_seconds(token.issued_at),
        scope: token.project.map(|project| scope_view(project, token.user, base_url)),
        application_credential: token.application_credential.map(|credential| {
            json!({ "id": credential.id, "name": credential.name, "restricted": true })
        }),
    }
}

fn user_view(user: &User) -> Value {
    json!({
        "domain": domain(user.domain),
        "id": user.id,
        "name": user.name,
        "password_expires_at": null,
    })
}

fn scope_view(project: &Project, user: &User, base_url: &str) -> ScopeView {
    let roles = user.roles.iter().map(|role| json!({ "id": role.id, "name": role.name }));
    ScopeView {
        project: json!({
            "domain": domain(project.domain),
            "id": project.id,
            "name": project.name,
        }),
        is_domain: false,
        roles: roles.collect(),
        catalog: catalog(base_url, project),
    }
}

fn domain(domain: &Domain) -> Value {
    json!({ "id": domain.id, "name": domain.name })
}
