//! A workflow with its arguments, and the state in which it begins.

use serde_json::{Map, Value, json};

use crate::cloud;
use crate::truth::{Disk, Version};

pub(crate) const DISK: &str = "disk_WorldDisk0000001";
/// Has what the workflow wishes for, so that its readings mislead most.
pub(crate) const OTHER_DISK: &str = "disk_WorldMisleading1";
pub(crate) const OTHER_TASK: &str = "task_WorldOtherTask01";
pub(crate) const MACHINE: &str = "vm_WorldMachine0001";
pub(crate) const OTHER_MACHINE: &str = "vm_WorldMachine0002";
const FQDN: &str = "world-1.sim-acme.example.com";
pub(crate) const KEY: &str = "world-key";
pub(crate) const KEY_ANNOTATION: &str = "katapult_disk_idempotency_key";

/// In seconds: what a call gets, and each of its requests.
pub(crate) const TIMEOUT: f64 = 20.0;
pub(crate) const REQUEST_TIMEOUT: f64 = 6.0;

/// Seconds beyond its timeout that a call may take on a busy machine.
pub(crate) const TOLERANCE: f64 = 3.0;

const SIZE: u64 = 20;
const LARGER: u64 = 30;
const SMALLER: u64 = 10;

/// What shall be true after a success.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wish {
    /// Attached to its machine, or to this one, if that is started, and at each start.
    Attached {
        to: Option<&'static str>,
    },
    /// Now, and at each start.
    Detached,
    /// Attached or not, as it is now.
    Now {
        attached: bool,
    },
    Unassigned,
    Size(u64),
    /// In the trash, or gone; gone.
    Deleted {
        purge: bool,
    },
    Created {
        built: bool,
    },
    IoProfile(&'static str),
    /// Of OpenStack: see [`cloud::judge`](crate::cloud::judge).
    VolumeGone,
}

/// Where a call begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Start {
    Gone,
    Trashed,
    Unassigned,
    /// To the machine.
    Assigned {
        attached: bool,
        attach_on_boot: bool,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    /// `workflow.state`
    pub(crate) name: String,
    /// The column of the table.
    pub(crate) workflow: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) arguments: Value,
    pub(crate) machine_state: &'static str,
    pub(crate) start: Start,
    pub(crate) wish: Wish,
    /// Orders for the control API beside the objects.
    pub(crate) arrangement: Vec<(&'static str, Value)>,
    /// Without an event it succeeds.
    pub(crate) succeeds: bool,
}

impl Scenario {
    fn new(operation: &'static str, state: &str, start: Start, wish: Wish) -> Scenario {
        let waits = operation.starts_with("ensure_");
        Scenario {
            name: format!("{operation}.{state}"),
            workflow: if waits { operation } else { "wait" },
            operation,
            arguments: json!({ "disk": DISK, "timeout": TIMEOUT }),
            machine_state: "started",
            start,
            wish,
            arrangement: Vec::new(),
            succeeds: true,
        }
    }

    fn stopped(self) -> Scenario {
        Scenario { machine_state: "stopped", ..self }
    }

    fn refused(self) -> Scenario {
        Scenario { succeeds: false, ..self }
    }

    pub(crate) fn with(mut self, more: Value) -> Scenario {
        let members = self.arguments.as_object_mut();
        if let (Some(members), Value::Object(more)) = (members, more) {
            members.extend(more);
        }
        self
    }

    fn naming_the_machine(self) -> Scenario {
        let wish = match self.wish {
            Wish::Attached { .. } => Wish::Attached { to: Some(MACHINE) },
            other => other,
        };
        Scenario { wish, ..self.with(json!({ "virtual_machine": FQDN })) }
    }

    /// Whether it is about OpenStack.
    pub(crate) fn is_cloud(&self) -> bool {
        self.wish == Wish::VolumeGone
    }

    /// Whether the caller said which machine it must be.
    pub(crate) fn expects_machine(&self) -> bool {
        self.arguments.get("virtual_machine").is_some()
    }

    pub(crate) fn creates(&self) -> bool {
        matches!(self.wish, Wish::Created { .. })
    }

    pub(crate) fn key(&self) -> Option<&str> {
        self.arguments.get("idempotency_key").and_then(Value::as_str)
    }

    /// The disk exists only after the call has made it.
    pub(crate) fn makes_a_disk(&self) -> bool {
        self.creates() && self.start == Start::Gone
    }

