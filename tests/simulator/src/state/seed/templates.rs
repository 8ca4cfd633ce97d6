//! Disk templates: two for everybody, one of the organization's own.

use super::{
    LATEST_VERSION, OLD_VERSION, OPERATING_SYSTEM, ORGANIZATION, OWN_TEMPLATE, UNIVERSAL_TEMPLATE,
};
use crate::state::{DiskTemplate, DiskTemplateVersion, OperatingSystem, SpecField};

/// In the recorded order, by name.
pub(super) fn disk_templates() -> Vec<DiskTemplate> {
    let simux = || operating_system(OPERATING_SYSTEM, "Simux");
    vec![
        DiskTemplate {
            id: OWN_TEMPLATE.into(),
            name: "Golden image".into(),
            description: None,
            permalink: "golden-image".into(),
            universal: false,
            organization: ORGANIZATION.into(),
            size_in_gb: Some(Some(20)),
            operating_system: simux(),
            versions: vec![version("dtv_SimTemplVersion4", 1)],
        },
        DiskTemplate {
            id: UNIVERSAL_TEMPLATE.into(),
            name: "Simux 24.04".into(),
            description: Some("A clean installation of Simux 24.04".into()),
            permalink: "templates/simux-24-04".into(),
            universal: true,
            organization: ORGANIZATION.into(),
            size_in_gb: None,
            operating_system: simux(),
            versions: vec![version(OLD_VERSION, 1), version(LATEST_VERSION, 2)],
        },
        DiskTemplate {
            id: "dtpl_SimDiskTemplate2".into(),
            name: "Toynix 12".into(),
            description: Some("A clean installation of Toynix 12".into()),
            permalink: "templates/toynix-12".into(),
            universal: true,
            organization: ORGANIZATION.into(),
            size_in_gb: None,
            operating_system: operating_system("os_SimOperatingSys2", "Toynix"),
            versions: vec![version("dtv_SimTemplVersion3", 7)],
        },
    ]
}

fn operating_system(id: &str, name: &str) -> Option<OperatingSystem> {
    let badge_url = format!("https://sim.example.com/attachments/{}.png", name.to_lowercase());
    Some(OperatingSystem { id: id.into(), name: name.into(), badge_url })
}

fn version(id: &str, number: u32) -> DiskTemplateVersion {
    DiskTemplateVersion {
        id: id.into(),
        number,
        stable: true,
        size_in_gb: 10,
        fields: vec![
            field("root_password", "Password", "Root password", true),
            field("keyboard", "Keyboard", "Keyboard layout", false),
            SpecField {
                description: Some("Only machines in this zone see it".into()),
                placeholder: Some("internal.example.com".into()),
                prefill: Some("example.com".into()),
                ..field("search_domain", "Text", "Search domain", false)
            },
            field("updates", "Boolean", "Install updates at once", false),
        ],
    }
}

fn field(name: &str, kind: &str, label: &str, required: bool) -> SpecField {
    SpecField {
        name: name.into(),
        kind: kind.into(),
        label: label.into(),
        description: None,
        required,
        placeholder: None,
        prefill: None,
    }
}
