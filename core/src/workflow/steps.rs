//! One run of a workflow: its time limit, its progress, and what it has done so far.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::disk_view::DiskView;
use crate::keyed_lock::KeyedLockGuard;
use crate::poll::Patience;
use crate::transport::deadline_after;
use crate::{
    ApiResponse, Client, DiskRef, Error, GetDisk, GetVirtualMachine, Operation, Outcome, Result,
    Status, Task, TaskRef, VirtualMachine, VirtualMachineRef, VirtualMachineState,
    VirtualMachineSummary, WaitOptions,
};

/// How long the effect of a completed task may take to begin to show. Recorded: a second at most, but
/// 2 s for the disks of a virtual machine that has just been built.
const EFFECT: Duration = Duration::from_secs(10);

/// One run of a workflow.
pub struct Steps<'a, 'o> {
    client: &'a Client,
    patience: Patience,
    options: &'a mut WaitOptions<'o>,
    done: Vec<String>,
    started: Option<Value>,
}

impl<'a, 'o> Steps<'a, 'o> {
    pub(super) fn new(client: &'a Client, options: &'a mut WaitOptions<'o>) -> Steps<'a, 'o> {
        let patience = Patience::of(options.timeout);
        Steps { client, patience, options, done: Vec::new(), started: None }
    }

    /// Performs an operation.
    pub(super) fn send<O: Operation>(&self, operation: &O) -> Result<ApiResponse> {
        self.client.send_until(operation, self.patience.request_deadline())
    }

    pub(super) fn call<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        self.send(operation)?.decode_in_time()
    }

    /// Finds mistakes in the arguments of an operation without sending it.
    pub(super) fn check<O: Operation>(&self, operation: &O) -> Result<()> {
        self.client.request(operation).map(|_| ())
    }

    /// Finds mistakes in the virtual machine that a caller expects early: an unassigned disk would
    /// mask them.
    pub(super) fn check_virtual_machine(&self, expected: Option<&VirtualMachineRef>) -> Result<()> {
        expected.map_or(Ok(()), |machine| self.check(&GetVirtualMachine::new(machine)))
    }

    /// Notes a change, in words for the description of later errors.
    pub(super) fn done(&mut self, what: impl Into<String>) {
        self.done.push(what.into());
    }

    /// Notes that the service has accepted an operation.
    pub(super) fn accepted<O: Operation>(&mut self) {
        self.done(format!("{} was accepted", O::NAME));
    }

    /// Notes the response that started a task. Later errors have it as their detail.
    pub(super) fn started(&mut self, answer: &ApiResponse) {
        self.started = answer.decode().ok();
    }

    /// Waits for a task that was started. Later errors have it as it ended.
    pub(super) fn wait(&mut self, task: &Task) -> Result<ApiResponse> {
        let task = TaskRef::from(task);
        let ended = self.client.wait_task_until(&task, self.patience, self.options)?;
        if let (Some(started), Ok(mut ended)) = (&mut self.started, ended.decode::<Value>()) {
            started["task"] = ended["task"].take();
        }
        Ok(ended)
    }

    pub(super) fn read_disk(&self, disk: &DiskRef) -> Result<DiskView> {
        DiskView::read(self.send(&GetDisk::new(disk))?)
    }

    pub(super) fn read_virtual_machine(
        &self,
        machine: &VirtualMachineSummary,
    ) -> Result<VirtualMachine> {
        self.call(&GetVirtualMachine::new(machine)).map(|answer| answer.into_virtual_machine())
    }

    /// Polls until `is` holds after a task: for as long as the disk is in transition, otherwise for 10 s.
    pub(super) fn read_until(
        &self,
        disk: &DiskRef,
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
            if late && !view.is_in_transition() {
                return Err(Error::new(
                    Status::NoEffect,
                    Outcome::Unknown,
                    format!(
                        "the task completed, but disk {} is not {wish}; check it before you \
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

    /// Sleeps between two polls; an error if the deadline comes first.
    pub(super) fn pause(&self, length: Duration, unfinished: impl Fn() -> String) -> Result<()> {
        let next = Instant::now() + length;
        if self.patience.deadline.is_some_and(|deadline| next >= deadline) {
            let seconds = self.patience.seconds();
            let text = format!("{} (the timeout was {seconds} s)", unfinished());
            return Err(Error::new(Status::TimedOut, Outcome::Unknown, text));
        }
        self.client.sleep_until(next)
    }

    /// Waits until no other workflow of this client works on `name`.
    pub(super) fn lock(&self, name: String) -> Result<KeyedLockGuard<'a>> {
        let client = self.client;
        client.locks().lock(name, self.patience.deadline, |until| client.sleep_until(until))
    }

    /// Locks the virtual machine of a disk; gives the disk the disk as it is then.
    pub(super) fn lock_virtual_machine(
        &self,
        disk: &DiskRef,
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

    /// The disk of the task that was started.
    pub(super) fn started_disk(&self) -> Option<String> {
        self.started.as_ref()?["disk"]["id"].as_str().map(str::to_owned)
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
