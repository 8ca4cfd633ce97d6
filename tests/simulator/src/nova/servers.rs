//! Servers: list, get.

use serde_json::{Value, json};

use super::Call;
use super::answer::{Answer, Fault};
use super::server_view::{alone, basic, detailed};
use crate::python_json::python_json;
use crate::state::{Server, State};

/// Nova's own limit of a page.
const MAX_PAGE: usize = 1000;

pub(super) fn list(state: &State, call: &Call<'_>) -> Result<Answer, Fault> {
    page(state, call, "servers", "index", |server| basic(server, call))
}

pub(super) fn detail(state: &State, call: &Call<'_>) -> Result<Answer, Fault> {
    page(state, call, "servers/detail", "detail", |server| detailed(state, server, call))
}

pub(super) fn get(state: &State, call: &Call<'_>) -> Result<Answer, Fault> {
    let server = alone(state, call.server(state)?, call);
    Ok(Answer::Ok(python_json(&json!({ "server": server }))))
}

/// Of Nova's documents: the servers of the caller's project that the query asks for.
fn page(
    state: &State,
    call: &Call<'_>,
    path: &str,
    rule: &str,
    view: impl Fn(&Server) -> Value,
) -> Result<Answer, Fault> {
    check_all_tenants(call, rule)?;
    let limit = call.limit()?.unwrap_or(MAX_PAGE).min(MAX_PAGE);
    let mut servers: Vec<_> =
        call.servers(state).filter(|server| is_wanted(server, call)).collect();
    // The latest first.
    servers.sort_by_key(|server| std::cmp::Reverse(server.created_at));
    let start = match call.parameter("marker") {
        None => 0,
        Some(marker) => {
            let position = servers.iter().position(|server| server.id == marker);
            let position = position
                .ok_or_else(|| Fault::bad_request(format!("marker [{marker}] not found")))?;
            position + 1
        }
    };
    let servers: Vec<_> = servers.into_iter().skip(start).take(limit).collect();
    let mut body =
        json!({ "servers": servers.iter().map(|server| view(server)).collect::<Value>() });
    // Nova's source: a full page has a link to the next one, also if that is empty.
    if let Some(last) = servers.last().filter(|_| servers.len() == limit) {
        body["servers_links"] = call.links.next(path, &call.query, &last.id);
    }
    Ok(Answer::Ok(python_json(&body)))
}

/// Only administrators may see the servers of all projects, and nobody here is one.
fn check_all_tenants(call: &Call<'_>, rule: &str) -> Result<(), Fault> {
    match call.parameter("all_tenants").map(str::to_lowercase).as_deref() {
        None | Some("0" | "false" | "f" | "no" | "n" | "off") => Ok(()),
        Some("" | "1" | "true" | "t" | "yes" | "y" | "on") => {
            Err(Fault::policy(&format!("servers:{rule}:get_all_tenants")))
        }
        Some(other) => Err(Fault::bad_request(format!(
            "Unrecognized value '{other}', acceptable values are: '0', '1', 'f', 'false', 'n', \
             'no', 'off', 'on', 't', 'true', 'y', 'yes'"
        ))),
    }
}

/// What is no filter here is ignored, as Nova does with what only administrators may ask for.
fn is_wanted(server: &Server, call: &Call<'_>) -> bool {
    call.query.iter().all(|(name, value)| match name.as_str() {
        "name" => matches(value, &server.name),
        "status" => value.eq_ignore_ascii_case(server.status()),
        "ip" => matches(value, &server.address),
        "flavor" => value == super::flavors::FLAVOR_ID,
        // None was started from an image.
        "image" => value.is_empty(),
        "locked" if call.minor() >= 73 => {
            ["true", "1", "yes", "on", "t", "y"].contains(&value.to_lowercase().as_str())
                == server.locked
        }
        "vm_state" if call.minor() >= 83 => *value == server.vm_state,
        "task_state" if call.minor() >= 83 => server.task_state.as_ref() == Some(value),
        _ => true,
    })
}

/// Nova's name is a regular expression; of these only plain text and its two anchors are known here.
fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('^'), pattern.strip_suffix('$')) {
        (Some(rest), Some(_)) => rest.strip_suffix('$') == Some(name),
        (Some(rest), None) => name.starts_with(rest),
        (None, Some(rest)) => name.ends_with(rest),
        (None, None) => name.contains(pattern),
    }
}
