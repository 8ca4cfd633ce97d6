//! What one entry of clouds.yaml, or the environment, says.

use std::rc::Rc;

use super::Config;
use super::domains::Domains;
use super::keys::{self, Key, Meaning, OBEYED, Place, Read};
use crate::openstack::clouds::entry::Entry;
use crate::openstack::clouds::files::without_tilde;
use crate::openstack::clouds::node::{Mapping, Node};
use crate::{Error, Result, Secret};

#[derive(Default)]
pub(super) struct Settings {
    /// What has a field there. [`Settings::read`] completes it by what follows, except for the domains.
    pub(super) config: Config,
    pub(super) domains: Domains,
    pub(super) compute: Compute,
    pub(super) insecure: Option<bool>,
    /// The service's URL beside a token (`endpoint`), and by its older name (`url`).
    pub(super) endpoint: Option<String>,
    pub(super) url: Option<String>,
    /// The vendor's name, which is looked up before the entry is read.
    pub(super) profile: Option<String>,
    /// A key of a way to log in that is not supported, with its place.
    pub(super) other_login: Option<String>,
    /// Keys beside `auth` that nobody knows, with their places.
    pub(super) unknown: Vec<String>,
}

/// Keys for the compute service alone, which win over those for all services.
#[derive(Default)]
pub(super) struct Compute {
    pub(super) endpoint_override: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) region_name: Option<String>,
    pub(super) interface: Option<String>,
    pub(super) default_microversion: Option<String>,
}

impl Settings {
    pub(super) fn read(entry: &Entry) -> Result<Settings> {
        let mut settings = Settings::default();
        settings.check_keys(&entry.options, false)?;
        settings.check_keys(&entry.auth, true)?;
        for key in &OBEYED {
            if let Some((name, node)) = found(key, entry) {
                settings.take(key, &name, node)?;
            }
        }
        settings.fill_in_urls(entry)?;
        settings.choose_compute()?;
        Ok(settings)
    }

    fn check_keys(&mut self, mapping: &Mapping, in_auth: bool) -> Result<()> {
        for (key, node) in mapping.iter().filter(|(_, node)| node.is_set()) {
            let name = if in_auth { format!("auth.{key}") } else { key.clone() };
            match keys::meaning(key, in_auth) {
                Meaning::Known => {}
                Meaning::Refused(why) => return Err(node.wrong(&name, why)),
                Meaning::NotInAuth => {
                    return Err(node.wrong(&name, "must be beside auth, and not in it"));
                }
                Meaning::OtherLogin => {
                    self.other_login.get_or_insert_with(|| node.place(&name));
                }
                Meaning::Unknown if in_auth => {
                    return Err(node.wrong(&name, "is not known: is it misspelled?"));
                }
                Meaning::Unknown => self.unknown.push(node.place(&name)),
            }
        }
        Ok(())
    }

    fn take(&mut self, key: &Key, name: &str, node: &Node) -> Result<()> {
        let text = || node.as_text().ok_or_else(|| node.wrong(name, "must be a text"));
        match key.read {
            Read::Text(field) => *field(self) = Some(text()?.to_owned()),
            Read::Secret(field) => *field(self) = Some(Secret::from(text()?)),
            Read::Path(field) => *field(self) = Some(without_tilde(text()?)),
            Read::Words(field) => {
                let words = node.words();
                let words = words.ok_or_else(|| node.wrong(name, "must be a text or a list"))?;
                *field(self) = Some(words.join(","));
            }
            Read::Flag(field) => {
                let flag = node.flag().ok_or_else(|| {
                    let text =
                        "must be true or false; a file of certificates to trust is given as cacert";
                    node.wrong(name, text)
                })?;
                *field(self) = Some(flag);
            }
        }
        Ok(())
    }

    /// openstacksdk's placeholders, such as `{region_name}`: here in URLs only, and of keys that are not
    /// secret.
    fn fill_in_urls(&mut self, entry: &Entry) -> Result<()> {
        let urls = [
            (&mut self.config.auth_url, "auth_url"),
            (&mut self.compute.endpoint_override, "compute_endpoint_override"),
            (&mut self.compute.endpoint, "compute_endpoint"),
        ];
        for (url, key) in urls {
            if let Some(text) = url {
                *text = filled_in(text, &entry.options).map_err(|placeholder| {
                    Error::invalid_configuration(format!(
                        "{key} has the placeholder {{{placeholder}}}, but no such key says what it is"
                    ))
                })?;
            }
        }
        Ok(())
    }

    /// Lets the keys for the compute service win.
    fn choose_compute(&mut self) -> Result<()> {
        let Compute { endpoint_override, endpoint, region_name, interface, default_microversion } =
            std::mem::take(&mut self.compute);
        let config = &mut self.config;
        config.endpoint = endpoint_override.or(endpoint);
        config.region_name = region_name.or(config.region_name.take());
        config.interface = interface.or(config.interface.take());
        if self.insecure == Some(true) {
            config.http.verify = Some(false);
        }
        config.compute_api_version = match (config.compute_api_version.take(), default_microversion)
        {
            (Some(version), Some(microversion))
                if !is_plain_version(&version) && version != microversion =>
            {
                return Err(Error::invalid_configuration(
                    "compute_api_version and compute_default_microversion name two microversions: \
                     leave one out",
                ));
            }
            (_, Some(microversion)) => Some(microversion),
            (version, None) => version,
        };
        Ok(())
    }
}

/// Whether `compute_api_version` names the API and no microversion.
fn is_plain_version(version: &str) -> bool {
    matches!(version, "2" | "2.0" | "2.1")
}

/// The value that counts of those with a key's names, and the name for messages.
fn found<'a>(key: &Key, entry: &'a Entry) -> Option<(String, &'a Rc<Node>)> {
    let within = |name: &str| Some((format!("auth.{name}"), set(&entry.auth, name)?));
    let beside = |name: &str| Some((name.to_owned(), set(&entry.options, name)?));
    let names = || key.names.iter().copied();
    match key.place {
        Place::Entry => names().find_map(beside),
        Place::Auth => names().find_map(within).or_else(|| names().find_map(beside)),
        Place::AuthLast => names().find_map(|name| beside(name).or_else(|| within(name))),
    }
}

fn set<'a>(mapping: &'a Mapping, key: &str) -> Option<&'a Rc<Node>> {
    mapping.get(key).filter(|node| node.is_set())
}

/// A text with its placeholders replaced, or the placeholder that nothing is known for.
fn filled_in(text: &str, options: &Mapping) -> std::result::Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        let value = set(options, name).filter(|_| !keys::is_secret(name));
        filled += before;
        filled += value.and_then(|node| node.as_text()).ok_or(name)?;
        rest = after;
    }
    Ok(filled + rest)
}
