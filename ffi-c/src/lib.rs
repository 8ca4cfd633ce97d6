//! The C ABI of katapult-disk. `include/katapult_disk.h` is generated from this crate by cbindgen;
//! what its comments promise is promised here.
//!
//! This is the only crate with unsafe code. What it relies on, everywhere: a pointer that C passes
//! is NULL or valid for the call, strings end in NUL, and a handle comes from its `_new` and has
//! not been freed.

#![allow(unreachable_pub, reason = "C reaches what Rust does not")]
#![allow(clippy::doc_lazy_continuation, reason = "the comments are written for doxygen")]

mod boundary;
mod client;
mod disk_assign;
mod disk_attach;
mod disk_create;
mod disk_delete;
mod disk_detach;
mod disk_get;
mod disk_list;
mod disk_resize;
mod disk_set_io_profile;
mod disk_unassign;
mod disk_update;
mod openstack_client;
mod openstack_volume_detach;
mod pages;
mod string;
mod task_get;
mod task_wait;
mod virtual_machine_disk_list;
