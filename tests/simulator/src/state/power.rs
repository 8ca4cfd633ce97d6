//! What power tasks do to a virtual machine and its disks.

use std::time::{Duration, Instant};

use super::work::Effect;
use super::{State, TaskNotQueued, TaskView};

#[derive(Clone, Copy)]
pub(crate) enum Power {
    Start,
    Stop,
    Shutdown,
    Reset,
}

impl Power {
    /// recorded, but for the last one.
    fn task_name(self) -> &'static str {
        match self {
            Self::Start => "Start virtual machine",
            Self::Stop => "Stop virtual machine",
            Self::Shutdown => "Shutdown virtual machine",
            Self::Reset => "Reset virtual machine",
        }
    }

    /// The states that these tasks were seen to begin in; `Reset` was not seen.
    pub(super) fn from(self) -> &'static str {
        match self {
            Self::Start => "stopped",
            Self::Stop | Self::Shutdown | Self::Reset => "started",
        }
    }

    /// document: the states while a task runs.
    pub(super) fn through(self) -> &'static str {
        match self {
            Self::Start => "starting",
            Self::Stop => "stopping",
            Self::Shutdown => "shutting_down",
            Self::Reset => "resetting",
        }
    }

    pub(super) fn to(self) -> &'static str {
        match self {
            Self::Start | Self::Reset => "started",
            Self::Stop | Self::Shutdown => "stopped",
        }
    }
}

/// The tasks of one machine, which wait for each other.
pub(super) struct Queue {
    /// When the last of them ends.
    pub(super) free: Instant,
    /// The state in which they leave the machine, if they change it.
    pub(super) leaves: Option<&'static str>,
}

impl State {
    /// Starts a task that changes a machine's state. The machine shows nothing of it as long as the
    /// task is pending.
    ///
    /// Not recorded: a task in a state in which it makes no sense. Here it fails, when its turn comes.
    pub(crate) fn start_power_task(
        &mut self,
        machine: &str,
        power: Power,
    ) -> Result<TaskView, TaskNotQueued> {
        let next = self.take_next()?;
        let organization = self.owner_of(machine).unwrap_or_default().to_owned();
        let queue = Some(machine.to_owned());
        let task = self.new_task(power.task_name(), &next, organization, queue, next.fail);
        let (starts, ends) = task.times();
        let outcome = !next.fail && !next.no_effect;
        let view = self.keep(task);
        if outcome {
            self.leave(machine, power.to());
        }
        let (machine, task) = (machine.to_owned(), view.id().to_owned());
        let begin = Effect::PowerBegins { task, machine: machine.clone(), power };
        self.later(starts, begin);
        let lag = next.lag_seconds.0;
        self.later(ends, Effect::PowerEnds { machine, power, lag, outcome });
        Ok(view)
    }

    pub(super) fn begin_power(&mut self, task: &str, machine: &str, power: Power) {
        if self.machine(machine).is_some_and(|it| it.state() == power.from()) {
            self.show_machine_state(machine, power.through());
        } else {
            self.fail_task(task);
        }
    }

    /// recorded: the disks may follow a second or two later than the machine. A reset leaves them
    /// alone.
    pub(super) fn end_power(&mut self, machine: &str, power: Power, lag: Duration, outcome: bool) {
        // Somebody else may have changed it meanwhile.
        if self.machine(machine).is_none_or(|it| it.state() != power.through()) {
            return;
        }
        match (outcome, power) {
            (true, Power::Reset) | (false, _) => self.show_machine_state(machine, power.from()),
            (true, _) => self.set_virtual_machine_state(machine, power.to(), lag),
        }
    }

    /// Whether a machine will be running when a task that is queued now has its turn.
    pub(super) fn will_run(&self, machine: &str) -> bool {
        match self.queued_power(machine) {
            Some(state) => state == "started",
            None => self.is_running(machine),
        }
    }

    /// The state in which the unfinished tasks leave a machine, if they change it.
    pub(super) fn queued_power(&self, machine: &str) -> Option<&'static str> {
        self.queues.get(machine).filter(|queue| queue.free > self.clock.now())?.leaves
    }

    fn leave(&mut self, machine: &str, state: &'static str) {
        if let Some(queue) = self.queues.get_mut(machine) {
            queue.leaves = Some(state);
        }
    }
}
