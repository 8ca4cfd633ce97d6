//! The history of the disks, machines, the trash and the volumes: every version of them, and what each request was
//! shown. Off until a test wants it, since it copies all disks at each change.

use std::mem;
use std::time::Instant;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::weight::weight;
use super::{Disk, State, TrashObject, VolumeStatus};

/// Who made a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Cause {
    /// An order of the control API, or the passing of time.
    #[default]
    Order,
    /// Somebody else, whose request was a part of an order.
    Actor,
    /// The API request with this number in the log: by itself, by its task, or late.
    Request(usize),
}

/// The objects at one time.
#[derive(Clone, PartialEq)]
pub(crate) struct Version {
    disks: Vec<Disk>,
    /// Id and state.
    machines: Vec<(String, String)>,
    trash: Vec<TrashObject>,
    volumes: Vec<VolumeNow>,
}

/// A volume of OpenStack.
#[derive(Clone, PartialEq, Serialize)]
struct VolumeNow {
    id: String,
    /// Where it is attached, or was last.
    server_id: Option<String>,
    /// Whether it is in its server's list of attachments.
    attached: bool,
    status: VolumeStatus,
}

struct Noted {
    at: Instant,
    cause: Cause,
    version: Version,
}

/// What happened to one request. Versions are numbered from 0.
#[derive(Serialize)]
pub(crate) struct Handled {
    /// Seconds since the start of the history.
    at: f64,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    body: Value,
    status: Option<u16>,
    /// The version when it came.
    received: usize,
    /// The version when its answer left; null as long as there is none.
    answered: Option<usize>,
    /// The version that the answer shows; null if it shows none: a canned answer, another object, nothing.
    shown: Option<usize>,
    /// What the service answered to the others that acted before and after it.
    acts: Vec<u16>,
    /// Whether an order was about it.
    ordered: bool,
}

#[derive(Default)]
pub(crate) struct History {
    on: bool,
    started: Option<Instant>,
    versions: Vec<Noted>,
    /// The number, in the log, of the first request in `handled`.
    first: usize,
    handled: Vec<Handled>,
    /// What all of this takes.
    bytes: usize,
    /// Something was left out, because it would take too much.
    truncated: bool,
}

const KEPT_BYTES: usize = 512 << 20;

impl History {
    pub(crate) fn is_on(&self) -> bool {
        self.on
    }

    /// The number of the latest version.
    pub(crate) fn latest(&self) -> usize {
        self.versions.len().saturating_sub(1)
    }

    fn seconds(&self, at: Instant) -> f64 {
        let started = self.started.unwrap_or(at);
        at.saturating_duration_since(started).as_secs_f64()
    }

    pub(crate) fn handled(&mut self) -> Option<&mut Handled> {
        self.handled.last_mut()
    }
}

impl Handled {
    pub(crate) fn acted(&mut self, status: u16) {
        self.acts.push(status);
    }

    pub(crate) fn ordered(&mut self) {
        self.ordered = true;
    }
}

impl State {
    /// Starts a new history here, or ends it.
    pub(crate) fn record_history(&mut self, on: bool) {
        let (started, first) = (Some(self.clock.now()), self.requests.count());
        self.history = History { on, started, first, ..History::default() };
        self.note(Cause::Order);
    }

    /// Keeps the objects as they are now, unless nothing has changed.
    pub(crate) fn note(&mut self, cause: Cause) {
        if !self.history.on || self.history.truncated || self.stands_still {
            return;
        }
        let version = self.version();
        if self.history.versions.last().is_none_or(|last| last.version != version) {
            let at = self.clock.now();
            let weight = version.weight();
            if self.history.bytes + weight > KEPT_BYTES {
                self.history.truncated = true;
                return;
            }
            self.history.bytes += weight;
            self.history.versions.push(Noted { at, cause, version });
        }
    }

    /// Notes that a request has come: the log has the rest of it.
    pub(crate) fn note_received(&mut self, number: usize) {
        let (received, at) = (self.history.latest(), self.history.seconds(self.clock.now()));
        let Some(request) =
            self.requests.get(number).filter(|_| self.history.on && !self.history.truncated)
        else {
            return;
        };
        let bytes = self.history.bytes + request.weight();
        if bytes > KEPT_BYTES {
            self.history.truncated = true;
            return;
        }
        self.history.bytes = bytes;
        let (method, path) = (request.method.clone(), request.path.clone());
        let (query, body) = (request.query.clone(), request.body.clone());
        let (status, answered, shown) = (None, None, None);
        let (acts, ordered) = (Vec::new(), false);
        self.history.handled.push(Handled {
            at,
            method,
            path,
            query,
            body,
            status,
            received,
            answered,
            shown,
            acts,
            ordered,
        });
    }

