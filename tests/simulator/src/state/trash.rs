//! The trash: what waits there, and how it ends.

use std::collections::HashMap;

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
}

#[derive(Default)]
pub(crate) struct Trash(HashMap<String, TrashObject>);

impl Trash {
    pub(crate) fn of(&self, object_id: &str) -> Option<&TrashObject> {
        self.values().find(|trash_object| trash_object.object_id.as_deref() == Some(object_id))
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &TrashObject> {
        self.0.values()
    }

    /// All of them are these from now on.
    pub(super) fn replace(&mut self, trash_objects: Vec<TrashObject>) {
        self.0 = trash_objects.into_iter().map(|it| (it.id.clone(), it)).collect();
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
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
        };
        self.put_into_trash(trash_object.clone());
        trash_object
    }

    pub(crate) fn put_into_trash(&mut self, trash_object: TrashObject) {
        self.mark(trash_object.object_id.as_deref(), true);
        self.trash.0.insert(trash_object.id.clone(), trash_object);
    }

    /// The object lives again.
    pub(crate) fn restore(&mut self, id: &str) -> Option<TrashObject> {
        let trash_object = self.trash.0.remove(id)?;
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
        let Some(TrashObject { object_id: Some(id), .. }) = self.trash.0.remove(id) else {
            return;
        };
        if self.virtual_machines.iter().any(|machine| machine.id() == id) {
            self.virtual_machines.retain(|machine| machine.id() != id);
            self.disks.retain(|disk| disk.machine() != Some(id.as_str()));
        }
        self.disks.remove(&id);
        self.backup_policies.retain(|policy| policy.id != id && policy.target.id() != id);
    }

    pub(super) fn purge_expired(&mut self) {
        let now = self.clock.seconds();
        let expired = self.trash.values().filter(|trash_object| trash_object.keep_until <= now);
        let ids: Vec<String> = expired.map(|trash_object| trash_object.id.clone()).collect();
        for id in ids {
            self.purge(&id);
        }
    }
}
