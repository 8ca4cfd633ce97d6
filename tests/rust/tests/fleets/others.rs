//! Sizes, deletions, and waiting for disks that somebody else creates.

use std::ops::ControlFlow;

use katapult_disk::{
    AwaitedDisk, Client, DiskRef, DiskSize, DiskState, FleetCounts, FleetOptions, FleetResult,
    Outcome, Result, Status,
};
use serde_json::json;

use crate::service::Service;
use crate::{LIST, named, specs};

fn ids(client: &Client, count: usize) -> Vec<String> {
    let mut ids = vec![String::new(); count];
    client
        .create_disks(specs(count), named("f"), |result| {
            ids[result.index] = result.id.expect("its id");
            ControlFlow::Continue(())
        })
        .expect("they are created");
    ids
}

fn sized(ids: &[String], size_in_gb: u64) -> Vec<DiskSize> {
    ids.iter().map(|id| DiskSize { disk: id.as_str().into(), size_in_gb }).collect()
}

fn resize(service: &Service, sizes: Vec<DiskSize>) -> Result<(FleetCounts, Vec<FleetResult>)> {
    let mut results = Vec::new();
    let collect = |result| {
        results.push(result);
        ControlFlow::Continue(())
    };
    let counts =
        service.client().ensure_disk_sizes(sizes, None, FleetOptions::default(), collect)?;
    results.sort_by_key(|result| result.index);
    Ok((counts, results))
}

#[test]
fn sizes_are_waited_for_by_list() {
    let service = Service::start(500);
    let ids = ids(&service.client(), 60);
    service.forget_counts();
    let (counts, results) = resize(&service, sized(&ids, 40)).unwrap();
    assert_eq!((counts.resized, counts.is_complete()), (60, true));
    assert!(service.count_all() <= 60 * 2 + 10, "{}", service.count_all());
    for (result, id) in results.into_iter().zip(&ids) {
        let disk = result.disk().unwrap();
        assert_eq!((&*disk.id, disk.size_in_gb), (id.as_str(), Some(40)));
    }
    service.forget_counts();
    let (counts, _) = resize(&service, sized(&ids, 40)).unwrap();
    assert_eq!((counts.existed, counts.resized), (60, 0));
    assert_eq!(service.count_all(), service.count(LIST));
}

#[test]
fn a_size_that_cannot_be_fails_alone() {
    let service = Service::start(300);
    let ids = ids(&service.client(), 4);
    service.control("POST", "/fail_by_name", &json!({"names": ["d001"], "how": "resize"}));
    let mut sizes = sized(&ids, 40);
    sizes.push(DiskSize { disk: "disk_NotThere00000000".into(), size_in_gb: 40 });
    sizes.push(sizes[0].clone());
    let (counts, results) = resize(&service, sizes).unwrap();
    assert_eq!((counts.resized, counts.failed), (3, 3));
    let status = |place: usize| results[place].response.as_ref().unwrap_err().status();
    assert_eq!(status(1), Status::TaskFailed);
    assert_eq!(status(4), Status::DiskNotFound);
    assert_eq!(status(5), Status::InvalidArgument);
    assert_eq!(results[4].id.as_deref(), Some("disk_NotThere00000000"));
}

#[test]
fn an_attached_disk_is_not_resized_offline() {
    let service = Service::start(300);
    let boot = service.known_at("/disks/boot");
    let sizes = vec![DiskSize { disk: boot.as_str().into(), size_in_gb: 400 }];
    let (counts, results) = resize(&service, sizes).unwrap();
    assert_eq!(counts.failed, 1);
    let error = results[0].response.as_ref().unwrap_err();
    assert_eq!((error.status(), error.outcome()), (Status::Refused, Outcome::NotSent));
}

fn delete(service: &Service, ids: &[String], purge: bool) -> (FleetCounts, Vec<FleetResult>) {
    let mut results = Vec::new();
    let collect = |result| {
        results.push(result);
        ControlFlow::Continue(())
    };
    let disks = ids.iter().map(|id| DiskRef::from(id.as_str()));
    let options = FleetOptions::default();
    let counts = service.client().ensure_disks_deleted(disks, purge, options, collect);
    let counts = counts.expect("it ends");
    results.sort_by_key(|result| result.index);
    (counts, results)
}

#[test]
fn disks_go_into_the_trash_and_then_for_good() {
    let service = Service::start(500);
    let ids = ids(&service.client(), 30);
    let (counts, results) = delete(&service, &ids, false);
    assert_eq!((counts.deleted, counts.is_complete()), (30, true));
    let body = results[0].response.as_ref().unwrap().body().to_owned();
    assert!(body.contains(&ids[0]) && body.contains("keep_until"), "{body}");
    let (counts, _) = delete(&service, &ids, false);
    assert_eq!(counts.existed, 30);
    service.forget_counts();
    let (counts, results) = delete(&service, &ids, true);
    assert_eq!((counts.deleted, counts.is_complete()), (30, true));
    assert_eq!(results[0].response.as_ref().unwrap().body(), r#"{"trash_object":null}"#);
    let client = service.client();
    assert!(client.get_disk(ids[7].as_str()).unwrap_err().status() == Status::DiskNotFound);
    assert!(service.count_all() <= 30 * 5 + 20, "{}", service.count_all());
    let (counts, _) = delete(&service, &ids, true);
    assert_eq!(counts.existed, 30);
}

#[test]
fn a_disk_that_is_in_use_is_not_deleted() {
    let service = Service::start(300);
    let boot = service.known_at("/disks/boot");
    let (counts, results) = delete(&service, &[boot], true);
    assert_eq!(counts.failed, 1);
    assert_eq!(results[0].response.as_ref().unwrap_err().status(), Status::Refused);
}

#[test]
fn disks_of_somebody_elses_pool_are_waited_for() {
    let service = Service::start(1000);
    let client = service.client();
    service.control("POST", "/fail_by_name", &json!({"names": ["d005"], "how": "build"}));
    let created: Vec<_> = specs(20).iter().map(|spec| client.create_disk(spec).unwrap()).collect();
    for with_task in [true, false] {
        service.forget_counts();
        let awaited = created.iter().map(|it| AwaitedDisk {
            disk: it.disk.id.as_str().into(),
            task: with_task.then(|| (&it.task).into()),
        });
        let mut states = Vec::new();
        let counts = client
            .wait_disks(awaited, FleetOptions::default(), |result| {
                if let Ok(disk) = result.disk() {
                    states.push(disk.state);
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!((counts.existed, counts.failed), (19, 1), "{with_task}");
        assert!(states.iter().all(|state| *state == Some(DiskState::Built)));
        assert!(service.count_all() <= 12, "{with_task}: {}", service.count_all());
    }
}

#[test]
fn only_disks_that_are_created_have_a_fleet() {
    let service = Service::start(300);
    let run =
        service.client().ensure_disk_sizes([], None, named("f"), |_| ControlFlow::Continue(()));
    assert!(run.unwrap_err().description().starts_with("fleet is for create_disks"));
}
