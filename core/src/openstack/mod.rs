//! OpenStack: detaching a volume from a server (Nova), with a token of the identity service
//! (Keystone).

mod about_error;
mod absence;
mod accepted;
mod activity;
mod auth_type;
mod client;
mod clouds;
mod compute_versions;
mod config;
mod credentials;
mod description;
mod detach_volume;
mod detach_volume_and_wait;
mod detach_watch;
mod endpoint;
mod error_response;
mod identity;
mod instance_action;
mod microversion;
mod request;
mod server;
mod session;
mod sessions;
mod unknown_server;
mod versions;
mod volume_attachment;

pub use client::{Client, Nova};
pub use config::Config;
pub use description::ClientDescription;
pub use detach_volume::{DetachVolume, VolumeDetach};
pub use volume_attachment::{
    GetVolumeAttachment, ListVolumeAttachments, VolumeAttachment, VolumeAttachmentList,
    VolumeAttachmentResponse,
};

use crate::{Error, Outcome};

/// The error of a request before the call's own, which was not sent then.
fn not_sent(error: Error) -> Error {
    if error.outcome() == Outcome::Unknown { error.not_sent() } else { error }
}
