//! Packages of virtual machines: list, get.

use serde::Serialize;

use super::answer::Success;
use super::argument::Argument;
use super::arguments::{Arguments, Lookup};
use super::catalog::KEYS;
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::{Answer, Endpoint};
use crate::state::{Package, State};

pub(super) const LIST: Endpoint = Endpoint {
    id: "VirtualMachinePackages/ListEndpoint",
    arguments: &[
        ORGANIZATION.optional().about(
            "Provide an organization to only show packages available to the given organization \
             (otherwise only public packages will be displayed)",
        ),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const GET: Endpoint = Endpoint {
    id: "VirtualMachinePackages/InfoEndpoint",
    arguments: &[Argument::lookup("virtual_machine_package", "VirtualMachinePackageLookup", &KEYS)
        .required()],
    perform: get,
};

/// An organization may be named, but need not be. All packages are public here.
///
/// document: with all fields. recorded in 2023: without the bandwidth, the group and the dedicated CPUs.
fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        virtual_machine_packages: Vec<&'a Package>,
    }

    if arguments.optional::<Lookup>("organization")?.is_some() {
        organizations::find(state, arguments)?;
    }
    let all = state.packages.iter().collect();
    let (pagination, virtual_machine_packages) = paginate(all, arguments, state.large_set)?;
    Ok(Success::ok(&Body { pagination, virtual_machine_packages }))
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        virtual_machine_package: &'a Package,
    }

    let lookup = arguments.lookup("virtual_machine_package")?;
    let virtual_machine_package = state
        .packages
        .iter()
        .find(|package| lookup.matches(&[("id", &package.id), ("permalink", &package.permalink)]))
        .ok_or_else(ApiError::package_not_found)?;
    Ok(Success::ok(&Body { virtual_machine_package }))
}
