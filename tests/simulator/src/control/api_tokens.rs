//! Places tokens of Katapult.

use axum::extract::State;
use serde::Deserialize;
use serde_json::json;

use super::order::{Order, Reply};
use crate::state::{Grant, Organization, Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenOrder {
    api_token: String,
    /// By their ids or sub-domains; without them, the main one.
    organizations: Option<Vec<String>>,
    scopes: Option<Vec<String>>,
    #[serde(default = "yes")]
    may_change: bool,
}

fn yes() -> bool {
    true
}

/// A token that exists gets what the order says.
pub(super) async fn place(State(shared): State<Shared>, Order(order): Order<TokenOrder>) -> Reply {
    let TokenOrder { api_token: text, organizations, scopes, may_change } = order;
    let mut state = shared.lock();
    let main = || vec![state.main_organization().id().to_owned()];
    let mut ids = Vec::new();
    for wanted in organizations.unwrap_or_else(main) {
        let found = state.organizations.iter().find(|it| it.is(&wanted)).map(Organization::id);
        let Some(id) = found else {
            return Reply::bad_request(format!("organizations: there is no {wanted}"));
        };
        ids.push(id.to_owned());
    }
    state.api_tokens.place(Grant { text, organizations: ids, scopes, may_change });
    Reply::ok(json!({}))
}
