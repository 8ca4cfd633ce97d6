//! Objects that a test wants to exist. One that exists already is changed: what is not given stays.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::tasks::PlacedTask;
use super::trash::KEPT_SECONDS;
use super::{
    BackupPolicy, DataCenter, Disk, DiskTemplate, IoProfile, Network, NetworkInterface,
    NetworkSpeedProfile, Organization, Package, State, TrashObject, VirtualMachine, VirtualNetwork,
    new_id, objects, seed,
};

/// Some hundred megabytes.
const MOST_AT_ONCE: usize = 100_000;

type Fields = Map<String, Value>;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Placed {
    organizations: Vec<Fields>,
    data_centers: Vec<DataCenter>,
    io_profiles: Vec<IoProfile>,
    packages: Vec<Package>,
    networks: Vec<Network>,
    virtual_networks: Vec<VirtualNetwork>,
    network_speed_profiles: Vec<NetworkSpeedProfile>,
    disk_templates: Vec<DiskTemplate>,
    virtual_machines: Vec<Fields>,
    /// Without it, new machines get theirs by themselves.
    network_interfaces: Option<Vec<NetworkInterface>>,
    disks: Vec<Fields>,
    disk_backup_policies: Vec<BackupPolicy>,
    trash_objects: Vec<Fields>,
    tasks: Vec<PlacedTask>,
}

impl State {
    /// A mistake changes nothing.
    pub(crate) fn place(&mut self, placed: Placed) -> Result<(), String> {
        let before = Before::of(self);
        let done = self.place_in_order(placed);
        if done.is_err() {
            before.restore(self);
        }
        done
    }

    /// Places what a state file has, in place of everything.
    pub(crate) fn load(&mut self, objects: &Value) -> Result<(), String> {
        let placed: Placed = read(objects.clone())?;
        let main = placed.organizations.first().and_then(|main| main.get("id")?.as_str());
        if let Some(main) = main.map(str::to_owned) {
            let from = self.main_organization().id().to_owned();
            self.rename_organization(&from, &main);
        }
        self.place_in_order(placed)
    }

    /// In the order of the members.
    fn place_in_order(&mut self, placed: Placed) -> Result<(), String> {
        for fields in placed.organizations {
            self.place_organization(fields)?;
        }
        for place in placed.data_centers {
            upsert(&mut self.data_centers, place, |place| place.id.as_str());
        }
        for profile in placed.io_profiles {
            upsert(&mut self.io_profiles, profile, |profile| profile.id.as_str());
        }
        for package in placed.packages {
            upsert(&mut self.packages, package, |package| package.id.as_str());
        }
        for network in placed.networks {
            upsert(&mut self.networks, network, |network| network.id.as_str());
        }
        for mut network in placed.virtual_networks {
            self.own(&mut network.organization)?;
            upsert(&mut self.virtual_networks, network, |network| network.id.as_str());
        }
        for profile in placed.network_speed_profiles {
            upsert(&mut self.network_speed_profiles, profile, |profile| profile.id.as_str());
        }
        for mut template in placed.disk_templates {
            self.own(&mut template.organization)?;
            upsert(&mut self.disk_templates, template, |template| template.id.as_str());
        }
        for fields in placed.virtual_machines {
            self.place_machine(fields, placed.network_interfaces.is_none())?;
        }
        for interface in placed.network_interfaces.into_iter().flatten() {
            self.place_interface(interface)?;
        }
        for fields in placed.disks {
            self.place_disks(fields)?;
        }
        for policy in placed.disk_backup_policies {
            upsert(&mut self.backup_policies, policy, |policy| policy.id.as_str());
        }
        for fields in placed.trash_objects {
            self.place_in_trash(fields)?;
        }
        for task in placed.tasks {
            self.place_task(task);
        }
        Ok(())
    }

