//! Starts, stops, shuts down and resets virtual machines, by tasks.

use serde::Serialize;

use super::answer::Success;
use super::arguments::Arguments;
use super::virtual_machines::{self, VIRTUAL_MACHINE};
use super::{Answer, Endpoint};
use crate::state::{BriefTask, Power, State};

pub(super) const START: Endpoint =
    Endpoint { id: "VirtualMachines/StartEndpoint", arguments: &[VIRTUAL_MACHINE], perform: start };

pub(super) const STOP: Endpoint =
    Endpoint { id: "VirtualMachines/StopEndpoint", arguments: &[VIRTUAL_MACHINE], perform: stop };

pub(super) const SHUTDOWN: Endpoint = Endpoint {
    id: "VirtualMachines/ShutdownEndpoint",
    arguments: &[VIRTUAL_MACHINE],
    perform: shutdown,
};

pub(super) const RESET: Endpoint =
    Endpoint { id: "VirtualMachines/ResetEndpoint", arguments: &[VIRTUAL_MACHINE], perform: reset };

fn start(state: &mut State, arguments: &Arguments) -> Answer {
    switch(state, arguments, Power::Start)
}

fn stop(state: &mut State, arguments: &Arguments) -> Answer {
    switch(state, arguments, Power::Stop)
}

fn shutdown(state: &mut State, arguments: &Arguments) -> Answer {
    switch(state, arguments, Power::Shutdown)
}

fn reset(state: &mut State, arguments: &Arguments) -> Answer {
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
