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
        if !value.bytes().all(|byte| matches!(byte, 0x20..0x7f)) {
            return Err(Error::invalid_configuration(format!(
                "{argument} holds characters not allowed in a header, such as a line break; use \
                 printable ASCII"
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
