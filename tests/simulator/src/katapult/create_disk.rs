//! Creating a disk.

use serde::Deserialize;

use super::annotations::{ANNOTATIONS, KeyValue};
use super::answer::{DiskAnswer, Success};
use super::argument::{Argument, Kind};
use super::arguments::{Arguments, Lookup};
use super::catalog::{DATA_CENTER, IO_PROFILE, find_data_center, find_io_profile};
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::virtual_machines::{self, VIRTUAL_MACHINE};
use super::{Answer, Endpoint};
use crate::state::{
    Change, DataCenter, Disk, FileSystem, IoProfile, State, VirtualMachineDisk, new_id, new_wwn,
};

/// The provider's minimum; the service's own is not known.
pub(super) const MIN_SIZE_IN_GB: i64 = 10;

/// document: also those of an update.
pub(super) const PROPERTIES: Argument = Argument::new(
    "properties",
    Kind::Object(
        "DiskArguments",
        &[
            Argument::new("name", Kind::Text),
            Argument::new("bus_type", Kind::OneOf(&["scsi", "virtio"])),
            DATA_CENTER.optional(),
            Argument::new("size_in_gb", Kind::Integer).about(
                "Only available when creating disk. Existing disks must use the resize endpoint.",
            ),
            IO_PROFILE.optional(),
            Argument::new("initial_file_system", Kind::OneOf(&["ext4", "xfs"])),
            Argument::new("storage_speed", Kind::OneOf(&["nvme", "ssd"])),
            Argument::new("virtual_machine_disk", RELATION),
        ],
    ),
)
.required();
const RELATION: Kind = Kind::Object(
    "VirtualMachineDiskArguments",
    &[
        Argument::new("boot", Kind::Boolean),
        Argument::new("attach_on_boot", Kind::Boolean)
            .about("Attach the disk during virtual machine start up. Default is true."),
        Argument::new("attach", Kind::Boolean).about(
            "Attach the disk once built. If the virtual machine is not running the disk will \
             attach when started. Only available when creating disk, existing disks must use the \
             attach endpoint.",
        ),
        VIRTUAL_MACHINE.optional(),
    ],
);

pub(super) const CREATE: Endpoint = Endpoint {
    id: "Disks/CreateEndpoint",
    arguments: &[ORGANIZATION, PROPERTIES, ANNOTATIONS],
    perform: create,
};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Properties {
    name: Option<String>,
    size_in_gb: Option<i64>,
    data_center: Option<Lookup>,
    io_profile: Option<Lookup>,
    bus_type: Option<String>,
    storage_speed: Option<String>,
    initial_file_system: Option<FileSystem>,
    virtual_machine_disk: Option<RelationProperties>,
}

#[derive(Deserialize)]
struct RelationProperties {
    virtual_machine: Option<Lookup>,
    boot: Option<bool>,
    attach_on_boot: Option<bool>,
    #[serde(default)]
    attach: Option<bool>,
}

fn create(state: &mut State, arguments: &Arguments) -> Answer {
    let organization = organizations::find(state, arguments)?.id().to_owned();
    let properties: Properties = arguments.required("properties")?;
    let annotations: Vec<KeyValue> = arguments.optional("annotations")?.unwrap_or_default();
    let annotations = annotations.into_iter().map(Into::into).collect();
    let attach = properties.virtual_machine_disk.as_ref().and_then(|r| r.attach).unwrap_or(false);
    let disk = Disk { annotations, ..new_disk(state, organization, properties)? };

    state.disks.insert(disk.clone());
    let task = match state.start_task(&disk.id, Change::Build { attach }) {
        Ok(task) => task,
        Err(not_queued) => {
            state.disks.remove(&disk.id);
            return Err(not_queued.into());
        }
    };
    state.created += 1;
    state.latest_created = Some(disk.id.clone());
    state.list_later(&disk.id);
    // recorded: the answer shows the disk as it was before the task.
    let answer = DiskAnswer { task: Some(task), ..DiskAnswer::with_annotations(&disk) };
    Ok(Success::created(&answer))
}

fn new_disk(state: &State, organization: String, properties: Properties) -> Result<Disk, ApiError> {
    let data_center = data_center(state, &properties)?;
    let io_profile = io_profile(state, &properties)?;
    let virtual_machine_disk = relation(state, &organization, &properties)?;

    let mut errors = problems(&properties);
    if properties.name.as_ref().is_some_and(|name| state.failing.is_refused(name)) {
        errors.push("Name is not permitted".to_owned());
    }
    let (Some(name), Some(size_in_gb), Some(data_center), []) =
        (properties.name, properties.size_in_gb, data_center, errors.as_slice())
    else {
        return Err(ApiError::validation(&errors));
    };
    Ok(Disk {
        id: new_id("disk"),
        name,
        size_in_gb,
        wwn: new_wwn(),
        state: "not_built".into(),
        created_at: state.clock.seconds(),
        // recorded: what the service chooses.
        storage_speed: properties.storage_speed.unwrap_or_else(|| "nvme".into()),
        io_profile: Some(io_profile),
        bus_type: Some(properties.bus_type.unwrap_or_else(|| "scsi".into())),
        data_center,
        virtual_machine_disk,
        installation: None,
        annotations: Vec::new(),
        hide_relation: false,
        organization,
        initial_file_system: properties.initial_file_system,
        in_trash: false,
    })
}

fn data_center(state: &State, properties: &Properties) -> Result<Option<DataCenter>, ApiError> {
    let wanted = properties.data_center.as_ref();
    wanted.map(|lookup| find_data_center(state, lookup).cloned()).transpose()
}

fn io_profile(state: &State, properties: &Properties) -> Result<IoProfile, ApiError> {
    let usual = Lookup::new("permalink", "unrestricted");
    Ok(find_io_profile(state, properties.io_profile.as_ref().unwrap_or(&usual))?.clone())
}

fn relation(
    state: &State,
    organization: &str,
    properties: &Properties,
) -> Result<Option<VirtualMachineDisk>, ApiError> {
    let Some(wanted) = &properties.virtual_machine_disk else {
        return Ok(None);
    };
    let Some(lookup) = &wanted.virtual_machine else {
        return Ok(None);
    };
    let machine = virtual_machines::find_by(state, lookup)?;
    if machine.organization != organization {
        return Err(ApiError::virtual_machine_not_found());
    }
    let relation = VirtualMachineDisk::new(machine);
    Ok(Some(VirtualMachineDisk {
        boot: wanted.boot.unwrap_or(relation.boot),
        attach_on_boot: wanted.attach_on_boot.unwrap_or(relation.attach_on_boot),
        ..relation
    }))
}

fn problems(properties: &Properties) -> Vec<String> {
    let mut errors = Vec::new();
    if properties.name.as_ref().is_none_or(|name| is_blank(name)) {
        errors.push("Name can't be blank".to_owned());
    }
    match properties.size_in_gb {
        None => errors.push("Size in gb can't be blank".to_owned()),
        Some(size) => errors.extend(too_small(size)),
    }
    if properties.data_center.is_none() {
        errors.push("Data center can't be blank".to_owned());
    }
    if properties.virtual_machine_disk.as_ref().is_some_and(|r| r.virtual_machine.is_none()) {
        errors.push("Virtual machine can't be blank".to_owned());
    }
    errors
}

pub(super) fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

pub(super) fn too_small(size_in_gb: i64) -> Option<String> {
    (size_in_gb < MIN_SIZE_IN_GB)
        .then(|| format!("Size in gb must be greater than or equal to {MIN_SIZE_IN_GB}"))
}
