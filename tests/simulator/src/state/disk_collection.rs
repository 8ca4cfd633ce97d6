//! All disks, and the order in which they are listed.

use std::collections::HashMap;
use std::collections::hash_map::Values;
use std::time::{Duration, Instant};

use super::Disk;
use super::listing::Listing;
use super::past::{Looks, Past};

#[derive(Default)]
pub(crate) struct Disks {
    by_id: HashMap<String, Disk>,
    listing: Listing,
    past: Past,
}

/// The disks as a list shows them.
#[derive(Clone, Copy)]
pub(crate) struct LateDisks<'a> {
    by_id: &'a HashMap<String, Disk>,
    past: &'a Past,
}

impl<'a> LateDisks<'a> {
    /// A disk, and how it looked if that was different.
    pub(crate) fn get(self, id: &str) -> (&'a Disk, Option<&'a Looks>) {
        (&self.by_id[id], self.past.of(id))
    }
}

impl Disks {
    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Disk> {
        self.by_id.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Disk> {
        let disk = self.by_id.get_mut(id)?;
        self.listing.touch(id);
        self.past.note(disk);
        Some(disk)
    }

    pub(crate) fn insert(&mut self, disk: Disk) {
        self.listing.touch(&disk.id);
        if let Some(before) = self.by_id.get(&disk.id) {
            self.past.note(before);
        }
        self.by_id.insert(disk.id.clone(), disk);
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Disk> {
        self.listing.touch(id);
        self.past.forget(id);
        self.by_id.remove(id)
    }

    /// All of them are these from now on.
    pub(crate) fn replace(&mut self, disks: Vec<Disk>) {
        for (id, _) in self.by_id.drain() {
            self.listing.touch(&id);
        }
        for disk in disks {
            self.insert(disk);
        }
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&Disk) -> bool) {
        let Self { by_id, listing, past } = self;
        by_id.retain(|id, disk| {
            let keeps = keep(disk);
            if !keeps {
                listing.touch(id);
                past.forget(id);
            }
            keeps
        });
    }

    /// In no order.
    pub(crate) fn values(&self) -> Values<'_, String, Disk> {
        self.by_id.values()
    }

    pub(crate) fn for_each_mut(&mut self, mut change: impl FnMut(&mut Disk)) {
        for disk in self.by_id.values_mut() {
            self.listing.touch(&disk.id);
            self.past.note(disk);
            change(disk);
        }
    }

    /// The disks of a machine, in no order.
    pub(crate) fn of_machine_mut(&mut self, machine: &str) -> impl Iterator<Item = &mut Disk> {
        let Self { by_id, listing, past } = self;
        let disks = by_id.values_mut().filter(move |disk| disk.machine() == Some(machine));
        disks.inspect(|disk| {
            listing.touch(&disk.id);
            past.note(disk);
        })
    }

    /// The ids of an organization's disks outside the trash, of all or of those with an annotation,
    /// and all disks. recorded: the order is by name.
    pub(crate) fn listed(
        &mut self,
        organization: &str,
        annotation: Option<(&str, &str)>,
    ) -> (impl Iterator<Item = &String>, LateDisks<'_>) {
        let disks = LateDisks { by_id: &self.by_id, past: &self.past };
        (self.listing.ids(&self.by_id, organization, annotation), disks)
    }

    /// Lists show disks as they were that long ago, but not as they were before this order.
    pub(super) fn list_late(&mut self, lag: Duration) {
        self.past.keep(lag);
    }

    /// Changes that are made after this happen now.
    pub(super) fn set_now(&mut self, now: Instant) {
        self.past.set_now(now);
    }
}
