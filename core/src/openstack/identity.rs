//! Logs in to the identity service (Keystone v3) and finds the compute service.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use ureq::http::Method;
use zeroize::Zeroizing;

use super::credentials::Credentials;
use super::{Config, error_response};
use crate::header_lines::HeaderLines;
use crate::json::{self, Unfit};
use crate::transport::{HttpResponse, Service, TimeLimit, Transport};
use crate::url::service_url;
use crate::{Error, Outcome, Request, Result, Secret, Status};

/// The identity service's transport and the credentials for it.
pub(super) struct Identity {
    transport: Transport,
    credentials: Option<Credentials>,
    choice: Choice,
}

/// Selects an endpoint from the catalog.
struct Choice {
    service_type: String,
    interface: String,
    region_name: Option<String>,
}

/// The result of a login.
pub(super) struct Login {
    pub(super) token: Secret,
    /// When to renew the token; `None` if that is not known.
    pub(super) renew_at: Option<Instant>,
    /// The compute service's URL: as given, or from the catalog.
    pub(super) endpoint: Option<String>,
    pub(super) project_id: Option<String>,
}

/// How long before its expiry a token is renewed.
const MARGIN: Duration = Duration::from_secs(120);

#[derive(Deserialize)]
struct TokenAnswer {
    token: Token,
}

#[derive(Deserialize)]
struct Token {
    expires_at: Option<String>,
    issued_at: Option<String>,
    project: Option<ProjectId>,
    #[serde(default)]
    catalog: Vec<CatalogService>,
}

#[derive(Deserialize)]
struct ProjectId {
    id: Option<String>,
}

#[derive(Deserialize)]
struct CatalogService {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    endpoints: Vec<CatalogEndpoint>,
}

#[derive(Deserialize)]
struct CatalogEndpoint {
    interface: Option<String>,
    region: Option<String>,
    region_id: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
struct CatalogAnswer {
    catalog: Vec<CatalogService>,
}

impl Identity {
    pub(super) fn new(config: &Config, auth_url: &str) -> Result<Identity> {
        let url = service_url("auth_url", auth_url)?;
        let url = if url.ends_with("/v3") { url } else { url + "/v3" };
        let interface = config.interface.as_deref().unwrap_or("public");
        // Old tools wrote publicURL.
        let interface = interface.strip_suffix("URL").unwrap_or(interface);
        if !matches!(interface, "public" | "internal" | "admin") {
            return Err(Error::invalid_configuration(format!(
                "interface must be public, internal or admin, not {interface:?}"
            )));
        }
        Ok(Identity {
            transport: Transport::new(
                url,
                HeaderLines::default(),
                &config.http,
                &config.secrets(),
            )?,
            credentials: Credentials::of(config)?,
            choice: Choice {
                service_type: config.service_type.clone().unwrap_or_else(|| "compute".to_owned()),
                interface: interface.to_owned(),
                region_name: config.region_name.clone(),
            },
        })
    }

    pub(super) fn has_credentials(&self) -> bool {
        self.credentials.is_some()
    }

    /// Gets a token. `given` is the compute service's URL, if it is not to come from the catalog.
    pub(super) fn log_in(&self, given: Option<&str>, limit: TimeLimit) -> Result<Login> {
        let Some(credentials) = &self.credentials else {
            return Err(Error::internal("a login without credentials"));
        };
        let body = Some(Zeroizing::new(credentials.body()?));
        let request = Request { body, ..Request::new(Method::POST, "/auth/tokens") };
        let asked = Instant::now();
        let response = self.send(&request, limit)?;
        let Some(token) = response.subject_token.clone() else {
            return Err(unusable(&response, "it has no token in X-Subject-Token"));
        };
        let body: TokenAnswer = decoded(&response)?;
        let lifetime = lifetime(&body.token);
        Ok(Login {
            token,
            renew_at: lifetime.map(|lifetime| asked + lifetime.saturating_sub(MARGIN)),
            endpoint: match given {
                Some(given) => Some(given.to_owned()),
                None => self.choice.endpoint(&body.token.catalog)?,
            },
            project_id: body.token.project.and_then(|project| project.id),
        })
    }

    /// The compute service's URL, from the catalog of a given token.
    pub(super) fn endpoint(&self, token: &Secret, limit: TimeLimit) -> Result<Option<String>> {
        let line = HeaderLines::default().with("token", "x-auth-token", token.reveal())?;
        let request = Request::get("/auth/catalog").headers(&line);
        let response = self.send(&request, limit)?;
        let body: CatalogAnswer = decoded(&response)?;
        self.choice.endpoint(&body.catalog)
    }

    fn send(&self, request: &Request, limit: TimeLimit) -> Result<HttpResponse> {
        self.transport.send(&Keystone, request, limit).map_err(before_the_call)
    }

