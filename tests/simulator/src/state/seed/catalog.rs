//! Data centers, I/O profiles and packages.

use crate::state::{Country, DataCenter, IoProfile, Named, Package};

/// recorded: the ids of data centers have two prefixes.
pub(super) fn data_centers() -> [DataCenter; 2] {
    [
        data_center("loc_SimDataCenter001", "North", "sim-north-01"),
        data_center("dc_SimDataCenter002", "South", "sim-south-01"),
    ]
}

fn data_center(id: &str, name: &str, permalink: &str) -> DataCenter {
    DataCenter { id: id.into(), name: name.into(), permalink: permalink.into(), country: country() }
}

pub(super) fn country() -> Country {
    Country {
        id: "ctry_SimCountry000001".into(),
        name: "Simuland".into(),
        iso_code2: "SX".into(),
        iso_code3: "SXX".into(),
        time_zone: Some("Etc/UTC".into()),
        eu: false,
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

/// By size. The machines at the start have the second one.
pub(super) fn packages() -> [Package; 3] {
    [("000002", 1, 1, 10), ("000001", 3, 1, 25), ("000003", 6, 2, 50)].map(
        |(id, memory_in_gb, cpu_cores, storage_in_gb)| Package {
            id: format!("vmpkg_SimPackage{id}"),
            name: format!("PEBBLE-{memory_in_gb}"),
            permalink: format!("pebble-{memory_in_gb}"),
            cpu_cores,
            ipv4_addresses: 1,
            memory_in_gb,
            storage_in_gb,
            monthly_bandwidth_allowance_in_gb: Some(2048),
            privacy: "public".into(),
            icon: None,
            use_dedicated_cpus: false,
            group: Some(Named { id: "vmpkgrp_SimPackageGrp001".into(), name: "Standard".into() }),
        },
    )
}