    /// What another actor names as the disk.
    pub(crate) fn subject(&self) -> &'static str {
        if self.makes_a_disk() { "{created}" } else { DISK }
    }

    /// Whether the machine has anything to do with it.
    pub(crate) fn concerns_the_machine(&self) -> bool {
        self.expects_machine() || matches!(self.start, Start::Assigned { .. })
    }

    /// How often the call is made: what has a key must be safe to repeat.
    pub(crate) fn calls(&self) -> usize {
        if self.key().is_some() { 3 } else { 1 }
    }

    /// The objects at the start, as the control API takes them.
    pub(crate) fn objects(&self) -> Value {
        if self.is_cloud() {
            return json!({});
        }
        let machines = json!([
            { "id": MACHINE, "name": "world-1", "state": self.machine_state },
            { "id": OTHER_MACHINE, "name": "world-2", "state": "started" },
        ]);
        // Nobody names this one.
        let bystander = json!({ "id": "disk_WorldBystander1x", "name": "bystander",
            "virtual_machine_disk": { "virtual_machine": { "id": MACHINE }, "state": "detached" } });
        let task = json!({ "id": OTHER_TASK, "name": "Build disk", "seconds": 0 });
        let mut disks = vec![bystander, self.misleading_disk()];
        let mut trash = Vec::new();
        let mut disk = json!({ "id": DISK, "name": "world", "size_in_gb": SIZE });
        match self.start {
            Start::Gone => disk = Value::Null,
            Start::Unassigned => {}
            Start::Trashed => trash.push(json!({ "object_id": DISK, "object_type": "Disk" })),
            Start::Assigned { attached, attach_on_boot } => {
                let state = if attached { "attached" } else { "detached" };
                disk["virtual_machine_disk"] = json!({ "virtual_machine": { "id": MACHINE },
                    "state": state, "attach_on_boot": attach_on_boot });
            }
        }
        if self.creates() && self.start != Start::Gone {
            disk["annotations"] = json!([{ "key": KEY_ANNOTATION, "value": KEY }]);
        }
        if !disk.is_null() {
            disks.push(disk);
        }
        json!({ "virtual_machines": machines, "disks": disks, "trash_objects": trash,
            "tasks": [task] })
    }

    fn misleading_disk(&self) -> Value {
        let relation = |state: &str, attach_on_boot: bool| {
            json!({ "virtual_machine": { "id": MACHINE }, "state": state,
                "attach_on_boot": attach_on_boot })
        };
        let relation = match self.wish {
            Wish::Attached { .. } | Wish::Now { attached: true } => relation("attached", true),
            Wish::Detached | Wish::Now { attached: false } => relation("detached", false),
            _ => Value::Null,
        };
        let size = match self.wish {
            Wish::Size(size) => size,
            _ => SIZE,
        };
        json!({ "id": OTHER_DISK, "name": "other", "size_in_gb": size,
            "virtual_machine_disk": relation })
    }
}

impl Wish {
    /// Whether it is true of a disk; the machine's state is given since a reader may have it from
    /// elsewhere.
    pub(crate) fn is_true(self, disk: Option<&Disk>, machine: &dyn Fn(&str) -> String) -> bool {
        let Some(disk) = disk else { return matches!(self, Wish::Deleted { .. }) };
        if disk.in_trash {
            return self == Wish::Deleted { purge: false };
        }
        let relation = disk.virtual_machine_disk.as_ref();
        match self {
            Wish::Attached { to } => relation.is_some_and(|relation| {
                let id = relation.virtual_machine.id.as_str();
                to.is_none_or(|wanted| wanted == id)
                    && relation.attach_on_boot
                    && (relation.state == "attached" || machine(id) == "stopped")
            }),
            Wish::Detached => relation
                .is_none_or(|relation| !relation.attach_on_boot && relation.state == "detached"),
            Wish::Now { attached: true } => disk.attachment() == Some("attached"),
            Wish::Now { attached: false } => disk.attachment().is_none_or(|it| it == "detached"),
            Wish::Unassigned => relation.is_none(),
            Wish::Size(size) => disk.size_in_gb == size,
            Wish::Deleted { .. } | Wish::VolumeGone => false,
            Wish::Created { built } => !built || disk.state == "built",
            Wish::IoProfile(permalink) => {
                disk.io_profile.as_ref().is_some_and(|profile| profile.permalink == permalink)
            }
        }
    }

    pub(crate) fn holds(self, version: &Version, disk: &str) -> bool {
        let state = |id: &str| {
            version.virtual_machines.get(id).map_or(String::new(), |machine| machine.state.clone())
        };
        self.is_true(version.disk(disk), &state)
    }
}

fn assigned(attached: bool, attach_on_boot: bool) -> Start {
    Start::Assigned { attached, attach_on_boot }
}

/// All of them.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let of_katapult =
        [attached(), detached(), unassigned(), sizes(), deleted(), created(), waits()];
    [of_katapult.concat(), cloud::scenarios::scenarios()].concat()
}

fn attached() -> Vec<Scenario> {
    let wish = Wish::Attached { to: None };
    let new = |state, start| Scenario::new("ensure_disk_attached", state, start, wish);
    vec![
        new("unassigned", Start::Unassigned).naming_the_machine(),
        new("unassigned-stopped", Start::Unassigned).naming_the_machine().stopped(),
        new("detached", assigned(false, true)),
        new("detached-off", assigned(false, false)).naming_the_machine(),
        new("detached-off-stopped", assigned(false, false)).stopped(),
        new("detached-stopped", assigned(false, true)).naming_the_machine().stopped(),
        new("attached", assigned(true, true)).naming_the_machine(),
        new("attached-off", assigned(true, false)),
    ]
}

