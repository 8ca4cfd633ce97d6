//! The trash: list, get, purge, restore, purge all.

use serde::Serialize;

use super::Answer;
use super::answer::{Success, TaskAnswer};
use super::arguments::Arguments;
use super::error::ApiError;
use super::organizations;
use super::pagination::{Pagination, paginate};
use crate::state::{State, TrashObject};

#[derive(Serialize)]
struct TrashObjectAnswer<'a> {
    trash_object: &'a TrashObject,
}

fn find<'a>(state: &'a State, arguments: &Arguments) -> Result<&'a TrashObject, ApiError> {
    let lookup = arguments.lookup("trash_object", &["id", "object_id"])?;
    let found = match lookup.key() {
        "id" => state.trash.get(lookup.id()),
        _ => state.trash.of(lookup.id()),
    };
    found.ok_or_else(ApiError::trash_object_not_found)
}

/// Not recorded: the order. Here it is that of their end.
pub(super) fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        trash_objects: Vec<&'a TrashObject>,
    }

    organizations::check(state, arguments)?;
    let mut all: Vec<&TrashObject> = state.trash.values().collect();
    all.sort_by_key(|trash_object| (trash_object.keep_until, &trash_object.id));
    let (pagination, trash_objects) = paginate(all, arguments, state.large_set)?;
    Ok(Success::ok(&Body { pagination, trash_objects }))
}

pub(super) fn get(state: &mut State, arguments: &Arguments) -> Answer {
    Ok(Success::ok(&TrashObjectAnswer { trash_object: find(state, arguments)? }))
}

/// recorded: the object is there until the task is done, and then it is unknown.
pub(super) fn purge(state: &mut State, arguments: &Arguments) -> Answer {
    let id = find(state, arguments)?.id.clone();
    let task = state.start_purge(vec![id])?;
    Ok(Success::ok(&TaskAnswer { task }))
}

/// document: no task. The response shows the trash object, which no longer exists.
pub(super) fn restore(state: &mut State, arguments: &Arguments) -> Answer {
    let id = find(state, arguments)?.id.clone();
    let trash_object = state.restore(&id).ok_or_else(ApiError::trash_object_not_found)?;
    Ok(Success::ok(&TrashObjectAnswer { trash_object: &trash_object }))
}

/// Not recorded. What is thrown away while the task runs is not a part of it.
pub(super) fn purge_all(state: &mut State, arguments: &Arguments) -> Answer {
    organizations::check(state, arguments)?;
    let all = state.trash.values().map(|trash_object| trash_object.id.clone()).collect();
    let task = state.start_purge(all)?;
    Ok(Success::ok(&TaskAnswer { task }))
}
