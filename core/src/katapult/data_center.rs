//! Data centers.

use compact_str::CompactString;
use serde::Deserialize;

/// Where disks and virtual machines are. Ids begin with `loc_` or `dc_` (both recorded).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct DataCenter {
    pub id: CompactString,
    pub name: Option<CompactString>,
    pub permalink: Option<CompactString>,
    /// In the responses about data centers themselves.
    pub country: Option<Country>,
}

/// A country.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
#[non_exhaustive]
pub struct Country {
    pub id: CompactString,
    pub name: Option<CompactString>,
}
