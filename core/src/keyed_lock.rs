//! Serialises work by key within a client: workflows on a disk or a virtual machine, logins.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::per_process::PerProcess;
use crate::{Error, Outcome, Result, Status};

/// How often to try again; a workflow takes seconds.
const RETRY: Duration = Duration::from_millis(50);

/// A set of locks by key. A forked process begins with none held.
#[derive(Debug)]
pub(crate) struct KeyedLock(PerProcess<Mutex<HashMap<String, Holder>>>);

impl Default for KeyedLock {
    fn default() -> KeyedLock {
        KeyedLock(PerProcess::new(Mutex::default()))
    }
}

/// Who holds a key.
#[derive(Debug)]
struct Holder {
    thread: usize,
    /// Such as `ensure_disk_attached disk_x`, for messages.
    work: String,
}

/// Holds a key until it is dropped.
pub(crate) struct KeyedLockGuard<'a> {
    lock: &'a KeyedLock,
    pub(crate) key: String,
    /// Whether another caller held the key before: what was read before that may be out of date.
    pub(crate) waited: bool,
}

impl KeyedLock {
    fn held(&self) -> MutexGuard<'_, HashMap<String, Holder>> {
        // A map of keys is never left half changed.
        self.0.get(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until no other caller holds `key`, for `work`; `sleep` may be interrupted.
    ///
    /// # Errors
    /// `Refused` when this very thread holds it, as when `work` is called from the progress function
    /// of what holds it, or from another greenlet: it would wait for itself. `TimedOut`.
    pub(crate) fn lock(
        &self,
        key: &str,
        work: &str,
        deadline: Option<Instant>,
        sleep: impl Fn(Instant) -> Result<()>,
    ) -> Result<KeyedLockGuard<'_>> {
        let mut waited = false;
        while let Some(Holder { thread, work: other }) = self.try_lock(key, work) {
            if thread == this_thread() {
                return Err(Error::refused(format!(
                    "{work} was called while {other} is at work on {key} in the same thread, as from its \
                     progress function, and would wait for itself; call it when that has ended"
                )));
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                let text =
                    format!("{other}, another call of this client, is still at work on {key}");
                return Err(Error::new(Status::TimedOut, Outcome::NotSent, text));
            }
            waited = true;
            sleep(Instant::now() + RETRY)?;
        }
        Ok(KeyedLockGuard { lock: self, key: key.to_owned(), waited })
    }

    /// Takes `key` if nobody holds it; otherwise says who does.
    fn try_lock(&self, key: &str, work: &str) -> Option<Holder> {
        let mut held = self.held();
        if let Some(Holder { thread, work }) = held.get(key) {
            return Some(Holder { thread: *thread, work: work.clone() });
        }
        held.insert(key.to_owned(), Holder { thread: this_thread(), work: work.to_owned() });
        None
    }
}

/// Tells the threads that are alive apart, also at a thread's very end, when `thread::current` is gone.
fn this_thread() -> usize {
    thread_local!(static HERE: u8 = const { 0 });
    HERE.with(|here| std::ptr::from_ref(here).addr())
}

impl Drop for KeyedLockGuard<'_> {
    fn drop(&mut self) {
        self.lock.held().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::KeyedLock;
    use crate::Status;
    use std::time::{Duration, Instant};

    #[test]
    fn a_thread_does_not_wait_for_itself() {
        let lock = KeyedLock::default();
        let take = |key: &str, work: &str| {
            let deadline = Instant::now() + Duration::from_millis(100);
            lock.lock(key, work, Some(deadline), |until| {
                std::thread::sleep(until.saturating_duration_since(Instant::now()));
                Ok(())
            })
        };
        let held = take("disk_x", "first").unwrap();
        assert!(!take("disk_y", "second").unwrap().waited);
        let refused = take("disk_x", "second").map(drop).unwrap_err();
        assert_eq!(refused.status(), Status::Refused);
        let text = refused.description();
        assert!(["first", "second", "disk_x"].iter().all(|word| text.contains(word)), "{text}");

        let elsewhere = std::thread::scope(|scope| {
            scope.spawn(|| take("disk_x", "second").map(drop).unwrap_err()).join().unwrap()
        });
        assert_eq!(elsewhere.status(), Status::TimedOut);
        drop(held);
        assert!(!take("disk_x", "second").unwrap().waited);
    }
}
