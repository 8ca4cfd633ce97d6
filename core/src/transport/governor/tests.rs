use std::time::{Duration, Instant, UNIX_EPOCH};

use super::{BEGINNING, Claim, Count, OLD_COUNT};
use crate::transport::HttpResponse;
use crate::transport::http_response::RateLimit;
use ureq::http::Response;

/// A service that counts, and clients of its token.
struct World {
    start: Instant,
    /// Seconds since `start`; the service's clock is at the beginning of a minute then.
    at: f64,
    permitted: u32,
    used: u32,
    minute: u64,
    rejected: u32,
}

const EPOCH: u64 = 60 * 1_000_000;

impl World {
    fn new(permitted: u32) -> World {
        World { start: Instant::now(), at: 0.0, permitted, used: 0, minute: 0, rejected: 0 }
    }

    fn now(&self) -> Instant {
        self.start + Duration::from_secs_f64(self.at)
    }

    fn answer(&mut self) -> HttpResponse {
        let minute = self.at as u64 / 60;
        if minute != self.minute {
            (self.minute, self.used) = (minute, 0);
        }
        self.used += 1;
        self.rejected += u32::from(self.used > self.permitted);
        let head = Response::builder().body(()).unwrap().into_parts().0;
        HttpResponse {
            date: Some(UNIX_EPOCH + Duration::from_secs(EPOCH + self.at as u64)),
            rate_limit: Some(RateLimit {
                permitted: self.permitted,
                remaining: self.permitted.saturating_sub(self.used),
            }),
            ..HttpResponse::of(&head, &[], true)
        }
    }

    fn until(&mut self, when: Instant) {
        self.at = self.at.max((when - self.start).as_secs_f64());
    }

    /// A request that takes 2 ms; how long it had to wait.
    fn request(&mut self, count: &mut Count, claim: Claim) -> f64 {
        let asked = self.at;
        while let Err(when) = count.take(claim, self.now()) {
            self.until(when);
        }
        let waited = self.at - asked;
        let sent = self.now();
        self.at += 0.001;
        let answer = self.answer();
        self.at += 0.001;
        count.note(&answer, sent, self.now());
        count.under_way -= 1;
        count.asked = None;
        waited
    }
}

#[test]
fn a_fleet_uses_its_share_of_each_minute_and_no_more() {
    for (share, least, most) in [(1.0, 970, 980), (0.95, 920, 930), (0.5, 480, 480)] {
        let mut world = World::new(1000);
        let mut count = Count::new();
        world.at = 30.0;
        while world.at < 60.0 {
            world.request(&mut count, Claim::Write(share));
        }
        for _ in 0..3 {
            let minute = world.at as u64 / 60;
            let mut used = 1;
            while world.at as u64 / 60 == minute {
                world.request(&mut count, Claim::Write(share));
                used += 1;
            }
            assert!((least..=most + 2).contains(&used), "{share}: {used}");
        }
        assert_eq!(world.rejected, 0, "{share}");
    }
}

#[test]
fn reads_have_a_part_that_writes_leave_to_them() {
    let mut world = World::new(1000);
    let mut count = Count::new();
    world.at = 5.0;
    while world.at < 60.0 {
        world.request(&mut count, Claim::Write(0.95));
    }
    // The first write of the next minute was let through; use that up, too.
    let minute_end = 119.0;
    while count.wait_until(Claim::Write(0.95), world.now()).is_none() {
        world.request(&mut count, Claim::Write(0.95));
    }
    assert!(world.at < minute_end);
    assert_eq!(world.request(&mut count, Claim::Read(0.95)), 0.0);
    while count.wait_until(Claim::Read(0.95), world.now()).is_none() {
        world.request(&mut count, Claim::Read(0.95));
    }
    assert_eq!(world.request(&mut count, Claim::Plain), 0.0);
    assert!(world.at < minute_end);
}

#[test]
fn what_others_use_is_seen() {
    let mut world = World::new(100);
    let (mut one, mut other) = (Count::new(), Count::new());
    world.at = 1.0;
    for _ in 0..300 {
        world.request(&mut one, Claim::Write(1.0));
        world.request(&mut other, Claim::Write(1.0));
    }
    assert_eq!(world.rejected, 0);
}

#[test]
fn a_new_minute_begins_with_one_request_and_a_little_later() {
    let mut world = World::new(1000);
    let mut count = Count::new();
    world.at = 59.5;
    world.request(&mut count, Claim::Write(0.95));
    world.at = 60.2;
    world.request(&mut count, Claim::Write(0.95));
    world.at = 120.01;
    let begins = count.take(Claim::Write(0.95), world.now()).unwrap_err();
    world.until(begins);
    assert!(world.at >= 120.0 + BEGINNING, "{}", world.at);
    world.until(begins + Duration::from_secs(1));
    assert!(count.take(Claim::Write(0.95), world.now()).is_ok());
    assert!(
        count.take(Claim::Write(0.95), world.now()).is_err(),
        "nothing is known of this minute"
    );
    assert!(count.take(Claim::Plain, world.now()).is_ok());
}

#[test]
fn a_request_that_hangs_does_not_hold_up_the_next_minute() {
    let mut world = World::new(1000);
    let mut count = Count::new();
    world.at = 50.0;
    world.request(&mut count, Claim::Write(0.95));
    // Its response never comes.
    count.take(Claim::Write(0.95), world.now()).unwrap();
    world.at = 65.0;
    assert!(count.take(Claim::Write(0.95), world.now()).is_ok());
    // Nor that of the one that asks.
    let asked = world.now();
    let mut next = count.take(Claim::Write(0.95), asked).unwrap_err();
    while let Err(again) = count.take(Claim::Write(0.95), next) {
        next = again;
    }
    assert!((1.9..2.1).contains(&(next - asked).as_secs_f64()), "{:?}", next - asked);
}

#[test]
fn an_old_count_in_a_new_minute_is_not_believed() {
    let mut world = World::new(100);
    let mut count = Count::new();
    world.at = 60.3;
    world.minute = 1;
    world.used = 99;
    world.request(&mut count, Claim::Write(0.95));
    while let Err(again) = count.take(Claim::Write(0.95), world.now()) {
        world.until(again);
    }
    assert!((60.0 + OLD_COUNT..62.0).contains(&world.at), "{}", world.at);
}

#[test]
fn a_service_that_does_not_count_is_not_governed() {
    let mut count = Count::new();
    let now = Instant::now();
    let head = Response::builder().header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let head = head.body(()).unwrap().into_parts().0;
    count.note(&HttpResponse::of(&head, &[], true), now, now);
    for _ in 0..100 {
        assert!(count.take(Claim::Write(0.95), now).is_ok());
    }
}
