//! What Nova remembers of the things that were done to servers.

use std::time::Duration;

use super::{Caller, State};

pub(crate) struct Action {
    pub(crate) action: &'static str,
    pub(crate) server_id: &'static str,
    /// That of the request which started it.
    pub(crate) request_id: String,
    pub(crate) user_id: &'static str,
    pub(crate) project_id: &'static str,
    pub(crate) started_at: Duration,
    pub(crate) event: &'static str,
    pub(crate) end: Option<ActionEnd>,
}

pub(crate) struct ActionEnd {
    pub(crate) at: Duration,
    pub(crate) failed: bool,
}

impl State {
    pub(crate) fn start_detach_action(
        &mut self,
        caller: &Caller,
        server_id: &'static str,
        request_id: &str,
    ) {
        self.actions.push(Action {
            action: "detach_volume",
            server_id,
            request_id: request_id.to_owned(),
            user_id: caller.user.id,
            project_id: caller.project.map_or("", |project| project.id),
            started_at: self.clock.unix(),
            event: "compute_detach_volume",
            end: None,
        });
    }

    /// Ends the detaches that are due, and their actions.
    pub(super) fn finish_detaches(&mut self) {
        let (now, task_time) = (self.clock.now(), self.options.task_time);
        let at = self.clock.unix();
        for volume in &mut self.volumes {
            let Some(ended) = volume.advance(now, task_time) else { continue };
            let action = self.actions.iter_mut().find(|a| a.request_id == ended.request_id);
            if let Some(action) = action {
                action.end = Some(ActionEnd { at, failed: ended.failed });
            }
        }
    }
}
