//! A client's token, its renewal, and the transport to the compute service.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::identity::{Identity, Login};
use super::{Config, endpoint};
use crate::config::token_text;
use crate::header_lines::HeaderLines;
use crate::http_options::HttpOptions;
use crate::keyed_lock::KeyedLock;
use crate::per_process::PerProcess;
use crate::secrets::Secrets;
use crate::transport::{TimeLimit, Transport};
use crate::url::service_url;
use crate::{Error, Outcome, Result, Secret};

/// A token and the transport it is used with.
pub(super) struct Session {
    pub(super) transport: Arc<Transport>,
    /// The header line that every request gets.
    pub(super) token: HeaderLines,
    /// What no message may repeat.
    pub(super) secrets: Secrets,
    renew_at: Option<Instant>,
    obtained: Instant,
}

/// Provides sessions. One thread logs in; the others wait for its result.
pub(super) struct Sessions {
    source: Source,
    given: Given,
    /// A forked process logs in itself.
    current: PerProcess<Mutex<Option<Arc<Session>>>>,
    logins: KeyedLock,
}

enum Source {
    /// A given token, and the identity service if one was given.
    Token(Secret, Option<Identity>),
    Login(Identity),
}

/// What the configuration says about the compute service.
struct Given {
    endpoint: Option<String>,
    project_id: Option<String>,
    http: HttpOptions,
    secrets: Secrets,
}

impl Sessions {
    pub(super) fn new(config: &Config) -> Result<Sessions> {
        let missing = |what: &str| Err(Error::invalid_configuration(what));
        let identity =
            config.auth_url.as_deref().map(|url| Identity::new(config, url)).transpose()?;
        let source = match (&config.token, identity) {
            (Some(token), identity) => {
                token_text("token", token)?;
                if config.endpoint.is_none() && identity.is_none() {
                    return missing(
                        "there is no endpoint: give endpoint or set OS_ENDPOINT, or give auth_url \
                         for the catalog",
                    );
                }
                Source::Token(token.clone(), identity)
            }
            (None, Some(identity)) if identity.has_credentials() => Source::Login(identity),
            (None, Some(_)) => {
                return missing(
                    "there are no credentials: give username, password and project_name, or an \
                     application credential, or a token",
                );
            }
            (None, None) if config.endpoint.is_some() => {
                return missing(
                    "there is no token: give token or set OS_TOKEN, or give auth_url with \
                     credentials",
                );
            }
            (None, None) => {
                return missing(
                    "there is no endpoint: give endpoint or set OS_ENDPOINT, or give auth_url with \
                     credentials, or cloud",
                );
            }
        };
        let sessions = Sessions {
            source,
            given: Given {
                endpoint: config.endpoint.clone(),
                project_id: config.project_id.clone(),
                http: config.http.clone(),
                secrets: config.secrets(),
            },
            current: PerProcess::new(Mutex::new(None)),
            logins: KeyedLock::default(),
        };
        sessions.check()?;
        Ok(sessions)
    }

    /// Reports mistakes now that would otherwise appear only at the first call.
    fn check(&self) -> Result<()> {
        match (&self.given.endpoint, &self.source) {
            (Some(given), Source::Token(token, _)) => {
                self.set(self.session(given, None, token, None)?);
            }
            // The project may be unknown until the login.
            (Some(given), Source::Login(_)) => drop(service_url("endpoint", given)?),
            (None, _) => {}
        }
        Ok(())
    }

    /// The session to use. Logs in if there is none or it is due for renewal.
    pub(super) fn get(&self, limit: TimeLimit) -> Result<Arc<Session>> {
        let asked = Instant::now();
        match self.current() {
            Some(session) if !session.is_due() => Ok(session),
            _ => self.renew(limit, |session| !session.is_due() || session.obtained >= asked),
        }
    }

