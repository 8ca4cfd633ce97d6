//! Virtual machines: list, get.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::annotations::ANNOTATIONS;
use super::answer::Success;
use super::argument::Argument;
use super::arguments::{Arguments, Lookup};
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::permission::check_owner;
use super::{Answer, Endpoint, part};
use crate::state::{Annotation, State, VirtualMachine};

pub(super) const VIRTUAL_MACHINE: Argument =
    Argument::lookup("virtual_machine", "VirtualMachineLookup", &["id", "fqdn"]).required();

pub(super) const LIST: Endpoint = Endpoint {
    id: "VirtualMachines/ListEndpoint",
    arguments: &[
        ORGANIZATION,
        ANNOTATIONS.about("An array of annotations to filter by"),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const GET: Endpoint =
    Endpoint { id: "VirtualMachines/InfoEndpoint", arguments: &[VIRTUAL_MACHINE], perform: get };

/// The machine that an operation is about.
pub(super) fn find<'a>(
    state: &'a State,
    arguments: &Arguments,
) -> Result<&'a VirtualMachine, ApiError> {
    find_by(state, &arguments.lookup("virtual_machine")?)
}

/// A machine, unless it is in the trash.
pub(super) fn find_by<'a>(
    state: &'a State,
    lookup: &Lookup,
) -> Result<&'a VirtualMachine, ApiError> {
    let machine = state
        .virtual_machines
        .iter()
        .find(|machine| lookup.matches(&[("id", machine.id()), ("fqdn", machine.fqdn())]))
        .ok_or_else(ApiError::virtual_machine_not_found)?;
    check_owner(state, Some(&machine.organization), ApiError::virtual_machine_not_found)?;
    match state.trash.of(machine.id()) {
        Some(trash_object) => Err(ApiError::object_in_trash(trash_object)),
        None => Ok(machine),
    }
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        virtual_machine: Map<String, Value>,
        annotations: &'a [Annotation],
    }

    let machine = find(state, arguments)?;
    let virtual_machine = state.machine_view(machine);
    Ok(Success::ok(&Body { virtual_machine, annotations: &machine.annotations }))
}

fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body {
        pagination: Pagination,
        virtual_machines: Vec<Value>,
    }

    let organization = organizations::find(state, arguments)?.id();
    let filters = arguments.annotation_filters()?;
    let mut machines: Vec<&VirtualMachine> = state
        .virtual_machines
        .iter()
        .filter(|machine| machine.organization == organization)
        .filter(|machine| state.trash.of(machine.id()).is_none())
        .filter(|machine| filters.all_fit(&machine.annotations))
        .collect();
    machines.sort_by_key(|machine| (machine.name(), machine.id()));
    let (pagination, machines) = paginate(machines, arguments, state.large_set)?;
    let virtual_machines = machines.into_iter().map(list_item).collect();
    Ok(Success::ok(&Body { pagination, virtual_machines }))
}

/// recorded: ten fields, without the hypervisor, and less in each than in a single machine.
fn list_item(machine: &VirtualMachine) -> Value {
    let field = |name: &str| machine.document.get(name).unwrap_or(&Value::Null);
    let addresses = field("ip_addresses").as_array().map_or(&[][..], Vec::as_slice);
    let mut zone = part(field("zone"), &["id", "name", "permalink", "data_center"]);
    zone["data_center"] = part(&zone["data_center"], &["id", "name", "permalink"]);
    json!({
        "id": field("id"),
        "name": field("name"),
        "hostname": field("hostname"),
        "fqdn": field("fqdn"),
        "created_at": field("created_at"),
        "zone": zone,
        "package": part(field("package"), &["name"]),
        "gpu_type": part(field("gpu_type"), &["id", "name", "permalink"]),
        "ip_addresses": addresses.iter().map(|a| part(a, &["address"])).collect::<Vec<_>>(),
    })
}
