//! A fleet in front of a service that exists only here.

mod service;

use std::time::{Duration, Instant};

use service::{BATCH, Service, entry, name};

use super::{Next, Plan};
use crate::fleet::counts::Deed;
use crate::fleet::job::{Ended, Entry, Job};
use crate::fleet::work::Begun;
use crate::{Error, Outcome, Status};

#[test]
fn a_thousand_disks_cost_little_more_than_their_creation() {
    for seconds in [0, 1, 5, 30, 120] {
        let mut service = Service::new(seconds);
        let (counts, wall) = service.run(1000);
        assert_eq!((counts.created, counts.failed), (1000, 0));
        assert!(service.all() <= 1050, "{seconds} s: {:?}", service.requests);
        let least = Duration::from_secs(seconds + 1);
        let pause = Duration::from_secs(4).max(least / 10);
        assert!(wall <= least + pause, "{seconds} s: {wall:?}");
    }
}

#[test]
fn one_disk_and_two_are_waited_for_as_fast_as_alone() {
    for disks in [1, 2] {
        let mut service = Service::new(5);
        let (_, wall) = service.run(disks);
        assert!(wall < Duration::from_secs(8), "{wall:?}");
        assert!(service.all() <= 9, "{:?}", service.requests);
    }
}

#[test]
fn where_reading_each_is_cheaper_they_are_read_as_soon_as_they_are_due() {
    for disks in [1, 2] {
        let mut service = Service::new(20);
        service.has_tasks = false;
        let mut plan = Plan::new(Deed::Created, None);
        plan.set_look_cost(usize::MAX);
        let (counts, wall) = service.run_plan(disks, plan);
        assert_eq!(counts.created, disks);
        assert!(wall < Duration::from_secs(26), "{wall:?}");
        assert!(!service.requests.contains_key("look"), "{:?}", service.requests);
    }
}

#[test]
fn builds_that_fail_are_read_alone() {
    let mut service = Service::new(5);
    service.fails = |index| index % 100 == 7;
    let (counts, _) = service.run(1000);
    assert_eq!((counts.created, counts.failed), (990, 10));
    assert!(service.all() <= 1060, "{:?}", service.requests);
}

#[test]
fn the_pilot_may_fail() {
    let mut service = Service::new(5);
    service.fails = |index| index < 3;
    let (counts, _) = service.run(400);
    assert_eq!((counts.created, counts.failed), (397, 3));
}

#[test]
fn stragglers_do_not_make_the_others_wait() {
    let mut service = Service::new(5);
    service.slow = |index| if index % 200 == 199 { 20 } else { 1 };
    let (counts, wall) = service.run(1000);
    assert_eq!(counts.created, 1000);
    assert!(wall < Duration::from_secs(140), "{wall:?}");
    assert!(service.all() <= 1100, "{:?}", service.requests);
}

#[test]
fn a_pilot_that_takes_long_holds_nothing_up() {
    let mut service = Service::new(2);
    service.slow = |index| if index == 0 { 60 } else { 1 };
    let (counts, _) = service.run(400);
    assert_eq!(counts.created, 400);
    assert!(service.all() <= 450, "{:?}", service.requests);
}

#[test]
fn lists_that_lag_cost_time_and_few_requests() {
    let mut service = Service::new(2);
    service.lists_lag = Duration::from_secs(15);
    let (counts, wall) = service.run(1000);
    assert_eq!(counts.created, 1000);
    assert!(service.all() <= 1080, "{:?}", service.requests);
    assert!(wall <= Duration::from_secs(30), "{wall:?}");
}

#[test]
fn answers_that_were_lost_are_found_by_name() {
    let mut service = Service::new(2);
    service.begins = |index, _| {
        let lost = || Error::new(Status::ConnectionFailed, Outcome::Unknown, "lost");
        (index % 50 == 3).then(lost)
    };
    let (counts, _) = service.run(400);
    assert_eq!((counts.created, counts.unknown), (400, 0));
    assert_eq!(service.requests["begin"], 400, "nothing is sent twice");
}

#[test]
fn what_never_shows_is_unknown() {
    let mut service = Service::new(2);
    service.begins = |index, _| {
        let lost = || Error::new(Status::InvalidResponse, Outcome::Unknown, "lost");
        (index == 3).then(lost)
    };
    let (counts, wall) = service.run(10);
    assert_eq!((counts.created, counts.unknown), (9, 1));
    assert!(wall >= Duration::from_secs(60), "{wall:?}");
}

#[test]
fn what_cannot_be_seen_is_unknown() {
    for disks in [1, 10] {
        let mut service = Service::new(2);
        service.reads =
            Some(|| Error::new(Status::PermissionDenied, Outcome::Rejected, "not for this token"));
        service.begins = |index, _| {
            let lost = || Error::new(Status::ConnectionFailed, Outcome::Unknown, "lost");
            (index == 3).then(lost)
        };
        let (counts, wall) = service.run(disks);
        assert_eq!((counts.unknown, counts.failed), (disks, 0));
        assert!(wall < Duration::from_secs(60), "{wall:?}");
    }
}

