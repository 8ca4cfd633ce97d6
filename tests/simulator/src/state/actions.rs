//! What Nova remembers of the things that were done to servers.

use std::time::Duration;

use super::{Caller, State};

pub(crate) struct Action {
    pub(crate) action: &'static str,
    pub(crate) server_id: String,
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

/// What may be done to a server.
#[derive(Clone, Copy)]
pub(crate) enum Deed {
    AttachVolume,
    DetachVolume,
}

impl Deed {
    /// Nova's word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AttachVolume => "attach_volume",
            Self::DetachVolume => "detach_volume",
        }
    }

    fn event(self) -> &'static str {
        match self {
            Self::AttachVolume => "compute_attach_volume",
            Self::DetachVolume => "compute_detach_volume",
        }
    }
}

impl State {
    pub(crate) fn start_action(
        &mut self,
        caller: &Caller,
        deed: Deed,
        server_id: &str,
        request_id: &str,
    ) {
        let project_id = caller.project.map_or("", |project| project.id);
        self.add_action(caller.user.id, project_id, deed, server_id, request_id);
    }

    /// What somebody else of the server's project does.
    pub(super) fn start_action_of_others(&mut self, deed: Deed, server_id: &str, request_id: &str) {
        let server = self.server(server_id).map(|server| (server.user_id, server.project_id));
        let (user_id, project_id) = server.unwrap_or_default();
        self.add_action(user_id, project_id, deed, server_id, request_id);
    }

    fn add_action(
        &mut self,
        user_id: &'static str,
        project_id: &'static str,
        deed: Deed,
        server_id: &str,
        request_id: &str,
    ) {
        self.actions.push(Action {
            action: deed.name(),
            server_id: server_id.to_owned(),
            request_id: request_id.to_owned(),
            user_id,
            project_id,
            started_at: self.clock.unix(),
            event: deed.event(),
            end: None,
        });
    }
}