    /// Any field is taken, as of machines.
    fn place_organization(&mut self, mut fields: Fields) -> Result<(), String> {
        let state = fields.shift_remove("state").map(read).transpose()?;
        let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = text("id").ok_or("an organization needs an id")?;
        if self.organization(&id).is_none() {
            let sub_domain = text("sub_domain").unwrap_or_else(|| "placed".to_owned());
            self.organizations.push(seed::organization(&id, &sub_domain, &sub_domain));
        }
        if let Some(organization) = self.organization_mut(Some(&id)) {
            organization.document.extend(fields);
            organization.state = state.unwrap_or(organization.state);
        }
        Ok(())
    }

    /// Makes sure that an organization exists. Nothing stands for the main one.
    fn own(&self, organization: &mut String) -> Result<(), String> {
        if organization.is_empty() {
            self.main_organization().id().clone_into(organization);
        }
        let known = self.organization(organization).map(drop);
        known.ok_or_else(|| format!("organization: there is no {organization}"))
    }

    /// Any field is taken: real machines have more of them than the document. The organization is
    /// an id; an object is shown as it is.
    fn place_machine(&mut self, mut fields: Fields, connects: bool) -> Result<(), String> {
        let organization = match fields.get("organization") {
            Some(Value::String(_)) => fields.shift_remove("organization").map(read).transpose()?,
            Some(organization) => organization["id"].as_str().map(str::to_owned),
            None => None,
        };
        let annotations = fields.shift_remove("annotations").map(read).transpose()?;
        let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = text("id").ok_or("a virtual machine needs an id")?;
        let known = self.virtual_machines.iter_mut().find(|machine| machine.id() == id);
        if let Some(machine) = known {
            machine.document.extend(fields);
            if let Some(annotations) = annotations {
                machine.annotations = annotations;
            }
            machine.organization = organization.unwrap_or_else(|| machine.organization.clone());
            // recorded: a machine that was renamed is so in its disks, too.
            let reference = machine.reference();
            for disk in self.disks.of_machine_mut(&id) {
                if let Some(relation) = &mut disk.virtual_machine_disk {
                    relation.virtual_machine = reference.clone();
                }
            }
            return Ok(());
        }
        let name = text("name").unwrap_or_else(|| "placed".to_owned());
        let main = self.main_organization();
        let organization = organization.unwrap_or_else(|| main.id().to_owned());
        let domain = self.organization(&organization).unwrap_or(main).infrastructure_domain();
        let fqdn = text("fqdn").unwrap_or_else(|| format!("{name}.{domain}"));
        let mut document = seed::machine(&id, &name, &fqdn, "started", self.clock.seconds());
        document.extend(fields);
        let annotations = annotations.unwrap_or_default();
        let machine = VirtualMachine { organization, document, annotations };
        if connects {
            self.connect(&machine);
        }
        self.virtual_machines.push(machine);
        Ok(())
    }

    /// It takes the place of the one that the machine got by itself.
    fn place_interface(&mut self, interface: NetworkInterface) -> Result<(), String> {
        self.machine(&interface.virtual_machine).ok_or("no such virtual machine")?;
        let takes_its_place = |known: &NetworkInterface| {
            known.virtual_machine == interface.virtual_machine && known.network == interface.network
        };
        self.network_interfaces.retain(|known| !takes_its_place(known));
        upsert(&mut self.network_interfaces, interface, |interface| interface.id.as_str());
        Ok(())
    }

    /// As many as the member `count` says; returns how many that are.
    pub(crate) fn place_disks(&mut self, mut fields: Fields) -> Result<usize, String> {
        let Some(count) = fields.shift_remove("count") else {
            let disk = self.placed_disk(fields)?;
            self.disks.insert(disk);
            return Ok(1);
        };
        let count: usize = read(count).map_err(|problem| format!("count: {problem}"))?;
        if count > MOST_AT_ONCE {
            return Err(format!("count: must be 0 to {MOST_AT_ONCE}, not {count}"));
        }
        let model = self.placed_disk(fields)?;
        for number in 1..=count {
            self.disks.insert(Disk {
                id: new_id("disk"),
                name: format!("{}-{number:06}", model.name),
                wwn: super::new_wwn(),
                ..model.clone()
            });
        }
        Ok(count)
    }

