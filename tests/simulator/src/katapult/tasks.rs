//! Tasks.

use serde::Serialize;

use super::Answer;
use super::answer::Success;
use super::arguments::Arguments;
use super::error::ApiError;
use crate::state::{State, TaskView};

pub(super) fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body {
        task: TaskView,
    }

    let lookup = arguments.lookup("task", &["id"])?;
    let task = state.tasks.get(lookup.id()).ok_or_else(ApiError::task_not_found)?;
    Ok(Success::ok(&Body { task: task.view() }))
}
