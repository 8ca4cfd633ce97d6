//! Refuses what a page in somebody's browser may send: requests to a name that leads here by DNS
//! rebinding, requests from other origins, and orders from elsewhere without the control token.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, HOST, ORIGIN, WWW_AUTHENTICATE};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Options;
use crate::base_url::PublicUrl;
use crate::control::Reply;

/// Who may ask, and who may give orders.
pub(crate) struct Guard {
    host: IpAddr,
    allowed_hosts: Vec<String>,
    /// The host of the public URL, with its port.
    public: Option<String>,
    control_token: String,
}

impl Guard {
    pub(crate) fn new(
        options: &Options,
        public_url: Option<&PublicUrl>,
        control_token: &str,
    ) -> Arc<Self> {
        let mut allowed_hosts: Vec<String> =
            options.allowed_hosts.iter().map(|name| normal(name)).collect();
        let public = public_url.map(PublicUrl::authority);
        let parsed = public.and_then(|host| host.parse::<Authority>().ok());
        allowed_hosts.extend(parsed.map(|authority| normal(authority.host())));
        let public = public.map(str::to_ascii_lowercase);
        let control_token = control_token.to_owned();
        Arc::new(Self { host: options.host, allowed_hosts, public, control_token })
    }

    /// Whether a client that means this simulator may send this host.
    fn allows(&self, host: &str) -> bool {
        let name = normal(host);
        if name == "localhost" || name.ends_with(".localhost") || self.allowed_hosts.contains(&name)
        {
            return true;
        }
        let literal = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        literal.unwrap_or(&name).parse::<IpAddr>().is_ok_and(|address| {
            // An address is no danger: after DNS rebinding, a browser sends the name.
            let is_remote = !self.host.is_loopback();
            address.to_canonical().is_loopback() || address == self.host || is_remote
        })
    }

    fn check_host(&self, request: &Request) -> Result<(), String> {
        let in_headers = texts(request.headers(), &HOST);
        for host in in_headers.chain(request.uri().authority().map(Authority::as_str)) {
            let authority = host.parse::<Authority>().ok().filter(|_| !host.contains('@'));
            if !authority.as_ref().is_some_and(|authority| self.allows(authority.host())) {
                let name = shown(authority.as_ref().map_or(host, Authority::host));
                return Err(format!(
                    "the host {name:?} is not allowed: use localhost or a loopback address, or \
                     start katapult-sim with --allow-host {name}"
                ));
            }
        }
        Ok(())
    }

    /// A browser sends the origin of the page with whatever is not a plain GET to the same origin.
    fn check_origin(&self, headers: &HeaderMap) -> Result<(), String> {
        let own = texts(headers, &HOST).next().map(str::to_ascii_lowercase);
        for origin in texts(headers, &ORIGIN) {
            let lower = origin.to_ascii_lowercase();
            // Something in front of the simulator may add TLS, or send its own name as host.
            let host = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://"));
            if !host.is_some_and(|host| [&own, &self.public].contains(&&Some(host.to_owned()))) {
                let origin = shown(origin);
                return Err(format!(
                    "the origin {origin:?} is not allowed: only pages of the simulator itself may \
                     send requests from a browser; let a program send them"
                ));
            }
        }
        Ok(())
    }
}

/// On every path, also those that do not exist.
pub(crate) async fn check(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    match guard.check_host(&request).and_then(|()| guard.check_origin(request.headers())) {
        Ok(()) => next.run(request).await,
        Err(problem) => Reply::error(StatusCode::FORBIDDEN, problem).into_response(),
    }
}

/// Whether a request for the control API may learn the tokens.
#[derive(Clone, Copy)]
pub(crate) struct Trusted(pub(crate) bool);

/// Orders, below `/__sim`. What is open tells no token: the health, and the page that sends the
/// token itself.
pub(crate) async fn check_orders(
    State(guard): State<Arc<Guard>>,
    mut request: Request,
    next: Next,
) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_open = is_read && matches!(request.uri().path(), "" | "/" | "/ui");
    let is_trusted = guard.host.is_loopback() || has_token(request.headers(), &guard.control_token);
    if is_trusted || is_open {
        request.extensions_mut().insert(Trusted(is_trusted));
        return next.run(request).await;
    }
    let problem = "an order needs the control_token of the line that katapult-sim has printed, as \
                   Authorization: Bearer TOKEN";
    let mut response = Reply::error(StatusCode::UNAUTHORIZED, problem.into()).into_response();
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn has_token(headers: &HeaderMap, token: &str) -> bool {
    texts(headers, &AUTHORIZATION).any(|text| text.strip_prefix("Bearer ") == Some(token))
}

/// Values that are no text become one that nothing allows.
fn texts<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap_or("?"))
}

fn normal(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// A text from outside, as a message may show it.
fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(100).collect()
}
