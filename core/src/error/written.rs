//! How an error is written: for people, for developers, and as the C library's JSON.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::texts::{escaped, shown};
use super::{Error, LONGEST_DETAIL};
use crate::Status;
use crate::clipped::clipped;

impl Error {
    /// The error as one sentence: the operation and its object, the description, the service's reasons, the hint, the HTTP
    /// status and the id of the request. `Display` has the status before it.
    pub fn message(&self) -> String {
        let mut message = String::new();
        // Cannot fail: a String takes everything.
        let _ = self.write_message(&mut message);
        message
    }

    fn write_message(&self, to: &mut impl fmt::Write) -> fmt::Result {
        // The message about an argument begins with its name.
        if let Some(operation) =
            self.operation().filter(|_| self.status() != Status::InvalidArgument)
        {
            match self.object_id() {
                Some(id) => write!(to, "{operation} {}: ", escaped(&clipped(id)))?,
                None => write!(to, "{operation}: ")?,
            }
        }
        self.write_description(to)?;
        if let Some(reasons) = self.reasons() {
            write!(to, " ({reasons})")?;
        }
        if let Some(hint) = self.hint() {
            write!(to, " ({hint})")?;
        }
        match (self.http_status(), self.request_id()) {
            (Some(status), Some(id)) => write!(to, " [HTTP {status}, request {id}]"),
            (Some(status), None) => write!(to, " [HTTP {status}]"),
            (None, _) => Ok(()),
        }
    }

    /// Writes the description, without the disk's id at its beginning, which then stands just before it.
    fn write_description(&self, to: &mut impl fmt::Write) -> fmt::Result {
        let text = self.description();
        let named = self.operation().and(self.object_id());
        let rest = named.and_then(|id| text.strip_prefix("disk ")?.strip_prefix(id));
        match rest.map(|rest| (rest, rest.strip_prefix(": "))) {
            Some((_, Some(reason))) => to.write_str(reason),
            Some((rest, None)) if rest.starts_with(' ') => write!(to, "the disk{rest}"),
            _ => to.write_str(text),
        }
    }

    /// What the service says besides, unless the description has it.
    pub(super) fn reasons(&self) -> Option<String> {
        let errors = self.detail()?.get("errors")?.as_array()?;
        let errors: Vec<&str> = errors.iter().filter_map(Value::as_str).collect();
        let reasons = shown(errors.join("; "), LONGEST_DETAIL);
        (!reasons.is_empty() && !self.description().contains(&reasons)).then_some(reasons)
    }

    /// The error as the C library's JSON reply.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Reply<'a> {
            status: &'a str,
            operation: Option<&'a str>,
            object_id: Option<&'a str>,
            code: Option<&'a str>,
            message: &'a str,
            description: &'a str,
            hint: Option<&'a str>,
            detail: Option<&'a Value>,
            http_status: Option<u16>,
            request_id: Option<&'a str>,
            outcome: &'a str,
        }
        let reply = Reply {
            status: self.status().name(),
            operation: self.operation(),
            object_id: self.object_id(),
            code: self.code(),
            message: &self.message(),
            description: self.description(),
            hint: self.hint(),
            detail: self.detail(),
            http_status: self.http_status(),
            request_id: self.request_id(),
            outcome: self.outcome().as_str(),
        };
        // Cannot fail: strings and a Value always serialise.
        serde_json::to_string(&reply).unwrap_or_else(|_| "{}".to_owned())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.status())?;
        self.write_message(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("status", &self.0.status)
            .field("outcome", &self.0.outcome)
            .field("operation", &self.0.operation)
            .field("object_id", &self.0.object_id)
            .field("code", &self.0.code)
            .field("description", &self.0.description)
            .field("http_status", &self.0.http_status)
            .field("request_id", &self.0.request_id)
            .finish_non_exhaustive()
    }
}
