//! What may be wrong with a server's id that Nova does not find. Reads, and ignores what fails: this only
//! explains an error.

use super::about_error::is_uuid;
use super::server::{FindServers, GetServer, ServerList};
use super::{Client, DetachVolume};
use crate::transport::Until;
use crate::{ApiResponse, Result, Status};

/// What the given ids are, or else where the server was looked for. Fails only when it is interrupted.
pub(super) fn hint(client: &Client, given: &DetachVolume, until: Until) -> Result<String> {
    let DetachVolume { server_id, volume_id } = given;
    let exists = |id: &str| -> Result<bool> {
        let answer = unless_interrupted(client.send_until(&GetServer { server_id: id }, until))?;
        Ok(answer.is_some())
    };
    if volume_id != server_id && exists(volume_id)? {
        return Ok(format!(
            "server_id and volume_id are swapped: {volume_id} is the id of a server"
        ));
    }
    if let Some(id) = with_hyphens(server_id) {
        if exists(&id)? {
            return Ok(format!(
                "{server_id} is the server {id}, written without hyphens: use {id}"
            ));
        }
    }
    if !is_uuid(server_id) {
        if let Some(id) = id_of_name(client, server_id, until)? {
            return Ok(format!("{server_id} is the name of the server {id}: use {id}"));
        }
    }
    let looked = client.description();
    let place = [("region", &looked.region_name), ("project", &looked.project)];
    let place = place.iter().filter_map(|(what, name)| Some(format!(" {what} {}", name.as_ref()?)));
    Ok(format!(
        "looked for the server at {}{}, where those of other projects and regions are not found",
        looked.endpoint.unwrap_or_default(),
        place.collect::<Vec<_>>().join(",")
    ))
}

fn id_of_name(client: &Client, name: &str, until: Until) -> Result<Option<String>> {
    let answer = unless_interrupted(client.send_until(&FindServers::named(name), until))?;
    let list: Option<ServerList> = answer.and_then(|answer| answer.decode().ok());
    let mut servers = list.into_iter().flat_map(|list| list.servers);
    Ok(servers.find(|server| server.name == name).map(|server| server.id))
}

/// The answer of a read that is of use only if it succeeds.
pub(super) fn unless_interrupted(answer: Result<ApiResponse>) -> Result<Option<ApiResponse>> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if error.status() == Status::Interrupted => Err(error),
        Err(_) => Ok(None),
    }
}

/// A UUID of 32 digits as Nova writes it.
fn with_hyphens(id: &str) -> Option<String> {
    let is_bare = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_bare.then(|| [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]].join("-"))
}

#[cfg(test)]
mod tests {
    use super::with_hyphens;

    #[test]
    fn a_uuid_gets_its_hyphens() {
        let dashed = with_hyphens("4d1f7a520c3b4e8ab6d975f2c81e9a30");
        assert_eq!(dashed.as_deref(), Some("4d1f7a52-0c3b-4e8a-b6d9-75f2c81e9a30"));
        for other in [
            "",
            "web-1",
            "4d1f7a52-0c3b-4e8a-b6d9-75f2c81e9a30",
            "4d1f7a520c3b4e8ab6d975f2c81e9a3x",
        ] {
            assert_eq!(with_hyphens(other), None, "{other}");
        }
    }
}
