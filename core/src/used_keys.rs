//! What a client remembers of the idempotency keys that it has used. Lists of the service may lag.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::per_process::PerProcess;

/// How long a key is remembered: longer than a list lags, and than a lost request may be under way.
const KEPT: Duration = Duration::from_secs(15 * 60);

/// The keys that a process has used with a client.
pub(crate) struct UsedKeys(PerProcess<Mutex<HashMap<String, UsedKey>>>);

impl Default for UsedKeys {
    fn default() -> UsedKeys {
        UsedKeys(PerProcess::new(Mutex::default()))
    }
}

/// A creation that was sent with a key.
#[derive(Clone, Debug)]
pub(crate) struct UsedKey {
    /// The disk; `None` if the response was lost.
    pub(crate) disk: Option<String>,
    pub(crate) at: Instant,
}

impl UsedKeys {
    /// The last creation with `key`, if it is not long ago.
    pub(crate) fn get(&self, key: &str) -> Option<UsedKey> {
        self.with(|keys| keys.get(key).filter(|used| used.at.elapsed() < KEPT).cloned())
    }

    /// Notes a creation.
    pub(crate) fn note(&self, key: &str, disk: Option<String>) {
        self.with(|keys| {
            keys.retain(|_, used| used.at.elapsed() < KEPT);
            keys.insert(key.to_owned(), UsedKey { disk, at: Instant::now() });
        });
    }

    fn with<R>(&self, access: impl FnOnce(&mut HashMap<String, UsedKey>) -> R) -> R {
        // A map of keys is never left half changed.
        access(&mut self.0.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner))
    }
}
