//! Packages of virtual machines: list, get.

use serde::Serialize;

use super::Answer;
use super::answer::Success;
use super::arguments::Arguments;
use super::catalog::KEYS;
use super::error::ApiError;
use super::organizations;
use super::pagination::{Pagination, paginate};
use crate::state::{Package, State};

/// An organization may be named, but need not be. All packages are public here.
pub(super) fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        virtual_machine_packages: Vec<&'a Package>,
    }

    if arguments.optional_lookup("organization", &["id", "sub_domain"])?.is_some() {
        organizations::check(state, arguments)?;
    }
    let all = state.packages.iter().collect();
    let (pagination, virtual_machine_packages) = paginate(all, arguments, state.large_set)?;
    Ok(Success::ok(&Body { pagination, virtual_machine_packages }))
}

pub(super) fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        virtual_machine_package: &'a Package,
    }

    let lookup = arguments.lookup("virtual_machine_package", &KEYS)?;
    let virtual_machine_package = state
        .packages
        .iter()
        .find(|package| lookup.matches(&[("id", &package.id), ("permalink", &package.permalink)]))
        .ok_or_else(ApiError::package_not_found)?;
    Ok(Success::ok(&Body { virtual_machine_package }))
}
