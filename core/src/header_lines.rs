//! Header lines of a request, ready to be sent.

use std::fmt;

use zeroize::Zeroizing;

use crate::{Error, Result};

/// `name: value` lines. They may hold a token, so they are wiped when dropped, and `Debug` shows only
/// names.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct HeaderLines(Zeroizing<String>);

impl HeaderLines {
    /// Adds a line. `argument` names the source of the value in the error.
    ///
    /// # Errors
    /// `InvalidConfiguration` if the value holds anything but printable ASCII.
    pub(crate) fn with(self, argument: &str, name: &str, value: &str) -> Result<HeaderLines> {
        if let Some((place, what)) = unfit(value).find(|(_, what)| *what != BLANK) {
            return Err(Error::invalid_configuration(format!(
                "{argument} holds {what}, its character {place}: a header takes printable ASCII"
            )));
        }
        Ok(HeaderLines(joined(&[&self.0, name, ": ", value, "\r\n"])))
    }

    /// Appends the lines of `others`.
    pub(crate) fn and(self, others: Option<&HeaderLines>) -> HeaderLines {
        match others {
            Some(others) => HeaderLines(joined(&[&self.0, &others.0])),
            None => self,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) const BLANK: &str = "a blank";

/// Where, counted from 1, which character of a text has no place in a word of a header. The character itself
/// is not told: it is a part of the text, which may be secret.
pub(crate) fn unfit(text: &str) -> impl Iterator<Item = (usize, &'static str)> {
    text.chars().enumerate().filter_map(|(index, character)| {
        let what = match character {
            '!'..='~' => return None,
            ' ' => BLANK,
            '\t' => "a tab",
            '\n' | '\r' => "a line break",
            '\0' => "a NUL",
            _ if character.is_control() => "a control character",
            _ => "a character outside of ASCII",
        };
        Some((index + 1, what))
    })
}

/// Allocates once: a growing text could leave a copy behind that is not wiped.
fn joined(parts: &[&str]) -> Zeroizing<String> {
    let mut lines =
        Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    parts.iter().for_each(|part| lines.push_str(part));
    lines
}

impl fmt::Debug for HeaderLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.lines().filter_map(|line| line.split(": ").next());
        f.debug_list().entries(names).finish()
    }
}
