//! The rate limit.

use super::unix_now;

/// recorded: one counter for all requests, whatever their answer, and the window is the minute of
/// the wall clock.
pub(crate) struct RateLimit {
    permitted: u32,
    minute: u64,
    used: u32,
}

/// What the limit says to one request.
#[derive(Clone, Copy)]
pub(crate) struct Allowance {
    pub(crate) permitted: u32,
    pub(crate) remaining: u32,
    pub(crate) exceeded: bool,
}

impl RateLimit {
    pub(crate) fn new(permitted: u32) -> Self {
        Self { permitted, minute: 0, used: 0 }
    }

    /// Takes effect at once, with a full allowance.
    pub(crate) fn permit(&mut self, permitted: u32) {
        *self = Self::new(permitted);
    }

    /// Counts a request. recorded: the first of a minute leaves `permitted - 1`.
    pub(crate) fn count(&mut self) -> Allowance {
        self.count_in(unix_now().as_secs() / 60)
    }

    fn count_in(&mut self, minute: u64) -> Allowance {
        if minute != self.minute {
            (self.minute, self.used) = (minute, 0);
        }
        self.used = self.used.saturating_add(1);
        Allowance {
            permitted: self.permitted,
            remaining: self.permitted.saturating_sub(self.used),
            exceeded: self.used > self.permitted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RateLimit;

    #[test]
    fn a_new_minute_starts_from_the_top() {
        let mut limit = RateLimit::new(2);
        assert_eq!(limit.count_in(7).remaining, 1);
        assert!(!limit.count_in(7).exceeded);
        assert!(limit.count_in(7).exceeded);
        let first = limit.count_in(8);
        assert_eq!((first.remaining, first.exceeded), (1, false));
    }
}
