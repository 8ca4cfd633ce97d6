//! The service's clock, as far as the `Date` of its responses tells it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// In seconds: two minutes.
const FARTHEST: f64 = 120.0;

/// The range in which the service's clock must lie. `Date` has whole seconds, but each response narrows it,
/// soon to about the time that a request is under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct ServiceClock {
    base: Instant,
    /// What the service's clock showed at `base`, in seconds since 1970, at least and at most.
    range: Option<(f64, f64)>,
}

impl ServiceClock {
    pub(super) fn new() -> ServiceClock {
        ServiceClock { base: Instant::now(), range: None }
    }

    /// Notes that the service wrote `date` at some moment between `sent` and `received`.
    pub(super) fn note(&mut self, date: SystemTime, sent: Instant, received: Instant) {
        let date = date.duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
        let told = (date - self.since(received), date + 1.0 - self.since(sent));
        let both = self.range.map(|known| (known.0.max(told.0), known.1.min(told.1)));
        // Without a common range one of the clocks was set.
        self.range = Some(both.filter(|(least, most)| least <= most).unwrap_or(told));
    }

    /// Seconds since 1970 that have certainly passed for the service; `None` before any response.
    pub(super) fn at_least(&self, now: Instant) -> Option<f64> {
        self.range.map(|(least, _)| least + self.since(now))
    }

    /// Seconds since 1970 that may have passed for the service at most.
    pub(super) fn at_most(&self, now: Instant) -> Option<f64> {
        self.range.map(|(_, most)| most + self.since(now))
    }

    /// When [`ServiceClock::at_least`] reaches this time, which is not far away.
    pub(super) fn when(&self, seconds: f64, now: Instant) -> Instant {
        let wait = seconds - self.at_least(now).unwrap_or(seconds);
        now + Duration::from_secs_f64(wait.clamp(0.0, FARTHEST))
    }

    fn since(&self, moment: Instant) -> f64 {
        match moment.checked_duration_since(self.base) {
            Some(after) => after.as_secs_f64(),
            None => -(self.base - moment).as_secs_f64(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ServiceClock;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn each_response_narrows_it() {
        let mut clock = ServiceClock::new();
        let at = |seconds: f64| clock.base + Duration::from_secs_f64(seconds);
        let (first, second, later) = (at(1.0), at(1.7), at(10.0));
        let date = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        // The service is at 1000.9 when this machine is at 1.0.
        clock.note(date(1000), first, first + Duration::from_millis(20));
        assert!((clock.at_least(first).unwrap() - 999.98).abs() < 1e-6);
        clock.note(date(1001), second, second + Duration::from_millis(20));
        let least = clock.at_least(first).unwrap();
        assert!((1000.2..=1000.9).contains(&least), "{least}");
        assert!(clock.when(least + 9.0, first) <= later);
        // Its clock is set back.
        clock.note(date(500), later, later);
        assert!((clock.at_least(later).unwrap() - 500.0).abs() < 1e-6);
    }
}
