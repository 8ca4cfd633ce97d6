//! Data centers and I/O profiles.

use crate::state::{Country, DataCenter, IoProfile};

/// recorded: the ids of data centers have two prefixes.
pub(super) fn data_centers() -> Vec<DataCenter> {
    vec![
        data_center("loc_SimDataCenter001", "North", "sim-north-01"),
        data_center("dc_SimDataCenter002", "South", "sim-south-01"),
    ]
}

fn data_center(id: &str, name: &str, permalink: &str) -> DataCenter {
    DataCenter {
        id: id.into(),
        name: name.into(),
        permalink: permalink.into(),
        country: Country { id: "ctry_SimCountry000001".into(), name: "Simuland".into() },
    }
}

/// In the recorded order, by name. A new disk gets the one with the permalink `unrestricted`.
pub(super) fn io_profiles() -> Vec<IoProfile> {
    let limited = IoProfile {
        id: "diop_SimProfile100k01".into(),
        name: "100k".into(),
        permalink: "100k".into(),
        speed_in_mb: Some(2000),
        iops: Some(100_000),
    };
    let unrestricted = IoProfile {
        id: "diop_SimUnrestricted1".into(),
        name: "Unrestricted".into(),
        permalink: "unrestricted".into(),
        speed_in_mb: None,
        iops: None,
    };
    vec![limited, unrestricted]
}
