//! OpenStack: detaching a volume from a server (Nova), with a token of the identity service
//! (Keystone).

mod about_error;
mod absence;
mod activity;
mod client;
mod clouds;
mod config;
mod credentials;
mod detach_volume;
mod detach_volume_and_wait;
mod detach_watch;
mod endpoint;
mod error_response;
mod identity;
mod instance_action;
mod server;
mod session;
mod unknown_server;
mod volume_attachment;
mod wiped_yaml;

pub use client::{Client, Nova};
pub use config::Config;
pub use detach_volume::{DetachVolume, VolumeDetach};
pub use volume_attachment::{
    GetVolumeAttachment, ListVolumeAttachments, VolumeAttachment, VolumeAttachmentList,
    VolumeAttachmentResponse,
};
