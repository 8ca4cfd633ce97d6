//! What is around every answer: the token, the rate limit, the headers, compression.

use std::io::Write;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use super::counted::{counted, token};
use super::error::ApiError;
use super::operations::operation;
use super::permission::check_scopes;
use crate::state::{Allowance, ApiToken, Counted, Shared, new_uuid};

/// recorded: 1024 bytes go as they are.
const COMPRESSED_FROM: usize = 1025;

/// recorded on every answer.
const CONSTANT: [(HeaderName, &str); 6] = [
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type"),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE, OPTIONS"),
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::CONTENT_TYPE, "application/json"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (header::VARY, "Accept-Encoding"),
];

pub(super) async fn envelope(
    State(shared): State<Shared>,
    mut request: Request,
    next: Next,
) -> Response {
    let accepts_gzip = accepts_gzip(request.headers());
    let (allowance, admitted) = admit(&shared, &request);
    let answer = match admitted {
        Ok(token) => {
            request.extensions_mut().insert(token);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    };
    let (mut parts, body) = answer.into_parts();
    // The body is in memory already: it cannot be too long, and reading it cannot fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();

    let headers = &mut parts.headers;
    if parts.status.is_success() {
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("max-age=0, private, must-revalidate"),
        );
        insert(headers, header::ETAG, &etag(&body));
    }
    for (name, value) in CONSTANT {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let ratelimit = |name| HeaderName::from_static(name);
    insert(headers, ratelimit("x-ratelimit-permitted"), &allowance.permitted.to_string());
    insert(headers, ratelimit("x-ratelimit-remaining"), &allowance.remaining.to_string());
    insert(headers, HeaderName::from_static("x-request-id"), &new_uuid());
    headers.remove(header::CONTENT_LENGTH);
    let compressed = (accepts_gzip && body.len() >= COMPRESSED_FROM).then(|| gzip(&body));
    if let Some(Ok(compressed)) = compressed {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return Response::from_parts(parts, Body::from(compressed));
    }
    Response::from_parts(parts, Body::from(body))
}

/// The vendor's framework looks for the route first. The limit is the token's, so the token comes
/// next. Requests without a valid one are counted all the same.
fn admit(shared: &Shared, request: &Request) -> (Allowance, Result<ApiToken, ApiError>) {
    let (method, path) = (request.method(), request.uri().path());
    let operation = operation(method.as_str(), path);
    let mut state = shared.lock();
    let token = token(&state.api_tokens, request.headers());
    let counted = counted(&state.api_tokens, method, path, request.headers());
    let allowance = state.count(counted.token);
    let is_limited = operation.is_some() && token.is_ok() && allowance.exceeded;
    state.counts.add(Counted { is_limited, ..counted }, allowance);
    let Some(operation) = operation else {
        return (allowance, Err(ApiError::route_not_found(method, path)));
    };
    let admitted = token.and_then(|token| {
        if is_limited {
            return Err(ApiError::rate_limit_reached(allowance.permitted));
        }
        check_scopes(state.api_tokens.grant(token), operation)?;
        Ok(token)
    });
    (allowance, admitted)
}

/// recorded: weak, and the first half of the SHA-256 of the body.
fn etag(body: &[u8]) -> String {
    let digest: String =
        Sha256::digest(body).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{digest}\"")
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body)?;
    encoder.finish()
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
            let quality = quality.trim().strip_prefix("q=").map(str::parse::<f32>);
            name.trim().eq_ignore_ascii_case("gzip") && quality != Some(Ok(0.0))
        })
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
