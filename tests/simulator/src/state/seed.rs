//! What there is at the start. All ids and names are made up.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::catalog::{Country, DataCenter, IoProfile};
use super::disks::{
    DiskTemplate, DiskTemplateVersion, Installation, InstallationAttribute, OperatingSystem,
};
use super::{
    Answers, Attachment, Disk, NextTask, Organization, OrganizationState, RateLimit, Requests,
    Server, State, TrashObject, VirtualMachine, VirtualMachineDisk, VirtualMachineState, Volume,
    new_wwn, unix_now,
};
use crate::Options;

pub(crate) const API_TOKEN: &str = "katapult-sim-token-5Jx0sVq8Yb";
pub(crate) const OPENSTACK_TOKEN: &str = "openstack-sim-token-u2Wn4kRt9E";
pub(crate) const PROJECT_ID: &str = "d0eff043e6f6f85fbba0fbbf25aa0678";

const RUNNING_MACHINE: &str = "vm_SimRunningServer";
const STOPPED_MACHINE: &str = "vm_SimStoppedServer";
const UNASSIGNED_DISK: &str = "disk_SimUnassignedOne";
const ATTACHED_DISK: &str = "disk_SimAttachedDisk1";
const DETACHED_DISK: &str = "disk_SimDetachedDisk1";
const BOOT_DISK: &str = "disk_SimBootDisk00001";
const TRASHED_DISK: &str = "disk_SimTrashedDisk01";

const SERVER: &str = "d7e1f694-09ca-4323-9cab-960297cfd9f3";
const VOLUME: &str = "5c8f49bf-fbb9-4f67-bbac-e4cca869b335";
const ROOT_VOLUME: &str = "16a94610-d04a-44e2-aafa-2efefb2a7df9";

impl State {
    pub(crate) fn new(options: &Options, base_url: &str) -> Self {
        let virtual_machines = virtual_machines();
        let data_centers = data_centers();
        let io_profiles = io_profiles();
        let disks = disks(&virtual_machines[0], &data_centers[0], &io_profiles);
        Self {
            options: options.clone(),
            base_url: base_url.to_owned(),
            organization: Organization {
                id: "org_SimuOrganization",
                sub_domain: "sim-acme",
                state: OrganizationState::Active,
            },
            data_centers,
            io_profiles,
            virtual_machines,
            disks: disks.into_iter().map(|disk| (disk.id.clone(), disk)).collect(),
            created: 0,
            tasks: HashMap::new(),
            underway: Vec::new(),
            next_task: NextTask::default(),
            rate_limit: RateLimit::new(options.rate_limit),
            servers: vec![Server {
                id: SERVER,
                vm_state: "active".into(),
                task_state: None,
                locked: false,
            }],
            volumes: volumes(),
            answers: Answers::default(),
            requests: Requests::default(),
        }
    }

    pub(crate) fn description(&self) -> Value {
        let machine = |id: &str| {
            let found = self.virtual_machines.iter().find(|machine| machine.id == id);
            json!({ "id": id, "fqdn": found.map(|machine| machine.fqdn) })
        };
        json!({
            "katapult_url": format!("{}/core/v1", self.base_url),
            "api_token": API_TOKEN,
            "organization": self.organization.sub_domain,
            "organization_id": self.organization.id,
            "data_center": self.data_centers[0].permalink,
            "openstack_url": self.base_url,
            "openstack_token": OPENSTACK_TOKEN,
            "project_id": PROJECT_ID,
            "virtual_machine": machine(RUNNING_MACHINE),
            "stopped_virtual_machine": machine(STOPPED_MACHINE),
            "disks": {
                "unassigned": UNASSIGNED_DISK,
                "attached": ATTACHED_DISK,
                "detached": DETACHED_DISK,
                "boot": BOOT_DISK,
                "trashed": TRASHED_DISK,
            },
            "server_id": SERVER,
            "volume_id": VOLUME,
            "root_volume_id": ROOT_VOLUME,
            "control_url": format!("{}/__sim", self.base_url),
        })
    }
}

fn virtual_machines() -> Vec<VirtualMachine> {
    vec![
        VirtualMachine {
            id: RUNNING_MACHINE,
            fqdn: "web-1.sim-acme.example.com",
            state: VirtualMachineState::Started,
        },
        VirtualMachine {
            id: STOPPED_MACHINE,
            fqdn: "spare-1.sim-acme.example.com",
            state: VirtualMachineState::Stopped,
        },
    ]
}

