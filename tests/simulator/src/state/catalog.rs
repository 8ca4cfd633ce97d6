//! What an organization may choose from.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A data center, as it appears in a disk; elsewhere its country is told, too.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DataCenter {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) permalink: String,
    #[serde(default, skip_serializing)]
    pub(crate) country: Country,
}

impl DataCenter {
    /// With its whole country: recorded of machines and networks.
    pub(crate) fn whole(&self) -> Value {
        let Self { id, name, permalink, country } = self;
        json!({ "id": id, "name": name, "permalink": permalink, "country": country })
    }
}

#[derive(Clone, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) iso_code2: String,
    #[serde(default)]
    pub(crate) iso_code3: String,
    pub(crate) time_zone: Option<String>,
    #[serde(default)]
    pub(crate) eu: bool,
}

#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IoProfile {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) permalink: String,
    pub(crate) speed_in_mb: Option<u32>,
    pub(crate) iops: Option<u32>,
}

/// What a machine is made of.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) permalink: String,
    pub(crate) cpu_cores: u32,
    pub(crate) ipv4_addresses: u32,
    pub(crate) memory_in_gb: u32,
    pub(crate) storage_in_gb: u32,
    pub(crate) monthly_bandwidth_allowance_in_gb: Option<u32>,
    pub(crate) privacy: String,
    pub(crate) icon: Option<Value>,
    #[serde(default)]
    pub(crate) use_dedicated_cpus: bool,
    pub(crate) group: Option<Named>,
}

#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: String,
}
