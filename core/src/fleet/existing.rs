//! The disks of a fleet that an earlier call has created.

use std::collections::HashMap;
use std::time::Instant;

use super::building::has_failed;
use super::listed::Listed;
use super::work::{Begun, Pending};
use crate::{CreateDisk, DiskState, DiskSummary, Error, Result};

/// The disks of a fleet that are there, by name.
#[derive(Debug, Default)]
pub(super) struct Existing(HashMap<String, Found>);

#[derive(Debug)]
struct Found {
    disk: Listed,
    /// Another one with the same name.
    other: Option<String>,
}

impl Existing {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes a disk of the fleet that a list has shown.
    pub(super) fn note(&mut self, disk: DiskSummary, json: &str) {
        let name = disk.name.as_deref().unwrap_or_default().to_owned();
        let disk = Listed::new(disk, json);
        match self.0.get_mut(&name) {
            Some(known) => known.other = Some(disk.id),
            None => drop(self.0.insert(name, Found { disk, other: None })),
        }
    }

    /// What has come of creating the disk with this name; `None` if it is not there.
    pub(super) fn begun(
        &self,
        fleet: &str,
        index: usize,
        name: &str,
        create: &CreateDisk,
    ) -> Option<Result<Begun>> {
        self.0.get(name).map(|found| found.begun(fleet, index, name, create))
    }
}

impl Found {
    fn begun(&self, fleet: &str, index: usize, name: &str, create: &CreateDisk) -> Result<Begun> {
        let Listed { id, size_in_gb, state, .. } = &self.disk;
        if let Some(other) = &self.other {
            return Err(Error::refused(format!(
                "the fleet {fleet:?} has two disks of this name, {id} and {other}, as two processes may create \
                 them that run it at the same time; delete one"
            )));
        }
        if let Some((has, wanted)) = size_in_gb.zip(create.properties.size_in_gb) {
            if has != wanted {
                return Err(Error::refused(format!(
                    "the fleet {fleet:?} has this disk already, {id}, with {has} GB instead of {wanted}; resize \
                     it, or give the size that it has"
                )));
            }
        }
        match state {
            Some(DiskState::Built) => {
                Ok(Begun::Done { id: id.clone(), response: self.disk.response(), existed: true })
            }
            Some(DiskState::Failed) => Err(has_failed(id)),
            _ => Ok(Begun::Pending(Pending {
                index,
                id: id.as_str().into(),
                name: Some(name.into()),
                task: None,
                existed: true,
                since: Instant::now(),
            })),
        }
    }
}
