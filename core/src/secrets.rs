//! The secrets that a client holds, kept out of everything that it says.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::Secret;
use crate::clipped::{beginning, plain};
use crate::spelling::{Spelling, spellings};

/// What a message has in the place of a secret.
pub(crate) const HIDDEN: &str = "[secret]";

/// Secrets, each of which `others` have in common with other lists.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Secrets(Option<Arc<Held>>);

#[derive(PartialEq, Eq)]
struct Held {
    secret: Secret,
    others: Secrets,
}

impl Secrets {
    /// These, and one more.
    pub(crate) fn and(&self, secret: Option<&Secret>) -> Secrets {
        match secret {
            // Without the blanks that a copied token may have around it.
            Some(secret) => Secrets(Some(Arc::new(Held {
                secret: Secret::from(secret.reveal().trim()),
                others: self.clone(),
            }))),
            None => self.clone(),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &Secret> {
        let mut next = self;
        std::iter::from_fn(move || {
            let held = next.0.as_deref()?;
            next = &held.others;
            Some(&held.secret)
        })
    }

    /// A text of the service's for a message: on one line, without secrets, and at most so long.
    pub(crate) fn shown(&self, text: &str, longest: usize) -> String {
        let line = plain(text);
        let line = self.sought().hide(&line).map_or(line, Cow::Owned);
        beginning(&line, longest).into_owned()
    }

    /// An id without secrets; `None` if it has none. Most ids are UUIDs, which can only hold a secret of
    /// hexadecimal digits: looking for others would cost more than the rest of a call.
    pub(crate) fn hide_in_id(&self, id: &str) -> Option<String> {
        let is_uuid = is_hexadecimal(id);
        let fits = |secret: &Secret| {
            let secret = secret.reveal();
            secret.len() <= id.len() && (!is_uuid || is_hexadecimal(secret))
        };
        self.iter().any(fits).then(|| self.sought().hide(id)).flatten()
    }

    /// What is looked for in texts.
    pub(crate) fn sought(&self) -> Sought<'_> {
        Sought(self.iter().flat_map(|secret| spellings(secret.reveal())).collect())
    }
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Secrets in all forms in which a text may have them. Made for one error, and wiped with it.
pub(crate) struct Sought<'a>(Vec<Spelling<'a>>);

impl Sought<'_> {
    /// The text without the secrets; `None` if it has none of them.
    pub(crate) fn hide(&self, text: &str) -> Option<String> {
        let mut hidden: Option<String> = None;
        let mut kept = 0;
        let mut at = 0;
        while at < text.len() {
            match self.0.iter().find_map(|spelling| spelling.end_in(text, at)) {
                Some(end) if end > at => {
                    let hidden = hidden.get_or_insert_default();
                    hidden.push_str(&text[kept..at]);
                    hidden.push_str(HIDDEN);
                    (at, kept) = (end, end);
                }
                _ => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        hidden.map(|hidden| hidden + &text[kept..])
    }

    /// Hides secrets in every text, name and number of a JSON value.
    pub(crate) fn hide_in(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(hidden) = self.hide(text) {
                    *text = hidden;
                }
            }
            Value::Number(number) => {
                if let Some(hidden) = self.hide(&number.to_string()) {
                    *value = Value::String(hidden);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_in(item)),
            Value::Object(members) => self.hide_in_members(members),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn hide_in_members(&self, members: &mut Map<String, Value>) {
        members.values_mut().for_each(|member| self.hide_in(member));
        if members.keys().any(|name| self.hide(name).is_some()) {
            let renamed = std::mem::take(members).into_iter();
            let renamed = renamed.map(|(name, value)| (self.hide(&name).unwrap_or(name), value));
            *members = renamed.collect();
        }
    }
}

#[cfg(test)]
mod tests;