    /// Notes that the answer leaves, and which version it shows.
    pub(crate) fn note_answered(&mut self, number: usize, status: u16, shown: Option<usize>) {
        let answered = Some(self.history.latest());
        let first = self.history.first;
        let place = number.checked_sub(first);
        if let Some(handled) = place.and_then(|place| self.history.handled.get_mut(place)) {
            (handled.status, handled.shown, handled.answered) = (Some(status), shown, answered);
        }
    }

    /// The latest version in which an object was different from now; None if it never was.
    pub(crate) fn previous_of(&self, id: &str) -> Option<usize> {
        let now = self.version();
        let now = now.object(id);
        self.history.versions.iter().rposition(|noted| noted.version.object(id) != now)
    }

    /// Exchanges the objects with those of a version, or what this gave with what it replaced.
    pub(crate) fn exchange(&mut self, version: Version) -> Version {
        let now = self.version();
        self.disks.replace(version.disks);
        for (id, state) in version.machines {
            if let Some(machine) = self.machine_mut(&id) {
                machine.document.insert("state".to_owned(), state.into());
            }
        }
        self.trash.replace(version.trash);
        now
    }

    pub(crate) fn past_version(&self, number: usize) -> Option<Version> {
        self.history.versions.get(number).map(|noted| noted.version.clone())
    }

    pub(crate) fn version(&self) -> Version {
        let mut disks: Vec<Disk> = self.disks.values().cloned().collect();
        disks.sort_by(|one, other| one.id.cmp(&other.id));
        let machines = self.virtual_machines.iter();
        let machines = machines.map(|machine| (machine.id().into(), machine.state().into()));
        let mut trash: Vec<TrashObject> = self.trash.values().cloned().collect();
        trash.sort_by(|one, other| one.id.cmp(&other.id));
        let volumes = self.volumes.iter().map(|volume| VolumeNow {
            id: volume.id.clone(),
            server_id: volume.attachment.as_ref().map(|attachment| attachment.server_id.clone()),
            attached: volume.attached,
            status: volume.status(),
        });
        Version { disks, machines: machines.collect(), trash, volumes: volumes.collect() }
    }

    /// As the control API shows it.
    pub(crate) fn history_view(&self) -> Value {
        let history = &self.history;
        let versions = history.versions.iter().map(|noted| {
            let mut view = noted.version.view();
            view["at"] = json!(history.seconds(noted.at));
            view["cause"] = match noted.cause {
                Cause::Request(number) => {
                    json!({ "request": number.saturating_sub(history.first) })
                }
                other => json!(other),
            };
            view
        });
        json!({
            "versions": versions.collect::<Vec<_>>(),
            "requests": history.handled,
            "truncated": history.truncated,
        })
    }

    /// Performs what makes changes, and notes them as made by `cause`.
    pub(crate) fn caused<T>(&mut self, cause: Cause, change: impl FnOnce(&mut State) -> T) -> T {
        let before = mem::replace(&mut self.cause, cause);
        let result = change(self);
        self.note(cause);
        self.cause = before;
        result
    }
}

impl Version {
    /// About how many bytes it takes.
    fn weight(&self) -> usize {
        const OBJECT: usize = 256;
        let extra = |disk: &Disk| {
            let annotations = disk.annotations.iter().map(|it| it.key.len() + it.value.len() + 48);
            disk.name.len()
                + annotations.sum::<usize>()
                + disk.installation.as_ref().map_or(0, weight)
        };
        let disks = self.disks.iter().map(|disk| size_of::<Disk>() + OBJECT + extra(disk));
        let others = self.machines.len() + self.trash.len() + self.volumes.len();
        disks.sum::<usize>() + others * OBJECT
    }

    fn object(&self, id: &str) -> (Option<&Disk>, Option<&str>, Option<&TrashObject>) {
        let machine = self.machines.iter().find(|(its_id, _)| its_id == id);
        let is_meant = |it: &&TrashObject| it.id == id || it.object_id.as_deref() == Some(id);
        (
            self.disks.iter().find(|disk| disk.id == id),
            machine.map(|(_, state)| state.as_str()),
            self.trash.iter().find(is_meant),
        )
    }

    fn view(&self) -> Value {
        let disks = self.disks.iter().map(|disk| {
            let mut view = json!(disk);
            view["annotations"] = json!(disk.annotations);
            view["in_trash"] = json!(disk.in_trash);
            view
        });
        let is_in_trash =
            |id: &str| self.trash.iter().any(|it| it.object_id.as_deref() == Some(id));
        let machines = self.machines.iter().map(|(id, state)| {
            let state = json!({ "state": state, "in_trash": is_in_trash(id) });
            (id.clone(), state)
        });
        json!({
            "disks": disks.collect::<Vec<_>>(),
            "virtual_machines": machines.collect::<Map<_, _>>(),
            "trash_objects": self.trash,
            "volumes": self.volumes,
        })
    }
}