    /// A new session after the service rejected `refused`; `None` if the token was given, or was
    /// obtained during this call, so that a new one would not help.
    pub(super) fn after_refusal(
        &self,
        refused: &Arc<Session>,
        call_began: Instant,
        limit: TimeLimit,
    ) -> Result<Option<Arc<Session>>> {
        if matches!(self.source, Source::Token(..)) || refused.obtained >= call_began {
            return Ok(None);
        }
        self.renew(limit, |session| session.obtained > refused.obtained).map(Some)
    }

    /// Logs in, unless another thread has done so while this one waited.
    fn renew(&self, limit: TimeLimit, is_good: impl Fn(&Session) -> bool) -> Result<Arc<Session>> {
        let sleep = |until| self.sleep_until(until);
        let _guard = self.logins.lock("its login", "a login", limit.deadline, sleep)?;
        if let Some(session) = self.current().filter(|session| is_good(session)) {
            return Ok(session);
        }
        let session = match &self.source {
            Source::Login(identity) => {
                let given = self.given.endpoint.as_deref();
                let Login { token, renew_at, endpoint, project_id } =
                    identity.log_in(given, limit)?;
                let endpoint = endpoint.ok_or_else(no_catalog)?;
                self.session(&endpoint, project_id.as_deref(), &token, renew_at)?
            }
            Source::Token(token, identity) => {
                let endpoint = match (&self.given.endpoint, identity) {
                    (Some(endpoint), _) => endpoint.clone(),
                    (None, Some(identity)) => {
                        identity.endpoint(token, limit)?.ok_or_else(no_catalog)?
                    }
                    (None, None) => return Err(Error::internal("a token without an endpoint")),
                };
                self.session(&endpoint, None, token, None)?
            }
        };
        Ok(self.set(session))
    }

    fn session(
        &self,
        endpoint: &str,
        project_id: Option<&str>,
        token: &Secret,
        renew_at: Option<Instant>,
    ) -> Result<Session> {
        let project_id = project_id.or(self.given.project_id.as_deref());
        let url = endpoint::compute_url(endpoint, project_id)?;
        // Nova's documentation requires it, although no request here has a body.
        let headers =
            HeaderLines::default().with("content-type", "content-type", "application/json")?;
        // Keep the connections when the token is renewed.
        let known = self.current().filter(|session| session.transport.base_url() == url);
        let transport = match known {
            Some(session) => Arc::clone(&session.transport),
            None => Arc::new(Transport::new(url, headers, &self.given.http, &self.given.secrets)?),
        };
        Ok(Session {
            secrets: transport.secrets().and(Some(token)),
            transport,
            token: HeaderLines::default().with(
                "token",
                "x-auth-token",
                token_text("token", token)?,
            )?,
            renew_at,
            obtained: Instant::now(),
        })
    }

    /// The compute service's URL, if it is known yet.
    pub(super) fn endpoint(&self) -> Option<String> {
        let current = self.current().map(|session| session.transport.base_url().to_owned());
        current.or_else(|| self.given.endpoint.clone())
    }

    fn current(&self) -> Option<Arc<Session>> {
        let current = self.current.get(|| Mutex::new(None));
        current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, session: Session) -> Arc<Session> {
        let session = Arc::new(session);
        let current = self.current.get(|| Mutex::new(None));
        *current.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&session));
        session
    }

    pub(super) fn sleep_until(&self, until: Instant) -> Result<()> {
        match &self.source {
            Source::Login(identity) | Source::Token(_, Some(identity)) => {
                identity.sleep_until(until)
            }
            Source::Token(_, None) => match self.current() {
                Some(session) => session.transport.sleep_until(until, Outcome::NotSent),
                // Only in a forked child's first calls, and so short that it needs no interrupt.
                None => {
                    std::thread::sleep(until.saturating_duration_since(Instant::now()));
                    Ok(())
                }
            },
        }
    }
}

impl Session {
    fn is_due(&self) -> bool {
        self.renew_at.is_some_and(|renew_at| Instant::now() >= renew_at)
    }
}

fn no_catalog() -> Error {
    Error::invalid_configuration(
        "identity service: the response has no catalog, perhaps because the token has no project: \
         give endpoint, or a project",
    )
}
