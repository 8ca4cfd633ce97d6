//! Reads clouds.yaml, secure.yaml and clouds-public.yaml as the OpenStack tools do.

pub(super) mod entry;
pub(super) mod files;
pub(super) mod node;
mod regions;
mod vendors;
mod yaml;

use std::rc::Rc;

use self::entry::Entry;
use self::files::Document;
use self::node::{Node, Value, merged};
use super::config::keys;
use crate::{Error, LOG_TARGET, Result};

/// What the program itself says, as far as it decides how an entry is read.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) region_name: Option<&'a str>,
    pub(super) has_auth_url: bool,
}

/// The entry of that name, with the region that is chosen and the vendor's profile.
pub(super) fn entry(name: &str, given: Given<'_>) -> Result<Entry> {
    entry_of(&read_all()?, name, given)
}

/// The entry of the only cloud that there is. Several are an error, which lists them.
pub(super) fn only_entry(given: Given<'_>) -> Result<Option<Entry>> {
    // Read once: a file may be a pipe.
    let files = read_all()?;
    match names(&files)?.as_slice() {
        [] => Ok(None),
        [name] => entry_of(&files, name, given).map(Some),
        several => Err(Error::invalid_configuration(format!(
            "clouds.yaml has several clouds, and none is chosen: give cloud or set OS_CLOUD; it has {}",
            listed(several)
        ))),
    }
}

fn entry_of(files: &[Document], name: &str, given: Given<'_>) -> Result<Entry> {
    if files.is_empty() {
        return Err(Error::invalid_configuration(format!(
            "cloud is {name:?}, but there is no clouds.yaml here, in ~/.config/openstack or in \
             /etc/openstack; set OS_CLIENT_CONFIG_FILE to its path if it is elsewhere"
        )));
    }
    let mut found: Option<Rc<Node>> = None;
    for file in files {
        file.is_read_for(&format!("clouds.{name}"));
        let Some(node) = clouds(file)?.and_then(|clouds| clouds.as_mapping()?.get(name)) else {
            continue;
        };
        Entry::of(name, &format!("{}: clouds.{name}", file.path), node)?;
        warn_of_others(file, node);
        found = Some(match found.as_deref().and_then(Node::as_mapping).zip(node.as_mapping()) {
            Some((below, above)) => node.with(Value::Mapping(merged(below, above))),
            None => Rc::clone(node),
        });
    }
    let Some(node) = found else {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        return Err(Error::invalid_configuration(format!(
            "cloud is {name:?}, but {} has no such entry; it has {}",
            paths.join(" with "),
            listed(&names(files)?)
        )));
    };
    complete(Entry::of(name, &format!("clouds.{name}"), &node)?, given)
}

/// An entry with its vendor's profile and the region that is chosen.
pub(super) fn complete(entry: Entry, given: Given<'_>) -> Result<Entry> {
    let mut entry = vendors::expand(entry, given.has_auth_url)?;
    regions::choose(&mut entry, given.region_name)?;
    Ok(entry)
}

/// clouds.yaml and secure.yaml, as far as they are there.
fn read_all() -> Result<Vec<Document>> {
    let both = [
        files::read("clouds", Some("OS_CLIENT_CONFIG_FILE"))?,
        files::read("secure", Some("OS_CLIENT_SECURE_FILE"))?,
    ];
    Ok(both.into_iter().flatten().collect())
}

/// The mapping of a file's clouds; `None` in an empty file.
fn clouds(file: &Document) -> Result<Option<&Rc<Node>>> {
    let Some(root) = &file.root else { return Ok(None) };
    match root.as_mapping().and_then(|root| root.get("clouds")) {
        Some(clouds) if !clouds.is_set() => Ok(None),
        Some(clouds) if clouds.as_mapping().is_some() => Ok(Some(clouds)),
        Some(_) => {
            Err(Error::invalid_configuration(format!("{}: clouds is not a mapping", file.path)))
        }
        None => Err(Error::invalid_configuration(format!("{}: has no key clouds", file.path))),
    }
}

fn names(files: &[Document]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in files {
        let clouds = clouds(file)?.and_then(|clouds| clouds.as_mapping());
        names.extend(clouds.into_iter().flat_map(|clouds| clouds.keys().cloned()));
    }
    names.sort();
    names.dedup();
    Ok(names)
}

fn listed(names: &[String]) -> String {
    const MOST: usize = 20;
    match names.len() {
        0 => "none".to_owned(),
        1..=MOST => names.join(", "),
        _ => format!("{} and more", names[..MOST].join(", ")),
    }
}

/// The permission bits of the group and of all others.
const OTHERS: u32 = 0o077;

fn warn_of_others(file: &Document, entry: &Node) {
    let (path, mode) = (&file.path, file.mode);
    if mode & OTHERS != 0 && holds_a_secret(entry) {
        log::warn!(
            target: LOG_TARGET,
            "{path} holds a password or another secret, and other users of this machine have access to \
             it (mode {mode:04o}): chmod 600 {path}",
        );
    }
}

/// Whether a secret is written anywhere in it: in `auth`, beside it, or in the values of a region.
fn holds_a_secret(node: &Node) -> bool {
    match &node.value {
        Value::Text { .. } => false,
        Value::List(items) => items.iter().any(|item| holds_a_secret(item)),
        Value::Mapping(members) => members.iter().any(|(key, node)| {
            (keys::is_secret(&key.replace('-', "_")) && node.is_set()) || holds_a_secret(node)
        }),
    }
}

#[cfg(test)]
pub(super) mod tests;
