//! The trash: what waits there, and how it ends.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::{State, new_id};

/// recorded: 48 hours, exactly.
pub(crate) const KEPT_SECONDS: u64 = 172_800;

#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrashObject {
    pub(crate) id: String,
    pub(crate) keep_until: u64,
    /// recorded: an object storage account in the trash has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) object_id: Option<String>,
    pub(crate) object_type: String,
    /// Whose it is, by id; that of the object, if nothing is said.
    #[serde(default, skip_serializing)]
    pub(crate) organization: String,
}

#[derive(Default)]
pub(crate) struct Trash {
    by_id: HashMap<String, TrashObject>,
    /// The ids of trash objects by those of their objects.
    by_object: HashMap<String, String>,
    /// Ids by the end of the 48 hours, in order: every request looks for those that have ended.
    ends: BTreeSet<(u64, String)>,
}

impl Trash {
    pub(crate) fn get(&self, id: &str) -> Option<&TrashObject> {
        self.by_id.get(id)
    }

    pub(crate) fn of(&self, object_id: &str) -> Option<&TrashObject> {
        self.get(self.by_object.get(object_id)?)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &TrashObject> {
        self.by_id.values()
    }

    /// All of them are these from now on.
    pub(super) fn replace(&mut self, trash_objects: Vec<TrashObject>) {
        *self = Self::default();
        for trash_object in trash_objects {
            self.insert(trash_object);
        }
    }

    pub(super) fn for_each_mut(&mut self, change: impl FnMut(&mut TrashObject)) {
        self.by_id.values_mut().for_each(change);
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    fn insert(&mut self, trash_object: TrashObject) {
        let id = trash_object.id.clone();
        // A test may place one again, with another object or another end.
        self.remove(&id);
        if let Some(object_id) = &trash_object.object_id {
            self.by_object.insert(object_id.clone(), id.clone());
        }
        self.ends.insert((trash_object.keep_until, id.clone()));
        self.by_id.insert(id, trash_object);
    }

    fn remove(&mut self, id: &str) -> Option<TrashObject> {
        let trash_object = self.by_id.remove(id)?;
        if let Some(object_id) = &trash_object.object_id {
            if self.by_object.get(object_id).is_some_and(|its| its == id) {
                self.by_object.remove(object_id);
            }
        }
        self.ends.remove(&(trash_object.keep_until, id.to_owned()));
        Some(trash_object)
    }

    fn ended(&self, now: u64) -> Vec<String> {
        let ended = self.ends.iter().take_while(|(end, _)| *end <= now);
        ended.map(|(_, id)| id.clone()).collect()
    }
}

impl State {
    /// Disks, machines, backup policies, and things that this simulator knows nothing else about.
    pub(crate) fn move_to_trash(&mut self, object_id: &str, object_type: &str) -> TrashObject {
        let trash_object = TrashObject {
            id: new_id("trsh"),
            keep_until: self.clock.seconds() + KEPT_SECONDS,
            object_id: Some(object_id.to_owned()),
            object_type: object_type.to_owned(),
            organization: String::new(),
        };
        self.put_into_trash(trash_object.clone());
        trash_object
    }

    pub(crate) fn put_into_trash(&mut self, mut trash_object: TrashObject) {
        if trash_object.organization.is_empty() {
            let owner = trash_object.object_id.as_deref().and_then(|id| self.owner_of(id));
            let owner = owner.unwrap_or_else(|| self.main_organization().id());
            trash_object.organization = owner.to_owned();
        }
        self.mark(trash_object.object_id.as_deref(), true);
        self.trash.insert(trash_object);
    }

    /// The object lives again.
    pub(crate) fn restore(&mut self, id: &str) -> Option<TrashObject> {
        let trash_object = self.trash.remove(id)?;
        self.mark(trash_object.object_id.as_deref(), false);
        Some(trash_object)
    }

    /// Into the trash or out of it, unless it is there already.
    pub(crate) fn set_in_trash(&mut self, object_id: &str, object_type: &str, in_trash: bool) {
        let known = self.trash.of(object_id).map(|trash_object| trash_object.id.clone());
        match (known, in_trash) {
            (None, true) => drop(self.move_to_trash(object_id, object_type)),
            (Some(id), false) => drop(self.restore(&id)),
            _ => {}
        }
    }

    fn mark(&mut self, object_id: Option<&str>, in_trash: bool) {
        if let Some(disk) = object_id.and_then(|id| self.disks.get_mut(id)) {
            disk.in_trash = in_trash;
        }
    }

    /// The end of the object. A machine takes its disks along, as the vendor's own provider warns.
    pub(super) fn purge(&mut self, id: &str) {
        let Some(TrashObject { object_id: Some(id), .. }) = self.trash.remove(id) else {
            return;
        };
        if self.virtual_machines.iter().any(|machine| machine.id() == id) {
            self.virtual_machines.retain(|machine| machine.id() != id);
            self.network_interfaces.retain(|interface| interface.virtual_machine != id);
            self.disks.retain(|disk| disk.machine() != Some(id.as_str()));
        }
        self.disks.remove(&id);
        self.backup_policies.retain(|policy| policy.id != id && policy.target.id() != id);
    }

    pub(super) fn purge_expired(&mut self) {
        for id in self.trash.ended(self.clock.seconds()) {
            self.purge(&id);
        }
    }
}
