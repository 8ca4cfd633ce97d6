//! All disks, and the order in which they are listed.

use std::collections::HashMap;
use std::collections::hash_map::Values;

use super::Disk;

#[derive(Default)]
pub(crate) struct Disks {
    by_id: HashMap<String, Disk>,
    /// The ids of those that are not in the trash, by name; None when something may have changed.
    /// Sorting 100,000 disks anew for every page would take longer than everything else.
    listed: Option<Vec<String>>,
}

impl Disks {
    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Disk> {
        self.by_id.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Disk> {
        self.listed = None;
        self.by_id.get_mut(id)
    }

    pub(crate) fn insert(&mut self, disk: Disk) {
        self.listed = None;
        self.by_id.insert(disk.id.clone(), disk);
    }

    pub(crate) fn remove(&mut self, id: &str) -> Option<Disk> {
        self.listed = None;
        self.by_id.remove(id)
    }

    /// All of them are these from now on.
    pub(crate) fn replace(&mut self, disks: Vec<Disk>) {
        self.listed = None;
        self.by_id = disks.into_iter().map(|disk| (disk.id.clone(), disk)).collect();
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&Disk) -> bool) {
        self.listed = None;
        self.by_id.retain(|_, disk| keep(disk));
    }

    /// In no order.
    pub(crate) fn values(&self) -> Values<'_, String, Disk> {
        self.by_id.values()
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Disk> {
        self.listed = None;
        self.by_id.values_mut()
    }

    /// The ids of the disks outside the trash, and all disks. recorded: the order is by name.
    pub(crate) fn listed(&mut self) -> (&[String], &HashMap<String, Disk>) {
        let by_id = &self.by_id;
        let ids = self.listed.get_or_insert_with(|| {
            let mut disks: Vec<&Disk> = by_id.values().filter(|disk| !disk.in_trash).collect();
            disks.sort_unstable_by_key(|disk| (&disk.name, &disk.id));
            disks.into_iter().map(|disk| disk.id.clone()).collect()
        });
        (ids, by_id)
    }
}
