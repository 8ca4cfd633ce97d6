//! Starts, stops, shuts down and resets virtual machines, by tasks.

use serde::Serialize;

use super::Answer;
use super::answer::Success;
use super::arguments::Arguments;
use super::virtual_machines;
use crate::state::{BriefTask, Power, State};

pub(super) fn start(state: &mut State, arguments: &Arguments) -> Answer {
    switch(state, arguments, Power::Start)
}

pub(super) fn stop(state: &mut State, arguments: &Arguments) -> Answer {
    switch(state, arguments, Power::Stop)
}

pub(super) fn shutdown(state: &mut State, arguments: &Arguments) -> Answer {
    switch(state, arguments, Power::Shutdown)
}

pub(super) fn reset(state: &mut State, arguments: &Arguments) -> Answer {
    switch(state, arguments, Power::Reset)
}

/// recorded: the answer has only three fields of the task, and nothing beside it.
fn switch(state: &mut State, arguments: &Arguments, power: Power) -> Answer {
    #[derive(Serialize)]
    struct Body {
        task: BriefTask,
    }

    let machine = virtual_machines::find(state, arguments)?.id().to_owned();
    let task = state.start_power_task(&machine, power)?.brief();
    Ok(Success::ok(&Body { task }))
}
