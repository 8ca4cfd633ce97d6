//! How much later the services answer.

use std::time::Duration;

#[derive(Clone, Copy, Default)]
pub(crate) struct Latency {
    time: Duration,
    /// The requests are late, not their answers.
    before: bool,
}

impl Latency {
    pub(crate) fn new(time: Duration, before: bool) -> Self {
        Self { time, before }
    }

    pub(crate) fn time(self) -> Duration {
        self.time
    }

    pub(crate) fn before(self) -> Duration {
        if self.before { self.time } else { Duration::ZERO }
    }

    pub(crate) fn after(self) -> Duration {
        if self.before { Duration::ZERO } else { self.time }
    }
}
