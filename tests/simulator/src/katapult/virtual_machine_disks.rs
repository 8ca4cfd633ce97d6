//! The disks of a virtual machine.

use serde::Serialize;

use super::answer::Success;
use super::arguments::Arguments;
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::virtual_machines::{self, VIRTUAL_MACHINE};
use super::{Answer, Endpoint};
use crate::state::{Disk, State, VirtualMachineDisk};

pub(super) const LIST: Endpoint = Endpoint {
    id: "Disks/ListForVirtualMachineEndpoint",
    arguments: &[VIRTUAL_MACHINE.about("The virtual machine to find disks for"), PAGE, PER_PAGE],
    perform: list,
};

/// recorded: the relation, without the machine, and a disk of six fields in it.
#[derive(Serialize)]
struct ListItem<'a> {
    disk: ListItemDisk<'a>,
    attach_on_boot: bool,
    boot: bool,
    state: &'a str,
}

#[derive(Serialize)]
struct ListItemDisk<'a> {
    id: &'a str,
    name: &'a str,
    size_in_gb: i64,
    wwn: &'a str,
    state: &'a str,
    created_at: u64,
}

impl<'a> ListItem<'a> {
    fn new(disk: &'a Disk, relation: &'a VirtualMachineDisk) -> Self {
        Self {
            disk: ListItemDisk {
                id: &disk.id,
                name: &disk.name,
                size_in_gb: disk.size_in_gb,
                wwn: &disk.wwn,
                state: &disk.state,
                created_at: disk.created_at,
            },
            attach_on_boot: relation.attach_on_boot,
            boot: relation.boot,
            state: &relation.state,
        }
    }
}

/// recorded: the boot disk comes first.
fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        disks: Vec<ListItem<'a>>,
    }

    let machine = virtual_machines::find(state, arguments)?.id();
    let mut disks: Vec<ListItem<'_>> = state
        .disks
        .values()
        .filter(|disk| !disk.in_trash)
        .filter_map(|disk| {
            let relation = disk.virtual_machine_disk.as_ref()?;
            (relation.virtual_machine.id == machine).then(|| ListItem::new(disk, relation))
        })
        .collect();
    disks.sort_by_key(|item| (!item.boot, item.disk.name, item.disk.id));
    let (pagination, disks) = paginate(disks, arguments, state.large_set)?;
    Ok(Success::ok(&Body { pagination, disks }))
}
