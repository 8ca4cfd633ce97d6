//! Fleets in front of the simulator.

mod endings;
mod others;
mod service;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use katapult_disk::{
    Annotations, CreateDisk, FleetCounts, FleetOptions, FleetResult, Outcome, Result, Status,
};
use serde_json::json;

use service::Service;

const LIST: &str = "GET /organizations/organization/disks";
const CREATE: &str = "POST /organizations/organization/disks";

fn specs(count: usize) -> Vec<CreateDisk> {
    (0..count).map(|number| CreateDisk::new(format!("d{number:03}"), 20)).collect()
}

fn named(fleet: &str) -> FleetOptions<'static> {
    FleetOptions { fleet: Some(fleet.to_owned()), ..FleetOptions::default() }
}

/// Runs a fleet; its counts, and what failed.
fn run(
    service: &Service,
    specs: Vec<CreateDisk>,
    fleet: &str,
) -> Result<(FleetCounts, Vec<FleetResult>)> {
    let mut failed = Vec::new();
    let mut seen = vec![false; specs.len()];
    let counts = service.client().create_disks(specs, named(fleet), |result| {
        assert!(!std::mem::replace(&mut seen[result.index], true), "{} comes twice", result.index);
        assert!(result.response.is_err() || result.id.is_some(), "{:?} has no id", result.name);
        if result.response.is_err() {
            failed.push(result);
        }
        ControlFlow::Continue(())
    })?;
    assert!(seen.into_iter().all(|seen| seen), "a disk has no result");
    Ok((counts, failed))
}

#[test]
fn a_fleet_is_created_once() {
    let service = Service::start(1000);
    let (counts, _) = run(&service, specs(450), "f").unwrap();
    assert_eq!((counts.created, counts.is_complete()), (450, true));
    assert!(service.count_all() <= 470, "{}", service.count_all());
    service.forget_counts();
    let (counts, _) = run(&service, specs(450), "f").unwrap();
    assert_eq!((counts.existed, counts.created), (450, 0));
    assert_eq!(service.count_all(), 4, "a probe and three pages");
    assert_eq!(service.created(), 450);
}

#[test]
fn results_have_the_disks_as_they_are_built() {
    let service = Service::start(200);
    let mut disks = Vec::new();
    let mut create = specs(3);
    create[1].annotations = Some(Annotations::from([("team", "storage")]));
    let client = service.client();
    client
        .create_disks(create, named("f"), |result| {
            assert_eq!(
                (result.existed, result.name.clone()),
                (false, Some(format!("d{:03}", result.index)))
            );
            disks.push((result.id.clone(), result.disk().unwrap()));
            ControlFlow::Continue(())
        })
        .unwrap();
    for (id, disk) in disks {
        assert_eq!(Some(disk.id.to_string()), id);
        assert_eq!(disk.state, Some(katapult_disk::DiskState::Built));
        let read = client.get_disk(&*disk.id).unwrap();
        let annotations = read.annotations.unwrap();
        assert_eq!(annotations.get(CreateDisk::FLEET_ANNOTATION), Some("f"));
        assert_eq!(annotations.get(CreateDisk::BATCH_ANNOTATION), Some("f:0"));
        assert_eq!(annotations.get("team").is_some(), read.name.as_deref() == Some("d001"));
    }
}

#[test]
fn one_bad_spec_fails_alone() {
    let service = Service::start(200);
    let mut bad = specs(8);
    bad[1].properties.name = Some(String::new()); // The service refuses it.
    bad[2].properties.size_in_gb = Some(0);
    bad[3].idempotency_key = Some("k".into());
    bad[4].properties.name = Some("d000".into());
    bad[5].organization = Some("other".into());
    bad[6].annotations = Some(Annotations::from([(CreateDisk::BATCH_ANNOTATION, "x")]));
    let (counts, failed) = run(&service, bad, "f").unwrap();
    assert_eq!((counts.created, counts.failed), (2, 6));
    let mut said: Vec<(usize, Status, Outcome)> = failed
        .iter()
        .map(|result| (result.index, result.response.as_ref().unwrap_err()))
        .map(|(index, error)| (index, error.status(), error.outcome()))
        .collect();
    said.sort_by_key(|(index, ..)| *index);
    let refused = (Status::InvalidArgument, Outcome::NotSent);
    let expected = [2, 3, 4, 5, 6].map(|index| (index, refused.0, refused.1));
    assert_eq!(said[0], (1, Status::ValidationError, Outcome::Rejected));
    assert_eq!(said[1..], expected);
    assert_eq!(service.count(CREATE), 3);
}

