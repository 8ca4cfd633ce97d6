//! One run of a workflow: its time limit, its progress, and what it has done so far.

use std::iter;
use std::time::Duration;

use serde_json::{Map, Value};

use super::disk_view::DiskView;
use crate::keyed_lock::KeyedLockGuard;
use crate::poll::{self, Patience};
use crate::used_keys::UsedKeys;
use crate::{
    ApiResponse, Client, DiskRef, Error, GetDisk, GetVirtualMachine, ListOperation, Operation,
    Outcome, PageCursor, Result, Status, Task, TaskRef, VirtualMachineRef, WaitOptions,
};

/// One run of a workflow.
pub struct Steps<'a, 'o> {
    client: &'a Client,
    /// Its name and its object, for who would wait for it.
    work: String,
    patience: Patience,
    options: &'a mut WaitOptions<'o>,
    done: Vec<String>,
    started: Option<Value>,
}

impl<'a, 'o> Steps<'a, 'o> {
    pub(super) fn new(
        client: &'a Client,
        work: String,
        options: &'a mut WaitOptions<'o>,
    ) -> Steps<'a, 'o> {
        let patience = Patience::of(options.timeout);
        Steps { client, work, patience, options, done: Vec::new(), started: None }
    }

    /// Is one plain call instead, since it does not wait for a task.
    pub(super) fn as_one_call(&mut self) {
        self.patience = Patience::of_a_call(self.client.timeout());
    }

    /// Ends when the client's timeout has passed, from now.
    pub(super) fn within_client_timeout(&mut self) {
        self.patience = Patience::of(self.client.timeout());
    }

    /// What the client remembers of idempotency keys.
    pub(super) fn used_keys(&self) -> &'a UsedKeys {
        self.client.used_keys()
    }

    /// Performs an operation.
    pub(super) fn send<O: Operation>(&self, operation: &O) -> Result<ApiResponse> {
        self.client.send_until(operation, self.patience.request_deadline())
    }

    pub(super) fn call<O: Operation>(&self, operation: &O) -> Result<O::Output> {
        self.send(operation)?.decode_in_time()
    }

    /// The pages of a list.
    pub(super) fn pages<O: ListOperation>(
        &self,
        operation: O,
    ) -> impl Iterator<Item = Result<Vec<O::Item>>> {
        let mut cursor = PageCursor::new(operation);
        iter::from_fn(move || {
            let page = cursor.fetch_until(self.client, self.patience.request_deadline());
            page.map(|page| page.map(|page| page.items)).transpose()
        })
    }

    /// Finds mistakes in the arguments of an operation without sending it.
    pub(super) fn check<O: Operation>(&self, operation: &O) -> Result<()> {
        self.client.request_of(operation).map(|_| ())
    }

    /// The arguments of an operation as they will be sent.
    pub(super) fn arguments<O: Operation>(&self, operation: &O) -> Result<Map<String, Value>> {
        self.client.arguments(operation)
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

    /// Whether anything was changed so far.
    pub(super) fn has_changed_something(&self) -> bool {
        !self.done.is_empty()
    }

    /// Sleeps between two looks: for `length`, or until just before the timeout for a last one. An error
    /// if there is no time for another look.
    pub(super) fn pause(&self, length: Duration, unfinished: impl Fn() -> String) -> Result<()> {
        match poll::next_poll(length, self.patience.deadline) {
            Some(next) => self.client.sleep_until(next),
            None => {
                let seconds = self.patience.seconds();
                let text = format!("{} (the timeout was {seconds} s)", unfinished());
                Err(Error::new(Status::TimedOut, Outcome::Unknown, text))
            }
        }
    }

    /// Waits until no other workflow of this client works on `name`.
    pub(super) fn turn(&self, name: &str) -> Result<KeyedLockGuard<'a>> {
        let client = self.client;
        client
            .locks()
            .lock(name, &self.work, self.patience.deadline, |until| client.sleep_until(until))
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
