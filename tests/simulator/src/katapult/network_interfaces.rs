//! The network interfaces of virtual machines: list, get.

use serde::Serialize;
use serde_json::{Value, json};

use super::answer::Success;
use super::argument::Argument;
use super::arguments::{Arguments, Lookup};
use super::error::ApiError;
use super::networks::{self, NETWORK};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::part;
use super::virtual_machines::{VIRTUAL_MACHINE, find as find_machine, find_by};
use super::{Answer, Endpoint};
use crate::state::{NetworkInterface, NetworkSpeedProfile, State, VirtualMachine, network_of};

pub(super) const LIST: Endpoint = Endpoint {
    id: "VirtualMachineNetworkInterfaces/ListEndpoint",
    arguments: &[
        VIRTUAL_MACHINE.about("The virtual machine to show network interfaces for"),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const GET: Endpoint = Endpoint {
    id: "VirtualMachineNetworkInterfaces/InfoEndpoint",
    arguments: &[INTERFACE],
    perform: get,
};

pub(super) const GET_BY_NETWORK: Endpoint = Endpoint {
    id: "VirtualMachineNetworkInterfaces/ForNetworkEndpoint",
    arguments: &[
        VIRTUAL_MACHINE.about("The virtual machine to find the network interface for"),
        NETWORK.about("The network to find the network interface for"),
    ],
    perform: get_by_network,
};

const INTERFACE: Argument = Argument::lookup(
    "virtual_machine_network_interface",
    "VirtualMachineNetworkInterfaceLookup",
    &["id"],
)
.required()
.about("The network interface to show the information for");

/// recorded: in the list, an address tells its name and its mask, too; the document does not know
/// them. The name follows the machine's.
#[derive(Serialize)]
struct ListItem {
    id: String,
    name: String,
    network: Value,
    virtual_network: Value,
    ip_addresses: Vec<Value>,
}

impl ListItem {
    fn new(state: &State, machine: &VirtualMachine, interface: &NetworkInterface) -> Self {
        let is_its = |address: &&Value| network_of(address) == Some(&interface.network);
        let addresses = || machine.addresses().filter(is_its);
        let named = ["id", "name"];
        let virtual_network = state.virtual_network(&interface.network);
        let network = state.network(&interface.network).map(|network| json!(network));
        // A test may place a machine with a network that it did not place.
        let network = network.or_else(|| addresses().next().map(|it| it["network"].clone()));
        let network = network.filter(|_| virtual_network.is_none()).unwrap_or_default();
        let virtual_network = part(&json!(virtual_network), &named);
        let place = if virtual_network.is_null() { &network } else { &virtual_network };
        let told = ["id", "address", "reverse_dns", "address_with_mask"];
        Self {
            id: interface.id.clone(),
            name: format!("{} on {}", place["name"].as_str().unwrap_or_default(), machine.name()),
            network: part(&network, &named),
            virtual_network,
            ip_addresses: addresses().map(|address| part(address, &told)).collect(),
        }
    }
}

#[derive(Serialize)]
struct InterfaceAnswer {
    virtual_machine_network_interface: Value,
}

fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body {
        pagination: Pagination,
        virtual_machine_network_interfaces: Vec<ListItem>,
    }

    let machine = find_machine(state, arguments)?;
    let all = state.interfaces_of(machine.id()).collect();
    let (pagination, page) = paginate(all, arguments, state.large_set)?;
    let items = page.into_iter().map(|interface| ListItem::new(state, machine, interface));
    let virtual_machine_network_interfaces = items.collect();
    Ok(Success::ok(&Body { pagination, virtual_machine_network_interfaces }))
}

/// Not documented: what becomes of those of a machine in the trash. Here they are not found.
fn get(state: &mut State, arguments: &Arguments) -> Answer {
    let lookup = arguments.lookup("virtual_machine_network_interface")?;
    let found = state.network_interfaces.iter().find(|interface| interface.id == lookup.id());
    let missing = ApiError::virtual_machine_network_interface_not_found;
    let interface = found.ok_or_else(missing)?;
    let machine = find_by(state, &Lookup::new("id", &interface.virtual_machine));
    let machine = machine.map_err(|_| missing())?;
    let mut view = whole(state, machine, interface);
    let is_its =
        |profile: &&NetworkSpeedProfile| Some(&profile.id) == interface.speed_profile.as_ref();
    let profile = state.network_speed_profiles.iter().find(is_its);
    if profile.is_some() {
        view["speed_profile"] = part(&json!(profile), &["id", "name", "permalink"]);
    }
    Ok(Success::ok(&InterfaceAnswer { virtual_machine_network_interface: view }))
}

/// document: without the speed profile.
fn get_by_network(state: &mut State, arguments: &Arguments) -> Answer {
    let machine = find_machine(state, arguments)?;
    let network = networks::find(state, arguments)?;
    let interface = state.interfaces_of(machine.id()).find(|it| it.network == network.id);
    let interface = interface.ok_or_else(ApiError::interface_not_found)?;
    let view = whole(state, machine, interface);
    Ok(Success::ok(&InterfaceAnswer { virtual_machine_network_interface: view }))
}

/// recorded: an interface is attached as long as its machine runs.
fn whole(state: &State, machine: &VirtualMachine, interface: &NetworkInterface) -> Value {
    let item = ListItem::new(state, machine, interface);
    let addresses = item.ip_addresses.iter().map(|address| part(address, &["id", "address"]));
    json!({
        "id": item.id,
        "virtual_machine": { "id": machine.id(), "name": machine.name() },
        "name": item.name,
        "network": item.network,
        "virtual_network": item.virtual_network,
        "mac_address": interface.mac_address,
        "state": if machine.is_running() { "attached" } else { "detached" },
        "ip_addresses": addresses.collect::<Vec<_>>(),
    })
}
