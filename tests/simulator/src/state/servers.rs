//! Nova's servers.

use std::time::{Duration, Instant};

use super::State;

/// A server with what decides whether a volume may be attached to it or detached from it.
pub(crate) struct Server {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) region: &'static str,
    pub(crate) project_id: &'static str,
    pub(crate) user_id: &'static str,
    /// In the network of its project.
    pub(crate) address: String,
    pub(crate) created_at: Duration,
    pub(crate) updated_at: Duration,
    pub(crate) vm_state: String,
    pub(crate) task_state: Option<String>,
    /// When `task_state` ends, if it does.
    pub(crate) idle_at: Option<Instant>,
    pub(crate) locked: bool,
    /// The service on its host does not report.
    pub(crate) compute_down: bool,
}

impl Server {
    /// Nova's word for both states together (its source).
    pub(crate) fn status(&self) -> &'static str {
        let task = self.task_state.as_deref().unwrap_or_default();
        let during = |tasks: &[(&str, &'static str)], otherwise| {
            let found = tasks.iter().find(|(prefix, _)| task.starts_with(prefix));
            found.map_or(otherwise, |(_, status)| *status)
        };
        let rebuild = ("rebuild", "REBUILD");
        match self.vm_state.as_str() {
            "active" => during(
                &[
                    ("reboot_pending_hard", "HARD_REBOOT"),
                    ("reboot_started_hard", "HARD_REBOOT"),
                    ("rebooting_hard", "HARD_REBOOT"),
                    ("reboot", "REBOOT"),
                    ("updating_password", "PASSWORD"),
                    ("migrating", "MIGRATING"),
                    ("resize_", "RESIZE"),
                    rebuild,
                ],
                "ACTIVE",
            ),
            "building" => "BUILD",
            "stopped" => during(&[("resize_", "RESIZE"), rebuild], "SHUTOFF"),
            "resized" => during(&[("resize_reverting", "REVERT_RESIZE")], "VERIFY_RESIZE"),
            "paused" => during(&[("migrating", "MIGRATING")], "PAUSED"),
            "suspended" => "SUSPENDED",
            "rescued" => "RESCUE",
            "error" => during(&[rebuild], "ERROR"),
            "deleted" => "DELETED",
            "soft-delete" => "SOFT_DELETED",
            "shelved" => "SHELVED",
            "shelved_offloaded" => "SHELVED_OFFLOADED",
            _ => "UNKNOWN",
        }
    }

    /// Whether a volume may be attached or detached in this `vm_state`, with this microversion of 2.
    pub(crate) fn may_change_volumes(&self, minor: u32) -> bool {
        match self.vm_state.as_str() {
            "active" | "paused" | "stopped" | "resized" | "soft-delete" => true,
            "shelved" | "shelved_offloaded" => minor >= 20,
            _ => false,
        }
    }
}

impl State {
    pub(crate) fn server(&self, id: &str) -> Option<&Server> {
        self.servers.iter().find(|server| server.id == id)
    }

    /// Ends what keeps servers busy, if it is due.
    pub(super) fn finish_servers(&mut self) {
        let (now, at) = (self.clock.now(), self.clock.unix());
        for server in &mut self.servers {
            if server.idle_at.take_if(|idle_at| now >= *idle_at).is_some() {
                server.task_state = None;
                server.updated_at = at;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Server;

    fn status(vm_state: &str, task_state: Option<&str>) -> &'static str {
        let server = Server {
            id: String::new(),
            name: String::new(),
            region: "",
            project_id: "",
            user_id: "",
            address: String::new(),
            created_at: Duration::ZERO,
            updated_at: Duration::ZERO,
            vm_state: vm_state.to_owned(),
            task_state: task_state.map(str::to_owned),
            idle_at: None,
            locked: false,
            compute_down: false,
        };
        server.status()
    }

    #[test]
    fn statuses() {
        for (vm_state, task_state, expected) in [
            ("active", None, "ACTIVE"),
            ("active", Some("rebooting"), "REBOOT"),
            ("active", Some("reboot_started_hard"), "HARD_REBOOT"),
            ("active", Some("powering-off"), "ACTIVE"),
            ("stopped", None, "SHUTOFF"),
            ("resized", Some("resize_reverting"), "REVERT_RESIZE"),
            ("odd", Some("rebooting"), "UNKNOWN"),
        ] {
            assert_eq!(status(vm_state, task_state), expected, "{vm_state} {task_state:?}");
        }
    }
}
