//! How to wait, and what is seen meanwhile.

use std::time::Duration;

use serde_json::value::RawValue;

use crate::json::raw_member;
use crate::{ApiResponse, Result, Task};

/// How long a wait takes at most by default.
pub const DEFAULT_WAIT: Duration = Duration::from_secs(600);

/// How to wait.
pub struct WaitOptions<'a, T = Task> {
    /// When to give up; `None` is never, zero is to look once. 10 minutes by default.
    ///
    /// It is for everything, waits for the rate limit included. The client's timeout limits each attempt
    /// to send a request.
    pub timeout: Option<Duration>,
    /// Called after each poll.
    pub progress: Option<&'a mut ProgressHook<'a, T>>,
}

/// Sees what is waited for after each poll; an error ends the wait with it (the work goes on).
pub type ProgressHook<'a, T = Task> = dyn FnMut(&Progress<'_, T>) -> Result<()> + 'a;

/// What is waited for, as it was seen last: a task, or the attachment of a volume.
pub struct Progress<'a, T = Task> {
    /// As it was decoded.
    pub seen: &'a T,
    response: &'a ApiResponse,
    key: &'static str,
}

impl<'a, T> Progress<'a, T> {
    pub(crate) fn new(
        seen: &'a T,
        response: &'a ApiResponse,
        key: &'static str,
    ) -> Progress<'a, T> {
        Progress { seen, response, key }
    }

    /// As the service sent it, byte for byte.
    pub fn json(&self) -> &'a str {
        raw_member(self.response.body(), self.key).map_or("null", RawValue::get)
    }
}

impl<T> WaitOptions<'_, T> {
    /// Shows what is waited for to the caller.
    pub(crate) fn show(
        &mut self,
        seen: &T,
        response: &ApiResponse,
        key: &'static str,
    ) -> Result<()> {
        match &mut self.progress {
            Some(progress) => progress(&Progress::new(seen, response, key)),
            None => Ok(()),
        }
    }
}

impl<T> Default for WaitOptions<'_, T> {
    fn default() -> Self {
        WaitOptions { timeout: Some(DEFAULT_WAIT), progress: None }
    }
}
