//! Reads what others do beside a request.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::order::read_value;
use crate::state::{
    Act, CloudAct, ConditionsOrder, NextTask, Seconds, ServerOrder, TokensOrder, VolumeOrder,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestAct {
    method: String,
    path: String,
    #[serde(default)]
    body: Map<String, Value>,
    #[serde(default)]
    task: NextTask,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MachineAct {
    virtual_machine: String,
    state: Option<String>,
    #[serde(default)]
    lag_seconds: Seconds,
    in_trash: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServerAct {
    server: String,
    set: ServerOrder,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VolumeAct {
    volume: String,
    set: VolumeOrder,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionsAct {
    openstack: ConditionsOrder,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokensAct {
    tokens: TokensOrder,
}

/// The acts of a member, whose name an error begins with.
pub(super) fn acts(member: &str, orders: Vec<Value>) -> Result<Vec<Act>, String> {
    let numbered = orders.into_iter().enumerate();
    numbered
        .map(|(number, order)| {
            act(order).map_err(|problem| format!("{member}[{number}]: {problem}"))
        })
        .collect()
}

/// What an act is about decides how the rest of it is read.
fn act(order: Value) -> Result<Act, String> {
    let has = |member: &str| order.get(member).is_some();
    Ok(if has("method") {
        let RequestAct { method, path, body, task } = read_value(order)?;
        Act::Request { method, path, body, task }
    } else if has("virtual_machine") {
        let MachineAct { virtual_machine: id, state, lag_seconds, in_trash } = read_value(order)?;
        Act::Machine { id, state, lag: lag_seconds.0, in_trash }
    } else if has("server") {
        let ServerAct { server, set } = read_value(order)?;
        Act::Cloud(CloudAct::Server { server, set })
    } else if has("volume") {
        let VolumeAct { volume, set } = read_value(order)?;
        Act::Cloud(CloudAct::Volume { volume, set })
    } else if has("openstack") {
        let ConditionsAct { openstack } = read_value(order)?;
        Act::Cloud(CloudAct::Conditions { openstack })
    } else if has("tokens") {
        let TokensAct { tokens } = read_value(order)?;
        Act::Cloud(CloudAct::Tokens { tokens })
    } else {
        let kinds = "method, virtual_machine, server, volume, openstack, tokens";
        return Err(format!("an act needs one of these members: {kinds}"));
    })
}
