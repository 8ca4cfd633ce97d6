//! When the work on a response must end.

use std::fmt;

use super::deadline::{Deadline, Ends};
use super::failure::{self, Failure};
use super::interrupt::Interrupt;
use crate::{Error, Outcome, Result, Status};

/// The deadline and the interrupt hook of a call, passed on with its response, since a large one takes
/// time to decode. Without either by default.
#[derive(Clone, Default)]
pub(crate) struct ReadingLimit {
    interrupt: Interrupt,
    ends: Ends,
}

impl ReadingLimit {
    pub(super) fn of(interrupt: &Interrupt, ends: Ends) -> ReadingLimit {
        ReadingLimit { interrupt: interrupt.clone(), ends }
    }

    /// Fails when the time is up, or the hook says so. The request was sent, so its outcome is unknown.
    pub(crate) fn check(&self) -> Result<()> {
        let deadline = Deadline { interrupt: &self.interrupt, ends: self.ends };
        match deadline.slice().and_then(|_| deadline.check_interrupt()) {
            Ok(()) => Ok(()),
            Err(Failure::Interrupted(stop)) => Err(failure::interrupted(stop, Outcome::Unknown)),
            Err(_) => {
                let text = "the response arrived, but reading it took longer than the timeout";
                Err(Error::new(Status::TimedOut, Outcome::Unknown, text))
            }
        }
    }
}

impl fmt::Debug for ReadingLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadingLimit").field("deadline", &self.ends.at).finish_non_exhaustive()
    }
}