#[test]
fn builds_that_fail_are_named_and_do_not_stop_the_others() {
    let service = Service::start(500);
    service.control("POST", "/fail_by_name", &json!({"names": ["d003", "d007"], "how": "build"}));
    let (counts, failed) = run(&service, specs(20), "f").unwrap();
    assert_eq!((counts.created, counts.failed), (18, 2));
    for result in failed {
        let error = result.response.unwrap_err();
        assert_eq!((error.status(), error.outcome()), (Status::TaskFailed, Outcome::Unknown));
        assert!(error.detail().is_some_and(|detail| detail["task"]["id"].is_string()), "{error:?}");
        assert!(["d003", "d007"].map(Some).contains(&result.name.as_deref()));
    }
    // Nobody creates them again: they are there.
    let (counts, failed) = run(&service, specs(20), "f").unwrap();
    assert_eq!((counts.existed, counts.failed, service.created()), (18, 2, 20));
    assert!(failed[0].response.as_ref().unwrap_err().description().contains("delete it"));
}

#[test]
fn a_build_that_completes_without_effect_is_named() {
    let service = Service::start(300);
    service.control("POST", "/next_task", &json!({"no_effect": true}));
    let (counts, failed) = run(&service, specs(3), "f").unwrap();
    assert_eq!((counts.created, counts.failed), (2, 1));
    let error = failed[0].response.as_ref().unwrap_err();
    assert_eq!((error.status(), error.outcome()), (Status::NoEffect, Outcome::Unknown));
}

#[test]
fn lost_answers_are_found_by_name() {
    let service = Service::start(500);
    let lost = json!([{"perform": true, "send": "nothing", "method": "POST", "times": 3}]);
    service.control("POST", "/answers", &lost);
    let (counts, _) = run(&service, specs(30), "f").unwrap();
    assert_eq!((counts.created, service.created()), (30, 30));
    assert_eq!(service.count(CREATE), 30, "nothing is sent twice");
}

#[test]
fn a_filter_that_is_ignored_is_refused_before_anything_is_created() {
    let service = Service::start(200);
    service.control("POST", "/lists", &json!({"ignore_annotations": true}));
    for fleet in [Some("f".to_owned()), None] {
        let options = FleetOptions { fleet, ..FleetOptions::default() };
        let run = service.client().create_disks(specs(5), options, |_| ControlFlow::Continue(()));
        let error = run.unwrap_err();
        assert_eq!((error.status(), error.outcome()), (Status::Refused, Outcome::NotSent));
        assert_eq!(error.detail().unwrap()["counts"]["not_started"], 5);
    }
    assert_eq!((service.created(), service.count(CREATE)), (0, 0));
}

#[test]
fn lists_that_lag_make_it_slower_and_not_wrong() {
    let service = Service::start(300);
    service.control("POST", "/lists", &json!({"lag_seconds": 4, "state_lag_seconds": 3}));
    let (counts, _) = run(&service, specs(60), "f").unwrap();
    assert_eq!(counts.created, 60);
    assert!(service.count_all() <= 80, "{}", service.count_all());
}

#[test]
fn only_what_is_missing_is_created() {
    let service = Service::start(200);
    run(&service, specs(20), "f").unwrap();
    service.forget_counts();
    let begun = Instant::now();
    let (counts, _) = run(&service, specs(30), "f").unwrap();
    assert_eq!((counts.existed, counts.created), (20, 10));
    assert_eq!((service.count(CREATE), service.created()), (10, 30));
    // What a killed process has sent may still have been under way.
    assert!(begun.elapsed() >= Duration::from_secs(3));
    assert!(service.count(LIST) >= 3, "{}", service.count(LIST));
}

#[test]
fn a_disk_of_another_size_and_two_of_one_name_are_refused() {
    let service = Service::start(200);
    run(&service, specs(3), "f").unwrap();
    let client = service.client();
    let mut twin = CreateDisk::new("d001", 20);
    twin.annotations = Some(Annotations::from([(CreateDisk::FLEET_ANNOTATION, "f")]));
    client.create_disk_and_wait(&twin, Default::default()).unwrap();
    let mut other = specs(3);
    other[2].properties.size_in_gb = Some(40);
    let (counts, failed) = run(&service, other, "f").unwrap();
    assert_eq!((counts.existed, counts.failed), (1, 2));
    let mut texts: Vec<(usize, String)> = failed
        .iter()
        .map(|result| {
            (result.index, result.response.as_ref().unwrap_err().description().to_owned())
        })
        .collect();
    texts.sort();
    assert!(texts[0].1.contains("two disks"), "{texts:?}");
    assert!(texts[1].1.contains("20 GB instead of 40"), "{texts:?}");
}

#[test]
fn a_rejected_token_ends_the_fleet() {
    let service = Service::start(200);
    let no = json!({"status": 403, "times": 1,
        "body": {"error": {"code": "invalid_api_token", "description": "no", "detail": {}}}});
    service.control("POST", "/answers", &json!([no]));
    let error = run(&service, specs(5), "f").unwrap_err();
    assert_eq!(error.status(), Status::InvalidApiToken);
    assert_eq!(error.operation(), Some("create_disks"));
    assert_eq!(service.created(), 0);
}
