//! Where a client's sessions come from: who logs in, when, and for whom.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::auth_type::AuthType;
use super::credentials::{Credentials, Subject, given_token};
use super::endpoint::{self, Endpoint};
use super::identity::{Choice, Identity, Login};
use super::session::{Connecting, Obtained, Session};
use super::{Config, error_response, microversion};
use crate::keyed_lock::KeyedLock;
use crate::per_process::PerProcess;
use crate::transport::{Interrupt, LOG_TARGET, TimeLimit};
use crate::{Error, Outcome, Result, Secret};

/// Provides sessions. One thread logs in; the others wait for its result.
pub(super) struct Sessions {
    pub(super) auth_type: AuthType,
    pub(super) identity: Option<Identity>,
    pub(super) choice: Choice,
    source: Source,
    /// The compute service's URL, if it is not the catalog's.
    given: Option<Endpoint>,
    connecting: Connecting,
    /// A forked process logs in itself.
    current: PerProcess<Mutex<Option<Arc<Session>>>>,
    logins: KeyedLock,
    pub(super) interrupt: Interrupt,
}

enum Source {
    /// A token that is used as it is.
    Token(Secret),
    Login(Credentials),
}

/// The resolution of Keystone's revocations: a token that it issues in the second of a revocation is
/// refused, too (from its bug reports, not measured).
const REVOCATION: Duration = Duration::from_secs(1);

impl Sessions {
    /// Reports mistakes now that would otherwise appear only at the first call.
    pub(super) fn new(config: &Config) -> Result<Sessions> {
        let (auth_type, source) = source(config)?;
        let interrupt = Interrupt::new(config.http.interrupt.clone());
        let identity = |url| Identity::new(config, url, &interrupt);
        let identity = match auth_type {
            AuthType::AdminToken => None,
            _ => config.auth_url.as_deref().map(identity).transpose()?,
        };
        if let Some(id) = &config.project_id {
            endpoint::checked_id("project_id", id)?;
        }
        let asked = config.compute_api_version.as_deref();
        let header = asked.map(microversion::header).transpose()?.flatten();
        let sessions = Sessions {
            auth_type,
            identity,
            choice: Choice::of(config)?,
            source,
            given: config.endpoint.as_deref().map(Endpoint::given),
            connecting: Connecting {
                project_id: config.project_id.clone(),
                microversion: header.and(config.compute_api_version.clone()),
                http: config.http.clone(),
                secrets: config.secrets(),
                interrupt: interrupt.clone(),
            },
            current: PerProcess::new(Mutex::new(None)),
            logins: KeyedLock::default(),
            interrupt,
        };
        sessions.check_given()?;
        Ok(sessions)
    }

    fn check_given(&self) -> Result<()> {
        let Some(endpoint) = self.given.clone() else { return Ok(()) };
        let Source::Token(token) = &self.source else {
            // The project may be unknown until the login.
            return self.connecting.check(&endpoint);
        };
        let obtained = Obtained { token: token.clone(), renew_at: None, project: None, endpoint };
        if let Some(session) = self.connecting.session(obtained, None, None)? {
            self.set(session);
        }
        Ok(())
    }

    /// The session to use. Logs in if there is none or it is due for renewal.
    pub(super) fn get(&self, limit: TimeLimit) -> Result<Arc<Session>> {
        let asked = Instant::now();
        let due = match self.current() {
            Some(session) if !session.is_due() => return Ok(session),
            due => due,
        };
        let renewed = self.renew(limit, |session| !session.is_due() || session.obtained >= asked);
        let has_time = || limit.deadline.is_none_or(|deadline| Instant::now() < deadline);
        match (renewed, due) {
            // A token is due before its end, and until then an outage of the identity service does not
            // matter. After its end it is refused.
            (Err(error), Some(due)) if error_response::is_passing(&error) && has_time() => {
                log::debug!(target: LOG_TARGET, "OpenStack session: not renewed: {error}");
                Ok(due)
            }
            (renewed, _) => renewed,
        }
    }

    /// A new session after the service rejected `refused`; `None` if the token was given, so that there
    /// is no other. A token that was obtained just now can be refused because of a revocation in the same
    /// second, so the new one is not asked for before that second is over.
    pub(super) fn after_refusal(
        &self,
        refused: &Arc<Session>,
        limit: TimeLimit,
    ) -> Result<Option<Arc<Session>>> {
        if matches!(self.source, Source::Token(_)) {
            return Ok(None);
        }
        let next = refused.obtained + REVOCATION;
        if next > Instant::now() && limit.deadline.is_none_or(|deadline| next < deadline) {
            self.sleep_until(next, limit)?;
        }
        self.renew(limit, |session| session.obtained > refused.obtained).map(Some)
    }

