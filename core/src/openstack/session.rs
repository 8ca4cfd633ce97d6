//! A token, and the transport to the compute service that it is used with.

use std::sync::Arc;
use std::time::Instant;

use super::compute_versions::{self, Told};
use super::endpoint::{self, Endpoint, Form};
use super::identity::TokenProject;
use crate::config::token_text;
use crate::header_lines::HeaderLines;
use crate::http_options::HttpOptions;
use crate::secrets::Secrets;
use crate::transport::{Interrupt, TimeLimit, Transport};
use crate::{Error, Result, Secret};

/// In characters, of a line of the log.
pub(super) const LONGEST_LINE: usize = 1000;

/// A token and the transport it is used with.
pub(super) struct Session {
    pub(super) transport: Arc<Transport>,
    /// The header line that every request gets.
    pub(super) token: HeaderLines,
    /// What no message may repeat.
    pub(super) secrets: Secrets,
    /// The project of the token, if it was told.
    pub(super) project: Option<TokenProject>,
    pub(super) obtained: Instant,
    /// What the transport's URL was made of.
    endpoint: Endpoint,
    renew_at: Option<Instant>,
}

/// A token, and what it is for.
pub(super) struct Obtained {
    pub(super) token: Secret,
    pub(super) renew_at: Option<Instant>,
    pub(super) project: Option<TokenProject>,
    pub(super) endpoint: Endpoint,
}

/// How sessions connect to the compute service.
pub(super) struct Connecting {
    pub(super) project_id: Option<String>,
    /// The microversion that is asked for.
    pub(super) microversion: Option<String>,
    pub(super) http: HttpOptions,
    pub(super) secrets: Secrets,
    pub(super) interrupt: Interrupt,
}

impl Session {
    pub(super) fn is_due(&self) -> bool {
        self.renew_at.is_some_and(|renew_at| Instant::now() >= renew_at)
    }

    /// For the log.
    pub(super) fn description(&self) -> String {
        let project = self.project.as_ref().and_then(TokenProject::text).unwrap_or("not told");
        let renewed = match self.renew_at {
            Some(at) => format!("in {} s", at.saturating_duration_since(self.obtained).as_secs()),
            None => "not before it is refused".to_owned(),
        };
        let url = self.transport.base_url();
        self.secrets.shown(
            &format!("endpoint {url}, project {project}, the token is renewed {renewed}"),
            LONGEST_LINE,
        )
    }
}

impl Connecting {
    /// Makes a session. `before` is the one until now: its connections are kept. Without `limit` nothing
    /// is sent; then there is none if Nova must be asked for its versions.
    pub(super) fn session(
        &self,
        obtained: Obtained,
        before: Option<&Session>,
        limit: Option<TimeLimit>,
    ) -> Result<Option<Session>> {
        let Obtained { token, renew_at, project, endpoint } = obtained;
        let secrets = self.secrets.and(Some(&token));
        let transport = match before.filter(|before| before.endpoint == endpoint) {
            Some(before) => Ok(Some(Arc::clone(&before.transport))),
            None => self.transport(&endpoint, project.as_ref(), limit),
        };
        let Some(transport) = transport.map_err(|error| error.without(&secrets))? else {
            return Ok(None);
        };
        let text = token_text("token", &token)?;
        Ok(Some(Session {
            secrets: transport.secrets().and(Some(&token)),
            transport,
            token: HeaderLines::default().with("token", "x-auth-token", text)?,
            project,
            endpoint,
            renew_at,
            obtained: Instant::now(),
        }))
    }

    fn transport(
        &self,
        endpoint: &Endpoint,
        project: Option<&TokenProject>,
        limit: Option<TimeLimit>,
    ) -> Result<Option<Arc<Transport>>> {
        let Some(url) = self.compute_url(endpoint, project, limit)? else { return Ok(None) };
        // Nova's documentation requires it, although no request here has a body.
        let headers =
            HeaderLines::default().with("content-type", "content-type", "application/json")?;
        let transport = Transport::new(url, headers, &self.http, &self.secrets, &self.interrupt);
        transport
            .map(|transport| Some(Arc::new(transport)))
            .map_err(|error| endpoint.explain(error))
    }

    /// Checks a given endpoint before the project of the token is known.
    pub(super) fn check(&self, endpoint: &Endpoint) -> Result<()> {
        let filled = endpoint.filled(self.project_id.as_deref().unwrap_or("0"));
        match filled.form(self.project_id.as_deref())? {
            Form::Complete(url) if endpoint::is_legacy(&url) => self.check_microversion(&url, ""),
            _ => Ok(()),
        }
    }

    /// The URL up to `/servers`.
    fn compute_url(
        &self,
        endpoint: &Endpoint,
        project: Option<&TokenProject>,
        limit: Option<TimeLimit>,
    ) -> Result<Option<String>> {
        let of_token = project.and_then(|project| project.id.as_deref());
        let project_id = of_token.or(self.project_id.as_deref());
        let project_id = project_id.map(|id| endpoint::checked_id("project_id", id)).transpose()?;
        let filled = project_id.map(|id| endpoint.filled(id));
        let endpoint = filled.as_ref().unwrap_or(endpoint);
        let url = match (endpoint.form(project_id)?, limit) {
            (Form::Complete(url), _) => url,
            (Form::Versionless(_), None) => return Ok(None),
            (Form::Versionless(url), Some(limit)) => {
                let told = compute_versions::ask(&url, self, limit);
                match told.map_err(|error| endpoint.explain(error))? {
                    Told::Current(url) => url,
                    Told::Nothing(answer) => {
                        self.check_microversion(&url, &answer)?;
                        endpoint::legacy_url(&url, project_id)?
                    }
                }
            }
        };
        match endpoint::is_legacy(&url) {
            true => self.check_microversion(&url, "").map(|()| Some(url)),
            false => Ok(Some(url)),
        }
    }

    /// Refuses a microversion where Nova would ignore it.
    fn check_microversion(&self, url: &str, answer: &str) -> Result<()> {
        let Some(microversion) = &self.microversion else { return Ok(()) };
        let why = match answer {
            "" => format!(
                "the compute endpoint {url} is that of Nova's /v2, which ignores microversions"
            ),
            _ => format!("GET {url}/ tells of no version 2.1 ({answer})"),
        };
        Err(Error::invalid_configuration(format!(
            "compute_api_version {microversion} needs Nova's /v2.1, but {why}: give an endpoint \
             (compute_endpoint_override) that ends in /v2.1, or no compute_api_version"
        )))
    }
}
