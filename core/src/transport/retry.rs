//! The retry policy: a pure function, tested with one table.

use std::time::Duration;

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// No connection was made: nothing was sent.
    NotConnected,
    /// The connection broke after at least part of the request was sent.
    Broken,
    /// 429: the service rejected the request. `wait` is the time it asked for.
    RateLimited { wait: Option<Duration> },
    /// 503. `by_api` is true for the API's own response, false for a proxy's.
    Unavailable { by_api: bool, wait: Option<Duration> },
    /// Anything else: not repeated.
    Final,
}

/// How many attempts one call makes to connect, and how many while the service is unavailable. It
/// waits for rate limits as often as the time allows.
const CONNECTIONS: u32 = 3;
const UNAVAILABLE: u32 = 4;

/// Counts the attempts of one call by how they ended.
#[derive(Default)]
pub(crate) struct Attempts {
    unconnected: u32,
    limited: u32,
    unavailable: u32,
}

impl Attempts {
    /// Counts an attempt; returns how many have ended in the same way. Waiting for a rate limit does
    /// not reduce the attempts allowed after a broken connection.
    pub(crate) fn count(&mut self, event: Event) -> u32 {
        let count = match event {
            Event::NotConnected | Event::Broken => &mut self.unconnected,
            Event::RateLimited { .. } => &mut self.limited,
            Event::Unavailable { .. } => &mut self.unavailable,
            Event::Final => return 1,
        };
        *count += 1;
        *count
    }
}

/// How long to wait before the next attempt, or `None` to give up.
///
/// `attempt` counts, from 1, the attempts that ended with this kind of event. A write is repeated only
/// if it certainly had no effect.
pub(crate) fn wait_before_repeat(is_read: bool, event: Event, attempt: u32) -> Option<Duration> {
    match event {
        Event::NotConnected => backoff(100, attempt, CONNECTIONS),
        Event::Broken if is_read => backoff(100, attempt, CONNECTIONS),
        // Never at full speed, even if a server says 0.
        Event::RateLimited { wait: Some(wait) } => Some(wait.max(doubled(100, attempt.min(4)))),
        Event::RateLimited { wait: None } => Some(doubled(1000, attempt.min(7))),
        Event::Unavailable { by_api, wait } if is_read || by_api => {
            let backoff = backoff(250, attempt, UNAVAILABLE)?;
            Some(wait.unwrap_or(backoff))
        }
        Event::Broken | Event::Unavailable { .. } | Event::Final => None,
    }
}

fn backoff(first_ms: u64, attempt: u32, attempts: u32) -> Option<Duration> {
    (attempt < attempts).then(|| doubled(first_ms, attempt))
}

fn doubled(first_ms: u64, attempt: u32) -> Duration {
    Duration::from_millis(first_ms << (attempt - 1))
}

#[cfg(test)]
mod tests {
    use super::{Attempts, Event, wait_before_repeat};
    use std::time::Duration;

    #[test]
    fn each_kind_is_counted_separately() {
        let mut attempts = Attempts::default();
        let limited = Event::RateLimited { wait: None };
        let unavailable = Event::Unavailable { by_api: true, wait: None };
        let events = [limited, limited, Event::Broken, unavailable, limited, Event::NotConnected];
        assert_eq!(events.map(|event| attempts.count(event)), [1, 2, 1, 1, 3, 2]);
    }

    #[test]
    fn the_policy() {
        let ms = |ms| Some(Duration::from_millis(ms));
        let asked = ms(7000);
        let limited = |wait| Event::RateLimited { wait };
        let unavailable = |by_api, wait| Event::Unavailable { by_api, wait };
        let table = [
            // event, attempt, wait of a read, wait of a write
            (Event::NotConnected, 1, ms(100), ms(100)),
            (Event::NotConnected, 2, ms(200), ms(200)),
            (Event::NotConnected, 3, None, None),
            (Event::Broken, 1, ms(100), None),
            (Event::Broken, 3, None, None),
            (limited(asked), 1, asked, asked),
            (limited(asked), 50, asked, asked),
            (limited(None), 1, ms(1000), ms(1000)),
            (limited(None), 50, ms(64_000), ms(64_000)),
            (limited(ms(0)), 1, ms(100), ms(100)),
            (limited(ms(0)), 50, ms(800), ms(800)),
            (unavailable(true, None), 1, ms(250), ms(250)),
            (unavailable(true, None), 3, ms(1000), ms(1000)),
            (unavailable(true, asked), 1, asked, asked),
            (unavailable(true, asked), 4, None, None),
            (unavailable(false, None), 1, ms(250), None),
            (unavailable(false, asked), 1, asked, None),
            (Event::Final, 1, None, None),
        ];
        for (event, attempt, read, write) in table {
            assert_eq!(
                wait_before_repeat(true, event, attempt),
                read,
                "read, {event:?}, {attempt}"
            );
            assert_eq!(
                wait_before_repeat(false, event, attempt),
                write,
                "write, {event:?}, {attempt}"
            );
        }
    }
}
