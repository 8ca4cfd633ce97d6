//! Whether a disk that is seen `detached` may be about to be attached by a start of its machine.

use std::time::{Duration, Instant};

use super::disk_view::DiskView;
use crate::{AttachmentState, VirtualMachine, VirtualMachineState};

/// How long the disks of a virtual machine that has just started may still be reported as `detached`.
/// Recorded: 1 to 2 s.
const SHOWS_AFTER: Duration = Duration::from_millis(2500);

/// What the looks so far say about starts of the virtual machine. A start attaches the disks that have
/// `attach_on_boot` then.
#[derive(Default)]
pub(super) struct BootWatch {
    /// Whether a disk that must not be attached may have had `attach_on_boot` before the first look.
    is_strict: bool,
    machine: Option<String>,
    /// Whether the state of the virtual machine was seen.
    is_known: bool,
    /// Whether `attach_on_boot` may have been on when the virtual machine started.
    was_on: bool,
    first_seen_started: Option<Instant>,
    was_attached: bool,
}

impl BootWatch {
    /// `is_strict` where a wrong `detached` would do harm. Somebody may have switched `attach_on_boot` off
    /// just after a start, an earlier call for instance whose response was lost.
    pub(super) fn new(is_strict: bool) -> BootWatch {
        BootWatch { is_strict, was_on: is_strict, ..BootWatch::default() }
    }

    /// Takes note of a look at the disk.
    pub(super) fn note_disk(&mut self, view: &DiskView) {
        let Ok(Some(relation)) = view.relation() else { return };
        let named = relation.virtual_machine.as_ref().map(|machine| machine.id.to_string());
        let was_detached_by_others = self.was_attached && view.is_detached();
        if self.machine != named || was_detached_by_others {
            *self = BootWatch { machine: named, ..BootWatch::new(self.is_strict) };
        }
        if view.attachment() == Some(&AttachmentState::Attached) {
            // What a start did has come to light.
            self.was_on = false;
            self.was_attached = true;
        } else if self.first_seen_started.is_none() {
            self.was_on |= relation.attach_on_boot != Some(false);
        }
    }

    /// Takes note of a look at its virtual machine, after that.
    pub(super) fn note_machine(&mut self, machine: &VirtualMachine) {
        if self.machine.as_deref() != Some(machine.id.as_str()) {
            return;
        }
        self.is_known = true;
        match machine.state {
            Some(VirtualMachineState::Started) => {
                self.first_seen_started.get_or_insert_with(Instant::now);
            }
            _ => self.first_seen_started = None,
        }
    }

    /// Takes note that the disk was assigned to the virtual machine just now: no start before attached it.
    pub(super) fn note_assignment(&mut self, view: &DiskView, machine: Option<&VirtualMachine>) {
        self.note_disk(view);
        machine.iter().for_each(|machine| self.note_machine(machine));
        self.was_on = false;
    }

    /// Takes note that the workflow itself has detached the disk: no start has attached it since.
    pub(super) fn note_own_detach(&mut self) {
        self.was_attached = false;
        self.was_on = false;
    }

    /// Whether the state of the virtual machine was seen.
    pub(super) fn knows_machine(&self) -> bool {
        self.is_known
    }

    /// Whether a start may have attached the disk without that having shown.
    pub(super) fn may_have_attached(&self) -> bool {
        self.was_on
    }

    /// How much longer `detached` may be out of date; `None` if it is not.
    pub(super) fn doubt(&self, view: &DiskView) -> Option<Duration> {
        let started = self.first_seen_started.filter(|_| self.was_on && view.is_detached())?;
        let left = (started + SHOWS_AFTER).saturating_duration_since(Instant::now());
        Some(left).filter(|left| !left.is_zero())
    }
}
