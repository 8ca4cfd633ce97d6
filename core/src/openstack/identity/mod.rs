//! Logs in to the identity service (Keystone v3).
//!
//! ```text
//! Credentials ── log_in ──> token, its end, its project, the catalog ── Choice ──> Endpoint
//! ```

mod auth_url;
mod catalog;
mod keystone;
mod token;

use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use ureq::http::Method;
use zeroize::Zeroizing;

use super::credentials::Credentials;
use super::versions::{self, Versions};
use super::{Config, not_sent};
use crate::header_lines::HeaderLines;
use crate::json::{self, Unfit};
use crate::per_process::PerProcess;
use crate::transport::{HttpResponse, Interrupt, TimeLimit, Transport};
use crate::{Error, Request, Result, Secret, Status};
use auth_url::AuthUrl;
pub(super) use catalog::{CatalogService, Choice};
use keystone::Keystone;
pub(super) use token::TokenProject;
use token::{TokenAnswer, WantedProject};

/// The identity service.
pub(super) struct Identity {
    url: AuthUrl,
    /// Its base URL has no path.
    transport: Transport,
    /// The path of v3 where the service itself has told another than the usual one.
    told_path: PerProcess<Mutex<Option<String>>>,
    wanted_project: WantedProject,
}

/// The result of a login.
pub(super) struct Login {
    pub(super) token: Secret,
    /// When to renew the token; `None` if that is not known.
    pub(super) renew_at: Option<Instant>,
    pub(super) project: Option<TokenProject>,
    pub(super) catalog: Vec<CatalogService>,
}

#[derive(Deserialize)]
struct CatalogAnswer {
    catalog: Vec<CatalogService>,
}

impl Identity {
    pub(super) fn new(config: &Config, auth_url: &str, interrupt: &Interrupt) -> Result<Identity> {
        let url = AuthUrl::of(auth_url)?;
        let (origin, lines) = (url.origin.clone(), HeaderLines::default());
        let secrets = config.secrets();
        Ok(Identity {
            transport: Transport::new(origin, lines, &config.http, &secrets, interrupt)?,
            url,
            told_path: PerProcess::new(Mutex::new(None)),
            wanted_project: WantedProject::of(config),
        })
    }

    /// The URL as it was given.
    pub(super) fn url(&self) -> String {
        self.url.text()
    }

    pub(super) fn log_in(&self, credentials: &Credentials, limit: TimeLimit) -> Result<Login> {
        let body = Some(Zeroizing::new(credentials.body()?));
        let request = Request { body, ..Request::new(Method::POST, "") };
        let asked = Instant::now();
        self.ask(request, "/auth/tokens", limit, |keystone, response| {
            let Some(token) = response.subject_token.clone() else {
                return Err(keystone.unusable(&response, "it has no token in X-Subject-Token"));
            };
            let TokenAnswer { token: about } = decoded(keystone, &response)?;
            let now = response.date.unwrap_or_else(SystemTime::now);
            if let Credentials::ApplicationCredential { .. } = credentials {
                let project = about.project.clone().unwrap_or_default();
                project.check(&self.wanted_project)?;
            }
            Ok(Login {
                token,
                renew_at: about.renew_after(now).and_then(|after| asked.checked_add(after)),
                project: about.project,
                catalog: about.catalog.unwrap_or_default(),
            })
        })
        .map_err(|error| self.explain(error, credentials))
    }

    /// The catalog of a given token.
    pub(super) fn catalog(&self, token: &Secret, limit: TimeLimit) -> Result<Vec<CatalogService>> {
        let line = HeaderLines::default().with("token", "x-auth-token", token.reveal().trim())?;
        let request = Request::get("").headers(&line);
        let answer: CatalogAnswer =
            self.ask(request, "/auth/catalog", limit, |keystone, response| {
                decoded(keystone, &response)
            })?;
        Ok(answer.catalog)
    }

