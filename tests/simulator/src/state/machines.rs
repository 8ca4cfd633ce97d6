//! Virtual machines.

use serde_json::{Map, Value};

use super::work::Effect;
use super::{Annotation, State, VirtualMachineReference};
use std::time::Duration;

/// A machine is its document: the simulator itself reads only the id, the host name and the state,
/// and a test may put anything into the rest.
#[derive(Clone)]
pub(crate) struct VirtualMachine {
    /// Whose it is, by id.
    pub(crate) organization: String,
    pub(crate) document: Map<String, Value>,
    pub(crate) annotations: Vec<Annotation>,
}

impl VirtualMachine {
    pub(crate) fn id(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn fqdn(&self) -> &str {
        self.text("fqdn")
    }

    pub(crate) fn name(&self) -> &str {
        self.text("name")
    }

    pub(crate) fn state(&self) -> &str {
        self.text("state")
    }

    pub(crate) fn is_running(&self) -> bool {
        self.state() == "started"
    }

    pub(crate) fn addresses(&self) -> impl Iterator<Item = &Value> {
        self.document.get("ip_addresses").and_then(Value::as_array).into_iter().flatten()
    }

    pub(crate) fn reference(&self) -> VirtualMachineReference {
        VirtualMachineReference { id: self.id().to_owned(), fqdn: self.fqdn().to_owned() }
    }

    fn text(&self, key: &str) -> &str {
        self.document.get(key).and_then(Value::as_str).unwrap_or_default()
    }
}

impl State {
    pub(crate) fn machine(&self, id: &str) -> Option<&VirtualMachine> {
        self.virtual_machines.iter().find(|machine| machine.id() == id)
    }

    pub(super) fn machine_mut(&mut self, id: &str) -> Option<&mut VirtualMachine> {
        self.virtual_machines.iter_mut().find(|machine| machine.id() == id)
    }

    /// With its organization in it, unless a test put another one there.
    pub(crate) fn machine_view(&self, machine: &VirtualMachine) -> Map<String, Value> {
        let mut view = machine.document.clone();
        if let (Some(place), Some(organization)) =
            (view.get_mut("organization"), self.organization(&machine.organization))
        {
            if place.is_null() {
                *place = organization.view().into();
            }
        }
        view
    }

    pub(crate) fn is_running(&self, machine: &str) -> bool {
        self.machine(machine).is_some_and(VirtualMachine::is_running)
    }

    /// Sets the state of a machine, at once. The other states than these two leave its disks alone.
    ///
    /// recorded: stopping detaches all its disks, the boot disk too; starting attaches those with
    /// `attach_on_boot`. Also recorded: the disks may follow a second or two later.
    pub(crate) fn set_virtual_machine_state(&mut self, id: &str, to: &str, lag: Duration) {
        self.show_machine_state(id, to);
        let machine = id.to_owned();
        let effect = match to {
            "stopped" => Effect::DetachDisks { machine },
            "started" => Effect::AttachDisks { machine },
            _ => return,
        };
        if lag.is_zero() {
            self.perform(effect);
        } else {
            self.later(self.clock.now() + lag, effect);
        }
    }

    /// Changes nothing but what it says of itself.
    pub(super) fn show_machine_state(&mut self, id: &str, to: &str) {
        if let Some(machine) = self.machine_mut(id) {
            machine.document.insert("state".to_owned(), to.into());
        }
    }

    pub(super) fn attach_disks(&mut self, machine: &str) {
        for disk in self.disks.of_machine_mut(machine) {
            if let Some(relation) = &mut disk.virtual_machine_disk {
                if relation.attach_on_boot {
                    relation.state = "attached".into();
                }
            }
        }
    }

    pub(super) fn detach_disks(&mut self, machine: &str) {
        for disk in self.disks.of_machine_mut(machine) {
            if let Some(relation) = &mut disk.virtual_machine_disk {
                relation.state = "detached".into();
            }
        }
    }
}
