//! Tasks.

use super::answer::{Success, TaskAnswer};
use super::argument::Argument;
use super::arguments::Arguments;
use super::error::ApiError;
use super::permission::check_owner;
use super::{Answer, Endpoint};
use crate::state::State;

const TASK: Argument = Argument::lookup("task", "TaskLookup", &["id"]).required();

pub(super) const GET: Endpoint =
    Endpoint { id: "Tasks/InfoEndpoint", arguments: &[TASK], perform: get };

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    let lookup = arguments.lookup("task")?;
    let task = state.tasks.get(lookup.id()).ok_or_else(ApiError::task_not_found)?;
    check_owner(state, Some(&task.organization), ApiError::task_not_found)?;
    Ok(Success::ok(&TaskAnswer { task: task.view(&state.clock) }))
}
