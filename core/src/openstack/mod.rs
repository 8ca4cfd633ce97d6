//! OpenStack: detaching a volume from a server (Nova).

mod client;
mod config;
mod detach_volume;
mod endpoint;
mod fault;

pub use client::Client;
pub use config::Config;
pub use detach_volume::{DetachVolume, VolumeDetach};
