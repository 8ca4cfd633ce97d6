//! Versions of disk templates, and what they ask for. No recording knows any of these answers.

use serde::Serialize;

use super::answer::Success;
use super::argument::Argument;
use super::arguments::Arguments;
use super::disk_templates::{self, DISK_TEMPLATE};
use super::error::ApiError;
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::permission::check_owner;
use super::{Answer, Endpoint};
use crate::state::{DiskTemplate, DiskTemplateVersion, SpecField, State};

const DISK_TEMPLATE_VERSION: Argument =
    Argument::lookup("disk_template_version", "DiskTemplateVersionLookup", &["id"])
        .required()
        .about("The disk template version to return");

pub(super) const LIST: Endpoint = Endpoint {
    id: "DiskTemplateVersions/ListEndpoint",
    arguments: &[
        DISK_TEMPLATE.about("The disk template to return the versions for"),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const GET: Endpoint = Endpoint {
    id: "DiskTemplateVersions/InfoEndpoint",
    arguments: &[DISK_TEMPLATE_VERSION],
    perform: get,
};

pub(super) const SPEC: Endpoint = Endpoint {
    id: "DiskTemplateVersions/SpecEndpoint",
    arguments: &[DISK_TEMPLATE_VERSION],
    perform: spec,
};

#[derive(Serialize)]
struct VersionView<'a> {
    id: &'a str,
    number: u32,
    stable: bool,
    size_in_gb: u32,
    /// Not in the list, which has it beside.
    #[serde(skip_serializing_if = "Option::is_none")]
    disk_template: Option<TemplateReference<'a>>,
}

impl<'a> VersionView<'a> {
    fn new(version: &'a DiskTemplateVersion, template: Option<&'a DiskTemplate>) -> Self {
        Self {
            id: &version.id,
            number: version.number,
            stable: version.stable,
            size_in_gb: version.size_in_gb,
            disk_template: template.map(Into::into),
        }
    }
}

#[derive(Serialize)]
struct TemplateReference<'a> {
    id: &'a str,
    name: &'a str,
    permalink: &'a str,
}

impl<'a> From<&'a DiskTemplate> for TemplateReference<'a> {
    fn from(template: &'a DiskTemplate) -> Self {
        Self { id: &template.id, name: &template.name, permalink: &template.permalink }
    }
}

/// Our choice: the newest first.
fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        disk_template: TemplateReference<'a>,
        pagination: Pagination,
        disk_template_versions: Vec<VersionView<'a>>,
    }

    let template = disk_templates::find(state, arguments)?;
    let versions = template.versions.iter().rev().collect();
    let (pagination, page) = paginate(versions, arguments, state.large_set)?;
    Ok(Success::ok(&Body {
        disk_template: template.into(),
        pagination,
        disk_template_versions: page.into_iter().map(|v| VersionView::new(v, None)).collect(),
    }))
}

fn find<'a>(
    state: &'a State,
    arguments: &Arguments,
) -> Result<(&'a DiskTemplateVersion, &'a DiskTemplate), ApiError> {
    let lookup = arguments.lookup("disk_template_version")?;
    let mut all = state
        .disk_templates
        .iter()
        .flat_map(|template| template.versions.iter().map(move |version| (version, template)));
    let missing = ApiError::disk_template_version_not_found;
    let found = all.find(|(version, _)| version.id == lookup.id()).ok_or_else(missing)?;
    check_owner(state, disk_templates::owner(found.1), missing)?;
    Ok(found)
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        disk_template_version: VersionView<'a>,
    }

    let (version, template) = find(state, arguments)?;
    Ok(Success::ok(&Body { disk_template_version: VersionView::new(version, Some(template)) }))
}

fn spec(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        disk_template_version: VersionView<'a>,
        spec: Spec<'a>,
    }

    #[derive(Serialize)]
    struct Spec<'a> {
        fields: &'a [SpecField],
    }

    let (version, template) = find(state, arguments)?;
    let disk_template_version = VersionView::new(version, Some(template));
    Ok(Success::ok(&Body { disk_template_version, spec: Spec { fields: &version.fields } }))
}
