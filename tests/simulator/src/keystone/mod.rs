//! OpenStack's Keystone, as a real Keystone 27 answered: tokens, the catalog, the version.

mod answer;
mod authentication;
mod catalog;
mod credentials;
mod discovery;
mod scope;
mod token_view;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use serde_json::json;

use crate::state::{self, Shared, Token, new_uuid};
use answer::{Refusal, success};
use token_view::token_view;

const SUBJECT_TOKEN: HeaderName = HeaderName::from_static("x-subject-token");

type Result<T> = std::result::Result<T, Refusal>;

pub(crate) fn router() -> Router<Shared> {
    let tokens = post(log_in).get(show_token).delete(revoke_token).fallback(no_such_url);
    Router::new()
        .route("/identity", get(discovery::root))
        .route("/identity/", get(discovery::root))
        .route("/identity/v3", get(discovery::v3))
        .route("/identity/v3/", get(discovery::v3))
        .route("/identity/v3/auth/tokens", tokens)
        .route("/identity/v3/auth/catalog", get(show_catalog))
        .route("/identity/{*path}", any(no_such_url))
        .layer(map_response(with_common_headers))
}

async fn with_common_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("X-Auth-Token"));
    if let Ok(id) = HeaderValue::from_str(&format!("req-{}", new_uuid())) {
        headers.insert("x-openstack-request-id", id);
    }
    response
}

async fn log_in(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let mut state = shared.lock();
    let now = state.clock.unix();
    match authentication::login(&state.identity, &body, now) {
        Ok(login) => {
            let (id, token) = state.identity.log_in(login, now);
            token_response(StatusCode::CREATED, &id, &token, &state.base_url.of_links(&headers))
        }
        Err(refusal) => refusal.answer(&state.base_url.of_links(&headers)),
    }
}

async fn show_token(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let state = shared.lock();
    match bearer(&state, &headers).and_then(|_| subject(&state, &headers)) {
        Ok((id, token)) => {
            token_response(StatusCode::OK, id, &token, &state.base_url.of_links(&headers))
        }
        Err(refusal) => refusal.answer(&state.base_url.of_links(&headers)),
    }
}

async fn revoke_token(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let mut state = shared.lock();
    match bearer(&state, &headers).and_then(|_| subject(&state, &headers)) {
        Ok((id, _)) => {
            state.identity.revoke(id);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(refusal) => refusal.answer(&state.base_url.of_links(&headers)),
    }
}

async fn show_catalog(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    let state = shared.lock();
    let answer = bearer(&state, &headers).and_then(|token| {
        let project = token.project.ok_or_else(Refusal::no_catalog)?;
        let base_url = state.base_url.of_links(&headers);
        let links = json!({ "self": format!("{base_url}/identity/v3/auth/catalog") });
        Ok(json!({ "catalog": catalog::catalog(&base_url, project), "links": links }))
    });
    match answer {
        // captured: unlike a token, it ends with a new line.
        Ok(body) => success(StatusCode::OK, &body, "\n"),
        Err(refusal) => refusal.answer(&state.base_url.of_links(&headers)),
    }
}

async fn no_such_url(State(shared): State<Shared>, headers: HeaderMap) -> Response {
    Refusal::no_such_url().answer(&shared.lock().base_url.of_links(&headers))
}

fn token_response(status: StatusCode, id: &str, token: &Token, base_url: &str) -> Response {
    let body = json!({ "token": token_view(token, base_url) });
    let mut response = success(status, &body, "");
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert(SUBJECT_TOKEN, id);
    }
    response
}

/// Who asks.
fn bearer(state: &state::State, headers: &HeaderMap) -> Result<Token> {
    let id = headers.get("x-auth-token").and_then(|id| id.to_str().ok()).unwrap_or_default();
    state.identity.token(id, state.clock.unix()).ok_or_else(Refusal::unauthorized)
}

/// The token that is asked about.
fn subject<'a>(state: &state::State, headers: &'a HeaderMap) -> Result<(&'a str, Token)> {
    let id = headers.get(SUBJECT_TOKEN).and_then(|id| id.to_str().ok()).unwrap_or_default();
    let token = state.identity.token(id, state.clock.unix());
    token.map(|token| (id, token)).ok_or_else(Refusal::invalid_token)
}
