//! What Nova remembers of the things that were done to servers.

use std::time::Duration;

use super::seed::{OPERATOR, PROJECT_ID as OPERATOR_PROJECT};
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

    pub(crate) fn start_detach_action_of_others(
        &mut self,
        server_id: &'static str,
        request_id: &str,
    ) {
        self.start_action_of_others(
            "detach_volume",
            "compute_detach_volume",
            server_id,
            request_id,
        );
    }

    /// An attach by somebody else, of a volume that has been put there.
    pub(crate) fn start_attach_action(&mut self, server_id: &'static str, request_id: &str) {
        self.start_action_of_others(
            "attach_volume",
            "compute_attach_volume",
            server_id,
            request_id,
        );
    }

    fn start_action_of_others(
        &mut self,
        action: &'static str,
        event: &'static str,
        server_id: &'static str,
        request_id: &str,
    ) {
        self.actions.push(Action {
            action,
            server_id,
            request_id: request_id.to_owned(),
            user_id: OPERATOR.id,
            project_id: OPERATOR_PROJECT,
            started_at: self.clock.unix(),
            event,
            end: None,
        });
    }

    /// Ends the attaches and detaches that are due, and their actions, and what keeps servers busy.
    pub(super) fn finish_nova(&mut self) {
        let (now, task_time) = (self.clock.now(), self.options.task_time);
        for server in &mut self.servers {
            if server.idle_at.take_if(|idle_at| now >= *idle_at).is_some() {
                server.task_state = None;
            }
        }
        let mut ended = Vec::new();
        for volume in &mut self.volumes {
            ended.extend(volume.finish_attaching(now).map(|id| (id, false)));
            ended.extend(volume.advance(now, task_time).map(|it| (it.request_id, it.failed)));
        }
        let at = self.clock.unix();
        for (request_id, failed) in ended {
            if let Some(action) = self.actions.iter_mut().find(|a| a.request_id == request_id) {
                action.end = Some(ActionEnd { at, failed });
            }
        }
    }
}
