//! The life of a Katapult disk.

mod common;

use common::{Sim, wait_for};
use serde_json::{Value, json};

const FIELDS: [&str; 12] = [
    "id",
    "name",
    "size_in_gb",
    "wwn",
    "state",
    "created_at",
    "storage_speed",
    "io_profile",
    "bus_type",
    "data_center",
    "virtual_machine_disk",
    "installation",
];

fn by_id(id: &str) -> Value {
    json!({ "disk": { "id": id } })
}

#[test]
fn create_answers_with_the_disk_before_the_task() {
    let sim = Sim::start();
    let reply = sim.create(&json!({ "name": "fresh" }));
    assert_eq!(reply.status, 201);
    let text = reply.text();
    // The recorded order of keys, too.
    let places: Vec<_> =
        FIELDS.iter().map(|field| text.find(&format!("\"{field}\":")).expect(field)).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(text.ends_with("\"annotations\":[]}"), "{text}");

    let answer = reply.json();
    let disk = &answer["disk"];
    assert_eq!(disk.as_object().map(|fields| fields.len()), Some(12));
    assert_eq!(disk["state"], "not_built");
    assert_eq!(disk["storage_speed"], "nvme");
    assert_eq!(disk["bus_type"], "scsi");
    assert_eq!(disk["io_profile"]["permalink"], "unrestricted");
    assert_eq!(disk["io_profile"]["iops"], Value::Null);
    assert_eq!(disk["virtual_machine_disk"], Value::Null);
    assert_eq!(disk["wwn"].as_str().map(|wwn| (wwn.len(), &wwn[..1])), Some((16, "0")));
    let task = &answer["task"];
    assert_eq!(task["name"], "Build disk");
    assert_eq!((&task["status"], &task["progress"]), (&json!("pending"), &json!(0)));
    assert_eq!((&task["started_at"], &task["finished_at"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_task_goes_from_pending_over_running_to_completed() {
    let sim = Sim::with_task_time(0.8);
    let answer = sim.create(&json!({})).json();
    let id = answer["disk"]["id"].as_str().expect("an id");
    assert_eq!(sim.disk(id)["state"], "building");

    let mut seen = vec![answer["task"].clone()];
    wait_for("the task", || {
        seen.push(sim.task(&answer["task"]["id"]));
        seen.last().filter(|task| task["status"] == "completed").map(drop)
    });
    let progress: Vec<_> = seen.iter().map(|task| task["progress"].as_u64()).collect();
    assert!(progress.is_sorted(), "{progress:?}");
    let mut statuses: Vec<_> = seen.iter().map(|task| task["status"].clone()).collect();
    statuses.dedup();
    assert_eq!(statuses, ["pending", "running", "completed"]);
    for task in &seen {
        let times = (task["started_at"].is_u64(), task["finished_at"].is_u64());
        match task["status"].as_str() {
            Some("pending") => assert_eq!(times, (false, false)),
            Some("running") => {
                assert_eq!(times, (true, false));
                assert!((1..=99).contains(&task["progress"].as_u64().unwrap_or(0)), "{task}");
            }
            _ => assert_eq!((times, &task["progress"]), ((true, true), &json!(100))),
        }
    }
    assert_eq!(sim.disk(id)["state"], "built");
}

#[test]
fn a_task_without_duration_is_pending_in_the_answer_and_completed_at_once() {
    let sim = Sim::with_task_time(0.0);
    let answer = sim.create(&json!({})).json();
    assert_eq!(answer["task"]["status"], "pending");
    assert_eq!(sim.task(&answer["task"]["id"])["status"], "completed");
}

#[test]
fn create_attaches_if_wished_and_the_machine_runs() {
    let sim = Sim::start();
    let create = |machine: &str, attach: bool| {
        let machine = json!({ "fqdn": sim.known(machine) });
        let relation = json!({ "virtual_machine": machine, "attach": attach });
        let answer = sim.create(&json!({ "virtual_machine_disk": relation })).json();
        let before = &answer["disk"]["virtual_machine_disk"];
        assert_eq!(before["state"], "detached");
        assert_eq!((&before["boot"], &before["attach_on_boot"]), (&json!(false), &json!(true)));
        sim.wait(&answer);
        let id = answer["disk"]["id"].as_str().expect("an id");
        sim.disk(id)["virtual_machine_disk"]["state"].clone()
    };
    assert_eq!(create("/virtual_machine/fqdn", true), "attached");
    assert_eq!(create("/virtual_machine/fqdn", false), "detached");
    assert_eq!(create("/stopped_virtual_machine/fqdn", true), "detached");

    let stopped = format!("/virtual_machines/{}", sim.known("/stopped_virtual_machine/id"));
    sim.control("POST", &stopped, &json!({ "state": "started" }));
    let list = sim.get(&format!(
        "/organizations/organization/disks?organization[id]={}",
        sim.known("/organization_id")
    ));
    let on_it = |disk: &&Value| {
        disk["virtual_machine_disk"]["virtual_machine"]["id"]
            == sim.known("/stopped_virtual_machine/id")
    };
    let list = list.json();
    let disk = list["disk"].as_array().and_then(|disks| disks.iter().find(on_it)).expect("a disk");
    let disk = sim.disk(disk["id"].as_str().expect("an id"));
    assert_eq!(disk["virtual_machine_disk"]["state"], "attached");
}

#[test]
fn detach_and_attach() {
    let sim = Sim::with_task_time(0.5);
    let id = sim.known("/disks/attached");
    let state = || sim.disk(&id)["virtual_machine_disk"]["state"].clone();
    for (call, before, meanwhile, after) in [
        ("detach", "attached", "detaching", "detached"),
        // A task starts all the same when there is nothing to do.
        ("detach", "detached", "detaching", "detached"),
        ("attach", "detached", "attaching", "attached"),
    ] {
        let reply = sim.katapult("POST", &format!("/disks/disk/{call}"), &by_id(&id));
        assert_eq!(reply.status, 200);
        let answer = reply.json();
        assert_eq!(answer["disk"]["virtual_machine_disk"]["state"], before);
        assert_eq!(answer.get("annotations"), None);
        assert_eq!(state(), meanwhile);
        assert_eq!(sim.wait(&answer)["status"], "completed");
        assert_eq!(state(), after);
    }
}

#[test]
fn update_takes_effect_at_once() {
    let sim = Sim::start();
    let id = sim.known("/disks/attached");
    let mut body = by_id(&id);
    body["properties"] = json!({
        "name": "renamed",
        "bus_type": "virtio",
        "virtual_machine_disk": { "attach_on_boot": false },
    });
    body["annotations"] = json!([{ "key": "team", "value": "storage" }]);
    let answer = sim.katapult("PATCH", "/disks/disk", &body).json();
    assert_eq!(answer["disk"]["name"], "renamed");
    assert_eq!(answer["disk"]["bus_type"], "virtio");
    assert_eq!(answer["disk"]["virtual_machine_disk"]["attach_on_boot"], false);
    assert_eq!(answer["annotations"], body["annotations"]);
    assert_eq!(answer["disk"], sim.disk(&id));

    // What is not sent stays.
    let mut body = by_id(&id);
    body["properties"] = json!({ "bus_type": "scsi" });
    let answer = sim.katapult("PATCH", "/disks/disk", &body).json();
    assert_eq!(answer["disk"]["name"], "renamed");
    assert_eq!(answer["annotations"], json!([{ "key": "team", "value": "storage" }]));
}

#[test]
fn assign_unassign_delete() {
    let sim = Sim::start();
    let id = sim.known("/disks/unassigned");
    let mut body = by_id(&id);
    body["virtual_machine"] = json!({ "id": sim.known("/virtual_machine/id") });
    let answer = sim.katapult("POST", "/disks/disk/assign", &body).json();
    assert_eq!(answer["disk"]["virtual_machine_disk"]["state"], "detached");
    assert_eq!(answer.as_object().map(|answer| answer.len()), Some(1));
    let again = sim.katapult("POST", "/disks/disk/assign", &body);
    assert_eq!(again.error(), (422, "unable_to_assign".into()));

    // recorded: the second time changes nothing.
    for _ in 0..2 {
        let reply = sim.katapult("POST", "/disks/disk/unassign", &by_id(&id));
        assert_eq!(reply.status, 200);
        assert_eq!(reply.json()["disk"]["virtual_machine_disk"], Value::Null);
    }

    let answer = sim.katapult("DELETE", "/disks/disk", &by_id(&id)).json();
    assert_eq!(answer["disk"]["state"], "built");
    assert_eq!(answer["trash_object"]["object_type"], "Disk");
    assert_eq!(answer["trash_object"]["object_id"], id);
    let gone = sim.get(&format!("/disks/disk?disk[id]={id}"));
    assert_eq!(gone.error(), (406, "object_in_trash".into()));
    assert_eq!(gone.json()["error"]["detail"]["trash_object"], answer["trash_object"]);
}

#[test]
fn resize_and_io_profile_show_the_old_value_until_the_task_is_done() {
    let sim = Sim::start();
    for (disk, size, method, name) in [
        ("/disks/unassigned", 30, "offline", "Grow disk"),
        ("/disks/unassigned", 10, "offline", "Shrink disk"),
        ("/disks/attached", 40, "online", "Grow disk online"),
    ] {
        let id = sim.known(disk);
        let before = sim.disk(&id)["size_in_gb"].clone();
        let mut body = by_id(&id);
        body["size_in_gb"] = json!(size);
        body["resize_method"] = json!(method);
        let answer = sim.katapult("PUT", "/disks/disk/resize", &body).json();
        assert_eq!(
            (&answer["disk"]["size_in_gb"], &answer["task"]["name"]),
            (&before, &json!(name))
        );
        sim.wait(&answer);
        assert_eq!(sim.disk(&id)["size_in_gb"], size);
    }
    let mut body = by_id(&sim.known("/disks/attached"));
    body["size_in_gb"] = json!(50);
    let refused = sim.katapult("PUT", "/disks/disk/resize", &body);
    assert_eq!(refused.error(), (422, "validation_error".into()));

    let id = sim.known("/disks/unassigned");
    let mut body = by_id(&id);
    body["io_profile"] = json!({ "permalink": "100k" });
    let answer = sim.katapult("PUT", "/disks/disk/io_profile", &body).json();
    assert_eq!(answer["disk"]["io_profile"]["permalink"], "unrestricted");
    sim.wait(&answer);
    assert_eq!(sim.disk(&id)["io_profile"]["iops"], 100_000);
}

#[test]
fn only_ext4_shrinks() {
    let sim = Sim::start();
    for (file_system, status, size) in [
        (json!("ext4"), "completed", 10),
        (json!("xfs"), "failed", 20),
        (Value::Null, "completed", 20),
    ] {
        let created = sim.create(&json!({ "initial_file_system": file_system })).json();
        sim.wait(&created);
        let id = created["disk"]["id"].as_str().expect("an id");
        let placed =
            json!({ "initial_file_system": file_system, "id": "disk_placed", "size_in_gb": 20 });
        sim.control("POST", "/disks", &placed);
        for id in [id, "disk_placed"] {
            let mut body = by_id(id);
            body["size_in_gb"] = json!(30);
            let grown = sim.katapult("PUT", "/disks/disk/resize", &body).json();
            assert_eq!(sim.wait(&grown)["status"], "completed");
            assert_eq!(sim.disk(id)["size_in_gb"], 30);
            // What else changes leaves the file system as it is.
            sim.control("POST", "/disks", &json!({ "id": id, "size_in_gb": 20 }));
            body["size_in_gb"] = json!(10);
            let shrunk = sim.katapult("PUT", "/disks/disk/resize", &body).json();
            assert_eq!(shrunk["task"]["name"], "Shrink disk");
            assert_eq!(sim.wait(&shrunk)["status"], status, "{file_system}");
            let disk = sim.disk(id);
            assert_eq!((&disk["size_in_gb"], &disk["state"]), (&json!(size), &json!("built")));
            assert_eq!(disk.get("initial_file_system"), None);
        }
    }
}

#[test]
fn lists() {
    let sim = Sim::start();
    let organization = format!("organization[sub_domain]={}", sim.known("/organization"));
    let page = |query: &str| {
        sim.get(&format!("/organizations/organization/disks?{organization}{query}")).json()
    };
    let first = page("&per_page=3");
    let expected = json!({ "current_page": 1, "total_pages": 2, "total": 4, "per_page": 3,
        "large_set": false });
    assert_eq!(first["pagination"], expected);
    assert_eq!(first["disk"].as_array().map(Vec::len), Some(3));
    let item = &page("&per_page=3&page=2")["disk"][0];
    assert_eq!(item.as_object().map(|item| item.len()), Some(6));
    assert_eq!(page("&page=9")["disk"], json!([]));

    let profiles = sim.get(&format!("/organizations/organization/disk_io_profiles?{organization}"));
    assert_eq!(profiles.json()["disk_io_profiles"][1]["permalink"], "unrestricted");
    let place = sim.known("/data_center");
    let answer = sim.get(&format!("/data_centers/data_center?data_center[permalink]={place}"));
    assert!(answer.json()["data_center"]["country"]["name"].is_string());
}

#[test]
fn old_path_forms_are_still_served() {
    let sim = Sim::start();
    let id = sim.known("/disks/boot");
    for path in [
        format!("/disks/_?disk[id]={id}"),
        format!("/disks/:disk?disk%5Bid%5D={id}"),
        format!("/disks/{id}"),
    ] {
        assert_eq!(sim.get(&path).json()["disk"]["id"], id, "{path}");
    }
}

#[test]
fn stopping_a_machine_detaches_and_starting_attaches() {
    let sim = Sim::start();
    let path = format!("/virtual_machines/{}", sim.known("/virtual_machine/id"));
    let state = |disk: &str| sim.disk(&sim.known(disk))["virtual_machine_disk"]["state"].clone();
    sim.control("POST", &path, &json!({ "state": "stopped" }));
    assert_eq!(state("/disks/boot"), "detached");
    assert_eq!(state("/disks/attached"), "detached");

    // Not recorded, and our choice: nothing to attach to.
    let body = by_id(&sim.known("/disks/attached"));
    let answer = sim.katapult("POST", "/disks/disk/attach", &body).json();
    assert_eq!(sim.wait(&answer)["status"], "failed");
    assert_eq!(state("/disks/attached"), "detached");

    sim.control("POST", &path, &json!({ "state": "started" }));
    assert_eq!(state("/disks/boot"), "attached");
    assert_eq!(state("/disks/attached"), "attached");
    assert_eq!(state("/disks/detached"), "detached");
}
