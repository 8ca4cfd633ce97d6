//! Which token a request has, and what is counted of it.

use axum::http::{HeaderMap, Method, header};

use super::error::ApiError;
use super::operations::{OPERATIONS, Operation, operation};
use crate::state::{ApiToken, ApiTokens, Counted};

pub(super) fn token(api_tokens: &ApiTokens, headers: &HeaderMap) -> Result<ApiToken, ApiError> {
    let authorization =
        headers.get(header::AUTHORIZATION).ok_or_else(ApiError::missing_api_token)?;
    let bearer = authorization.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
    let bearer = bearer.ok_or_else(ApiError::missing_api_token)?;
    api_tokens.of(bearer).ok_or_else(ApiError::invalid_api_token)
}

/// `path` is below `/core/v1`.
pub(crate) fn counted(
    api_tokens: &ApiTokens,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Counted {
    Counted {
        token: token(api_tokens, headers).ok(),
        is_read: matches!(*method, Method::GET | Method::HEAD),
        is_limited: false,
        kind: kind(method.as_str(), path),
    }
}

/// Whether it is what an operation is called in the counts.
pub(crate) fn is_kind(text: &str) -> bool {
    OPERATIONS.iter().any(|operation| name(operation) == text)
}

/// Ids in the path do not make other kinds, or there would be too many.
pub(crate) fn kind(method: &str, path: &str) -> String {
    match operation(method, path) {
        Some(operation) => name(operation),
        None => "other".to_owned(),
    }
}

fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path.replace(['{', '}'], ""))
}