fn detached() -> Vec<Scenario> {
    let wish = Wish::Detached;
    let new = |state, start| Scenario::new("ensure_disk_detached", state, start, wish);
    vec![
        new("attached", assigned(true, true)),
        new("attached-off", assigned(true, false)).naming_the_machine(),
        new("detached", assigned(false, true)).naming_the_machine(),
        new("detached-stopped", assigned(false, true)).stopped(),
        new("detached-off", assigned(false, false)),
        new("detached-off-stopped", assigned(false, false)).naming_the_machine().stopped(),
        new("unassigned", Start::Unassigned),
    ]
}

fn unassigned() -> Vec<Scenario> {
    let new =
        |state, start| Scenario::new("ensure_disk_unassigned", state, start, Wish::Unassigned);
    vec![
        new("attached", assigned(true, true)).naming_the_machine(),
        new("attached-off", assigned(true, false)),
        new("detached", assigned(false, true)),
        new("detached-stopped", assigned(false, true)).naming_the_machine().stopped(),
        new("detached-off", assigned(false, false)).naming_the_machine(),
        new("unassigned", Start::Unassigned),
    ]
}

fn sizes() -> Vec<Scenario> {
    let new = |state, start, size| {
        Scenario::new("ensure_disk_size", state, start, Wish::Size(size))
            .with(json!({ "size_in_gb": size }))
    };
    let online = json!({ "method": "online" });
    vec![
        new("grow-unassigned", Start::Unassigned, LARGER),
        new("grow-detached-stopped", assigned(false, true), LARGER).stopped(),
        new("grow-detached-off", assigned(false, false), LARGER),
        new("grow-online", assigned(true, true), LARGER).with(online.clone()),
        new("grow-online-detached", assigned(false, true), LARGER).with(online),
        new("grow-attached", assigned(true, true), LARGER).refused(),
        new("shrink-unassigned", Start::Unassigned, SMALLER),
        new("shrink-detached-off", assigned(false, false), SMALLER),
        new("same", assigned(true, true), SIZE),
    ]
}

fn deleted() -> Vec<Scenario> {
    let new = |state, start, purge| {
        let wish = Wish::Deleted { purge };
        Scenario::new("ensure_disk_deleted", state, start, wish).with(json!({ "purge": purge }))
    };
    vec![
        new("unassigned", Start::Unassigned, false),
        new("unassigned-purge", Start::Unassigned, true),
        new("trashed", Start::Trashed, false),
        new("trashed-purge", Start::Trashed, true),
        new("gone", Start::Gone, false),
        new("gone-purge", Start::Gone, true),
        new("assigned", assigned(false, false), false).refused(),
        new("attached-purge", assigned(true, true), true).refused(),
    ]
}

fn created() -> Vec<Scenario> {
    let new = |state: &str, start, wait| {
        let wish = Wish::Created { built: wait };
        let mut scenario = Scenario::new("create_disk", state, start, wish);
        scenario.name = format!("create_disk_once.{state}");
        scenario.workflow = "create_disk_once";
        scenario.arguments = new_disk();
        scenario.with(json!({ "idempotency_key": KEY, "wait": wait }))
    };
    let second_page = |scenario: Scenario| Scenario {
        arrangement: vec![("/lists", json!({ "empty_pages": 1 }))],
        ..scenario
    };
    vec![
        new("first", Start::Gone, false),
        new("first-wait", Start::Gone, true),
        new("again", Start::Unassigned, false),
        new("again-wait", Start::Unassigned, true),
        second_page(new("again-on-page-2", Start::Unassigned, false)),
        second_page(new("first-empty-page-1", Start::Gone, true)),
    ]
}

fn new_disk() -> Value {
    json!({ "name": "created", "size_in_gb": SIZE, "organization": "sim-acme",
        "data_center": "sim-north-01", "timeout": TIMEOUT })
}

fn waits() -> Vec<Scenario> {
    let wait = json!({ "wait": true });
    let mut create =
        Scenario::new("create_disk", "wait", Start::Gone, Wish::Created { built: true });
    create.arguments = new_disk();
    let mut purge =
        Scenario::new("purge_trash_object", "wait", Start::Trashed, Wish::Deleted { purge: true });
    let mut arguments = Map::new();
    arguments.insert("trash_object".into(), json!({ "object_id": DISK }));
    arguments.insert("timeout".into(), json!(TIMEOUT));
    purge.arguments = arguments.into();
    let attach = Wish::Now { attached: true };
    let detach = Wish::Now { attached: false };
    let profile = Wish::IoProfile("100k");
    [
        create,
        purge,
        Scenario::new("attach_disk", "wait", assigned(false, true), attach),
        Scenario::new("detach_disk", "wait", assigned(true, true), detach),
        Scenario::new("resize_disk", "wait", Start::Unassigned, Wish::Size(LARGER))
            .with(json!({ "size_in_gb": LARGER })),
        Scenario::new("set_disk_io_profile", "wait", Start::Unassigned, profile)
            .with(json!({ "io_profile": "100k" })),
    ]
    .map(|scenario| scenario.with(wait.clone()))
    .into()
}