    /// Asks v3 for something. Where it is not at the usual path, its versions are asked for once.
    fn ask<T>(
        &self,
        request: Request,
        path: &str,
        limit: TimeLimit,
        read: impl Fn(&Keystone<'_>, HttpResponse) -> Result<T> + Copy,
    ) -> Result<T> {
        let known = self.known_path();
        let v3 = known.clone().unwrap_or_else(|| self.url.usual_path());
        let error = match self.send(&request, &format!("{v3}{path}"), limit, read) {
            Err(error) if is_elsewhere(&error) => error,
            other => return other,
        };
        if known.is_some() || self.url.has_version {
            return Err(error);
        }
        match self.look_for_v3(limit)? {
            Some(told) if told != v3 => {
                let answer = self.send(&request, &format!("{told}{path}"), limit, read);
                let is_found = answer.as_ref().err().is_none_or(|error| !is_elsewhere(error));
                if is_found {
                    *self.told_path().lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
                }
                answer
            }
            told => {
                let root = format!("{}{}/", self.url.origin, self.url.path);
                let told = match told {
                    Some(_) => "tells of no other URL",
                    None => "tells of no version 3",
                };
                Err(error.with_hint(Some(format!("GET {root} {told} either"))))
            }
        }
    }

    /// What the service says at its URL without a version.
    fn look_for_v3(&self, limit: TimeLimit) -> Result<Option<String>> {
        let request = Request::get(&format!("{}/", self.url.path));
        match self.transport.send(&Versions, &request, limit) {
            Ok(response) => {
                let versions = versions::listed(&response.body).unwrap_or_default();
                let v3 = versions.into_iter().find(|version| version.id.starts_with("v3"));
                Ok(v3.and_then(|version| version.path))
            }
            Err(error) if error.http_status().is_some() => Ok(None),
            Err(error) => Err(before_the_call(error)),
        }
    }

    fn send<T>(
        &self,
        request: &Request,
        target: &str,
        limit: TimeLimit,
        read: impl Fn(&Keystone<'_>, HttpResponse) -> Result<T>,
    ) -> Result<T> {
        let request = Request { target: target.to_owned(), ..request.clone() };
        let (auth_url, origin) = (self.url(), self.transport.base_url());
        let keystone = Keystone { auth_url: &auth_url, origin, request: &request };
        let response = self.transport.send(&keystone, &request, limit);
        response.and_then(|response| read(&keystone, response)).map_err(before_the_call)
    }

    /// Says who was refused.
    fn explain(&self, error: Error, credentials: &Credentials) -> Error {
        let refused = match (error.status(), credentials) {
            (
                Status::OpenstackUnauthorized | Status::OpenstackForbidden,
                Credentials::Token { .. },
            ) => {
                "; if the service does not let it be exchanged, give a token of that project and \
                 leave the project out"
            }
            (Status::OpenstackUnauthorized | Status::OpenstackForbidden, _) => "",
            _ => return error,
        };
        let hint = format!("auth_url {}, tried with {credentials}{refused}", self.url());
        error.with_hint(Some(hint)).without(self.transport.secrets())
    }

    fn known_path(&self) -> Option<String> {
        self.told_path().lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn told_path(&self) -> &Mutex<Option<String>> {
        self.told_path.get(|| Mutex::new(None))
    }
}

/// Whether a response says that there is no identity service at this URL.
fn is_elsewhere(error: &Error) -> bool {
    error.status() == Status::InvalidConfiguration && error.http_status().is_some()
}

fn decoded<T: DeserializeOwned>(keystone: &Keystone<'_>, response: &HttpResponse) -> Result<T> {
    let look = || response.reading_limit.check();
    json::decode_unchecked(&response.body, &look).map_err(|unfit| match unfit {
        Unfit::Shape(error) => keystone.unusable(response, &json::problem(&error)),
        Unfit::Limit(error) => error.with_answer(response.status, response.request_id.as_deref()),
    })
}

fn before_the_call(error: Error) -> Error {
    not_sent(error.in_context("identity service"))
}
