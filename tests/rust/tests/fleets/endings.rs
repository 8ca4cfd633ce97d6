//! How fleets end early.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use katapult_disk::{CreateDisk, Error, FleetCounts, FleetOptions, Outcome, Status};
use serde_json::json;

use crate::named;
use crate::service::Service;
use crate::specs;

/// How soon a stopped fleet ends. Its threads check every 50 ms.
const SOON: Duration = Duration::from_millis(100);

#[test]
fn a_result_function_that_breaks_ends_all_at_once() {
    let service = Service::start(60_000);
    service.control("POST", "/fail_by_name", &json!({"names": ["d000"], "how": "refuse"}));
    let latency = json!({"seconds": 0.05, "before": true});
    service.control("POST", "/latency", &latency);
    let mut stopped = None;
    let error = service
        .client()
        .create_disks(specs(2000), named("f"), |_| {
            stopped = Some(Instant::now());
            ControlFlow::Break(())
        })
        .unwrap_err();
    assert!(
        stopped.unwrap().elapsed() < SOON + Duration::from_millis(50),
        "{:?}",
        stopped.unwrap().elapsed()
    );
    assert_eq!((error.status(), error.outcome()), (Status::Interrupted, Outcome::Unknown));
    let detail = error.detail().unwrap();
    let counts = &detail["counts"];
    let number = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        number("created") + number("failed") + number("unknown") + number("not_started"),
        2000
    );
    let unfinished = detail["unfinished"].as_array().unwrap();
    assert_eq!(unfinished.len() as u64, number("unknown"));
    assert!(unfinished.iter().all(|disk| disk["name"].is_string()), "{unfinished:?}");
    // Nothing is sent afterwards.
    thread::sleep(Duration::from_millis(200));
    let created = service.created();
    thread::sleep(Duration::from_millis(200));
    assert_eq!(service.created(), created);
    assert!(created <= number("unknown"), "{created} created, {counts}");
}

#[test]
fn a_timeout_names_what_is_unfinished() {
    let service = Service::start(60_000);
    let options = FleetOptions { timeout: Some(Duration::from_secs(1)), ..named("f") };
    let begun = Instant::now();
    let error = service
        .client()
        .create_disks(specs(5), options, |_| ControlFlow::Continue(()))
        .unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(1) + SOON * 2, "{:?}", begun.elapsed());
    assert_eq!((error.status(), error.outcome()), (Status::TimedOut, Outcome::Unknown));
    assert_eq!(error.detail().unwrap()["counts"]["unknown"], 5);
    let unfinished = error.detail().unwrap()["unfinished"].as_array().unwrap().clone();
    assert!(
        unfinished.iter().all(|disk| disk["id"].as_str().is_some_and(|id| id.starts_with("disk_")))
    );
    assert!(error.hint().unwrap().contains("\"f\""), "{error}");
}

#[test]
fn the_interrupt_hook_ends_it_and_runs_on_the_callers_thread() {
    let service = Service::start(60_000);
    let is_stopping = Arc::new(AtomicBool::new(false));
    let here = thread::current().id();
    let hook = {
        let is_stopping = Arc::clone(&is_stopping);
        move || {
            assert_eq!(thread::current().id(), here);
            if is_stopping.load(Ordering::Relaxed) { Err("enough".into()) } else { Ok(()) }
        }
    };
    let client = service.client_with(Arc::new(hook));
    let stopper = thread::spawn(move || {
        thread::sleep(Duration::from_millis(400));
        is_stopping.store(true, Ordering::Relaxed);
        Instant::now()
    });
    let error =
        client.create_disks(specs(50), named("f"), |_| ControlFlow::Continue(())).unwrap_err();
    let after = stopper.join().unwrap().elapsed();
    assert!(after < SOON + Duration::from_millis(50), "{after:?}");
    assert_eq!(error.status(), Status::Interrupted);
}

#[test]
fn a_progress_function_sees_the_counts_and_ends_it_with_its_error() {
    let service = Service::start(60_000);
    let mut seen = Vec::new();
    let mut show = |counts: &FleetCounts| {
        seen.push(*counts);
        if seen.len() == 2 {
            Err(Error::interrupted(Outcome::NotSent, "seen enough"))
        } else {
            Ok(())
        }
    };
    let options = FleetOptions { progress: Some(&mut show), ..named("f") };
    let begun = Instant::now();
    let latency = json!({"seconds": 0.3});
    service.control("POST", "/latency", &latency);
    let error = service
        .client()
        .create_disks(specs(100), options, |_| ControlFlow::Continue(()))
        .unwrap_err();
    assert!(error.description().contains("seen enough"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(seen[0].pending > 0 && seen[0].not_started < 100, "{seen:?}");
}

#[test]
fn specs_are_taken_as_they_are_needed() {
    let service = Service::start(60_000);
    let mut taken = 0;
    let endless = (0..).map(|number| {
        taken += 1;
        CreateDisk::new(format!("d{number}"), 20)
    });
    service.control("POST", "/latency", &json!({"seconds": 0.1}));
    let options =
        FleetOptions { timeout: Some(Duration::from_millis(500)), threads: 4, ..named("f") };
    let result = service.client().create_disks(endless, options, |_| ControlFlow::Continue(()));
    assert_eq!(result.unwrap_err().status(), Status::TimedOut);
    assert!(taken < 200, "{taken}");
}

#[test]
fn no_disks_are_no_work() {
    let service = Service::start(200);
    let counts =
        service.client().create_disks([], named("f"), |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((counts, service.count_all()), (FleetCounts::default(), 0));
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let service = Service::start(200);
    let run = |options: FleetOptions<'_>| {
        let client = service.client();
        let run = client.create_disks(specs(1), options, |_| ControlFlow::Continue(()));
        let error = run.unwrap_err();
        assert_eq!((error.status(), error.outcome()), (Status::InvalidArgument, Outcome::NotSent));
        error.description().to_owned()
    };
    for share in [0.0, -1.0, 1.01, f64::NAN] {
        assert!(
            run(FleetOptions { share, ..named("f") })
                .starts_with("share must be above 0 and at most 1")
        );
    }
    for threads in [0, 65] {
        assert!(
            run(FleetOptions { threads, ..named("f") })
                .starts_with("threads must be 1 to 64, not ")
        );
    }
    for fleet in ["", "a\nb", &"x".repeat(201)] {
        assert!(run(named(fleet)).starts_with("fleet must have"));
    }
    assert_eq!(service.count_all(), 0);
}
