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
mod client;
mod data_center_get;
mod data_center_list;
mod disk_assign;
mod disk_attach;
mod disk_backup_policy_create;
mod disk_backup_policy_delete;
mod disk_backup_policy_get;
mod disk_backup_policy_list;
mod disk_backup_policy_schedule_deletion;
mod disk_backup_policy_update;
mod disk_create;
mod disk_delete;
mod disk_detach;
mod disk_ensure_attached;
mod disk_ensure_deleted;
mod disk_ensure_detached;
mod disk_ensure_size;
mod disk_ensure_unassigned;
mod disk_get;
mod disk_io_profile_list;
mod disk_list;
mod disk_resize;
mod disk_set_io_profile;
mod disk_template_get;
mod disk_template_list;
mod disk_template_version_get;
mod disk_template_version_list;
mod disk_template_version_spec_get;
mod disk_unassign;
mod disk_update;
mod handle;
mod interrupt;
mod log;
mod openstack_client;
mod openstack_volume_attachment_get;
mod openstack_volume_attachment_list;
mod openstack_volume_detach;
mod pages;
mod string;
mod task_get;
mod task_wait;
mod trash_object_get;
mod trash_object_list;
mod trash_object_purge;
mod trash_object_restore;
mod trash_purge_all;
mod virtual_machine_disk_list;
mod virtual_machine_get;
mod virtual_machine_list;
mod workflow;
