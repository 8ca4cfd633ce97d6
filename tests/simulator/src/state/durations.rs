//! How long tasks take, by their kinds.

use std::collections::BTreeMap;
use std::time::Duration;

use super::State;

/// A task by its name; some names belong to one kind.
const KINDS: [(&str, &[&str]); 10] = [
    ("build_disk", &["Build disk"]),
    ("attach_disk", &["Attach disk to virtual machine"]),
    ("detach_disk", &["Detach disk from virtual machine"]),
    ("resize_disk", &["Grow disk", "Grow disk online", "Shrink disk"]),
    ("change_disk_io_profile", &["Change disk IO profile"]),
    ("purge", &["Purge items from trash"]),
    ("start_virtual_machine", &["Start virtual machine"]),
    ("stop_virtual_machine", &["Stop virtual machine"]),
    ("shutdown_virtual_machine", &["Shutdown virtual machine"]),
    ("reset_virtual_machine", &["Reset virtual machine"]),
];

/// # Errors
/// There is no such kind.
pub(crate) fn check_kind(kind: &str) -> Result<(), String> {
    if KINDS.iter().any(|(known, _)| *known == kind) {
        return Ok(());
    }
    let known: Vec<_> = KINDS.iter().map(|(kind, _)| *kind).collect();
    Err(format!("must be one of {}, not {kind:?}", known.join(", ")))
}

impl State {
    /// How long a task of this name takes, if no order says something else.
    pub(super) fn task_time(&self, name: &str) -> Duration {
        let kind = KINDS.iter().find(|(_, names)| names.contains(&name));
        let time = kind.and_then(|(kind, _)| self.task_times.get(*kind));
        time.copied().unwrap_or(self.options.task_time)
    }

    /// What is not among them takes as long as it did; none takes what the options say.
    pub(crate) fn set_task_times(&mut self, times: BTreeMap<String, Option<Duration>>) {
        for (kind, time) in times {
            match time {
                Some(time) => drop(self.task_times.insert(kind, time)),
                None => drop(self.task_times.remove(&kind)),
            }
        }
    }
}
