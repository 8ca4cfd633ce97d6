//! Networks, and what connects machines to them.

use serde::{Deserialize, Serialize};

use super::{DataCenter, State, VirtualMachine, new_id, new_mac_address};

/// A public network. No organization owns it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Network {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) permalink: Option<String>,
    #[serde(default = "yes")]
    pub(crate) default: bool,
    pub(crate) data_center: DataCenter,
}

fn yes() -> bool {
    true
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VirtualNetwork {
    /// Whose it is, by id; the main organization's, if nothing is said.
    #[serde(default, skip_serializing)]
    pub(crate) organization: String,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) data_center: DataCenter,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NetworkSpeedProfile {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) upload_speed_in_mbit: Option<u32>,
    pub(crate) download_speed_in_mbit: Option<u32>,
    pub(crate) permalink: String,
}

/// A machine's place in a network. Its name, its state and its addresses are the machine's.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NetworkInterface {
    pub(crate) id: String,
    /// Ids, as those of the rest.
    pub(crate) virtual_machine: String,
    /// Of a network or of a virtual network.
    pub(crate) network: String,
    #[serde(default = "new_mac_address")]
    pub(crate) mac_address: String,
    pub(crate) speed_profile: Option<String>,
}

impl State {
    pub(crate) fn network(&self, id: &str) -> Option<&Network> {
        self.networks.iter().find(|network| network.id == id)
    }

    pub(crate) fn virtual_network(&self, id: &str) -> Option<&VirtualNetwork> {
        self.virtual_networks.iter().find(|network| network.id == id)
    }

    /// The one of a data center.
    pub(crate) fn default_network(&self, data_center: &str) -> Option<&Network> {
        self.networks.iter().find(|it| it.default && it.data_center.id == data_center)
    }

    pub(crate) fn interfaces_of(&self, machine: &str) -> impl Iterator<Item = &NetworkInterface> {
        self.network_interfaces.iter().filter(move |it| it.virtual_machine == machine)
    }

    /// Gives a new machine an interface in each network that it has an address of.
    pub(super) fn connect(&mut self, machine: &VirtualMachine) {
        let mut networks: Vec<&str> = machine.addresses().filter_map(network_of).collect();
        networks.dedup();
        let speed_profile = self.network_speed_profiles.first().map(|profile| profile.id.clone());
        for network in networks {
            self.network_interfaces.push(NetworkInterface {
                id: new_id("vmnet"),
                virtual_machine: machine.id().to_owned(),
                network: network.to_owned(),
                mac_address: new_mac_address(),
                speed_profile: speed_profile.clone(),
            });
        }
    }
}

/// The id of an address's network.
pub(crate) fn network_of(address: &serde_json::Value) -> Option<&str> {
    address["network"]["id"].as_str()
}
