//! Nova's server and its volumes.

use std::time::Duration;

use super::identity::{OPERATOR, OTHER_PROJECT};
use super::{OTHER_SERVER, PROJECT_ID, ROOT_VOLUME, SERVER, VOLUME};
use crate::state::{Action, ActionEnd, Attachment, Server, Volume};

pub(super) fn servers() -> Vec<Server> {
    vec![server(SERVER, "web-1", PROJECT_ID), server(OTHER_SERVER, "web-2", OTHER_PROJECT.id)]
}

fn server(id: &'static str, name: &'static str, project_id: &'static str) -> Server {
    Server {
        id,
        name,
        project_id,
        vm_state: "active".into(),
        task_state: None,
        idle_at: None,
        locked: false,
        compute_down: false,
    }
}

/// The server was made an hour ago.
pub(super) fn actions(now: Duration) -> Vec<Action> {
    let started_at = now.saturating_sub(Duration::from_secs(60 * 60));
    let at = started_at + Duration::from_millis(2_750);
    vec![Action {
        action: "create",
        server_id: SERVER,
        request_id: "req-4f0c92d1-7b1e-4c58-a6d3-2e95b8f07c41".into(),
        user_id: OPERATOR.id,
        project_id: PROJECT_ID,
        started_at,
        event: "compute__do_build_and_run_instance",
        end: Some(ActionEnd { at, failed: false }),
    }]
}

pub(super) fn volumes() -> Vec<Volume> {
    vec![
        Volume::new(Attachment {
            volume_id: ROOT_VOLUME,
            server_id: SERVER,
            device: "/dev/sda",
            attachment_id: "ce971f47-f754-46b7-95d8-6321d220a8e7",
            bdm_uuid: "2c140f1b-b7fb-48e3-a268-a26e36442a20",
            is_root: true,
        }),
        Volume::new(Attachment {
            volume_id: VOLUME,
            server_id: SERVER,
            device: "/dev/sdb",
            attachment_id: "2de78590-3cc2-4123-a54c-45fdfdc6a626",
            bdm_uuid: "0b439148-1206-4f40-9d0e-fa1c0b4f6d27",
            is_root: false,
        }),
    ]
}
