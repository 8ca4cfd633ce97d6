//! Leads a disk to a state: look, decide, change, look again.
//!
//! What is decided follows from a look that is not older than the last change, so it does not matter who
//! else acts on the disk meanwhile: the next look shows it.

use std::time::{Duration, Instant};

use super::Steps;
use super::boot_watch::BootWatch;
use super::change::Change;
use super::disk_view::DiskView;
use crate::keyed_lock::KeyedLockGuard;
use crate::transport::deadline_after;
use crate::{
    ApiResponse, DiskRef, Error, GetVirtualMachine, Outcome, Result, Status, VirtualMachine,
    VirtualMachineRef,
};

/// How long the effect of a change may take to begin to show. Recorded: a second at most, but 2 s for the
/// disks of a virtual machine that has just been built.
pub(crate) const EFFECT: Duration = Duration::from_secs(10);

/// Between two looks.
pub(super) const PAUSE: Duration = Duration::from_secs(2);

/// How often a change is made whose effect was seen, and undone by somebody else.
const ATTEMPTS: usize = 3;

/// A state of a disk that a workflow leads to.
pub(super) trait Goal {
    /// Whether a disk that is taken for detached, and is not, would be harmed.
    const MUST_BE_DETACHED: bool;

    /// The virtual machine whose state must be seen, if any, now that the disk was.
    ///
    /// # Errors
    /// `Refused` when the response leaves out what is needed.
    fn machine(&self, view: &DiskView, boot: &BootWatch) -> Result<Option<VirtualMachineRef>>;

    /// What to do about what was seen.
    ///
    /// # Errors
    /// What holds the workflow up.
    fn next(&self, seen: &Seen) -> Decision;
}

/// What a look has shown.
pub(super) struct Seen {
    pub(super) view: DiskView,
    /// That of [`Goal::machine`], seen after the disk.
    pub(super) machine: Option<VirtualMachine>,
    /// How much longer `detached` may be out of date, if it may.
    pub(super) doubt: Option<Duration>,
    /// Whether it was read after the last change. Otherwise the response to that shows it.
    pub(super) is_current: bool,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    Done,
    Make(Change),
    /// Look again after [`Seen::doubt`].
    InDoubt,
}

/// Why a workflow does not go on; each has the error that says so.
pub(super) enum Obstacle {
    /// The disk or its virtual machine is on its way to another state: waited for once the workflow has
    /// changed something, otherwise refused.
    Passing(Error),
    Lasting(Error),
}

pub(super) type Decision<T = Next> = std::result::Result<T, Obstacle>;

impl From<Error> for Obstacle {
    fn from(error: Error) -> Obstacle {
        Obstacle::Lasting(error)
    }
}

impl Steps<'_, '_> {
    /// Leads the disk to the goal: the response that shows it there.
    pub(super) fn reach<G: Goal>(&mut self, disk: &DiskRef, goal: &G) -> Result<ApiResponse> {
        let _turn = self.turn(disk.value())?;
        let boot = BootWatch::new(G::MUST_BE_DETACHED);
        let mut way = Way { steps: self, disk, goal, turn: None, boot, made: Vec::new() };
        let mut seen = way.look()?;
        loop {
            seen = match goal.next(&seen) {
                Ok(Next::Make(change)) => way.make(change, seen)?,
                // What the response to a change shows is no proof.
                _ if !seen.is_current => way.look()?,
                Ok(Next::Done) => return Ok(seen.view.response),
                Ok(Next::InDoubt) => {
                    let doubt = seen.doubt.unwrap_or_default();
                    way.look_after(doubt, || "the disk may be about to be attached".to_owned())?
                }
                Err(Obstacle::Passing(error)) if way.steps.has_changed_something() => {
                    way.look_after(PAUSE, || error.description().to_owned())?
                }
                Err(Obstacle::Passing(error) | Obstacle::Lasting(error)) => return Err(error),
            };
        }
    }
}

impl Steps<'_, '_> {
    /// Makes the first change on the way to the goal with `make`, in the disk's turn, and does not wait for
    /// it: the response to it, or that which shows the disk at the goal.
    pub(super) fn begin<G: Goal>(
        &mut self,
        disk: &DiskRef,
        goal: &G,
        make: impl FnOnce(&mut Self, Change) -> Result<ApiResponse>,
    ) -> Result<(ApiResponse, bool)> {
        let _turn = self.turn(disk.value())?;
        let boot = BootWatch::new(G::MUST_BE_DETACHED);
        let mut way = Way { steps: self, disk, goal, turn: None, boot, made: Vec::new() };
        let mut seen = way.look()?;
        loop {
            match goal.next(&seen) {
                Ok(Next::Make(change)) => {
                    let Way { steps, turn: _machine, .. } = way;
                    return make(steps, change).map(|response| (response, true));
                }
                Ok(Next::Done) => return Ok((seen.view.response, false)),
                Ok(Next::InDoubt) => {
                    let doubt = seen.doubt.unwrap_or_default();
                    let text = || "the disk may be about to be attached".to_owned();
                    seen = way.look_after(doubt, text)?;
                }
                Err(Obstacle::Passing(error) | Obstacle::Lasting(error)) => return Err(error),
            }
        }
    }
}

/// The way to a goal so far.
struct Way<'w, 'a, 'o, G> {
    steps: &'w mut Steps<'a, 'o>,
    disk: &'w DiskRef,
    goal: &'w G,
    /// The turn of the virtual machine that the disk was seen with.
    turn: Option<KeyedLockGuard<'a>>,
    boot: BootWatch,
    made: Vec<Made>,
}

