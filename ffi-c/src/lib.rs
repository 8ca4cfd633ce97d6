//! The C ABI of katapult-disk. `include/katapult_disk.h` is generated from this crate by cbindgen;
//! what its comments promise is promised here.
//!
//! This is the only crate with unsafe code. What it relies on, everywhere: a pointer that C passes
//! is NULL or valid for the call, strings end in NUL, and a handle comes from its `_new` and has
//! not been freed.

#![allow(unreachable_pub, reason = "C reaches what Rust does not")]
#![allow(clippy::doc_lazy_continuation, reason = "the comments are written for doxygen")]

mod boundary;
mod callback;
mod calls;
#[cfg_attr(windows, path = "windows/cancellation.rs")]
mod cancellation;
mod client;
mod data_centers;
mod disk_backup_policies;
mod disk_io_profiles;
mod disk_templates;
mod disk_workflows;
mod disks;
mod fleet_run;
mod fleets;
#[cfg_attr(windows, path = "windows/fork.rs")]
mod fork;
mod handle;
mod interrupt;
mod log;
mod openstack_client;
mod openstack_volumes;
mod pages;
mod reply;
mod request;
mod string;
mod tasks;
mod trash;
#[allow(dead_code, reason = "for the header; Rust 1.85 does not count an assertion as a use")]
mod version;
mod virtual_machines;
mod wait;
