//! Tasks.

use super::Answer;
use super::answer::{Success, TaskAnswer};
use super::arguments::Arguments;
use super::error::ApiError;
use crate::state::State;

pub(super) fn get(state: &mut State, arguments: &Arguments) -> Answer {
    let lookup = arguments.lookup("task", &["id"])?;
    let task = state.tasks.get(lookup.id()).ok_or_else(ApiError::task_not_found)?;
    Ok(Success::ok(&TaskAnswer { task: task.view(&state.clock) }))
}
