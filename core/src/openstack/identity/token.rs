//! What the identity service says about a token.

use std::time::{Duration, SystemTime};

use serde::Deserialize;

use super::catalog::CatalogService;
use crate::openstack::Config;
use crate::{Error, Result};

/// The longest time before its end at which a token is renewed.
const MARGIN: Duration = Duration::from_secs(120);
/// The part of its life before its end at which a short token is renewed.
const MARGIN_PART: u32 = 10;

#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    pub(super) token: Token,
}

#[derive(Deserialize)]
pub(super) struct Token {
    expires_at: Option<String>,
    issued_at: Option<String>,
    pub(super) project: Option<TokenProject>,
    pub(super) catalog: Option<Vec<CatalogService>>,
}

/// The project that a token is for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::openstack) struct TokenProject {
    pub(in crate::openstack) id: Option<String>,
    name: Option<String>,
    domain: Option<TokenDomain>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct TokenDomain {
    id: Option<String>,
    name: Option<String>,
}

impl Token {
    /// How long to use the token; `None` if that is not known. `now` is the service's clock, for a
    /// token that does not say when it was issued.
    pub(super) fn renew_after(&self, now: SystemTime) -> Option<Duration> {
        let time = |text: &Option<String>| humantime::parse_rfc3339_weak(text.as_deref()?).ok();
        let issued = time(&self.issued_at).unwrap_or(now);
        let life = time(&self.expires_at)?.duration_since(issued).ok()?;
        Some(life - MARGIN.min(life / MARGIN_PART))
    }
}

impl TokenProject {
    /// Refuses a token of another project than the configuration names. For logins that cannot ask for
    /// a project.
    pub(super) fn check(&self, config: &WantedProject) -> Result<()> {
        let pairs = [
            ("project_id", &config.id, &self.id),
            ("project_name", &config.name, &self.name),
            ("project_domain_id", &config.domain_id, self.domain(|domain| &domain.id)),
            ("project_domain_name", &config.domain_name, self.domain(|domain| &domain.name)),
        ];
        for (argument, wanted, own) in pairs {
            let different = wanted.as_ref().zip(own.as_ref()).filter(|(wanted, own)| wanted != own);
            if let Some((wanted, own)) = different {
                return Err(Error::invalid_configuration(format!(
                    "{argument} is {wanted:?}, but the application credential is for {own:?}: an \
                     application credential is for the project in which it was made"
                )));
            }
        }
        Ok(())
    }

    /// The name, or else the id.
    pub(in crate::openstack) fn text(&self) -> Option<&str> {
        self.name.as_deref().or(self.id.as_deref())
    }

    fn domain(&self, part: impl Fn(&TokenDomain) -> &Option<String>) -> &Option<String> {
        self.domain.as_ref().map_or(&None, part)
    }
}

/// The project of the configuration.
pub(super) struct WantedProject {
    id: Option<String>,
    name: Option<String>,
    domain_id: Option<String>,
    domain_name: Option<String>,
}

impl WantedProject {
    pub(super) fn of(config: &Config) -> WantedProject {
        // The domain of an id says nothing.
        let has_name = config.project_id.is_none() && config.project_name.is_some();
        WantedProject {
            id: config.project_id.clone(),
            name: config.project_name.clone().filter(|_| has_name),
            domain_id: config.project_domain_id.clone().filter(|_| has_name),
            domain_name: config.project_domain_name.clone().filter(|_| has_name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, TokenProject, WantedProject};
    use crate::Status;
    use crate::openstack::Config;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn when_a_token_is_renewed() {
        // 2026-11-20T17:43:52Z
        let now = UNIX_EPOCH + Duration::from_secs(1_795_196_632);
        let table = [
            (
                r#"{"issued_at": "2026-11-20T17:43:52.000000Z", "expires_at": "2026-11-20T18:43:52.000000Z"}"#,
                Some(3480.0),
            ),
            (
                r#"{"issued_at": "2026-11-20T17:43:52.000000Z", "expires_at": "2026-11-20T17:44:52.000000Z"}"#,
                Some(54.0),
            ),
            (
                r#"{"issued_at": "2020-01-01T00:00:00Z", "expires_at": "2020-01-01T00:00:01Z"}"#,
                Some(0.9),
            ),
            (r#"{"expires_at": "2026-11-20T18:43:52Z"}"#, Some(3480.0)),
            (r#"{"issued_at": null, "expires_at": "2026-11-20 18:43:52"}"#, Some(3480.0)),
            (r#"{"issued_at": "soon", "expires_at": "2026-11-20T18:43:52Z"}"#, Some(3480.0)),
            (r#"{"issued_at": "2026-11-20T17:43:52Z"}"#, None),
            (
                r#"{"issued_at": "2026-11-20T17:43:52Z", "expires_at": "2026-11-20T17:43:51Z"}"#,
                None,
            ),
            (r#"{"expires_at": "never"}"#, None),
            ("{}", None),
        ];
        for (token, seconds) in table {
            let token_seen: Token = serde_json::from_str(token).unwrap();
            let found = token_seen.renew_after(now).map(|life| life.as_secs_f64());
            assert_eq!(found, seconds, "{token}");
        }
    }

    #[test]
    fn a_token_of_another_project_is_refused() {
        let own: TokenProject = serde_json::from_str(
            r#"{"id": "p1", "name": "web", "domain": {"id": "default", "name": "Default"}}"#,
        )
        .unwrap();
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let table = [
            (["", "", "", ""], None),
            (["p1", "", "", ""], None),
            (["p1", "other", "Other", ""], None),
            (["", "web", "", ""], None),
            (["", "web", "Default", "default"], None),
            (["p2", "", "", ""], Some("project_id")),
            (["p2", "web", "", ""], Some("project_id")),
            (["", "db", "", ""], Some("project_name")),
            (["", "web", "Staff", ""], Some("project_domain_name")),
            (["", "web", "", "d2"], Some("project_domain_id")),
            (["", "", "Staff", ""], None),
        ];
        for ([id, name, domain_name, domain_id], wrong) in table {
            let config = Config {
                project_id: text(id),
                project_name: text(name),
                project_domain_name: text(domain_name),
                project_domain_id: text(domain_id),
                ..Config::default()
            };
            match (own.check(&WantedProject::of(&config)), wrong) {
                (Ok(()), None) => {}
                (Err(error), Some(argument)) => {
                    assert_eq!(error.status(), Status::InvalidConfiguration);
                    assert!(error.description().starts_with(argument), "{error}");
                }
                (found, _) => panic!("{config:?}: {found:?}"),
            }
        }
    }
}
