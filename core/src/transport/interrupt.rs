//! Waiting that a caller can interrupt.

use std::thread;
use std::time::{Duration, Instant};

use super::call::{Call, Current};
use super::crew::Crew;
use crate::fork;
use crate::http_options::{InterruptHook, Stop};

/// Half of the 100 ms within which an interrupt must be noticed.
pub(super) const SLICE: Duration = Duration::from_millis(50);

#[derive(Clone, Default)]
pub(super) struct Interrupt(pub(super) Option<InterruptHook>);

impl Interrupt {
    pub(super) fn check(&self) -> Result<(), Stop> {
        match Crew::of_this_thread() {
            Some(crew) if crew.is_stopped() => return Err("the fleet has ended".into()),
            Some(_) => return Ok(()),
            None => {}
        }
        let Some(hook) = &self.0 else { return Ok(()) };
        // The hook may make calls of its own, and even switch to another stack that does.
        let _aside = Current::begin(Call::default());
        let generation = fork::generation();
        hook()?;
        // The connection is still the parent's, and so is the rest of the call.
        if fork::generation() != generation {
            return Err(
                "the process was forked meanwhile, and its parent goes on with the call".into()
            );
        }
        Ok(())
    }

    /// Sleeps in slices until `until`.
    pub(super) fn sleep_until(&self, until: Instant) -> Result<(), Stop> {
        while let Some(left) = slice(Some(until)) {
            thread::sleep(left);
            self.check()?;
        }
        Ok(())
    }
}

/// How long to block before the next check of the interrupt hook; `None` after `deadline`.
pub(super) fn slice(deadline: Option<Instant>) -> Option<Duration> {
    let Some(deadline) = deadline else {
        return Some(SLICE);
    };
    let left = deadline.saturating_duration_since(Instant::now());
    (!left.is_zero()).then(|| left.min(SLICE))
}
