//! The variables of the environment that begin with `OS_`.

use std::env;
use std::rc::Rc;

use super::keys;
use crate::openstack::clouds::entry::Entry;
use crate::openstack::clouds::node::{Mapping, Node, Source};
use crate::{Error, Result};

/// Variables that choose, or say where, and log in to nothing.
const SELECTORS: [&str; 5] = [
    "OS_CLOUD",
    "OS_REGION_NAME",
    "OS_CLIENT_CONFIG_FILE",
    "OS_CLIENT_SECURE_FILE",
    "OS_CLOUD_NAME",
];
/// The beginnings of variables that tools of OpenStack's developers use for something else.
const OTHERS: [&str; 3] = ["OS_TEST", "OS_STD", "OS_LOG"];

/// A variable's value without blanks and line ends after it, which files from other systems add; `None` if
/// nothing is left.
pub(in crate::openstack) fn variable(name: &str) -> Result<Option<String>> {
    let value = match env::var(name) {
        Ok(value) => value,
        Err(env::VarError::NotPresent) => return Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            return Err(Error::invalid_configuration(format!("{name} is not UTF-8")));
        }
    };
    trimmed(name, value)
}

fn trimmed(name: &str, value: String) -> Result<Option<String>> {
    let text = value.trim_end();
    if let Some(control) = text.chars().find(|character| character.is_control()) {
        let text = format!("{name} holds the character {control:?}: set it without");
        return Err(Error::invalid_configuration(text));
    }
    Ok(match text.is_empty() {
        true => None,
        // The common case moves the value, which may be a secret, instead of copying it.
        false if text.len() == value.len() => Some(value),
        false => Some(text.to_owned()),
    })
}

/// The name of the cloud that the environment itself is, as `OS_CLOUD=envvars` says.
pub(super) fn cloud_name() -> Result<String> {
    Ok(variable("OS_CLOUD_NAME")?.unwrap_or_else(|| "envvars".to_owned()))
}

/// Whether a variable says more than which cloud or region to take.
pub(super) fn says_something() -> bool {
    env::vars_os().any(|(name, value)| {
        name.to_str().is_some_and(|name| {
            name.starts_with("OS_")
                && !value.is_empty()
                && !SELECTORS.contains(&name)
                && !OTHERS.iter().any(|beginning| name.starts_with(beginning))
        })
    })
}

/// What the environment says, as an entry of clouds.yaml would.
pub(super) fn entry() -> Result<Entry> {
    let source = Rc::new(Source::Variable);
    let mut options = Mapping::new();
    for key in keys::names() {
        if let Some(text) = variable(&format!("OS_{}", key.to_uppercase()))? {
            options.insert(key.to_owned(), Rc::new(Node::text(&text, &source)));
        }
    }
    Ok(Entry { name: None, options, auth: Mapping::new() })
}

#[cfg(test)]
mod tests {
    use super::trimmed;

    #[test]
    fn blanks_after_a_value_do_not_count() {
        let table = [
            ("pw", Some("pw")),
            ("pw\r", Some("pw")),
            (" pw \r\n", Some(" pw")),
            ("p w", Some("p w")),
            ("", None),
            (" \r\n", None),
        ];
        for (value, expected) in table {
            assert_eq!(trimmed("OS_X", value.to_owned()).unwrap().as_deref(), expected);
        }
    }

    #[test]
    fn a_control_character_within_is_shown_and_the_value_is_not() {
        for (value, shown) in [("hun\rter2", r"'\r'"), ("hunter2\u{0}x", r"'\0'")] {
            let error = trimmed("OS_PASSWORD", value.to_owned()).unwrap_err().to_string();
            assert!(error.contains(shown) && error.contains("OS_PASSWORD"), "{error}");
            assert!(!error.contains("ter2"), "{error}");
        }
    }
}
