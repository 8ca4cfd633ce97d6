//! One at a time within a client: workflows on a virtual machine or an idempotency key, logins.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::transport::PerProcess;
use crate::{Error, Outcome, Result, Status};

/// How often to look whether it is one's turn; a workflow takes seconds.
const LOOK: Duration = Duration::from_millis(50);

/// What is being worked on. A fork of the process begins with nothing.
#[derive(Debug)]
pub(crate) struct Serial(PerProcess<Mutex<HashSet<String>>>);

impl Default for Serial {
    fn default() -> Serial {
        Serial(PerProcess::new(Mutex::default()))
    }
}

/// The turn of one workflow; ends when it is dropped.
pub(crate) struct Turn<'a> {
    serial: &'a Serial,
    name: String,
    /// Whether others were at it before, so that what was read may be out of date.
    pub(crate) waited: bool,
}

impl Serial {
    fn busy(&self) -> MutexGuard<'_, HashSet<String>> {
        // A set of names is never left half changed.
        self.0.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn; `sleep` may be interrupted.
    pub(crate) fn turn(
        &self,
        name: String,
        deadline: Option<Instant>,
        sleep: impl Fn(Instant) -> Result<()>,
    ) -> Result<Turn<'_>> {
        let mut waited = false;
        while !self.busy().insert(name.clone()) {
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                let text = format!("another call of this client is still at work on {name}");
                return Err(Error::new(Status::TimedOut, Outcome::NotSent, text));
            }
            waited = true;
            sleep(Instant::now() + LOOK)?;
        }
        Ok(Turn { serial: self, name, waited })
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.serial.busy().remove(&self.name);
    }
}
