//! Changes the cloud directly: servers, volumes, tokens, and which parts are down.

use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::order::{Order, Reply};
use crate::state::{
    Attachment, ConditionsOrder, NotDone, ServerOrder, Shared, TokensOrder, Volume, VolumeOrder,
};

pub(super) async fn server(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<ServerOrder>,
) -> Reply {
    reply(shared.lock().order_server(&id, order))
}

/// All servers, whichever region and project they are in.
pub(super) async fn servers(State(shared): State<Shared>) -> Reply {
    let state = shared.lock();
    let servers = state.servers.iter().map(|server| {
        let volumes = state.volumes.iter().filter_map(|volume| {
            let attachment = volume.attachment.as_ref().filter(|it| it.server_id == server.id)?;
            Some(volume_view(volume, attachment))
        });
        json!({
            "id": server.id,
            "region_name": server.region,
            "project_id": server.project_id,
            "volumes": volumes.collect::<Vec<_>>(),
        })
    });
    Reply::ok(json!({ "servers": servers.collect::<Vec<_>>() }))
}

fn volume_view(volume: &Volume, attachment: &Attachment) -> Value {
    json!({
        "id": volume.id,
        "attached": volume.attached,
        "is_root": attachment.is_root,
    })
}

pub(super) async fn volume(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Order(order): Order<VolumeOrder>,
) -> Reply {
    reply(shared.lock().order_volume(&id, order))
}

pub(super) async fn conditions(
    State(shared): State<Shared>,
    Order(order): Order<ConditionsOrder>,
) -> Reply {
    shared.lock().order_conditions(&order);
    Reply::done()
}

pub(super) async fn tokens(
    State(shared): State<Shared>,
    Order(order): Order<TokensOrder>,
) -> Reply {
    reply(shared.lock().order_tokens(&order))
}

fn reply(done: Result<(), NotDone>) -> Reply {
    match done {
        Ok(()) => Reply::done(),
        Err(NotDone::Unknown(what)) => Reply::not_found(what),
        Err(NotDone::Wrong(problem)) => Reply::bad_request(problem),
    }
}
