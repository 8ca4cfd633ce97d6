//! Waiting that a caller can interrupt.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::call::{Call, Current};
use super::crew::Crew;
use super::failure;
use crate::http_options::{InterruptHook, Stop};
use crate::{Outcome, Result, fork};

/// Half of the 100 ms within which an interrupt must be noticed.
pub(super) const SLICE: Duration = Duration::from_millis(50);

/// What may end a client's calls before their time: its interrupt hook, and whoever interrupts the client.
#[derive(Clone, Default)]
pub(crate) struct Interrupt {
    hook: Option<InterruptHook>,
    /// How often the client was interrupted. A number alone, so that a signal's handler may count, and nothing
    /// is held when the process forks.
    count: Arc<AtomicU32>,
}

/// When a call began: how often its client had been interrupted before.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beginning(u32);

impl Interrupt {
    pub(crate) fn new(hook: Option<InterruptHook>) -> Interrupt {
        Interrupt { hook, count: Arc::default() }
    }

    /// Ends the calls that have begun, within a slice of waiting.
    pub(crate) fn interrupt(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Of a call that begins now.
    pub(crate) fn beginning(&self) -> Beginning {
        Beginning(self.count.load(Ordering::Relaxed))
    }

    /// Whether the client was interrupted since.
    pub(crate) fn is_after(&self, began: Beginning) -> bool {
        self.count.load(Ordering::Relaxed) != began.0
    }

    /// Fails if something ends the call. The error has `outcome`.
    pub(crate) fn check(&self, began: Beginning, outcome: Outcome) -> Result<()> {
        self.ask(began).map_err(|stopped| failure::interrupted(stopped, outcome))
    }

    /// Sleeps, unless something ends the call. The error has `outcome`.
    pub(crate) fn sleep_until(
        &self,
        until: Instant,
        began: Beginning,
        outcome: Outcome,
    ) -> Result<()> {
        while let Some(left) = slice(Some(until)) {
            thread::sleep(left);
            self.check(began, outcome)?;
        }
        Ok(())
    }

    pub(super) fn ask(&self, began: Beginning) -> std::result::Result<(), Stop> {
        self.ask_hook()?;
        // After the hook, which may have interrupted the client.
        match self.is_after(began) {
            false => Ok(()),
            true => Err("the client was interrupted".into()),
        }
    }

    fn ask_hook(&self) -> std::result::Result<(), Stop> {
        match Crew::of_this_thread() {
            Some(crew) if crew.is_stopped() => return Err("the fleet has ended".into()),
            Some(_) => return Ok(()),
            None => {}
        }
        let Some(hook) = &self.hook else { return Ok(()) };
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
}

/// How long to block before the next check of the interrupt hook; `None` after `deadline`.
pub(super) fn slice(deadline: Option<Instant>) -> Option<Duration> {
    let Some(deadline) = deadline else {
        return Some(SLICE);
    };
    let left = deadline.saturating_duration_since(Instant::now());
    (!left.is_zero()).then(|| left.min(SLICE))
}