#[test]
fn a_passing_failure_pauses_all_and_repeats() {
    let mut service = Service::new(2);
    service.begins = |index, attempt| {
        let away = || Error::new(Status::ServiceUnavailable, Outcome::Rejected, "away");
        (index == 20 && attempt <= 3).then(away)
    };
    let (counts, wall) = service.run(100);
    assert_eq!((counts.created, counts.failed), (100, 0));
    assert!(wall >= Duration::from_secs(2 + 4 + 8), "{wall:?}");
}

#[test]
fn a_rejected_disk_fails_alone_and_a_rejected_token_ends_all() {
    let mut service = Service::new(2);
    service.begins = |index, _| {
        let no = || Error::new(Status::ValidationError, Outcome::Rejected, "no");
        (index == 20).then(no)
    };
    let (counts, _) = service.run(100);
    assert_eq!((counts.created, counts.failed), (99, 1));

    let mut plan: Plan<()> = Plan::new(Deed::Created, Some(BATCH));
    let now = Instant::now();
    plan.offer(Entry { index: 0, name: None, id: None, spec: (), attempts: 0 });
    let Next::Job(Job::Prepare(entry)) = plan.next(now, true) else { panic!("not prepared") };
    plan.note(Ended::Prepared(entry, Ok(())), now);
    let Next::Job(Job::Begin(entry)) = plan.next(now, true) else { panic!("not begun") };
    let no = Error::new(Status::InvalidApiToken, Outcome::Rejected, "no");
    plan.note(Ended::Begun(entry, Err(no)), now);
    assert_eq!(plan.take_failure().unwrap().status(), Status::InvalidApiToken);
    assert_eq!((plan.counts().not_started, plan.counts().failed), (1, 0));
    assert!(matches!(plan.next(now, true), Next::Wait(None)), "it goes on");
}

#[test]
fn what_is_given_up_is_unknown_or_not_started() {
    let mut plan: Plan<()> = Plan::new(Deed::Created, Some(BATCH));
    let mut service = Service::new(30);
    for index in 0..5 {
        plan.offer(Entry { index, name: Some(name(index)), id: None, spec: (), attempts: 0 });
    }
    for _ in 0..3 {
        let Next::Job(job) = plan.next(service.now, true) else { panic!("nothing to do") };
        let ended = service.perform(job);
        plan.note(ended, service.now);
    }
    let given_up = plan
        .give_up(|pending| Error::interrupted(Outcome::Unknown, format!("{} goes on", pending.id)));
    assert_eq!(given_up.len(), 2);
    assert!(given_up.iter().all(|result| result.id.is_some() && result.name.is_some()));
    let counts = plan.counts();
    assert_eq!((counts.unknown, counts.not_started, counts.pending), (2, 3, 0));
}

#[test]
fn a_fleet_that_is_there_in_part_is_looked_at_twice() {
    let mut plan: Plan<()> = Plan::new(Deed::Created, Some(BATCH));
    let start = Instant::now();
    plan.offer(entry(0));
    plan.no_more();
    let Next::Job(Job::Prepare(first)) = plan.next(start, true) else { panic!("not prepared") };
    plan.note(Ended::Prepared(first, Ok(())), start);
    let Next::Job(Job::Begin(first)) = plan.next(start, true) else { panic!("not begun") };
    let later = start + Duration::from_secs(3);
    plan.note(Ended::Begun(first, Ok(Begun::AfterAnotherLook(later))), start);
    assert!(matches!(plan.next(start, true), Next::Wait(Some(until)) if until == later));
    let Next::Job(Job::Prepare(first)) = plan.next(later, true) else { panic!("no other look") };
    plan.note(Ended::Prepared(first, Ok(())), later);
    assert!(matches!(plan.next(later, true), Next::Job(Job::Begin(_))));
}

#[test]
fn a_service_that_stays_away_is_given_up_and_nothing_counts_as_failed() {
    let mut plan: Plan<()> = Plan::new(Deed::Created, Some(BATCH));
    let start = Instant::now();
    let mut now = start;
    (0..20).for_each(|index| plan.offer(entry(index)));
    plan.no_more();
    let error = loop {
        if let Some(error) = plan.take_failure() {
            break error;
        }
        match plan.next(now, true) {
            Next::Job(Job::Prepare(first)) => plan.note(Ended::Prepared(first, Ok(())), now),
            Next::Job(Job::Begin(entry)) => {
                let away = Error::new(Status::ConnectionFailed, Outcome::NotSent, "away");
                plan.note(Ended::Begun(entry, Err(away)), now);
            }
            Next::Job(job) => panic!("{job:?}"),
            Next::Wait(until) => now = until.expect("something is left to do"),
        }
    };
    assert_eq!(error.status(), Status::ConnectionFailed);
    assert!((120..600).contains(&(now - start).as_secs()), "{:?}", now - start);
    assert_eq!((plan.counts().failed, plan.counts().not_started), (0, 20));
}
