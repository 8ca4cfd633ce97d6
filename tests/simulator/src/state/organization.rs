//! The organization and its virtual machines.

use serde::Deserialize;

use super::State;

pub(crate) struct Organization {
    pub(crate) id: &'static str,
    pub(crate) sub_domain: &'static str,
    pub(crate) state: OrganizationState,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OrganizationState {
    Active,
    Suspended,
    NotActivated,
}

pub(crate) struct VirtualMachine {
    pub(crate) id: &'static str,
    pub(crate) fqdn: &'static str,
    pub(crate) state: VirtualMachineState,
}

#[derive(Clone, Copy, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VirtualMachineState {
    Stopped,
    Started,
}

impl State {
    pub(crate) fn is_running(&self, virtual_machine: &str) -> bool {
        self.virtual_machines
            .iter()
            .any(|vm| vm.id == virtual_machine && vm.state == VirtualMachineState::Started)
    }

    /// Starts or stops a machine, at once. False if there is none with this id.
    ///
    /// recorded: stopping detaches all its disks, the boot disk too; starting attaches those with
    /// `attach_on_boot`.
    pub(crate) fn set_virtual_machine_state(&mut self, id: &str, to: VirtualMachineState) -> bool {
        let Some(machine) = self.virtual_machines.iter_mut().find(|vm| vm.id == id) else {
            return false;
        };
        machine.state = to;
        let relations = self.disks.values_mut().filter_map(|d| d.virtual_machine_disk.as_mut());
        for relation in relations.filter(|relation| relation.virtual_machine.id == id) {
            if to == VirtualMachineState::Stopped {
                relation.state = "detached".into();
            } else if relation.attach_on_boot {
                relation.state = "attached".into();
            }
        }
        true
    }
}
