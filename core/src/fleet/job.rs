//! What a thread of a fleet does: a piece of work that takes requests, and what it comes to.

use super::work::sealed::Work;
use super::work::{Begun, Caller, Look, Pending, Seen, Wanted};
use crate::katapult::task_failed;
use crate::{GetTask, Result, Task, TaskRef, TaskResponse, TaskStatus};

/// A disk that nothing was sent for yet.
#[derive(Debug)]
pub(super) struct Entry<S> {
    pub(super) index: usize,
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    pub(super) spec: S,
    /// How often it could not be begun.
    pub(super) attempts: u32,
}

/// What is to be done.
#[derive(Debug)]
pub(super) enum Job<S> {
    /// What comes before everything else; the first disk tells whose fleet it is.
    Prepare(Entry<S>),
    Begin(Entry<S>),
    /// Poll the task of this disk.
    Poll(Pending),
    /// Look at the batch with this number.
    Look(usize, Wanted),
    Read(Pending),
}

/// What it came to.
#[derive(Debug)]
pub(super) enum Ended<S> {
    Prepared(Entry<S>, Result<()>),
    Begun(Entry<S>, Result<Begun>),
    Polled(Pending, Result<Task>),
    Looked(usize, Result<Look>),
    Read(Pending, Result<Seen>),
}

impl<S> Ended<S> {
    /// Whether it concerns one disk that was begun.
    pub(super) fn is_begun(&self) -> bool {
        matches!(self, Ended::Begun(..))
    }
}

impl<S> Job<S> {
    /// Makes its requests. `total` is the number of disks, if it is known.
    pub(super) fn perform<W: Work<Spec = S>>(
        self,
        work: &W,
        caller: &Caller<'_>,
        total: Option<usize>,
    ) -> Ended<S> {
        match self {
            Job::Prepare(entry) => {
                let prepared = work.prepare(caller, &entry.spec, total);
                Ended::Prepared(entry, prepared)
            }
            Job::Begin(entry) => {
                let begun = work.begin(caller, entry.index, &entry.spec);
                Ended::Begun(entry, begun)
            }
            Job::Poll(pending) => {
                let task = poll(caller, &pending);
                Ended::Polled(pending, task)
            }
            Job::Look(batch, wanted) => Ended::Looked(batch, work.look(caller, batch, &wanted)),
            Job::Read(pending) => {
                let seen = work.read(caller, &pending);
                Ended::Read(pending, seen)
            }
        }
    }
}

/// The task of a disk; an error if it has failed.
pub(super) fn poll(caller: &Caller<'_>, pending: &Pending) -> Result<Task> {
    let Some(task) = &pending.task else {
        return Err(crate::Error::internal("a disk without a task was polled"));
    };
    let response = caller.send(&GetTask::new(TaskRef::by("id", task.clone())))?;
    let task = response.decode_in_time::<TaskResponse>()?.task;
    match task.status {
        Some(TaskStatus::Failed) => Err(task_failed(&response, &task)),
        _ => Ok(task),
    }
}
