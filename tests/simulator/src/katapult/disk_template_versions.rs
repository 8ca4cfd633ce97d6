//! Versions of disk templates, and what they ask for. No recording knows any of these answers.

use serde::Serialize;

use super::Answer;
use super::answer::Success;
use super::arguments::Arguments;
use super::disk_templates;
use super::error::ApiError;
use super::pagination::{Pagination, paginate};
use crate::state::{DiskTemplate, DiskTemplateVersion, SpecField, State};

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
pub(super) fn list(state: &mut State, arguments: &Arguments) -> Answer {
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
    let lookup = arguments.lookup("disk_template_version", &["id"])?;
    let mut all = state
        .disk_templates
        .iter()
        .flat_map(|template| template.versions.iter().map(move |version| (version, template)));
    all.find(|(version, _)| version.id == lookup.id())
        .ok_or_else(ApiError::disk_template_version_not_found)
}

pub(super) fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        disk_template_version: VersionView<'a>,
    }

    let (version, template) = find(state, arguments)?;
    Ok(Success::ok(&Body { disk_template_version: VersionView::new(version, Some(template)) }))
}

pub(super) fn spec(state: &mut State, arguments: &Arguments) -> Answer {
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
