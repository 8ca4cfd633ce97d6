//! The endpoints that Nova and Cinder have in Keystone's catalog: one for each region and interface, so
//! that the log shows which one was asked.

use crate::state::{OTHER_REGION, REGION};

pub(crate) const INTERFACES: [&str; 3] = ["public", "internal", "admin"];
pub(crate) const REGIONS: [&str; 2] = [REGION, OTHER_REGION];

/// What stands before the service in the path of an endpoint.
pub(crate) fn prefix(region: &str, interface: &str) -> String {
    let region = if region == REGION { String::new() } else { format!("/{region}") };
    if interface == "public" { region } else { format!("{region}/{interface}") }
}

/// The region and the prefix of each.
pub(crate) fn all() -> impl Iterator<Item = (&'static str, String)> {
    REGIONS.into_iter().flat_map(|region| {
        INTERFACES.into_iter().map(move |interface| (region, prefix(region, interface)))
    })
}
