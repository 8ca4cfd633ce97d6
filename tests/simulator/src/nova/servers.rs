//! Servers, with what tells them apart. A real Nova tells much more.

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::Call;
use super::answer::{Answer, Fault};
use crate::python_json::python_json;
use crate::state::{Server, State};

#[derive(Serialize)]
struct ServerView {
    id: &'static str,
    name: &'static str,
}

impl ServerView {
    fn new(server: &Server) -> Self {
        Self { id: server.id, name: server.name }
    }
}

/// Of Nova's documents: the servers of the caller's project, and of these those whose name matches.
pub(super) fn list(state: &State, call: &Call<'_>) -> Result<Answer, Fault> {
    #[derive(Serialize)]
    struct Body {
        servers: Vec<ServerView>,
    }

    let name = call.query.split('&').find_map(|pair| pair.strip_prefix("name="));
    let pattern = name.map(|name| percent_decode_str(name).decode_utf8_lossy().into_owned());
    let servers = call
        .servers(state)
        .filter(|server| pattern.as_deref().is_none_or(|pattern| matches(pattern, server.name)))
        .map(ServerView::new)
        .collect();
    Ok(Answer::Ok(python_json(&Body { servers })))
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

pub(super) fn get(state: &State, call: &Call<'_>) -> Result<Answer, Fault> {
    #[derive(Serialize)]
    struct Body {
        server: ServerView,
    }

    let server = ServerView::new(call.server(state)?);
    Ok(Answer::Ok(python_json(&Body { server })))
}
