//! Data centers and I/O profiles.

use serde::Serialize;

use super::Answer;
use super::answer::Success;
use super::arguments::{Arguments, Lookup};
use super::error::ApiError;
use super::organizations;
use super::pagination::{Pagination, paginate};
use crate::state::{Country, DataCenter, IoProfile, State};

pub(super) const KEYS: [&str; 2] = ["id", "permalink"];

/// recorded: here the country is told, but only these two fields of it.
#[derive(Serialize)]
struct DataCenterWithCountry<'a> {
    #[serde(flatten)]
    data_center: &'a DataCenter,
    country: NamedCountry<'a>,
}

#[derive(Serialize)]
struct NamedCountry<'a> {
    id: &'a str,
    name: &'a str,
}

impl<'a> From<&'a DataCenter> for DataCenterWithCountry<'a> {
    fn from(data_center: &'a DataCenter) -> Self {
        let Country { id, name, .. } = &data_center.country;
        Self { data_center, country: NamedCountry { id, name } }
    }
}

pub(super) fn list_data_centers(state: &mut State, _: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        data_centers: Vec<DataCenterWithCountry<'a>>,
    }

    Ok(Success::ok(&Body { data_centers: state.data_centers.iter().map(Into::into).collect() }))
}

pub(super) fn get_data_center(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        data_center: DataCenterWithCountry<'a>,
    }

    let data_center = find_data_center(state, &arguments.lookup("data_center", &KEYS)?)?;
    Ok(Success::ok(&Body { data_center: data_center.into() }))
}

pub(super) fn list_io_profiles(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        disk_io_profiles: Vec<&'a IoProfile>,
    }

    organizations::check(state, arguments)?;
    let all = state.io_profiles.iter().collect();
    let (pagination, disk_io_profiles) = paginate(all, arguments, state.large_set)?;
    Ok(Success::ok(&Body { pagination, disk_io_profiles }))
}

pub(super) fn find_data_center<'a>(
    state: &'a State,
    lookup: &Lookup,
) -> Result<&'a DataCenter, ApiError> {
    state
        .data_centers
        .iter()
        .find(|place| lookup.matches(&[("id", &place.id), ("permalink", &place.permalink)]))
        .ok_or_else(ApiError::data_center_not_found)
}

pub(super) fn find_io_profile<'a>(
    state: &'a State,
    lookup: &Lookup,
) -> Result<&'a IoProfile, ApiError> {
    state
        .io_profiles
        .iter()
        .find(|profile| lookup.matches(&[("id", &profile.id), ("permalink", &profile.permalink)]))
        .ok_or_else(ApiError::disk_io_profile_not_found)
}
