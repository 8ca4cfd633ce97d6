//! What may be wrong with the cloud.

use serde::Deserialize;

#[derive(Default)]
pub(crate) struct Conditions {
    pub(crate) root_device: RootDevice,
    /// A policy that keeps everyone from seeing the actions.
    pub(crate) actions_forbidden: bool,
    /// For Nova, which then believes the tokens that it has seen before.
    pub(crate) keystone_down: bool,
    pub(crate) cinder_down: bool,
}

/// How Nova refuses to detach a root device.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RootDevice {
    /// captured: 400.
    #[default]
    BadRequest,
    /// As the document says: 403.
    Forbidden,
}
