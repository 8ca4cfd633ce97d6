//! Disk templates, their versions, and what they ask for. Where a disk names its template many of
//! these fields are missing (recorded), so most are `Option`.

use std::fmt;

use compact_str::CompactString;
use serde::Deserialize;

/// A version of a disk template.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct DiskTemplateVersion {
    pub id: Option<CompactString>,
    pub number: Option<u64>,
    pub stable: Option<bool>,
    pub size_in_gb: Option<u64>,
    pub disk_template: Option<DiskTemplate>,
}

/// A template that can be installed on a disk.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct DiskTemplate {
    pub id: CompactString,
    pub name: Option<CompactString>,
    pub description: Option<CompactString>,
    pub permalink: Option<CompactString>,
    /// Whether every organization may use it.
    pub universal: Option<bool>,
    pub size_in_gb: Option<u64>,
    /// In the responses about templates themselves.
    pub latest_version: Option<Box<DiskTemplateVersion>>,
    pub operating_system: Option<OperatingSystem>,
}

/// The operating system of a template.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct OperatingSystem {
    pub id: CompactString,
    pub name: Option<CompactString>,
    pub badge: Option<OperatingSystemBadge>,
}

/// The picture of an operating system.
#[derive(Clone, PartialEq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct OperatingSystemBadge {
    pub url: Option<CompactString>,
    pub file_name: Option<CompactString>,
    pub file_type: Option<CompactString>,
    pub file_size: Option<u64>,
    pub digest: Option<CompactString>,
    /// A secret for fetching the picture; `Debug` hides it.
    pub token: Option<CompactString>,
}

impl fmt::Debug for OperatingSystemBadge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperatingSystemBadge").field("url", &self.url).finish_non_exhaustive()
    }
}

/// What a version of a template asks for when it is installed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DiskTemplateSpec {
    /// The fields, in the order in which to ask for them.
    pub fields: Vec<DiskTemplateSpecField>,
}

/// One thing that a template asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DiskTemplateSpecField {
    /// Which attribute of the installation it becomes.
    pub name: CompactString,
    /// Of which kind the value is.
    #[serde(rename = "type")]
    pub kind: Option<DiskTemplateSpecFieldType>,
    /// Its name for people.
    pub label: Option<CompactString>,
    /// What it is for.
    pub description: Option<CompactString>,
    /// Whether it has to be given.
    pub required: Option<bool>,
    /// An example to show.
    pub placeholder: Option<CompactString>,
    /// A value to begin with.
    pub prefill: Option<CompactString>,
}

/// Of which kind the value of a field is.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Deserialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum DiskTemplateSpecFieldType {
    Text,
    Boolean,
    Password,
    Keyboard,
    /// A value that this version does not know.
    #[serde(untagged)]
    #[strum(transparent)]
    Other(String),
}

impl DiskTemplateSpecFieldType {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}
