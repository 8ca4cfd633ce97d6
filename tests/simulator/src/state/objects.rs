//! The objects in the form in which they can be placed again.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::work::{Effect, Outcome};
use super::{DataCenter, Disk, DiskTemplate, State, VirtualMachine};

impl State {
    /// All of Katapult's objects. Settled, they are as if all that is under way had ended now.
    pub(crate) fn objects(&self, settled: bool) -> Value {
        let mut disks: Vec<Disk> = self.disks.values().cloned().collect();
        disks.sort_by(|one, other| one.id.cmp(&other.id));
        let mut all =
            Objects { disks, machines: self.virtual_machines.clone(), purged: Vec::new() };
        if settled {
            self.effects().for_each(|effect| all.settle(effect));
        }
        let Objects { mut disks, mut machines, purged } = all;
        let gone: HashSet<&str> =
            purged.iter().filter_map(|id| self.trash.get(id)?.object_id.as_deref()).collect();
        machines.retain(|machine| !gone.contains(machine.id()));
        disks.retain(|disk| {
            !gone.contains(disk.id.as_str()) && disk.machine().is_none_or(|id| !gone.contains(id))
        });
        let mut trash: Vec<_> = self.trash.values().filter(|it| !purged.contains(&it.id)).collect();
        trash.sort_by(|one, other| one.id.cmp(&other.id));
        let policies = self.backup_policies.iter();
        let policies =
            policies.filter(|it| !gone.contains(it.id.as_str()) && !gone.contains(it.target.id()));
        let interfaces = self.network_interfaces.iter();
        let interfaces = interfaces.filter(|it| !gone.contains(it.virtual_machine.as_str()));
        let mut tasks: Vec<_> =
            self.tasks.values().map(|it| it.placed(&self.clock, settled)).collect();
        tasks.sort_by(|one, other| one["id"].as_str().cmp(&other["id"].as_str()));
        let virtual_networks = self.virtual_networks.iter().map(|network| {
            let mut view = with(network, [("organization", json!(network.organization))]);
            view["data_center"] = network.data_center.whole();
            view
        });
        let networks = self.networks.iter();
        let networks =
            networks.map(|network| with(network, [("data_center", network.data_center.whole())]));
        json!({
            "organizations": self.organizations.iter().map(|organization| {
                let mut view = organization.document.clone();
                view.insert("state".into(), json!(organization.state));
                view
            }).collect::<Vec<_>>(),
            "data_centers": self.data_centers.iter().map(DataCenter::whole).collect::<Vec<_>>(),
            "io_profiles": self.io_profiles,
            "packages": self.packages,
            "networks": networks.collect::<Vec<_>>(),
            "virtual_networks": virtual_networks.collect::<Vec<_>>(),
            "network_speed_profiles": self.network_speed_profiles,
            "disk_templates": self.disk_templates.iter().map(template).collect::<Vec<_>>(),
            "virtual_machines": machines.iter().map(machine).collect::<Vec<_>>(),
            "network_interfaces": interfaces.collect::<Vec<_>>(),
            "disks": disks.iter().map(disk).collect::<Vec<_>>(),
            "disk_backup_policies": policies.collect::<Vec<_>>(),
            "trash_objects": trash.into_iter().map(|it| {
                with(it, [("organization", json!(it.organization))])
            }).collect::<Vec<_>>(),
            "tasks": tasks,
        })
    }
}

struct Objects {
    disks: Vec<Disk>,
    machines: Vec<VirtualMachine>,
    /// Trash objects, by their ids.
    purged: Vec<String>,
}

impl Objects {
    /// What is late because of an order is not known, and does not happen.
    fn settle(&mut self, effect: &Effect) {
        match effect {
            Effect::Disk { disk: id, change, outcome } => {
                let Some(disk) = self.disks.iter_mut().find(|disk| disk.id == *id) else { return };
                let machine = disk.machine();
                let machine = self.machines.iter().find(|it| Some(it.id()) == machine);
                let is_running = machine.is_some_and(VirtualMachine::is_running);
                match outcome {
                    Outcome::Done => change.clone().finish(disk, is_running),
                    Outcome::Failed(before) => change.clone().fail(disk, before.clone()),
                    Outcome::Nothing(before) => change.clone().undo(disk, before.clone()),
                }
            }
            Effect::Purge(ids) => self.purged.extend(ids.iter().cloned()),
            Effect::AttachDisks { machine } => self.set_disks(machine, "attached"),
            Effect::DetachDisks { machine } => self.set_disks(machine, "detached"),
            Effect::PowerEnds { machine: id, power, outcome, .. } => {
                let to = if *outcome { power.to() } else { power.from() };
                let found = self.machines.iter_mut().find(|machine| machine.id() == id);
                // A task in a state in which it makes no sense changes nothing.
                let begins = [power.from(), power.through()];
                let Some(machine) = found.filter(|it| begins.contains(&it.state())) else { return };
                machine.document.insert("state".to_owned(), to.into());
                match to {
                    "started" if power.from() == "stopped" => self.set_disks(id, "attached"),
                    "stopped" if power.from() == "started" => self.set_disks(id, "detached"),
                    _ => {}
                }
            }
            Effect::PowerBegins { .. } | Effect::Late(_) => {}
        }
    }

    fn set_disks(&mut self, machine: &str, state: &str) {
        let relations = self.disks.iter_mut().filter_map(|it| it.virtual_machine_disk.as_mut());
        for relation in relations.filter(|relation| relation.virtual_machine.id == machine) {
            if state == "detached" || relation.attach_on_boot {
                state.clone_into(&mut relation.state);
            }
        }
    }
}

fn with<const N: usize>(object: &impl Serialize, members: [(&str, Value); N]) -> Value {
    let mut view = json!(object);
    for (name, value) in members {
        view[name] = value;
    }
    view
}

/// A disk with what no answer tells.
pub(super) fn disk(disk: &Disk) -> Value {
    let mut view = with(
        disk,
        [
            ("annotations", json!(disk.annotations)),
            ("hide_relation", json!(disk.hide_relation)),
            ("organization", json!(disk.organization)),
            ("initial_file_system", json!(disk.initial_file_system)),
        ],
    );
    view["data_center"] = disk.data_center.whole();
    view
}

fn machine(machine: &VirtualMachine) -> Map<String, Value> {
    let mut view = machine.document.clone();
    view.insert("annotations".into(), json!(machine.annotations));
    let organization = view.get("organization");
    if organization.is_none_or(Value::is_null) {
        view.insert("organization".into(), json!(machine.organization));
    }
    view
}

fn template(template: &DiskTemplate) -> Value {
    let mut view = json!(template);
    if let Some(system) = &template.operating_system {
        view["operating_system"]["badge_url"] = json!(system.badge_url);
    }
    view
}
