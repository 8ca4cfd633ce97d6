//! What tasks do to a disk: at their beginning, at their end, and when they fail.

use super::{Disk, FileSystem, IoProfile};

#[derive(Clone)]
pub(crate) enum Change {
    /// Builds a new disk and attaches it afterwards, if wished.
    Build {
        attach: bool,
    },
    Attach,
    Detach,
    Resize {
        name: &'static str,
        size_in_gb: i64,
    },
    IoProfile(IoProfile),
}

/// What will come of a change.
#[derive(PartialEq)]
pub(super) enum Prospect {
    Effect,
    Failure,
    /// Its task completes all the same.
    Nothing,
}

/// The states of a disk before a task began.
#[derive(Clone)]
pub(super) struct Before {
    state: String,
    attachment: Option<String>,
}

impl Before {
    pub(super) fn of(disk: &Disk) -> Self {
        Self {
            state: settled(&disk.state),
            attachment: disk.virtual_machine_disk.as_ref().map(|relation| settled(&relation.state)),
        }
    }
}

/// Another task may be under way: a failure must not leave the disk in a transitional state
/// forever.
fn settled(state: &str) -> String {
    let settled = match state {
        "attaching" => "detached",
        "detaching" => "attached",
        "building" | "resizing" => "built",
        other => other,
    };
    settled.to_owned()
}

impl Change {
    /// recorded: the names, all of them.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Build { .. } => "Build disk",
            Self::Attach => "Attach disk to virtual machine",
            Self::Detach => "Detach disk from virtual machine",
            Self::Resize { name, .. } => name,
            Self::IoProfile(_) => "Change disk IO profile",
        }
    }

    /// The vendor's own provider knows that the task which shrinks a blank disk completes, and
    /// changes nothing, and that XFS cannot shrink. Not recorded: how that ends, and attaching to a
    /// machine that is stopped. Here these tasks fail.
    pub(super) fn prospect(&self, disk: &Disk, machine_will_run: bool) -> Prospect {
        match (self, disk.initial_file_system) {
            (Self::Attach, _) if !machine_will_run => Prospect::Failure,
            (Self::Resize { size_in_gb, .. }, file_system) if *size_in_gb < disk.size_in_gb => {
                match file_system {
                    Some(FileSystem::Ext4) => Prospect::Effect,
                    Some(FileSystem::Xfs) => Prospect::Failure,
                    None => Prospect::Nothing,
                }
            }
            _ => Prospect::Effect,
        }
    }

    /// The states between are in the documents; nobody was seen reading them.
    pub(super) fn begin(&self, disk: &mut Disk) {
        match self {
            Self::Build { .. } => disk.state = "building".into(),
            Self::Attach => set_attachment(disk, "attaching"),
            Self::Detach => set_attachment(disk, "detaching"),
            Self::Resize { .. } => disk.state = "resizing".into(),
            Self::IoProfile(_) => {}
        }
    }

    pub(super) fn finish(self, disk: &mut Disk, machine_is_running: bool) {
        match self {
            Self::Build { attach } => {
                disk.state = "built".into();
                // document: if the machine is not running, the disk will be attached when it
                // starts.
                if attach && machine_is_running {
                    set_attachment(disk, "attached");
                }
            }
            Self::Attach => set_attachment(disk, "attached"),
            Self::Detach => set_attachment(disk, "detached"),
            Self::Resize { size_in_gb, .. } => {
                disk.state = "built".into();
                disk.size_in_gb = size_in_gb;
            }
            Self::IoProfile(io_profile) => disk.io_profile = Some(io_profile),
        }
    }

    /// Leaves the disk as it was, but a disk that could not be built is one in the state `failed`.
    pub(super) fn fail(self, disk: &mut Disk, before: Before) {
        match self {
            Self::Build { .. } => disk.state = "failed".into(),
            _ => self.undo(disk, before),
        }
    }

    /// Leaves the disk as it was.
    pub(super) fn undo(self, disk: &mut Disk, before: Before) {
        match self {
            Self::Build { .. } | Self::Resize { .. } => disk.state = before.state,
            Self::Attach | Self::Detach => {
                if let Some(attachment) = before.attachment {
                    set_attachment(disk, &attachment);
                }
            }
            Self::IoProfile(_) => {}
        }
    }
}

fn set_attachment(disk: &mut Disk, state: &str) {
    if let Some(relation) = &mut disk.virtual_machine_disk {
        relation.state = state.into();
    }
}
