//! The orders: one table, of which the router and the list of `GET /__sim/` are made.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use serde_json::{Value, json};

use super::{
    answers, api_tokens, history, index, limits, lists, nova, objects, overview, page, requests,
};
use super::{clock, large_set, next_task, organization, reset, state};
use crate::control::Reply;
use crate::state::Shared;

struct Row {
    method: &'static str,
    path: &'static str,
    summary: &'static str,
    route: MethodRouter<Shared>,
}

fn row<H, T>(
    (method, filter): (&'static str, MethodFilter),
    path: &'static str,
    summary: &'static str,
    handler: H,
) -> Row
where
    H: Handler<T, Shared>,
    T: 'static,
{
    Row { method, path, summary, route: on(filter, handler) }
}

const GET: (&str, MethodFilter) = ("GET", MethodFilter::GET);
const POST: (&str, MethodFilter) = ("POST", MethodFilter::POST);
const DELETE: (&str, MethodFilter) = ("DELETE", MethodFilter::DELETE);

fn table() -> Vec<Row> {
    vec![
        row(GET, "/", "The health, the description and these orders", index::view),
        row(GET, "/ui", "A page for a browser", page::page),
        row(GET, "/overview", "What the page shows", overview::view),
        row(GET, "/overview/requests/{number}", "A request with its bodies", overview::request),
        row(POST, "/reset", "Returns to the initial state", reset),
        row(GET, "/state", "Counts of objects, and the clock", state),
        row(GET, "/requests", "The log of API requests, or a part of it", requests::view),
        row(DELETE, "/requests", "Clears the log", requests::clear),
        row(POST, "/answers", "Says what happens to the next API requests", answers::add),
        row(DELETE, "/answers", "Drops what was said about the next requests", answers::clear),
        row(POST, "/history", "Starts or ends a history of all objects", history::record),
        row(GET, "/history", "The versions of the objects, and who was shown which", history::view),
        row(POST, "/lists", "Makes lists of disks late, empty or unfiltered", lists::lists),
        row(POST, "/fail_by_name", "Lets disks of given names fail", lists::fail_by_name),
        row(POST, "/latency", "Delays all answers, or all requests", limits::latency),
        row(GET, "/counts", "How many Katapult requests there were", limits::counts),
        row(DELETE, "/counts", "Forgets the counts", limits::forget_counts),
        row(POST, "/next_task", "Says how the next Katapult task goes", next_task),
        row(POST, "/durations", "How long tasks take, by kind", limits::durations),
        row(POST, "/clock", "Moves the clock on, stops it, lets it run", clock),
        row(POST, "/rate_limit", "Sets the rate limit", limits::rate_limit),
        row(POST, "/large_set", "Lets lists hide their length", large_set),
        row(POST, "/organization", "Changes an organization", organization),
        row(POST, "/api_tokens", "Places a token of Katapult, with its rights", api_tokens::place),
        row(GET, "/objects", "Katapult's objects, as they can be placed", objects::view),
        row(POST, "/objects", "Places Katapult's objects, or changes them", objects::place),
        row(POST, "/disks", "Places one disk, or many", objects::place_disks),
        row(POST, "/disks/{id}", "Changes a disk", objects::disk),
        row(POST, "/virtual_machines/{id}", "Changes a machine", objects::virtual_machine),
        row(GET, "/servers", "OpenStack's servers and their volumes", nova::servers),
        row(POST, "/servers/{id}", "Changes a server", nova::server),
        row(POST, "/volumes/{id}", "Changes a volume and how it is detached", nova::volume),
        row(POST, "/tokens", "Ends or limits Keystone's tokens", nova::tokens),
        row(POST, "/openstack", "Takes parts of the cloud down", nova::conditions),
    ]
}

/// A state with some ten thousand disks.
const MOST_BYTES: usize = 64 << 20;

pub(crate) fn router() -> Router<Shared> {
    let routes = table().into_iter();
    routes
        .fold(Router::new(), |router, row| router.route(row.path, row.route))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .fallback(async || Reply::not_found("order; GET /__sim/ lists them"))
}

/// By the path of the order: a body with everything that may be in it.
const EXAMPLES: &str = include_str!("examples.json");

pub(super) fn list() -> Vec<Value> {
    let examples: Value = serde_json::from_str(EXAMPLES).unwrap_or_default();
    let rows = table().into_iter();
    rows.map(|Row { method, path, summary, .. }| {
        let example = if method == "POST" { &examples[path] } else { &Value::Null };
        json!({ "method": method, "path": path, "summary": summary, "example": example })
    })
    .collect()
}
