//! The rate limit, of each token.

use std::time::Duration;

use serde::Deserialize;

use super::{ApiToken, Clock, unix_now};

/// What the limit says, and by which minute it counts.
#[derive(Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) permitted: u32,
    /// 60, but in tests that cannot wait so long.
    pub(crate) minute_seconds: u32,
    /// How long the count of a minute is still in force in the next one. recorded: sometimes, and
    /// less than a second.
    pub(crate) late_reset: Duration,
    pub(crate) clock: LimitClock,
}

/// Whose minutes count.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LimitClock {
    #[default]
    Wall,
    /// The simulator's own, which orders move on.
    Virtual,
}

/// The counts of the tokens, in their order. Those of the last ones may be missing, as long as they
/// have not been used.
pub(crate) struct RateLimit {
    terms: Terms,
    counts: Vec<Count>,
}

/// recorded: one counter for all requests, whatever their answer, and the window is the minute of
/// the wall clock.
#[derive(Clone)]
struct Count {
    terms: Terms,
    minute: u64,
    used: u32,
}

/// What the limit says to one request.
#[derive(Clone, Copy)]
pub(crate) struct Allowance {
    pub(crate) permitted: u32,
    pub(crate) remaining: u32,
    pub(crate) exceeded: bool,
    /// When the minute began in whose count the request is, in seconds since the Unix epoch.
    pub(crate) minute: u64,
}

impl RateLimit {
    pub(crate) fn new(terms: Terms) -> Self {
        Self { terms, counts: Vec::new() }
    }

    /// Takes effect at once, with a full allowance: for this token, or for all.
    pub(crate) fn permit(&mut self, terms: Terms, token: Option<ApiToken>) {
        match token {
            Some(_) => *self.of(token) = Count::new(terms),
            None => *self = Self::new(terms),
        }
    }

    /// Counts a request. recorded: the first of a minute leaves `permitted - 1`. Our choice: those
    /// without a valid token are in the count of the first one.
    pub(crate) fn count(&mut self, token: Option<ApiToken>, clock: &Clock) -> Allowance {
        let count = self.of(token);
        count.count_at(count.terms.clock.time(clock))
    }

    /// What a request would be told that is not counted, as if it were the last one.
    pub(crate) fn now(&mut self, token: Option<ApiToken>, clock: &Clock) -> Allowance {
        let count = self.of(token);
        count.at(count.terms.clock.time(clock))
    }

    fn of(&mut self, token: Option<ApiToken>) -> &mut Count {
        let place = token.map_or(0, |ApiToken(place)| place);
        if self.counts.len() <= place {
            self.counts.resize(place + 1, Count::new(self.terms));
        }
        &mut self.counts[place]
    }
}

impl LimitClock {
    fn time(self, clock: &Clock) -> Duration {
        match self {
            Self::Wall => unix_now(),
            Self::Virtual => clock.unix(),
        }
    }
}

impl Count {
    fn new(terms: Terms) -> Self {
        Self { terms, minute: 0, used: 0 }
    }

    fn count_at(&mut self, now: Duration) -> Allowance {
        self.enter(now);
        self.used = self.used.saturating_add(1);
        self.allowance()
    }

    fn at(&mut self, now: Duration) -> Allowance {
        self.enter(now);
        self.allowance()
    }

    fn enter(&mut self, now: Duration) {
        let counted = now.saturating_sub(self.terms.late_reset).as_secs();
        let minute = counted / u64::from(self.terms.minute_seconds);
        if minute != self.minute {
            (self.minute, self.used) = (minute, 0);
        }
    }

    fn allowance(&self) -> Allowance {
        let permitted = self.terms.permitted;
        Allowance {
            permitted,
            remaining: permitted.saturating_sub(self.used),
            exceeded: self.used > permitted,
            minute: self.minute * u64::from(self.terms.minute_seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Count, LimitClock, Terms};

    const TERMS: Terms = Terms {
        permitted: 2,
        minute_seconds: 60,
        late_reset: Duration::ZERO,
        clock: LimitClock::Wall,
    };

    fn at(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    #[test]
    fn a_new_minute_starts_from_the_top() {
        let mut limit = Count::new(TERMS);
        assert_eq!(limit.count_at(at(420.0)).remaining, 1);
        assert!(!limit.count_at(at(479.9)).exceeded);
        let third = limit.count_at(at(479.9));
        assert_eq!((third.exceeded, third.minute), (true, 420));
        let first = limit.count_at(at(480.0));
        assert_eq!((first.remaining, first.exceeded, first.minute), (1, false, 480));
    }

    #[test]
    fn a_minute_may_be_short() {
        let mut limit = Count::new(Terms { minute_seconds: 6, ..TERMS });
        assert_eq!(limit.count_at(at(605.9)).minute, 600);
        assert_eq!(limit.count_at(at(606.0)).minute, 606);
    }

    #[test]
    fn the_old_count_may_live_on() {
        let mut limit = Count::new(Terms { late_reset: at(0.75), ..TERMS });
        for _ in 0..2 {
            assert!(!limit.count_at(at(479.0)).exceeded);
        }
        let late = limit.count_at(at(480.7));
        assert_eq!((late.exceeded, late.minute), (true, 420));
        let first = limit.count_at(at(480.75));
        assert_eq!((first.remaining, first.minute), (1, 480));
    }
}
