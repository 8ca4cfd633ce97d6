//! One run of a workflow: its time limit, its progress, and what it has done so far.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::disk_view::DiskView;
use crate::keyed_lock::KeyedLockGuard;
use crate::transport::deadline_after;
use crate::{
    ApiResponse, Client, Error, GetDisk, GetVirtualMachine, Lookup, Operation, Outcome, Result,
    Status, Task, VirtualMachine, VirtualMachineState, VirtualMachineSummary,
};

/// How long the effect of a completed task may take to begin to show. Recorded: a second at most, but
/// 2 s for the disks of a virtual machine that has just been built.
const EFFECT: Duration = Duration::from_secs(10);

/// One run of a workflow.
pub struct Steps<'a> {
    client: &'a Client,
    timeout: Option<Duration>,
    deadline: Option<Instant>,
    progress: &'a mut dyn FnMut(&ApiResponse, &Task) -> Result<()>,
    done: Vec<String>,
    started: Option<Value>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(
        client: &'a Client,
        timeout: Option<Duration>,
        progress: &'a mut dyn FnMut(&ApiResponse, &Task) -> Result<()>,
    ) -> Steps<'a> {
        let deadline = deadline_after(timeout);
        Steps { client, timeout, deadline, progress, done: Vec::new(), started: None }
    }

    /// Performs an operation. With no time at all it may still take what a request may take.
    pub(super) fn send<O: Operation>(&self, operation: &O) -> Result<ApiResponse> {
        let until = self.deadline.filter(|_| self.timeout != Some(Duration::ZERO));
        self.client.send_until(operation, until)
    }

    pub(super) fn call<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        self.send(operation)?.decode()
    }

    /// Finds mistakes in the arguments of an operation without sending it.
    pub(super) fn check<O: Operation>(&self, operation: &O) -> Result<()> {
        self.client.request(operation).map(|_| ())
    }

    /// Finds mistakes in the virtual machine that a caller expects, before anything is read: a disk that
    /// has none would hide them.
    pub(super) fn check_virtual_machine(&self, expected: Option<&Lookup>) -> Result<()> {
        let check =
            |machine: &Lookup| self.check(&GetVirtualMachine { virtual_machine: machine.clone() });
        expected.map_or(Ok(()), check)
    }

    /// Notes that something was changed, in words for an error that may follow.
    pub(super) fn done(&mut self, what: impl Into<String>) {
        self.done.push(what.into());
    }

    /// Notes the answer that started a task: an error that follows carries it as its detail.
    pub(super) fn started(&mut self, answer: &ApiResponse) {
        self.started = answer.decode().ok();
    }

    /// Waits for a task that was started.
    pub(super) fn wait(&mut self, task: &Task) -> Result<ApiResponse> {
        self.client.wait_task_until(task.id.as_str(), self.timeout, self.deadline, self.progress)
    }

    pub(super) fn read_disk(&self, disk: &Lookup) -> Result<DiskView> {
        DiskView::read(self.send(&GetDisk { disk: disk.clone() })?)
    }

    pub(super) fn read_virtual_machine(
        &self,
        machine: &VirtualMachineSummary,
    ) -> Result<VirtualMachine> {
        let virtual_machine = Lookup::by("id", machine.id.as_str());
        self.call(&GetVirtualMachine { virtual_machine })
            .map(|answer| answer.into_virtual_machine())
    }

    /// Reads a disk until it is as it should be after a task: as long as it is on its way, and
    /// otherwise for 10 s.
    pub(super) fn read_until(
        &self,
        disk: &Lookup,
        wish: &str,
        is: impl Fn(&DiskView) -> bool,
    ) -> Result<DiskView> {
        let give_up = deadline_after(Some(EFFECT));
        loop {
            let view = self.read_disk(disk)?;
            if is(&view) {
                return Ok(view);
            }
            let late = give_up.is_none_or(|give_up| Instant::now() >= give_up);
            if late && !view.is_on_its_way() {
                return Err(Error::new(
                    Status::NoEffect,
                    Outcome::Unknown,
                    format!(
                        "the task completed, but disk {} is not {wish}; look at it before you \
                         repeat",
                        view.disk.id
                    ),
                ));
            }
            self.pause(Duration::from_secs(2), || {
                format!("disk {} is not {wish} yet, but may still become so", view.disk.id)
            })?;
        }
    }

    /// Sleeps between two looks; an error when the time is up before.
    pub(super) fn pause(&self, length: Duration, unfinished: impl Fn() -> String) -> Result<()> {
        let next = Instant::now() + length;
        if self.deadline.is_some_and(|deadline| next >= deadline) {
            let seconds = self.timeout.unwrap_or_default().as_secs_f64();
            let text = format!("{} (the timeout was {seconds} s)", unfinished());
            return Err(Error::new(Status::TimedOut, Outcome::Unknown, text));
        }
        self.client.sleep_until(next)
    }

    /// Waits until no other workflow of this client works on `name`.
    pub(super) fn lock(&self, name: String) -> Result<KeyedLockGuard<'a>> {
        let client = self.client;
        client.locks().lock(name, self.deadline, |until| client.sleep_until(until))
    }

    /// Locks the virtual machine of a disk; gives the disk the disk as it is then.
    pub(super) fn lock_virtual_machine(
        &self,
        disk: &Lookup,
        mut view: DiskView,
    ) -> Result<(DiskView, Option<KeyedLockGuard<'a>>)> {
        loop {
            let Some(relation) = view.relation()? else { return Ok((view, None)) };
            let machine = view.virtual_machine(relation)?.id.to_string();
            let guard = self.lock(machine.clone())?;
            if !guard.waited {
                return Ok((view, Some(guard)));
            }
            view = self.read_disk(disk)?;
            let now =
                view.relation()?.map(|relation| view.virtual_machine(relation)).transpose()?;
            if now.is_some_and(|now| now.id == machine) {
                return Ok((view, Some(guard)));
            }
        }
    }

    /// Refuses unless the virtual machine is in one of these states.
    pub(super) fn state_among(
        &self,
        view: &DiskView,
        machine: &VirtualMachine,
        wanted: &[VirtualMachineState],
    ) -> Result<VirtualMachineState> {
        if let Some(state) = machine.state.as_ref().filter(|state| wanted.contains(state)) {
            return Ok(state.clone());
        }
        let state = machine.state.as_ref().map_or("in an unknown state", |state| state.as_str());
        let wanted: Vec<&str> = wanted.iter().map(|state| state.as_str()).collect();
        Err(view.refused(
            &format!("its virtual machine {} is {state}", machine.id),
            &format!("wait until that is {}", wanted.join(" or ")),
        ))
    }

    /// An error as the caller should see it: once something was changed, "nothing happened" would
    /// not be true any more.
    pub(super) fn explain(&self, error: Error) -> Error {
        if self.done.is_empty() {
            return error;
        }
        error.after(&self.done, self.started.as_ref())
    }
}
