//! A server that behaves like Katapult's disk API and like OpenStack's Keystone, Nova and Cinder: in
//! memory, on loopback, with faults on demand.
//!
//! It shares no code with the client library that is tested with it, or it would prove nothing.
//! Where it says "recorded", the behaviour was seen in traffic with the real service; the rest
//! follows the vendor's documents, and a comment says so where neither speaks.
//!
//! ```
//! let simulator = katapult_sim::Simulator::start(katapult_sim::Options::default())?;
//! let url = &simulator.description()["katapult_url"];
//! assert!(url.as_str().is_some_and(|url| url.starts_with("http://127.0.0.1:")));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! | module | what is there |
//! |---|---|
//! | `state` | disks, tasks, machines, templates, backup policies, the trash, volumes, and how time changes them; no HTTP |
//! | `katapult` | `/core/v1`: the routing table, a file per resource, the envelope around every answer |
//! | `keystone` | `/identity`: tokens, the catalog |
//! | `nova` | `/v2` and `/v2.1`: servers, volume attachments, what was done to a server |
//! | `cinder` | `/volume/v3`: volumes |
//! | `control` | `/__sim`: canned answers, the request log, faults |
//! | `base_url` | what links in answers begin with |
//! | `guard` | refuses other hosts and origins, and orders without the control token |
//! | `log` | a line on standard error for each request |
//! | `state_file` | a file that keeps the objects from one run to the next |
//! | `connection` | connections that can be cut in the middle of a response |
//! | `record` | what happens to every API request before it reaches one of the services |
//! | `ordered` | what an order of the control API does to a request |
#![forbid(unsafe_code)]

mod base_url;
mod cinder;
mod connection;
mod control;
mod encode;
mod endpoints;
mod guard;
mod json;
mod katapult;
mod keystone;
mod log;
mod nova;
mod ordered;
mod python_json;
mod python_repr;
mod record;
mod server;
mod state;
mod state_file;

pub use server::{Options, Simulator};
