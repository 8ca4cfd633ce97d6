//! Create, attach, resize and detach cloud disks.
//!
//! A blocking client for the disks of the Katapult Core API and for detaching volumes in
//! OpenStack. The C library and the Python package `katapult_disk` are built on this crate.
//!
//! ```no_run
//! use katapult_disk::{Client, Config, CreateDisk, WaitOptions};
//!
//! # fn main() -> katapult_disk::Result<()> {
//! let config = Config::from_env()?; // KATAPULT_API_TOKEN
//! let client = Client::new(config.organization("acme").data_center("uk-lon-01"))?;
//! let created =
//!     client.create_disk_and_wait(&CreateDisk::new("data", 20), WaitOptions::default())?;
//! println!("{} is {:?}", created.disk.id, created.disk.state);
//! # Ok(())
//! # }
//! ```
//!
//! # What is where
//! * [`Client`] performs the operations of Katapult, [`openstack::Client`] those of OpenStack.
//! * [`Config`] says where the service is and who calls; [`HttpOptions`] holds limits, proxy, trust.
//! * An operation is one request; a workflow is several that lead to a state ([`Workflow`]): what
//!   begins with `ensure_`, waits for a task or has an idempotency key.
//! * A fleet is many disks in one call: [`Client::create_disks`], [`FleetOptions`], [`FleetResult`].
//! * An operation is a struct, such as [`CreateDisk`], that turns into a [`Request`] ([`Operation`]).
//! * [`Error`] has the kind of failure ([`Status`]) and what is certain about its effect
//!   ([`Outcome`]).
//!
//! # Log
//! Records of the crate [`log`] with the target [`LOG_TARGET`]: at debug one for each request that was tried, at
//! warn what should be put right. Nothing in them is secret. With `tracing`, `tracing_log::LogTracer::init()`
//! makes events of them, which a filter selects by that target: `katapult_disk=debug`. (`tracing-subscriber`'s
//! `fmt().init()` does so by itself, by its feature `tracing-log`.) Everything happens on the thread of the call,
//! so the events are in the span that is entered there.
//!
//! # Threads
//! Clients are `Send` and `Sync`; share one among threads and processes that fork ([`fork`]). A fleet's own
//! threads live within its call.
#![forbid(unsafe_code)]

#[cfg(not(any(unix, windows)))]
compile_error!(
    "katapult-disk waits for its sockets with poll: it needs Linux, macOS, a BSD or Windows"
);

mod about;
mod api_response;
mod arguments;
mod call;
mod client;
mod clipped;
mod config;
mod defaults;
mod error;
mod excerpt;
mod fleet;
pub mod fork;
mod header_lines;
mod http_options;
mod json;
mod katapult;
mod keyed_lock;
pub mod openstack;
mod operation;
mod own_request;
mod per_process;
mod platform;
mod poll;
mod protected;
mod reference;
mod references;
mod request;
mod secret;
mod secrets;
mod spelling;
mod status;
mod strict_json;
mod transport;
mod url;
mod used_keys;
mod word;
mod workflow;

pub use api_response::ApiResponse;
pub use arguments::{
    Bounds, call_timeout, from_json, item_from_json, list_from_json, wait_timeout,
};
pub use client::Client;
/// The type of texts in responses: most fit into it without an allocation.
pub use compact_str::CompactString;
pub use config::Config;
pub use defaults::Defaults;
pub use error::{Error, Outcome, Result};
pub use fleet::*;
pub use http_options::{HttpOptions, InterruptHook};
pub use katapult::*;
pub use operation::{Katapult, Operation, Response, StartsTask, TaskOperation};
pub use reference::{Ref, Referenced};
pub use references::*;
pub use request::Request;
pub use secret::Secret;
pub use status::Status;
pub use transport::{LOG_TARGET, RateLimit};
/// The type of [`Operation::METHOD`].
pub use ureq::http::Method;
pub use word::Word;
pub use workflow::*;

/// Compiles the README's Rust.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// Compiles the Rust of what crates.io shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct CrateReadme;

/// Compiles the Rust of the page about fleets.
#[cfg(doctest)]
#[doc = include_str!("../../docs/fleets.md")]
struct Fleets;