/// recorded: the ids of data centers have two prefixes.
fn data_centers() -> Vec<DataCenter> {
    let country = Country { id: "ctry_SimCountry000001", name: "Simuland" };
    let north = DataCenter {
        id: "loc_SimDataCenter001",
        name: "North",
        permalink: "sim-north-01",
        country: country.clone(),
    };
    let south =
        DataCenter { id: "dc_SimDataCenter002", name: "South", permalink: "sim-south-01", country };
    vec![north, south]
}

/// In the recorded order, by name. A new disk gets the one with the permalink `unrestricted`.
fn io_profiles() -> Vec<IoProfile> {
    let limited = IoProfile {
        id: "diop_SimProfile100k01",
        name: "100k",
        permalink: "100k",
        speed_in_mb: Some(2000),
        iops: Some(100_000),
    };
    let unrestricted = IoProfile {
        id: "diop_SimUnrestricted1",
        name: "Unrestricted",
        permalink: "unrestricted",
        speed_in_mb: None,
        iops: None,
    };
    vec![limited, unrestricted]
}

fn disks(machine: &VirtualMachine, place: &DataCenter, profiles: &[IoProfile]) -> [Disk; 5] {
    let disk = |id: &str, name: &str| Disk {
        id: id.to_owned(),
        name: name.to_owned(),
        size_in_gb: 20,
        wwn: new_wwn(),
        state: "built".into(),
        created_at: unix_now().as_secs() - 3600,
        storage_speed: "nvme".into(),
        io_profile: profiles[1].clone(),
        bus_type: "scsi".into(),
        data_center: place.clone(),
        virtual_machine_disk: None,
        installation: None,
        annotations: Vec::new(),
        trash_object: None,
    };
    let assigned = |state: &str| VirtualMachineDisk {
        state: state.into(),
        ..VirtualMachineDisk::new(machine)
    };
    [
        disk(UNASSIGNED_DISK, "spare"),
        Disk { virtual_machine_disk: Some(assigned("attached")), ..disk(ATTACHED_DISK, "data") },
        Disk {
            virtual_machine_disk: Some(VirtualMachineDisk {
                attach_on_boot: false,
                ..assigned("detached")
            }),
            ..disk(DETACHED_DISK, "backup")
        },
        Disk {
            size_in_gb: 25,
            // recorded: disks made together with a machine have this profile.
            io_profile: profiles[0].clone(),
            virtual_machine_disk: Some(VirtualMachineDisk { boot: true, ..assigned("attached") }),
            installation: Some(installation()),
            ..disk(BOOT_DISK, "System Disk")
        },
        Disk {
            trash_object: Some(TrashObject {
                id: "trsh_SimTrashObject01".into(),
                keep_until: unix_now().as_secs() + 172_800 - 600,
                object_id: TRASHED_DISK.into(),
                object_type: "Disk",
            }),
            ..disk(TRASHED_DISK, "old")
        },
    ]
}

/// recorded: a system disk shows its machine's root password in clear. It is long enough to be
/// compressed, as there.
fn installation() -> Installation {
    Installation {
        id: "dinst_SimInstallation1",
        disk_template_version: DiskTemplateVersion {
            number: 1,
            stable: true,
            disk_template: DiskTemplate {
                id: "dtpl_SimDiskTemplate1",
                name: "Simux 24.04",
                permalink: "templates/simux-24-04",
                operating_system: OperatingSystem { id: "os_SimOperatingSys1", name: "Simux" },
            },
        },
        attributes: vec![InstallationAttribute {
            key: "root_password",
            label: "Root password",
            value: "simulated-secret-k3Fw9",
            description: "This is the password that was set for the root user when the machine \
                was built.\nChange it after the first login, and do not keep it anywhere else: \
                whoever may read this disk may read it too.",
            protect: true,
        }],
    }
}

fn volumes() -> Vec<Volume> {
    vec![
        Volume::new(Attachment {
            volume_id: ROOT_VOLUME,
            server_id: SERVER,
            device: "/dev/sda",
            attachment_id: "ce971f47-f754-46b7-95d8-6321d220a8e7",
            bdm_uuid: "2c140f1b-b7fb-48e3-a268-a26e36442a20",
            is_root: true,
        }),
        Volume::new(Attachment {
            volume_id: VOLUME,
            server_id: SERVER,
            device: "/dev/sdb",
            attachment_id: "2de78590-3cc2-4123-a54c-45fdfdc6a626",
            bdm_uuid: "0b439148-1206-4f40-9d0e-fa1c0b4f6d27",
            is_root: false,
        }),
    ]
}
