//! The size and the I/O profile of a disk.

use super::answer::{DiskAnswer, Success};
use super::argument::{Argument, Kind};
use super::arguments::Arguments;
use super::catalog::{IO_PROFILE, find_io_profile};
use super::create_disk::too_small;
use super::disks::{DISK, find};
use super::error::ApiError;
use super::{Answer, Endpoint};
use crate::state::{Change, State, VirtualMachineDisk};

pub(super) const RESIZE: Endpoint = Endpoint {
    id: "Disks/ResizeEndpoint",
    arguments: &[
        DISK,
        Argument::new("size_in_gb", Kind::Integer).required(),
        Argument::new("resize_method", Kind::OneOf(&["offline", "online"])),
    ],
    perform: resize,
};

pub(super) const CHANGE_IO_PROFILE: Endpoint = Endpoint {
    id: "Disks/ChangeIOProfileEndpoint",
    arguments: &[DISK, IO_PROFILE],
    perform: change_io_profile,
};

/// Grows an attached disk only online, and shrinks none that is attached: what the vendor's own
/// provider observes.
fn resize(state: &mut State, arguments: &Arguments) -> Answer {
    let before = find(state, arguments)?.clone();
    let size_in_gb: i64 = arguments.required("size_in_gb")?;
    let method: Option<String> = arguments.optional("resize_method")?;
    let online = method.as_deref() == Some("online");
    let shrinks = size_in_gb < before.size_in_gb;
    let in_use = before.virtual_machine_disk.as_ref().is_some_and(VirtualMachineDisk::is_in_use);

    let mut errors: Vec<String> = too_small(size_in_gb).into_iter().collect();
    if in_use && (shrinks || !online) {
        errors.push("Disk must be detached to be resized offline".to_owned());
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(&errors));
    }
    // recorded: three names for one call.
    let name = match (shrinks, in_use) {
        (true, _) => "Shrink disk",
        (false, true) => "Grow disk online",
        (false, false) => "Grow disk",
    };
    let task = state.start_task(&before.id, Change::Resize { name, size_in_gb })?;
    Ok(Success::ok(&DiskAnswer::with_task(&before, task)))
}

fn change_io_profile(state: &mut State, arguments: &Arguments) -> Answer {
    let before = find(state, arguments)?.clone();
    let lookup = arguments.lookup("io_profile")?;
    let io_profile = find_io_profile(state, &lookup)?.clone();
    let task = state.start_task(&before.id, Change::IoProfile(io_profile))?;
    Ok(Success::ok(&DiskAnswer::with_task(&before, task)))
}
