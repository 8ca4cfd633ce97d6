//! Disks: list, get, update, delete.

use std::iter::repeat_n;

use serde::{Deserialize, Serialize};

use super::annotations::{ANNOTATIONS, AnnotationFilters, KeyValue};
use super::answer::{DiskAnswer, Success};
use super::argument::Argument;
use super::arguments::Arguments;
use super::create_disk::{PROPERTIES, is_blank};
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::permission::check_owner;
use super::{Answer, Endpoint};
use crate::state::{Disk, Looks, State, VirtualMachineDisk, VirtualMachineReference};

pub(super) const DISK: Argument = Argument::lookup("disk", "DiskLookup", &["id"]).required();

pub(super) const LIST: Endpoint = Endpoint {
    id: "Disks/ListEndpoint",
    arguments: &[
        ORGANIZATION.about("The organization to find disks for"),
        ANNOTATIONS.about("An array of annotations to filter by"),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const GET: Endpoint = Endpoint {
    id: "Disks/InfoEndpoint",
    arguments: &[DISK.about("The disk to return")],
    perform: get,
};

pub(super) const UPDATE: Endpoint = Endpoint {
    id: "Disks/UpdateEndpoint",
    arguments: &[DISK, PROPERTIES, ANNOTATIONS],
    perform: update,
};

pub(super) const DELETE: Endpoint =
    Endpoint { id: "Disks/DeleteEndpoint", arguments: &[DISK], perform: delete };

/// The disk that an operation is about, unless it is in the trash.
pub(super) fn find<'a>(state: &'a State, arguments: &Arguments) -> Result<&'a Disk, ApiError> {
    let lookup = arguments.lookup("disk")?;
    let disk = state.disks.get(lookup.id()).ok_or_else(ApiError::disk_not_found)?;
    check_owner(state, Some(&disk.organization), ApiError::disk_not_found)?;
    let trash_object = if disk.in_trash { state.trash.of(&disk.id) } else { None };
    trash_object.map_or(Ok(disk), |object| Err(ApiError::object_in_trash(object)))
}

pub(super) fn find_mut<'a>(
    state: &'a mut State,
    arguments: &Arguments,
) -> Result<&'a mut Disk, ApiError> {
    let id = find(state, arguments)?.id.clone();
    state.disks.get_mut(&id).ok_or_else(ApiError::disk_not_found)
}

/// recorded: a list item has six fields, and in the relation there is only the machine.
#[derive(Serialize)]
struct ListItem<'a> {
    id: &'a str,
    name: &'a str,
    size_in_gb: i64,
    wwn: &'a str,
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    virtual_machine_disk: Option<Option<ListItemRelation<'a>>>,
}

#[derive(Serialize)]
struct ListItemRelation<'a> {
    virtual_machine: &'a VirtualMachineReference,
}

impl<'a> ListItem<'a> {
    fn new((disk, looked): (&'a Disk, Option<&'a Looks>)) -> Self {
        let relation = disk.virtual_machine_disk.as_ref();
        let relation = relation
            .map(|relation| ListItemRelation { virtual_machine: &relation.virtual_machine });
        Self {
            id: &disk.id,
            name: &disk.name,
            size_in_gb: looked.map_or(disk.size_in_gb, |looked| looked.size_in_gb),
            wwn: &disk.wwn,
            state: looked.map_or(&disk.state, |looked| &looked.state),
            virtual_machine_disk: (!disk.hide_relation).then_some(relation),
        }
    }
}

/// recorded: the order is by name, and the array is called `disk`.
fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        disk: Vec<ListItem<'a>>,
    }

    let organization = organizations::find(state, arguments)?.id().to_owned();
    let filters = if state.lists.deceit.ignore_annotations {
        AnnotationFilters::default()
    } else {
        arguments.annotation_filters()?
    };
    let unlisted = state.unlisted();
    let missing = state.lists.deceit.empty_pages * arguments.required::<usize>("per_page")?;
    let (ids, disks) = state.disks.listed(&organization, filters.with_value());
    let is_listed = |id: &&String| {
        !unlisted.contains(*id)
            && (filters.is_empty() || filters.all_fit(&disks.get(id).0.annotations))
    };
    let ids = repeat_n(None, missing).chain(ids.filter(is_listed).map(Some)).collect();
    let (pagination, page) = paginate(ids, arguments, state.large_set)?;
    let disk = page.into_iter().flatten().map(|id: &String| ListItem::new(disks.get(id))).collect();
    Ok(Success::ok(&Body { pagination, disk }))
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    Ok(Success::ok(&DiskAnswer::with_annotations(find(state, arguments)?)))
}

/// What an update may change; what it must not is here to be refused.
///
/// Other arguments of a create (data center, storage speed, I/O profile) are ignored: no document
/// says what becomes of them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Properties {
    name: Option<String>,
    bus_type: Option<String>,
    size_in_gb: Option<i64>,
    virtual_machine_disk: Option<RelationProperties>,
}

#[derive(Deserialize)]
struct RelationProperties {
    boot: Option<bool>,
    attach_on_boot: Option<bool>,
    attach: Option<bool>,
}

/// recorded: everything takes effect at once, without a task.
fn update(state: &mut State, arguments: &Arguments) -> Answer {
    let disk = find_mut(state, arguments)?;
    let properties: Properties = arguments.required("properties")?;
    let annotations: Option<Vec<KeyValue>> = arguments.optional("annotations")?;

    let errors = problems(&properties);
    if !errors.is_empty() {
        return Err(ApiError::validation(&errors));
    }
    if let Some(wanted) = &properties.virtual_machine_disk {
        let relation = disk.virtual_machine_disk.as_mut().ok_or_else(ApiError::unassigned_disk)?;
        relation.boot = wanted.boot.unwrap_or(relation.boot);
        relation.attach_on_boot = wanted.attach_on_boot.unwrap_or(relation.attach_on_boot);
    }
    if let Some(name) = properties.name {
        disk.name = name;
    }
    if let Some(bus_type) = properties.bus_type {
        disk.bus_type = Some(bus_type);
    }
    if let Some(annotations) = annotations {
        disk.annotations = annotations.into_iter().map(Into::into).collect();
    }
    Ok(Success::ok(&DiskAnswer::with_annotations(disk)))
}

fn problems(properties: &Properties) -> Vec<String> {
    let mut errors = Vec::new();
    if properties.name.as_ref().is_some_and(|name| is_blank(name)) {
        errors.push("Name can't be blank".to_owned());
    }
    if properties.size_in_gb.is_some() {
        errors.push("Size in gb can't be changed, existing disks must be resized".to_owned());
    }
    if properties.virtual_machine_disk.as_ref().is_some_and(|wanted| wanted.attach.is_some()) {
        errors.push("Attach is only available when creating a disk".to_owned());
    }
    errors
}

/// recorded: the answer shows the disk as it was. Not recorded: what happens to a disk that is in
/// use; it is refused.
fn delete(state: &mut State, arguments: &Arguments) -> Answer {
    let disk = find(state, arguments)?;
    if disk.virtual_machine_disk.as_ref().is_some_and(VirtualMachineDisk::is_in_use) {
        return Err(ApiError::validation(&[
            "Disk must be detached from its virtual machine first".to_owned(),
        ]));
    }
    let before = disk.clone();
    let trash_object = Some(state.move_to_trash(&before.id, "Disk"));
    Ok(Success::ok(&DiskAnswer { trash_object, ..DiskAnswer::bare(&before) }))
}
