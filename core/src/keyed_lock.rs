//! Serialises work by key within a client: workflows on a virtual machine, logins.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::per_process::PerProcess;
use crate::{Error, Outcome, Result, Status};

/// How often to try again; a workflow takes seconds.
const RETRY: Duration = Duration::from_millis(50);

/// A set of locks by key. A forked process begins with none held.
#[derive(Debug)]
pub(crate) struct KeyedLock(PerProcess<Mutex<HashSet<String>>>);

impl Default for KeyedLock {
    fn default() -> KeyedLock {
        KeyedLock(PerProcess::new(Mutex::default()))
    }
}

/// Holds a key until it is dropped.
pub(crate) struct KeyedLockGuard<'a> {
    lock: &'a KeyedLock,
    key: String,
    /// Whether another caller held the key before: what was read before that may be out of date.
    pub(crate) waited: bool,
}

impl KeyedLock {
    fn held(&self) -> MutexGuard<'_, HashSet<String>> {
        // A set of keys is never left half changed.
        self.0.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other caller holds `key`; `sleep` may be interrupted.
    pub(crate) fn lock(
        &self,
        key: String,
        deadline: Option<Instant>,
        sleep: impl Fn(Instant) -> Result<()>,
    ) -> Result<KeyedLockGuard<'_>> {
        let mut waited = false;
        while !self.held().insert(key.clone()) {
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                let text = format!("another call of this client is still at work on {key}");
                return Err(Error::new(Status::TimedOut, Outcome::NotSent, text));
            }
            waited = true;
            sleep(Instant::now() + RETRY)?;
        }
        Ok(KeyedLockGuard { lock: self, key, waited })
    }
}

impl Drop for KeyedLockGuard<'_> {
    fn drop(&mut self) {
        self.lock.held().remove(&self.key);
    }
}
