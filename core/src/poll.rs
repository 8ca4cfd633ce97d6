//! When to poll again while waiting for a change.

use std::time::{Duration, Instant};

/// How long before the deadline the last poll is made.
const LAST_POLL: Duration = Duration::from_millis(250);

/// The time of the next poll: after `pause`, or just before `deadline` for a last one, since the
/// change may have come meanwhile. `None` if there is no time for another poll.
pub(crate) fn next_poll(pause: Duration, deadline: Option<Instant>) -> Option<Instant> {
    let now = Instant::now();
    let next = now + pause;
    match deadline {
        Some(deadline) if next >= deadline => {
            deadline.checked_sub(LAST_POLL).filter(|last| *last >= now + LAST_POLL)
        }
        _ => Some(next),
    }
}

#[cfg(test)]
mod tests {
    use super::next_poll;
    use std::time::{Duration, Instant};

    #[test]
    fn the_last_poll_is_just_before_the_deadline() {
        let second = Duration::from_secs(1);
        let now = Instant::now();
        assert!(next_poll(second, None).unwrap() >= now + second);
        assert!(next_poll(second, Some(now + 5 * second)).unwrap() < now + 2 * second);
        let last = next_poll(2 * second, Some(now + second)).unwrap();
        assert_eq!(last, now + Duration::from_millis(750));
        assert_eq!(next_poll(second, Some(now + Duration::from_millis(400))), None);
        assert_eq!(next_poll(second, Some(now)), None);
    }
}
