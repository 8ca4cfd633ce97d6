//! Networks and virtual networks, and how fast machines are in them.

use serde::Serialize;
use serde_json::{Value, json};

use super::answer::Success;
use super::argument::Argument;
use super::arguments::Arguments;
use super::catalog::{self, DATA_CENTER, KEYS};
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::permission::check_owner;
use super::{Answer, Endpoint};
use crate::state::{Network, NetworkSpeedProfile, Organization, State, VirtualNetwork};

pub(super) const NETWORK: Argument = Argument::lookup("network", "NetworkLookup", &KEYS).required();

pub(super) const GET: Endpoint = Endpoint {
    id: "Networks/InfoEndpoint",
    arguments: &[NETWORK.about("The network to return")],
    perform: get,
};

pub(super) const LIST_AVAILABLE: Endpoint =
    Endpoint { id: "Networks/ListEndpoint", arguments: &[ORGANIZATION], perform: list_available };

pub(super) const DEFAULT_NETWORK: Endpoint = Endpoint {
    id: "DataCenters/DefaultNetworkEndpoint",
    arguments: &[DATA_CENTER],
    perform: default_network,
};

pub(super) const LIST_VIRTUAL: Endpoint = Endpoint {
    id: "VirtualNetworks/ListEndpoint",
    arguments: &[ORGANIZATION, PAGE, PER_PAGE],
    perform: list_virtual,
};

pub(super) const GET_VIRTUAL: Endpoint = Endpoint {
    id: "VirtualNetworks/InfoEndpoint",
    arguments: &[Argument::lookup("virtual_network", "VirtualNetworkLookup", &["id"]).required()],
    perform: get_virtual,
};

pub(super) const LIST_SPEED_PROFILES: Endpoint = Endpoint {
    id: "NetworkSpeedProfiles/ListEndpoint",
    arguments: &[
        ORGANIZATION.about("The organization to use when looking up network speed profiles"),
        PAGE,
        PER_PAGE,
    ],
    perform: list_speed_profiles,
};

#[derive(Serialize)]
struct NetworkAnswer {
    network: Value,
}

pub(super) fn find<'a>(state: &'a State, arguments: &Arguments) -> Result<&'a Network, ApiError> {
    let lookup = arguments.lookup("network")?;
    let is_meant = |network: &&Network| {
        let permalink = network.permalink.as_deref().unwrap_or_default();
        lookup.matches(&[("id", &network.id), ("permalink", permalink)])
    };
    state.networks.iter().find(is_meant).ok_or_else(ApiError::network_not_found)
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    let network = find(state, arguments)?;
    let mut view = json!(network);
    view["data_center"] = network.data_center.whole();
    Ok(Success::ok(&NetworkAnswer { network: view }))
}

/// recorded: without the data center's country. Not documented: a data center without a network.
fn default_network(state: &mut State, arguments: &Arguments) -> Answer {
    let data_center = catalog::find_data_center(state, &arguments.lookup("data_center")?)?;
    let network = state.default_network(&data_center.id).ok_or_else(ApiError::network_not_found)?;
    Ok(Success::ok(&NetworkAnswer { network: json!(network) }))
}

/// recorded: not in pages.
fn list_available(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        networks: &'a [Network],
        virtual_networks: Vec<&'a VirtualNetwork>,
    }

    let virtual_networks = virtual_networks_of(state, organizations::find(state, arguments)?);
    Ok(Success::ok(&Body { networks: &state.networks, virtual_networks }))
}

fn virtual_networks_of<'a>(
    state: &'a State,
    organization: &Organization,
) -> Vec<&'a VirtualNetwork> {
    let is_its = |network: &&VirtualNetwork| network.organization == organization.id();
    state.virtual_networks.iter().filter(is_its).collect()
}

/// recorded, like the list: with the data center's country.
fn whole(network: &VirtualNetwork) -> Value {
    let mut view = json!(network);
    view["data_center"] = network.data_center.whole();
    view
}

fn list_virtual(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body {
        pagination: Pagination,
        virtual_networks: Vec<Value>,
    }

    let all = virtual_networks_of(state, organizations::find(state, arguments)?);
    let (pagination, page) = paginate(all, arguments, state.large_set)?;
    let virtual_networks = page.into_iter().map(whole).collect();
    Ok(Success::ok(&Body { pagination, virtual_networks }))
}

fn get_virtual(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body {
        virtual_network: Value,
    }

    let lookup = arguments.lookup("virtual_network")?;
    let missing = ApiError::virtual_network_not_found;
    let network = state.virtual_network(lookup.id()).ok_or_else(missing)?;
    check_owner(state, Some(&network.organization), missing)?;
    Ok(Success::ok(&Body { virtual_network: whole(network) }))
}

fn list_speed_profiles(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        network_speed_profiles: Vec<&'a NetworkSpeedProfile>,
    }

    organizations::find(state, arguments)?;
    let all = state.network_speed_profiles.iter().collect();
    let (pagination, network_speed_profiles) = paginate(all, arguments, state.large_set)?;
    Ok(Success::ok(&Body { pagination, network_speed_profiles }))
}