    /// Logs in, unless another thread has done so while this one waited.
    fn renew(&self, limit: TimeLimit, is_good: impl Fn(&Session) -> bool) -> Result<Arc<Session>> {
        let sleep = |until| self.sleep_until(until, limit);
        let _guard = self.logins.lock("its login", "a login", limit.deadline, sleep)?;
        let before = self.current();
        if let Some(session) = before.as_ref().filter(|session| is_good(session)) {
            return Ok(Arc::clone(session));
        }
        let obtained = self.obtain(limit)?;
        match self.connecting.session(obtained, before.as_deref(), Some(limit))? {
            Some(session) => Ok(self.set(session)),
            None => Err(Error::internal("a session without a URL")),
        }
    }

    fn obtain(&self, limit: TimeLimit) -> Result<Obtained> {
        match (&self.source, &self.identity, &self.given) {
            (Source::Login(credentials), Some(identity), given) => {
                let Login { token, renew_at, project, catalog } =
                    identity.log_in(credentials, limit)?;
                let secrets = self.connecting.secrets.and(Some(&token));
                let endpoint = match given {
                    Some(given) => given.clone(),
                    None => self.choice.endpoint(&catalog).map_err(|e| e.without(&secrets))?,
                };
                Ok(Obtained { token, renew_at, project, endpoint })
            }
            (Source::Token(token), _, Some(given)) => {
                let (token, endpoint) = (token.clone(), given.clone());
                Ok(Obtained { token, renew_at: None, project: None, endpoint })
            }
            (Source::Token(token), Some(identity), None) => {
                let endpoint = self.choice.endpoint(&identity.catalog(token, limit)?);
                let endpoint = endpoint.map_err(|error| error.without(&self.connecting.secrets))?;
                Ok(Obtained { token: token.clone(), renew_at: None, project: None, endpoint })
            }
            _ => Err(Error::internal("a login without an identity service")),
        }
    }

    /// The compute service's URL, as far as it is known.
    pub(super) fn endpoint(&self) -> Option<String> {
        let current = self.current().map(|session| session.transport.base_url().to_owned());
        current.or_else(|| self.given.as_ref().map(|given| given.url().to_owned()))
    }

    pub(super) fn current(&self) -> Option<Arc<Session>> {
        let current = self.current.get(|| Mutex::new(None));
        current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, session: Session) -> Arc<Session> {
        log::debug!(target: LOG_TARGET, "OpenStack session: {}", session.description());
        let session = Arc::new(session);
        let current = self.current.get(|| Mutex::new(None));
        *current.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&session));
        session
    }

    fn sleep_until(&self, until: Instant, limit: TimeLimit) -> Result<()> {
        self.interrupt.sleep_until(until, limit.began, Outcome::NotSent)
    }
}

/// Which credentials the configuration has, and how they are used.
fn source(config: &Config) -> Result<(AuthType, Source)> {
    let missing = |what: &str| Err(Error::invalid_configuration(what));
    let Some(auth_type) = AuthType::of(config)? else {
        return match (&config.auth_url, &config.endpoint) {
            (Some(_), _) => missing(
                "there are no credentials: give username, password and project_name, or an \
                 application credential, or a token",
            ),
            (None, Some(_)) => missing(
                "there is no token: give token or set OS_TOKEN, or give auth_url with credentials",
            ),
            (None, None) => missing(
                "there is no endpoint: give endpoint or set OS_ENDPOINT, or give auth_url with \
                 credentials, or cloud",
            ),
        };
    };
    let has_auth_url = config.auth_url.is_some() && auth_type != AuthType::AdminToken;
    let source = match auth_type {
        AuthType::Token | AuthType::AdminToken => {
            let token = given_token(config, auth_type)?;
            match Subject::project(config) {
                Some(_) if has_auth_url => Source::Login(Credentials::of(config, auth_type)?),
                _ => Source::Token(token),
            }
        }
        _ => Source::Login(Credentials::of(config, auth_type)?),
    };
    match &source {
        Source::Token(_) if !has_auth_url && config.endpoint.is_none() => missing(
            "there is no endpoint: give endpoint or set OS_ENDPOINT, or give auth_url for the catalog",
        ),
        Source::Login(_) if !has_auth_url => missing(
            "there is no auth_url: give auth_url or set OS_AUTH_URL, the identity service that the \
             credentials are for, or give endpoint with a token",
        ),
        _ => Ok((auth_type, source)),
    }
}