    pub(super) fn sleep_until(&self, until: Instant) -> Result<()> {
        self.transport.sleep_until(until, Outcome::NotSent)
    }
}

impl Choice {
    /// `None` without a catalog: the token has no project.
    fn endpoint(&self, catalog: &[CatalogService]) -> Result<Option<String>> {
        if catalog.is_empty() {
            return Ok(None);
        }
        let of_type = catalog.iter().filter(|service| service.kind == self.service_type);
        let endpoints = of_type.flat_map(|service| &service.endpoints);
        let fits = |endpoint: &&CatalogEndpoint| {
            let regions = [&endpoint.region_id, &endpoint.region];
            endpoint.interface.as_deref() == Some(&self.interface)
                && self.region_name.as_ref().is_none_or(|wanted| {
                    regions.into_iter().flatten().any(|region| region == wanted)
                })
        };
        let found = endpoints.clone().find(fits).and_then(|endpoint| endpoint.url.clone());
        if found.is_some() {
            return Ok(found);
        }
        let known: Vec<String> = endpoints
            .map(|endpoint| {
                let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "?".to_owned());
                format!("{} in {}", text(&endpoint.interface), text(&endpoint.region_id))
            })
            .collect();
        let region = self.region_name.as_deref().unwrap_or("any region");
        Err(Error::invalid_configuration(format!(
            "identity service: the catalog has no {} endpoint of the {} service in {region}; it has: {}. Check \
             region_name and interface, or give endpoint",
            self.interface,
            self.service_type,
            if known.is_empty() { "none".to_owned() } else { known.join(", ") }
        )))
    }
}

/// How long a token is valid, by the service's clock alone.
fn lifetime(token: &Token) -> Option<Duration> {
    let time = |text: &Option<String>| humantime::parse_rfc3339(text.as_deref()?).ok();
    time(&token.expires_at)?.duration_since(time(&token.issued_at)?).ok()
}

fn decoded<T: DeserializeOwned>(response: &HttpResponse) -> Result<T> {
    let look = || response.reading_limit.check();
    json::decode_unchecked(&response.body, &look).map_err(|unfit| match unfit {
        Unfit::Shape(error) => unusable(response, &json::problem(&error)),
        Unfit::Limit(error) => {
            before_the_call(error).with_answer(response.status, response.request_id.as_deref())
        }
    })
}

fn unusable(response: &HttpResponse, problem: &str) -> Error {
    let text = format!("identity service: the response is not Keystone v3's: {problem}");
    response.error(Status::InvalidResponse, Outcome::NotSent, text)
}

/// If the login fails, the call itself was not sent.
fn before_the_call(error: Error) -> Error {
    let error = error.in_context("identity service");
    if error.outcome() == Outcome::Unknown { error.not_sent() } else { error }
}

struct Keystone;

impl Service for Keystone {
    const LIMITS_ALL_REQUESTS: bool = false;
    const REQUEST_ID_HEADERS: &'static [&'static str] = &["x-openstack-request-id"];

    fn error_of(&self, response: &HttpResponse, _: bool) -> Error {
        // A login changes nothing that anybody would have to look for.
        error_response::of(response, true)
    }

    fn rate_limit_window(&self, _: &HttpResponse) -> Option<Duration> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{CatalogService, Choice};
    use crate::Status;

    fn choice(interface: &str, region_name: Option<&str>) -> Choice {
        Choice {
            service_type: "compute".to_owned(),
            interface: interface.to_owned(),
            region_name: region_name.map(str::to_owned),
        }
    }

    #[test]
    fn the_endpoint_of_a_catalog() {
        let catalog: Vec<CatalogService> = serde_json::from_str(
            r#"[{"type": "identity", "endpoints": [{"interface": "public", "url": "k"}]},
                {"type": "compute", "endpoints": [
                  {"interface": "internal", "region_id": "north", "url": "a"},
                  {"interface": "public", "region_id": "north", "url": "b"},
                  {"interface": "public", "region": "south", "url": "c"}]}]"#,
        )
        .unwrap();
        let url = |interface, region| choice(interface, region).endpoint(&catalog);
        assert_eq!(url("public", None).unwrap().as_deref(), Some("b"));
        assert_eq!(url("internal", Some("north")).unwrap().as_deref(), Some("a"));
        assert_eq!(url("public", Some("south")).unwrap().as_deref(), Some("c"));
        assert_eq!(choice("public", None).endpoint(&[]).unwrap(), None);

        let error = url("admin", Some("west")).unwrap_err();
        assert_eq!(error.status(), Status::InvalidConfiguration);
        assert!(error.description().contains("public in north"), "{error}");
    }
}