/// A change that was made.
struct Made {
    change: Change,
    /// When its effect must have shown.
    shows_until: Option<Instant>,
    /// Whether something else was decided since then: its effect has shown.
    has_shown: bool,
}

impl<G: Goal> Way<'_, '_, '_, G> {
    /// Reads the disk, and the virtual machine that matters, in their turn.
    fn look(&mut self) -> Result<Seen> {
        loop {
            let view = self.steps.read_disk(self.disk)?;
            self.boot.note_disk(&view);
            let wanted = self.goal.machine(&view, &self.boot)?;
            let machine = wanted.map(|wanted| self.steps.call(&GetVirtualMachine::new(wanted)));
            let machine = machine.transpose()?.map(|answer| answer.into_virtual_machine());
            let assigned = view.relation()?.and_then(|relation| relation.virtual_machine.as_ref());
            let id =
                assigned.map(|machine| &machine.id).or(machine.as_ref().map(|machine| &machine.id));
            if self.take_turn(id.map(|id| id.as_str()))? {
                // The other workflow may have changed what was read before.
                continue;
            }
            machine.iter().for_each(|machine| self.boot.note_machine(machine));
            let doubt = self.boot.doubt(&view);
            return Ok(Seen { view, machine, doubt, is_current: true });
        }
    }

    fn look_after(&mut self, pause: Duration, unfinished: impl Fn() -> String) -> Result<Seen> {
        self.steps.pause(pause, unfinished)?;
        self.look()
    }

    /// Takes the turn of a virtual machine; whether another workflow had it.
    fn take_turn(&mut self, machine: Option<&str>) -> Result<bool> {
        if self.turn.as_ref().map(|turn| turn.key.as_str()) == machine {
            return Ok(false);
        }
        // Never two at once, or two workflows could wait for each other.
        self.turn = None;
        self.turn = machine.map(|machine| self.steps.turn(machine)).transpose()?;
        Ok(self.turn.as_ref().is_some_and(|turn| turn.waited))
    }

    /// Makes a change, unless it was made already and its effect may still come.
    fn make(&mut self, change: Change, seen: Seen) -> Result<Seen> {
        for made in self.made.iter_mut().filter(|made| made.change != change) {
            made.has_shown = true;
        }
        let earlier = self.made.iter().filter(|made| made.change == change);
        if let Some(last) = earlier.clone().next_back().filter(|made| !made.has_shown) {
            return self.await_effect(last.shows_until, &change, &seen);
        }
        if earlier.count() == ATTEMPTS {
            return Err(no_effect(format!(
                "the disk does not stay {change}: it was made so {ATTEMPTS} times, and each time somebody \
                 undid it"
            )));
        }
        if change.needs_certainty() && !seen.is_current {
            return self.look();
        }
        match change.perform(self.steps, self.disk) {
            Ok(view) => self.after(change, view, seen),
            Err(error) if speaks_of_a_state(&error) => self.judge(error, change),
            Err(error) => Err(error),
        }
    }

    /// After a change was accepted.
    fn after(&mut self, change: Change, view: Option<DiskView>, seen: Seen) -> Result<Seen> {
        let is_assignment = matches!(change, Change::AssignTo(_));
        if change == Change::Detach {
            self.boot.note_own_detach();
        }
        let shows_until = deadline_after(Some(EFFECT));
        self.made.push(Made { change, shows_until, has_shown: false });
        let Some(view) = view else { return self.look() };
        match is_assignment {
            true => self.boot.note_assignment(&view, seen.machine.as_ref()),
            false => self.boot.note_disk(&view),
        }
        let doubt = self.boot.doubt(&view);
        Ok(Seen { view, machine: seen.machine, doubt, is_current: false })
    }

    /// Waits for the effect of a change that was accepted.
    fn await_effect(
        &mut self,
        until: Option<Instant>,
        change: &Change,
        seen: &Seen,
    ) -> Result<Seen> {
        // A response that is no reading proves nothing in either direction.
        if seen.is_current {
            if until.is_none_or(|until| Instant::now() >= until) {
                return Err(no_effect(format!(
                    "the task completed, but the disk is not {change}; check it before you repeat"
                ))
                .with_hint(change.hint_without_effect(&seen.view)));
            }
            let unfinished = || format!("the disk is not {change} yet, but may still become so");
            return self.look_after(PAUSE, unfinished);
        }
        self.look()
    }

    /// The service did not make a change. Either the disk or its virtual machine is not as it was seen
    /// any more, and the workflow goes on from there, or this error is the result.
    fn judge(&mut self, error: Error, change: Change) -> Result<Seen> {
        let now = match self.look() {
            Ok(now) => now,
            Err(look) if look.status() == Status::Interrupted => return Err(look),
            Err(_) => return Err(error),
        };
        match self.goal.next(&now) {
            Ok(Next::Make(next)) if next == change => Err(error),
            _ => {
                self.made.push(Made { change, shows_until: None, has_shown: true });
                Ok(now)
            }
        }
    }
}

/// Whether an error may come from a state that has changed since it was seen.
pub(super) fn speaks_of_a_state(error: &Error) -> bool {
    let is_rejected =
        error.outcome() == Outcome::Rejected && error.status() != Status::RateLimitReached;
    is_rejected || error.status() == Status::TaskFailed
}

pub(super) fn no_effect(text: String) -> Error {
    Error::new(Status::NoEffect, Outcome::Unknown, text)
}
