//! OpenStack: detaching a volume from a server (Nova), with a token of the identity service
//! (Keystone).

mod about_error;
mod client;
mod clouds;
mod config;
mod credentials;
mod detach_volume;
mod detach_volume_and_wait;
mod endpoint;
mod error_response;
mod identity;
mod instance_action;
mod session;
mod volume_attachment;

pub use client::{Client, Nova};
pub use config::Config;
pub use detach_volume::{DetachVolume, VolumeDetach};
pub use volume_attachment::{
    GetVolumeAttachment, ListVolumeAttachments, VolumeAttachment, VolumeAttachmentList,
    VolumeAttachmentResponse,
};
