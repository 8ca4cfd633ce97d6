//! When to look again at something that is waited for.

use std::time::{Duration, Instant};

/// What a wait leaves for its last look.
const LAST_LOOK: Duration = Duration::from_millis(250);

/// The moment of the next look, after `pause`, or once more just before `deadline`: what is waited
/// for may have happened meanwhile. `None` when there is no time for another look.
pub(crate) fn next_look(pause: Duration, deadline: Option<Instant>) -> Option<Instant> {
    let now = Instant::now();
    let next = now + pause;
    match deadline {
        Some(deadline) if next >= deadline => {
            deadline.checked_sub(LAST_LOOK).filter(|last| *last >= now + LAST_LOOK)
        }
        _ => Some(next),
    }
}

#[cfg(test)]
mod tests {
    use super::next_look;
    use std::time::{Duration, Instant};

    #[test]
    fn the_last_look_is_just_before_the_deadline() {
        let second = Duration::from_secs(1);
        let now = Instant::now();
        assert!(next_look(second, None).unwrap() >= now + second);
        assert!(next_look(second, Some(now + 5 * second)).unwrap() < now + 2 * second);
        let last = next_look(2 * second, Some(now + second)).unwrap();
        assert_eq!(last, now + Duration::from_millis(750));
        assert_eq!(next_look(second, Some(now + Duration::from_millis(400))), None);
        assert_eq!(next_look(second, Some(now)), None);
    }
}
