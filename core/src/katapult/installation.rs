//! What is installed on a disk. The service leaves out many of these fields (recorded: a disk's
//! template version has no id and no size), so most are `Option`.

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Deserializer};

use super::DiskTemplateVersion;

/// The installation of a template on a disk.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct DiskInstallation {
    pub id: CompactString,
    pub disk_template_version: Option<DiskTemplateVersion>,
    #[serde(default, deserialize_with = "null_as_empty")]
    pub attributes: Vec<DiskInstallationAttribute>,
}

/// A value that was given for the installation.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DiskInstallationAttribute {
    /// Which attribute.
    pub key: CompactString,
    /// Its name for people.
    pub label: Option<CompactString>,
    /// The value; `Debug` hides it when it is protected.
    pub value: Option<CompactString>,
    /// What it is for.
    pub description: Option<CompactString>,
    /// Whether the value is a secret.
    pub protect: Option<bool>,
}

impl fmt::Debug for DiskInstallationAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Hidden unless the API says that it need not be.
        let hidden = self.protect != Some(false) && self.value.is_some();
        let value = if hidden { Some("…") } else { self.value.as_deref() };
        f.debug_struct("DiskInstallationAttribute")
            .field("key", &self.key)
            .field("value", &value)
            .field("protect", &self.protect)
            .finish_non_exhaustive()
    }
}

/// A disk that was created must not become an error because of how a list without entries is written.
fn null_as_empty<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<DiskInstallationAttribute>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
