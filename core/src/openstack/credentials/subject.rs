//! Users and projects, by id or by name in a domain.

use std::fmt;

use serde_json::{Value, json};

use crate::openstack::Config;

#[derive(Clone, Debug)]
pub(in crate::openstack) enum Named {
    Id(String),
    Name(String),
}

/// A user or a project. An id needs no domain.
#[derive(Clone, Debug)]
pub(in crate::openstack) struct Subject {
    pub(in crate::openstack) named: Named,
    domain: Named,
}

impl Named {
    pub(in crate::openstack) fn of(id: &Option<String>, name: &Option<String>) -> Option<Named> {
        id.clone().map(Named::Id).or_else(|| name.clone().map(Named::Name))
    }

    pub(super) fn json(&self) -> Value {
        match self {
            Named::Id(id) => json!({ "id": id }),
            Named::Name(name) => json!({ "name": name }),
        }
    }

    pub(in crate::openstack) fn text(&self) -> &str {
        match self {
            Named::Id(text) | Named::Name(text) => text,
        }
    }
}

impl Subject {
    pub(in crate::openstack) fn user(config: &Config) -> Option<Subject> {
        let named = Named::of(&config.user_id, &config.username)?;
        Some(Subject::of(named, &config.user_domain_id, &config.user_domain_name))
    }

    pub(in crate::openstack) fn project(config: &Config) -> Option<Subject> {
        let named = Named::of(&config.project_id, &config.project_name)?;
        Some(Subject::of(named, &config.project_domain_id, &config.project_domain_name))
    }

    /// The domain `default` exists in every cloud; the OpenStack command line defaults to it, too.
    fn of(named: Named, domain_id: &Option<String>, domain_name: &Option<String>) -> Subject {
        let domain =
            Named::of(domain_id, domain_name).unwrap_or_else(|| Named::Id("default".to_owned()));
        Subject { named, domain }
    }

    /// The domain, if it matters.
    pub(in crate::openstack) fn domain(&self) -> Option<&str> {
        match self.named {
            Named::Id(_) => None,
            Named::Name(_) => Some(self.domain.text()),
        }
    }

    pub(super) fn json(&self) -> Value {
        let mut json = self.named.json();
        if matches!(self.named, Named::Name(_)) {
            json["domain"] = self.domain.json();
        }
        json
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Named::Id(id) => write!(f, "with the id {id:?}"),
            Named::Name(name) => write!(f, "{name:?}"),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.named {
            Named::Id(_) => write!(f, "{}", self.named),
            Named::Name(_) => write!(f, "{} of the domain {}", self.named, self.domain),
        }
    }
}
