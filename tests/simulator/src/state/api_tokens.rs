//! The tokens of Katapult, and what they may do.

use super::State;

/// What a token may do.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) text: String,
    /// The ids of those that it reaches.
    pub(crate) organizations: Vec<String>,
    /// None for all that there are.
    pub(crate) scopes: Option<Vec<String>>,
    /// Whether its identity is permitted to change anything, whatever the scopes are.
    pub(crate) may_change: bool,
}

impl Grant {
    /// One of several scopes is enough; none means any token.
    pub(crate) fn has_one_of(&self, wanted: &[&str]) -> bool {
        let has = |scope: &&str| self.scopes.iter().flatten().any(|its| its == scope);
        wanted.is_empty() || self.scopes.is_none() || wanted.iter().any(has)
    }
}

/// One of the valid tokens, by its place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ApiToken(pub(super) usize);

pub(crate) struct ApiTokens(Vec<Grant>);

impl ApiTokens {
    pub(super) fn new(grants: Vec<Grant>) -> Self {
        Self(grants)
    }

    pub(crate) fn of(&self, text: &str) -> Option<ApiToken> {
        self.0.iter().position(|grant| grant.text == text).map(ApiToken)
    }

    pub(crate) fn grant(&self, ApiToken(place): ApiToken) -> &Grant {
        &self.0[place]
    }

    /// A new token, or other grants for one that exists.
    pub(crate) fn place(&mut self, grant: Grant) {
        match self.of(&grant.text) {
            Some(ApiToken(place)) => self.0[place] = grant,
            None => self.0.push(grant),
        }
    }

    pub(super) fn for_each_mut(&mut self, change: impl FnMut(&mut Grant)) {
        self.0.iter_mut().for_each(change);
    }
}

/// Whose request is being performed.
#[derive(Clone, Copy)]
pub(crate) struct Asker {
    pub(crate) token: ApiToken,
    pub(crate) changes: bool,
}

impl State {
    /// Whether an organization exists for the one who asks. Those who act by order reach all.
    pub(crate) fn reaches(&self, organization: &str) -> bool {
        let Some(Asker { token, .. }) = self.asker else { return true };
        self.api_tokens.grant(token).organizations.iter().any(|its| its == organization)
    }

    /// Whether the one who asks has permission to do it.
    pub(crate) fn is_permitted(&self) -> bool {
        self.asker
            .is_none_or(|asker| !asker.changes || self.api_tokens.grant(asker.token).may_change)
    }
}
