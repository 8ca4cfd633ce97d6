//! Keystone: who there is, and the tokens that were handed out.

use std::collections::HashMap;
use std::iter::repeat_with;
use std::time::Duration;

use super::seed::{OPENSTACK_TOKEN, OPERATOR, PROJECT};

/// The names of its users and projects mean something only within it.
#[derive(PartialEq)]
pub(crate) struct Domain {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) struct Project {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) domain: &'static Domain,
}

pub(crate) struct Role {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
}

pub(crate) struct User {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) domain: &'static Domain,
    pub(crate) password: &'static str,
    /// Those where the user has its roles.
    pub(crate) projects: &'static [&'static Project],
    pub(crate) roles: &'static [Role],
}

impl User {
    /// A reader may look, but not detach.
    pub(crate) fn may_write(&self) -> bool {
        self.roles.iter().any(|role| role.name == "member")
    }
}

pub(crate) struct ApplicationCredential {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) user: &'static User,
    pub(crate) project: &'static Project,
}

/// What a token stands for.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) methods: Vec<&'static str>,
    pub(crate) user: &'static User,
    /// None if it is unscoped.
    pub(crate) project: Option<&'static Project>,
    pub(crate) application_credential: Option<&'static ApplicationCredential>,
    pub(crate) audit_ids: Vec<String>,
    pub(crate) issued_at: Duration,
    pub(crate) expires_at: Duration,
    revoked: Revoked,
    seen_by_nova: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Revoked {
    No,
    Yes,
    /// Nova's middleware still has it in its cache.
    Unnoticed,
}

/// Whom Nova takes the client for.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) user: &'static User,
    pub(crate) project: Option<&'static Project>,
    /// What Nova asks other services for in the client's name is refused.
    pub(crate) revoked_unnoticed: bool,
}

pub(crate) enum NoCaller {
    Unauthorized,
    KeystoneDown,
}

pub(crate) struct Identity {
    tokens: HashMap<String, Token>,
    /// Tokens handed out since the start or the last reset.
    pub(crate) logins: usize,
    /// How long the tokens last that are handed out from now on.
    pub(crate) lifetime: Duration,
}

impl Identity {
    pub(super) fn new() -> Self {
        // captured: one hour.
        Self { tokens: HashMap::new(), logins: 0, lifetime: Duration::from_secs(60 * 60) }
    }

    /// A new token for a user who has proved who it is. A token that stands for another one ends
    /// with that.
    pub(crate) fn log_in(&mut self, login: Login, now: Duration) -> (String, Token) {
        // captured: the first id is the token's own, the second that of the one before.
        let mut audit_ids = vec![random_text(22)];
        let mut expires_at = now + self.lifetime;
        let mut methods = vec![login.method];
        if let Some(before) = login.before {
            audit_ids.extend(before.audit_ids.into_iter().take(1));
            expires_at = before.expires_at;
            methods.extend(before.methods.into_iter().filter(|method| *method != login.method));
        }
        let token = Token {
            methods,
            user: login.user,
            project: login.project,
            application_credential: login.application_credential,
            audit_ids,
            issued_at: now,
            expires_at,
            revoked: Revoked::No,
            seen_by_nova: false,
        };
        let id = format!("gAAAAA{}", random_text(178));
        self.tokens.insert(id.clone(), token.clone());
        self.logins += 1;
        (id, token)
    }

    /// The token, if it is valid. The one of the description always is.
    pub(crate) fn token(&self, id: &str, now: Duration) -> Option<Token> {
        if id == OPENSTACK_TOKEN {
            return Some(fixed_token());
        }
        let token = self.tokens.get(id)?;
        (token.revoked == Revoked::No && now < token.expires_at).then(|| token.clone())
    }

    /// Whom Nova takes the bearer of a token for.
    pub(crate) fn caller(
        &mut self,
        id: &str,
        now: Duration,
        keystone_is_down: bool,
    ) -> Result<Caller, NoCaller> {
        if id == OPENSTACK_TOKEN {
            let project = Some(&PROJECT);
            return Ok(Caller { user: &OPERATOR, project, revoked_unnoticed: false });
        }
        let known = self.tokens.get_mut(id);
        if keystone_is_down && !id.is_empty() && known.as_ref().is_none_or(|t| !t.seen_by_nova) {
            return Err(NoCaller::KeystoneDown);
        }
        let token = known
            .filter(|token| token.revoked != Revoked::Yes && now < token.expires_at)
            .ok_or(NoCaller::Unauthorized)?;
        token.seen_by_nova = true;
        let revoked_unnoticed = token.revoked == Revoked::Unnoticed;
        Ok(Caller { user: token.user, project: token.project, revoked_unnoticed })
    }

    pub(crate) fn revoke(&mut self, id: &str) {
        self.tokens.entry(id.to_owned()).and_modify(|token| token.revoked = Revoked::Yes);
    }

    pub(crate) fn revoke_all(&mut self, unnoticed: bool) {
        let revoked = if unnoticed { Revoked::Unnoticed } else { Revoked::Yes };
        self.tokens.values_mut().for_each(|token| token.revoked = revoked);
    }

    pub(crate) fn expire_all(&mut self, now: Duration) {
        self.tokens.values_mut().for_each(|token| token.expires_at = now.min(token.expires_at));
    }
}

/// A user, and what the new token is to be good for.
pub(crate) struct Login {
    pub(crate) method: &'static str,
    pub(crate) user: &'static User,
    pub(crate) project: Option<&'static Project>,
    pub(crate) application_credential: Option<&'static ApplicationCredential>,
    pub(crate) before: Option<Token>,
}

/// Our choice: it was issued when the epoch began and ends in a far future.
fn fixed_token() -> Token {
    Token {
        methods: vec!["password"],
        user: &OPERATOR,
        project: Some(&PROJECT),
        application_credential: None,
        audit_ids: vec!["simFixedTokenAuditId00".into()],
        issued_at: Duration::ZERO,
        expires_at: Duration::from_secs(4_102_444_800),
        revoked: Revoked::No,
        seen_by_nova: true,
    }
}

fn random_text(length: usize) -> String {
    repeat_with(fastrand::alphanumeric).take(length).collect()
}
