//! What a client of the control API needs to know first.

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::json;

use super::order::Reply;
use super::table;
use crate::guard::Trusted;
use crate::state::Shared;

/// The description has tokens, so it is only for those who may give orders.
pub(super) async fn view(
    State(shared): State<Shared>,
    Extension(Trusted(trusted)): Extension<Trusted>,
    headers: HeaderMap,
) -> Reply {
    let mut view = json!({
        "health": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "orders": table::list(),
    });
    if trusted {
        let state = shared.lock();
        view["description"] = state.description_at(&state.base_url.of_links(&headers));
    }
    Reply::ok(view)
}
