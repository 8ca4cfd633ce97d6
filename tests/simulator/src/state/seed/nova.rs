//! Nova's server and its volumes.

use super::{ROOT_VOLUME, SERVER, VOLUME};
use crate::state::{Attachment, Server, Volume};

pub(super) fn servers() -> Vec<Server> {
    vec![Server { id: SERVER, vm_state: "active".into(), task_state: None, locked: false }]
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
