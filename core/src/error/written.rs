//! How an error is written: for people, for developers, and as the C library's JSON.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::texts::{escaped, shown};
use super::{Error, LONGEST_DETAIL};
use crate::Status;
use crate::clipped::clipped;

impl Error {
    /// The error as the C library's JSON reply.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Reply<'a> {
            status: &'a str,
            operation: Option<&'a str>,
            object_id: Option<&'a str>,
            code: Option<&'a str>,
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
        // The message about an argument begins with its name.
        if let Some(operation) =
            self.operation().filter(|_| self.status() != Status::InvalidArgument)
        {
            match self.object_id() {
                Some(id) => write!(f, "{operation} {}: ", escaped(&clipped(id)))?,
                None => write!(f, "{operation}: ")?,
            }
        }
        f.write_str(self.description())?;
        if let Some(Value::Array(errors)) = self.detail().and_then(|detail| detail.get("errors")) {
            let errors: Vec<&str> = errors.iter().filter_map(Value::as_str).collect();
            if !errors.is_empty() {
                write!(f, " ({})", shown(errors.join("; "), LONGEST_DETAIL))?;
            }
        }
        if let Some(hint) = self.hint() {
            write!(f, " ({hint})")?;
        }
        match (self.http_status(), self.request_id()) {
            (Some(status), Some(id)) => write!(f, " [HTTP {status}, request {id}]"),
            (Some(status), None) => write!(f, " [HTTP {status}]"),
            (None, _) => Ok(()),
        }
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
