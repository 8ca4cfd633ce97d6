//! Disk templates: list, get.

use serde::Serialize;

use super::answer::Success;
use super::argument::{Argument, Kind};
use super::arguments::{Arguments, Lookup};
use super::error::ApiError;
use super::organizations::{self, ORGANIZATION};
use super::pagination::{PAGE, PER_PAGE, Pagination, paginate};
use super::permission::check_owner;
use super::{Answer, Endpoint};
use crate::state::{DiskTemplate, OperatingSystem, State};

pub(super) const DISK_TEMPLATE: Argument =
    Argument::lookup("disk_template", "DiskTemplateLookup", &["id", "permalink"]).required();

pub(super) const LIST: Endpoint = Endpoint {
    id: "DiskTemplates/ListEndpoint",
    arguments: &[
        ORGANIZATION.about("The organization to find disk templates for"),
        Argument::new("include_universal", Kind::Boolean)
            .about("Whether or not to include universal templates"),
        Argument::lookup("operating_system", "OperatingSystemLookup", &["id"])
            .about("An operating system to use to filter disk templates"),
        PAGE,
        PER_PAGE,
    ],
    perform: list,
};

pub(super) const GET: Endpoint = Endpoint {
    id: "DiskTemplates/InfoEndpoint",
    arguments: &[DISK_TEMPLATE.about("The disk template to return")],
    perform: get,
};

/// recorded: `latest_version` and `operating_system` differ between the list and a single template.
#[derive(Serialize)]
struct TemplateView<'a, V, S> {
    id: &'a str,
    name: &'a str,
    description: Option<&'a str>,
    permalink: &'a str,
    universal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_gb: Option<Option<u32>>,
    latest_version: Option<V>,
    operating_system: Option<S>,
}

impl<'a, V, S> TemplateView<'a, V, S> {
    fn new(of: &'a DiskTemplate, latest_version: Option<V>, operating_system: Option<S>) -> Self {
        Self {
            id: &of.id,
            name: &of.name,
            description: of.description.as_deref(),
            permalink: &of.permalink,
            universal: of.universal,
            size_in_gb: of.size_in_gb,
            latest_version,
            operating_system,
        }
    }
}

/// recorded: the universal ones are hidden unless they are asked for; the order is by name.
fn list(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        pagination: Pagination,
        disk_templates: Vec<TemplateView<'a, NumberedVersion<'a>, &'a OperatingSystem>>,
    }

    let organization = organizations::find(state, arguments)?.id();
    let with_universal = arguments.flag("include_universal")?;
    let wanted: Option<Lookup> = arguments.optional("operating_system")?;
    let runs = |template: &&DiskTemplate| {
        let known = template.operating_system.as_ref();
        wanted.as_ref().is_none_or(|wanted| known.is_some_and(|known| known.id == wanted.id()))
    };
    if wanted.is_some() && !state.disk_templates.iter().any(|template| runs(&template)) {
        return Err(ApiError::operating_system_not_found());
    }
    let mut templates: Vec<&DiskTemplate> = state
        .disk_templates
        .iter()
        .filter(|it| if it.universal { with_universal } else { it.organization == organization })
        .filter(runs)
        .collect();
    templates.sort_by_key(|template| (&template.name, &template.id));
    let (pagination, page) = paginate(templates, arguments, state.large_set)?;
    let disk_templates = page.into_iter().map(list_item).collect();
    Ok(Success::ok(&Body { pagination, disk_templates }))
}

#[derive(Serialize)]
struct NumberedVersion<'a> {
    id: &'a str,
    number: u32,
}

fn list_item(of: &DiskTemplate) -> TemplateView<'_, NumberedVersion<'_>, &OperatingSystem> {
    let latest = of.versions.last();
    let version = latest.map(|version| NumberedVersion { id: &version.id, number: version.number });
    TemplateView::new(of, version, of.operating_system.as_ref())
}

pub(super) fn find<'a>(
    state: &'a State,
    arguments: &Arguments,
) -> Result<&'a DiskTemplate, ApiError> {
    let lookup = arguments.lookup("disk_template")?;
    let is_meant =
        |it: &&DiskTemplate| lookup.matches(&[("id", &it.id), ("permalink", &it.permalink)]);
    let missing = ApiError::disk_template_not_found;
    let template = state.disk_templates.iter().find(is_meant).ok_or_else(missing)?;
    check_owner(state, owner(template), missing)?;
    Ok(template)
}

/// None of a universal one.
pub(super) fn owner(template: &DiskTemplate) -> Option<&str> {
    (!template.universal).then_some(template.organization.as_str())
}

fn get(state: &mut State, arguments: &Arguments) -> Answer {
    #[derive(Serialize)]
    struct Body<'a> {
        disk_template: TemplateView<'a, BareVersion<'a>, BadgedSystem<'a>>,
    }

    #[derive(Serialize)]
    struct BareVersion<'a> {
        id: &'a str,
    }

    #[derive(Serialize)]
    struct BadgedSystem<'a> {
        #[serde(flatten)]
        operating_system: &'a OperatingSystem,
        badge: Badge<'a>,
    }

    /// recorded: nothing of what the document says but the address.
    #[derive(Serialize)]
    struct Badge<'a> {
        url: &'a str,
    }

    let template = find(state, arguments)?;
    let version = template.versions.last().map(|version| BareVersion { id: &version.id });
    let system = template.operating_system.as_ref().map(|operating_system| BadgedSystem {
        operating_system,
        badge: Badge { url: &operating_system.badge_url },
    });
    Ok(Success::ok(&Body { disk_template: TemplateView::new(template, version, system) }))
}
