//! What the simulator held, version by version, and what it told whom.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::scenario::KEY_ANNOTATION;

#[derive(Debug, Deserialize)]
pub(crate) struct History {
    pub(crate) versions: Vec<Version>,
    pub(crate) requests: Vec<Request>,
}

/// The objects between two changes.
#[derive(Debug, Deserialize)]
pub(crate) struct Version {
    /// Seconds since the world began.
    pub(crate) at: f64,
    pub(crate) cause: Cause,
    pub(crate) disks: Vec<Disk>,
    pub(crate) virtual_machines: BTreeMap<String, Machine>,
    pub(crate) trash_objects: Vec<TrashObject>,
    #[serde(default)]
    pub(crate) volumes: Vec<Volume>,
}

/// A volume of OpenStack.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Volume {
    pub(crate) id: String,
    /// To its server, as the list of that shows it.
    pub(crate) attached: bool,
    /// In Cinder's words, such as `detaching`.
    pub(crate) status: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cause {
    Order,
    Actor,
    Request(usize),
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Disk {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) size_in_gb: u64,
    pub(crate) state: String,
    pub(crate) io_profile: Option<IoProfile>,
    pub(crate) virtual_machine_disk: Option<Relation>,
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) in_trash: bool,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct IoProfile {
    pub(crate) permalink: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Annotation {
    key: String,
    value: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Relation {
    pub(crate) virtual_machine: MachineReference,
    pub(crate) attach_on_boot: bool,
    pub(crate) state: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct MachineReference {
    pub(crate) id: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct Machine {
    pub(crate) state: String,
    pub(crate) in_trash: bool,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(crate) struct TrashObject {
    pub(crate) id: String,
    pub(crate) object_id: Option<String>,
}

/// A request of the client; its number is its place.
#[derive(Debug, Deserialize)]
pub(crate) struct Request {
    /// Seconds since the world began.
    pub(crate) at: f64,
    pub(crate) method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Value,
    pub(crate) status: Option<u16>,
    /// The version when it came.
    pub(crate) received: usize,
    /// The version that its answer shows; none for a canned answer, another object's, a lost one.
    pub(crate) shown: Option<usize>,
    pub(crate) ordered: bool,
    /// What was answered to others that acted with it.
    #[serde(default)]
    pub(crate) acts: Vec<u16>,
}

impl Version {
    pub(crate) fn disk(&self, id: &str) -> Option<&Disk> {
        self.disks.iter().find(|disk| disk.id == id)
    }

    pub(crate) fn volume(&self, id: &str) -> Option<&Volume> {
        self.volumes.iter().find(|volume| volume.id == id)
    }

    pub(crate) fn with_key<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Disk> {
        let has_key = move |disk: &&Disk| {
            let mut all = disk.annotations.iter();
            all.any(|annotation| annotation.key == KEY_ANNOTATION && annotation.value == key)
        };
        self.disks.iter().filter(|disk| !disk.in_trash).filter(has_key)
    }
}

impl Disk {
    pub(crate) fn is_assigned(&self) -> bool {
        self.virtual_machine_disk.is_some()
    }

    pub(crate) fn is_in_use(&self) -> bool {
        self.attachment().is_some_and(|state| state != "detached")
    }

    pub(crate) fn attachment(&self) -> Option<&str> {
        self.virtual_machine_disk.as_ref().map(|relation| relation.state.as_str())
    }
}

impl Request {
    /// Below `/core/v1`.
    pub(crate) fn path(&self) -> &str {
        self.path.trim_start_matches("/core/v1")
    }

    pub(crate) fn is_read(&self) -> bool {
        self.method == "GET"
    }

    pub(crate) fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path() == path
    }

    /// The service said that it did what was asked for.
    pub(crate) fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// The values that name objects, as they were sent.
    pub(crate) fn subject(&self) -> String {
        let query = self.query.iter().filter(|(name, _)| name.ends_with(']'));
        let query = query.map(|(_, value)| value.clone());
        let body = self.body.as_object().into_iter().flatten();
        let body = body.map(|(name, value)| format!("{name} {}", plain(value)));
        query.chain(body).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn names(&self, id: &str) -> bool {
        self.query.iter().any(|(_, value)| value == id) || self.body.to_string().contains(id)
    }
}

fn plain(value: &Value) -> String {
    value["id"].as_str().map_or_else(|| value.to_string(), str::to_owned)
}
