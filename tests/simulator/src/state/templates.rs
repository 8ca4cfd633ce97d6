//! Disk templates and their versions.

use serde::{Deserialize, Serialize};

use crate::json;

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiskTemplate {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
    pub(crate) permalink: String,
    /// Offered to every organization, not made by this one.
    #[serde(default)]
    pub(crate) universal: bool,
    /// Whose it is, by id; the main organization's, if nothing is said.
    #[serde(default)]
    pub(crate) organization: String,
    /// None is not sent: recorded bodies do not have it, but they are older than the document that
    /// does. `Some(None)` is a null.
    #[serde(default, deserialize_with = "json::present", skip_serializing_if = "Option::is_none")]
    pub(crate) size_in_gb: Option<Option<u32>>,
    #[serde(default)]
    pub(crate) operating_system: Option<OperatingSystem>,
    /// The oldest first.
    #[serde(default)]
    pub(crate) versions: Vec<DiskTemplateVersion>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperatingSystem {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Told only about a single template.
    #[serde(default = "badge_url", skip_serializing)]
    pub(crate) badge_url: String,
}

fn badge_url() -> String {
    "https://sim.example.com/attachments/operating-system.png".to_owned()
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiskTemplateVersion {
    pub(crate) id: String,
    pub(crate) number: u32,
    #[serde(default = "yes")]
    pub(crate) stable: bool,
    #[serde(default = "ten")]
    pub(crate) size_in_gb: u32,
    /// The fields that the template asks for.
    #[serde(default)]
    pub(crate) fields: Vec<SpecField>,
}

fn yes() -> bool {
    true
}

fn ten() -> u32 {
    10
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpecField {
    pub(crate) name: String,
    /// document: `Text`, `Boolean`, `Password` or `Keyboard`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) label: String,
    #[serde(default)]
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) placeholder: Option<String>,
    #[serde(default)]
    pub(crate) prefill: Option<String>,
}
