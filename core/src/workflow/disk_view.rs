//! A disk as a workflow has just read it.

use serde_json::Value;

use crate::about::is_same_name;
use crate::{
    ApiResponse, AttachmentState, Disk, DiskAndAnnotations, DiskState as State, Error, Result,
    VirtualMachineDisk, VirtualMachineRef, VirtualMachineSummary,
};

/// A disk, and the response that it was in.
pub(super) struct DiskView {
    pub(super) disk: Disk,
    pub(super) relation: Relation,
    pub(super) response: ApiResponse,
}

/// To which virtual machine a disk belongs. Only an explicit null says that it has none.
pub(super) enum Relation {
    /// The response does not say.
    Missing,
    Unassigned,
    To(Box<VirtualMachineDisk>),
}

impl DiskView {
    pub(super) fn read(response: ApiResponse) -> Result<DiskView> {
        let disk = response.decode_in_time::<DiskAndAnnotations>()?.into_disk();
        let answer: Value = response.decode()?;
        let relation = match (&disk.virtual_machine_disk, &answer["disk"]["virtual_machine_disk"]) {
            (Some(relation), _) => Relation::To(Box::new(relation.clone())),
            // Indexing gives null for a member that is missing, too.
            (None, _) if answer["disk"].get("virtual_machine_disk").is_some() => {
                Relation::Unassigned
            }
            (None, _) => Relation::Missing,
        };
        Ok(DiskView { disk, relation, response })
    }

    /// `None` when it is not assigned; refuses when that cannot be told.
    pub(super) fn relation(&self) -> Result<Option<&VirtualMachineDisk>> {
        match &self.relation {
            Relation::To(relation) => Ok(Some(relation)),
            Relation::Unassigned => Ok(None),
            Relation::Missing => Err(self.refused(
                "the response does not say whether it is assigned to a virtual machine",
                "check it before you act",
            )),
        }
    }

    /// The virtual machine of a relation.
    pub(super) fn virtual_machine<'a>(
        &self,
        relation: &'a VirtualMachineDisk,
    ) -> Result<&'a VirtualMachineSummary> {
        relation.virtual_machine.as_ref().ok_or_else(|| {
            self.refused(
                "the response does not name its virtual machine",
                "check it before you act",
            )
        })
    }

    pub(super) fn attachment(&self) -> Option<&AttachmentState> {
        match &self.relation {
            Relation::To(relation) => relation.state.as_ref(),
            Relation::Unassigned | Relation::Missing => None,
        }
    }

    /// Whether the service says itself that it is still at work on the disk.
    pub(super) fn is_in_transition(&self) -> bool {
        let attachment = self.attachment();
        matches!(attachment, Some(AttachmentState::Attaching | AttachmentState::Detaching))
            || match &self.disk.state {
                None | Some(State::NotBuilt | State::Built | State::Failed | State::Other(_)) => {
                    false
                }
                Some(
                    State::Building
                    | State::Installing
                    | State::Restoring
                    | State::Formatting
                    | State::Resizing
                    | State::Configuring
                    | State::Importing,
                ) => true,
            }
    }

    pub(super) fn is_detached(&self) -> bool {
        self.attachment() == Some(&AttachmentState::Detached)
    }

    /// Refuses a disk of another virtual machine than the caller expects.
    pub(super) fn expect(
        &self,
        relation: &VirtualMachineDisk,
        expected: Option<&VirtualMachineRef>,
    ) -> Result<()> {
        let Some(expected) = expected else { return Ok(()) };
        let (key, value) = expected.pair()?;
        let machine = self.virtual_machine(relation)?;
        let is_expected = match key {
            "id" => machine.id == value,
            _ => machine.fqdn.as_ref().is_some_and(|fqdn| is_same_name(value, fqdn)),
        };
        if is_expected {
            return Ok(());
        }
        Err(self.refused(
            &format!("it is assigned to {}, not to {value}", name(machine)),
            "unassign it there first, or name that one",
        ))
    }

    /// An error that says why nothing was done, and what to do.
    pub(super) fn refused(&self, reason: &str, advice: &str) -> Error {
        Error::refused(format!("disk {}: {reason}; {advice}", self.disk.id))
    }
}

pub(super) fn name(machine: &VirtualMachineSummary) -> String {
    match &machine.fqdn {
        Some(fqdn) => format!("{} ({fqdn})", machine.id),
        None => machine.id.to_string(),
    }
}