    fn placed_disk(&self, fields: Fields) -> Result<Disk, String> {
        let known = fields.get("id").and_then(Value::as_str).and_then(|id| self.disks.get(id));
        let base = known.cloned().unwrap_or_else(|| Disk {
            organization: self.main_organization().id().to_owned(),
            ..seed::disk(self.clock.seconds())
        });
        let mut document = objects::disk(&base);
        if let Some(members) = document.as_object_mut() {
            members.extend(fields);
        }
        let mut disk: Disk = read(document)?;
        disk.in_trash = base.in_trash;
        self.own(&mut disk.organization)?;
        if let Some(relation) = &mut disk.virtual_machine_disk {
            let machine = self.machine(&relation.virtual_machine.id);
            relation.virtual_machine = machine.ok_or("no such virtual machine")?.reference();
        }
        Ok(disk)
    }

    fn place_in_trash(&mut self, fields: Fields) -> Result<(), String> {
        let mut document = json!({
            "id": new_id("trsh"),
            "keep_until": self.clock.seconds() + KEPT_SECONDS,
            "object_type": "FileStorageVolume",
        });
        if let Some(members) = document.as_object_mut() {
            members.extend(fields);
        }
        let trash_object: TrashObject = read(document)?;
        self.put_into_trash(trash_object);
        Ok(())
    }
}

/// What an order may have placed before its mistake.
struct Before {
    organizations: Vec<Organization>,
    data_centers: Vec<DataCenter>,
    io_profiles: Vec<IoProfile>,
    packages: Vec<Package>,
    networks: Vec<Network>,
    virtual_networks: Vec<VirtualNetwork>,
    network_speed_profiles: Vec<NetworkSpeedProfile>,
    disk_templates: Vec<DiskTemplate>,
    virtual_machines: Vec<VirtualMachine>,
    network_interfaces: Vec<NetworkInterface>,
    disks: Vec<Disk>,
    backup_policies: Vec<BackupPolicy>,
    trash: Vec<TrashObject>,
}

impl Before {
    fn of(state: &State) -> Self {
        Self {
            organizations: state.organizations.clone(),
            data_centers: state.data_centers.clone(),
            io_profiles: state.io_profiles.clone(),
            packages: state.packages.clone(),
            networks: state.networks.clone(),
            virtual_networks: state.virtual_networks.clone(),
            network_speed_profiles: state.network_speed_profiles.clone(),
            disk_templates: state.disk_templates.clone(),
            virtual_machines: state.virtual_machines.clone(),
            network_interfaces: state.network_interfaces.clone(),
            disks: state.disks.values().cloned().collect(),
            backup_policies: state.backup_policies.clone(),
            trash: state.trash.values().cloned().collect(),
        }
    }

    /// Tasks are placed last, and without mistakes.
    fn restore(self, state: &mut State) {
        state.organizations = self.organizations;
        state.data_centers = self.data_centers;
        state.io_profiles = self.io_profiles;
        state.packages = self.packages;
        state.networks = self.networks;
        state.virtual_networks = self.virtual_networks;
        state.network_speed_profiles = self.network_speed_profiles;
        state.disk_templates = self.disk_templates;
        state.virtual_machines = self.virtual_machines;
        state.network_interfaces = self.network_interfaces;
        state.disks.replace(self.disks);
        state.backup_policies = self.backup_policies;
        state.trash.replace(self.trash);
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error| error.to_string())
}

fn upsert<T>(objects: &mut Vec<T>, object: T, id: impl Fn(&T) -> &str) {
    match objects.iter_mut().find(|known| id(known) == id(&object)) {
        Some(known) => *known = object,
        None => objects.push(object),
    }
}
