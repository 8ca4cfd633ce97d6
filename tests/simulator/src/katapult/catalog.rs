//! Data centers and I/O profiles.

use serde::Serialize;

use super::answer::Success;
use super::argument::Argument;
use super::arguments::{Arguments, Lookup};
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::{Answer, Endpoint};
use crate::state::{Country, DataCenter, IoProfile, State};

pub(super) const KEYS: [&str; 2] = ["id", "permalink"];
pub(super) const DATA_CENTER: Argument =
    Argument::lookup("data_center", "DataCenterLookup", &KEYS).required();
pub(super) const IO_PROFILE: Argument =
    Argument::lookup("io_profile", "DiskIOProfileLookup", &KEYS).required();

pub(super) const LIST_DATA_CENTERS: Endpoint =
    Endpoint { id: "DataCenters/ListEndpoint", arguments: &[], perform: list_data_centers };

pub(super) const GET_DATA_CENTER: Endpoint = Endpoint {
    id: "DataCenters/InfoEndpoint",
    arguments: &[DATA_CENTER],
    perform: get_data_center,
};

pub(super) const LIST_IO_PROFILES: Endpoint = Endpoint {
    id: "DiskIOProfiles/ListEndpoint",
    arguments: &[
        ORGANIZATION.about("The organization to find disk IO profiles for"),
        PAGE,
        PER_PAGE,
    ],
    perform: list_io_profiles,
};

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

fn list_data_centers(state: &mut State, _: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        data_centers: Vec<DataCenterWithCountry<'a>>,
    }

    Ok(Success::ok(&Body { data_centers: state.data_centers.iter().map(Into::into).collect() }))
}

fn get_data_center(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        data_center: DataCenterWithCountry<'a>,
    }

    let data_center = find_data_center(state, &arguments.lookup("data_center")?)?;
    Ok(Success::ok(&Body { data_center: data_center.into() }))
}

fn list_io_profiles(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        disk_io_profiles: Vec<&'a IoProfile>,
    }

    organizations::find(state, arguments)?;
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
