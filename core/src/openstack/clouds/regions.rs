//! Chooses one of an entry's regions.

use std::rc::Rc;

use super::entry::Entry;
use super::node::{Mapping, Node, Value};
use crate::openstack::config::environment::variable;
use crate::{Error, Result};

struct Region {
    name: String,
    /// What the entry says for this region alone.
    values: Option<Rc<Node>>,
}

/// Makes `region_name` the region to use, and lays its values over the entry. `given` is the program's
/// argument.
pub(super) fn choose(entry: &mut Entry, given: Option<&str>) -> Result<()> {
    let regions = regions(entry)?;
    // In the environment itself the variable is the entry's own value.
    let variable = if entry.name.is_some() { variable("OS_REGION_NAME")? } else { None };
    let is_list = entry.options.remove("regions").is_some_and(|node| node.is_set());
    let chosen = match (given, &variable) {
        (Some(given), _) if is_list || regions.len() > 1 => {
            Some(one_of(&regions, given, "region_name", entry)?)
        }
        (Some(given), _) => Some(Region { name: given.to_owned(), values: None }),
        (None, Some(variable)) if regions.is_empty() => {
            Some(Region { name: variable.clone(), values: None })
        }
        (None, Some(variable)) => Some(one_of(&regions, variable, "OS_REGION_NAME", entry)?),
        (None, None) if is_list => Some(the_default(regions, entry)?),
        (None, None) => regions.into_iter().next(),
    };
    let Some(Region { name, values }) = chosen else { return Ok(()) };
    if let Some(values) = values {
        let place = values.place(&format!("regions.{name}"));
        let mut values = Entry::of("", &place, &values)?;
        if let Some(other) = values.options.remove("region_name") {
            if other.is_set() && other.as_text() != Some(&name) {
                return Err(other.wrong(
                    &format!("regions.{name}.region_name"),
                    "differs from the region's name",
                ));
            }
        }
        // As in openstacksdk, null takes nothing away.
        values.options.retain(|_, node| node.is_set());
        values.auth.retain(|_, node| node.is_set());
        entry.extend(&values);
    }
    let source = Rc::new(super::node::Source::Variable);
    entry.options.insert("region_name".to_owned(), Rc::new(Node::text(&name, &source)));
    Ok(())
}

/// `regions`, or else the words of `region_name`.
fn regions(entry: &Entry) -> Result<Vec<Region>> {
    let Some(node) = entry.option("regions") else {
        let Some(node) = entry.option("region_name") else { return Ok(Vec::new()) };
        let wrong = || node.wrong("region_name", "must be a text or a list of texts");
        let names = node.words().ok_or_else(wrong)?;
        return Ok(names
            .into_iter()
            .map(|name| Region { name: name.to_owned(), values: None })
            .collect());
    };
    let wrong = || {
        node.wrong(
            "regions",
            "must be a list of names, or of mappings with name and perhaps values",
        )
    };
    match &node.value {
        Value::List(items) => items.iter().map(|item| region(item).ok_or_else(wrong)).collect(),
        _ => Err(wrong()),
    }
}

fn region(item: &Node) -> Option<Region> {
    let Some(mapping) = item.as_mapping() else {
        let name = item.as_text().filter(|name| !name.is_empty())?.to_owned();
        return Some(Region { name, values: None });
    };
    let name = mapping.get("name")?.as_text().filter(|name| !name.is_empty())?.to_owned();
    let others = |mapping: &Mapping| mapping.keys().any(|key| key != "name" && key != "values");
    if others(mapping) {
        return None;
    }
    let values = mapping.get("values").filter(|values| values.is_set()).cloned();
    Some(Region { name, values })
}

/// Without a choice, openstacksdk takes the first region. If `region_name` says another, one of them is
/// not meant.
fn the_default(regions: Vec<Region>, entry: &Entry) -> Result<Region> {
    let names = listed(&regions);
    let named = entry.option("region_name");
    let Some(first) = regions.into_iter().next() else {
        return Err(Error::invalid_configuration(
            "regions is an empty list: name one, or leave it out",
        ));
    };
    match named {
        Some(node) if node.as_text() != Some(&first.name) => Err(node.wrong(
            "region_name",
            &format!(
                "is not the first of regions, which counts: say which: give region_name ({names})"
            ),
        )),
        _ => Ok(first),
    }
}

fn one_of(regions: &[Region], wanted: &str, named_by: &str, entry: &Entry) -> Result<Region> {
    let found = regions.iter().find(|region| region.name == wanted);
    let found =
        found.map(|Region { name, values }| Region { name: name.clone(), values: values.clone() });
    found.ok_or_else(|| {
        let owner = match &entry.name {
            Some(name) => format!("the entry {name:?} of clouds.yaml"),
            None => "OS_REGION_NAME".to_owned(),
        };
        Error::invalid_configuration(format!(
            "{named_by} is {wanted:?}, but {owner} has the regions {}",
            listed(regions)
        ))
    })
}

fn listed(regions: &[Region]) -> String {
    regions.iter().map(|region| region.name.as_str()).collect::<Vec<_>>().join(", ")
}
