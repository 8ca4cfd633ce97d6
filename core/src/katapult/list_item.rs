//! What lists consist of.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::{
    DiskBackupPolicy, DiskIoProfile, DiskSummary, DiskTemplate, DiskTemplateVersion, TrashObject,
    VirtualMachineDisk, VirtualMachineSummary,
};

/// What lists consist of.
pub trait ListItem: DeserializeOwned + fmt::Debug {
    /// The key of the items in a page.
    const KEY: &'static str;

    /// The way to an item's id in its JSON, by which it is recognised when it comes again. An item
    /// without an id is recognised by its whole text.
    const ID: &'static [&'static str] = &["id"];

    /// The top-level keys that every page has.
    const PAGE_KEYS: &'static [&'static str] = &["pagination", Self::KEY];
}

impl ListItem for DiskSummary {
    // The API's key is singular.
    const KEY: &'static str = "disk";
}

impl ListItem for VirtualMachineDisk {
    const KEY: &'static str = "disks";
    const ID: &'static [&'static str] = &["disk", "id"];
}

impl ListItem for VirtualMachineSummary {
    const KEY: &'static str = "virtual_machines";
}

impl ListItem for DiskIoProfile {
    const KEY: &'static str = "disk_io_profiles";
}

impl ListItem for DiskTemplate {
    const KEY: &'static str = "disk_templates";
}

impl ListItem for DiskTemplateVersion {
    const KEY: &'static str = "disk_template_versions";
    const PAGE_KEYS: &'static [&'static str] = &["disk_template", "pagination", Self::KEY];
}

impl ListItem for DiskBackupPolicy {
    const KEY: &'static str = "disk_backup_policies";
}

impl ListItem for TrashObject {
    const KEY: &'static str = "trash_objects";
}
