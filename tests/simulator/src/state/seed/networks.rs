//! Networks, and the interfaces of the machines.

use super::catalog::data_centers;
use super::{ORGANIZATION, RUNNING_MACHINE, STOPPED_MACHINE};
use crate::state::{Network, NetworkInterface, NetworkSpeedProfile, VirtualNetwork};

/// The running machine's.
pub(super) const NETWORK_INTERFACE: &str = "vmnet_SimInterface00001";

/// recorded: each data center has its default network.
pub(super) fn networks() -> [Network; 2] {
    let [north, south] = data_centers();
    [
        Network {
            id: "netw_SimNetwork000001".into(),
            name: "Public Network".into(),
            permalink: Some("sim-north-01-public".into()),
            default: true,
            data_center: north,
        },
        Network {
            id: "netw_SimNetwork000002".into(),
            name: "Public Network - South".into(),
            permalink: Some("sim-south-01-public".into()),
            default: true,
            data_center: south,
        },
    ]
}

pub(super) fn virtual_networks() -> Vec<VirtualNetwork> {
    let [data_center, _] = data_centers();
    vec![VirtualNetwork {
        organization: ORGANIZATION.into(),

        id: "vnet_SimVirtualNet001".into(),
        name: "Backbone".into(),
        data_center,
    }]
}

/// A machine gets the first one.
pub(super) fn speed_profiles() -> Vec<NetworkSpeedProfile> {
    let profile = |id: &str, name: &str, permalink: &str, speed| NetworkSpeedProfile {
        id: id.into(),
        name: name.into(),
        upload_speed_in_mbit: speed,
        download_speed_in_mbit: None,
        permalink: permalink.into(),
    };
    vec![
        profile("nsp_SimSpeed1Gbps001", "1Gbps", "1gbps", Some(1000)),
        profile("nsp_SimSpeed10Gbps01", "10Gbps", "10gbps", Some(10_000)),
        profile("nsp_SimUnrestricted1", "Unrestricted", "unrestricted", None),
    ]
}

pub(super) fn interfaces() -> Vec<NetworkInterface> {
    let [network, _] = networks();
    let interface = |id: &str, machine: &str, mac_address: &str| NetworkInterface {
        id: id.into(),
        virtual_machine: machine.into(),
        network: network.id.clone(),
        mac_address: mac_address.into(),
        speed_profile: speed_profiles().first().map(|profile| profile.id.clone()),
    };
    vec![
        interface(NETWORK_INTERFACE, RUNNING_MACHINE, "3a:51:0d:00:00:01"),
        interface("vmnet_SimInterface00002", STOPPED_MACHINE, "3a:51:0d:00:00:02"),
    ]
}
