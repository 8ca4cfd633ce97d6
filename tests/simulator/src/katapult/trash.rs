//! The trash: list, get, purge, restore, purge all.

use serde::Serialize;

use super::answer::{Success, TaskAnswer};
use super::argument::Argument;
use super::arguments::Arguments;
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::permission::check_owner;
use super::{Answer, Endpoint};
use crate::state::{Organization, State, TrashObject};

const TRASH_OBJECT: Argument =
    Argument::lookup("trash_object", "TrashObjectLookup", &["id", "object_id"]).required();

pub(super) const LIST: Endpoint = Endpoint {
    id: "TrashObjects/ListEndpoint",
    arguments: &[
        ORGANIZATION.about("The organization to find all trash objects for"),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const GET: Endpoint = Endpoint {
    id: "TrashObjects/InfoEndpoint",
    arguments: &[TRASH_OBJECT.about("The trash object to find")],
    perform: get,
};

pub(super) const PURGE: Endpoint = Endpoint {
    id: "TrashObjects/PurgeEndpoint",
    arguments: &[TRASH_OBJECT.about("The trash object to purge")],
    perform: purge,
};

pub(super) const RESTORE: Endpoint = Endpoint {
    id: "TrashObjects/RestoreEndpoint",
    arguments: &[TRASH_OBJECT.about("The trash object to restore")],
    perform: restore,
};

pub(super) const PURGE_ALL: Endpoint = Endpoint {
    id: "TrashObjects/PurgeAllEndpoint",
    arguments: &[ORGANIZATION.about("The organization to purge all trash objects for")],
    perform: purge_all,
};

#[derive(Serialize)]
struct TrashObjectAnswer<'a> {
    trash_object: &'a TrashObject,
}

fn find<'a>(state: &'a State, arguments: &Arguments) -> Result<&'a TrashObject, ApiError> {
    let lookup = arguments.lookup("trash_object")?;
    let found = match lookup.key() {
        "id" => state.trash.get(lookup.id()),
        _ => state.trash.of(lookup.id()),
    };
    let missing = ApiError::trash_object_not_found;
    let trash_object = found.ok_or_else(missing)?;
    check_owner(state, Some(&trash_object.organization), missing)?;
    Ok(trash_object)
}

fn of<'a>(state: &'a State, organization: &Organization) -> impl Iterator<Item = &'a TrashObject> {
    let id = organization.id().to_owned();
    state.trash.values().filter(move |trash_object| trash_object.organization == id)
}

/// Not recorded: the order. Here it is that of their end.
fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        trash_objects: Vec<&'a TrashObject>,
    }

    let organization = organizations::find(state, arguments)?;
    let mut all: Vec<&TrashObject> = of(state, organization).collect();
    all.sort_by_key(|trash_object| (trash_object.keep_until, &trash_object.id));
    let (pagination, trash_objects) = paginate(all, arguments, state.large_set)?;
    Ok(Success::ok(&Body { pagination, trash_objects }))
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    Ok(Success::ok(&TrashObjectAnswer { trash_object: find(state, arguments)? }))
}

/// recorded: the object is there until the task is done, and then it is unknown.
fn purge(state: &mut State, arguments: &Arguments) -> Answer {
    let TrashObject { id, organization, .. } = find(state, arguments)?.clone();
    let task = state.start_purge(organization, vec![id])?;
    Ok(Success::ok(&TaskAnswer { task }))
}

/// document: no task. The response shows the trash object, which no longer exists.
fn restore(state: &mut State, arguments: &Arguments) -> Answer {
    let id = find(state, arguments)?.id.clone();
    let trash_object = state.restore(&id).ok_or_else(ApiError::trash_object_not_found)?;
    Ok(Success::ok(&TrashObjectAnswer { trash_object: &trash_object }))
}

/// Not recorded. What is thrown away while the task runs is not a part of it.
fn purge_all(state: &mut State, arguments: &Arguments) -> Answer {
    let organization = organizations::find(state, arguments)?;
    let all = of(state, organization).map(|trash_object| trash_object.id.clone()).collect();
    let organization = organization.id().to_owned();
    let task = state.start_purge(organization, all)?;
    Ok(Success::ok(&TaskAnswer { task }))
}
