//! The catalog of services that comes with a token, and which compute service to take from it.

use serde::Deserialize;

use crate::openstack::Config;
use crate::openstack::endpoint::Endpoint;
use crate::{Error, Result};

/// A service of the catalog.
#[derive(Deserialize)]
pub(in crate::openstack) struct CatalogService {
    #[serde(rename = "type")]
    kind: Option<String>,
    name: Option<String>,
    endpoints: Option<Vec<CatalogEndpoint>>,
}

#[derive(Deserialize)]
struct CatalogEndpoint {
    interface: Option<String>,
    region: Option<String>,
    region_id: Option<String>,
    url: Option<String>,
}

/// Selects an endpoint from the catalog.
pub(in crate::openstack) struct Choice {
    service_type: String,
    service_name: Option<String>,
    /// In order of preference.
    interfaces: Vec<String>,
    region_name: Option<String>,
}

impl CatalogEndpoint {
    fn region(&self) -> Option<&str> {
        self.region_id.as_deref().or(self.region.as_deref())
    }

    fn is_in(&self, region: &str) -> bool {
        [&self.region_id, &self.region].into_iter().flatten().any(|own| own == region)
    }
}

impl Choice {
    pub(in crate::openstack) fn of(config: &Config) -> Result<Choice> {
        let given = config.interface.as_deref().unwrap_or("public");
        let interfaces = given.split(',').map(interface).collect::<Result<_>>()?;
        Ok(Choice {
            service_type: config.service_type.clone().unwrap_or_else(|| "compute".to_owned()),
            service_name: config.service_name.clone(),
            interfaces,
            region_name: config.region_name.clone(),
        })
    }

    pub(in crate::openstack) fn service_type(&self) -> &str {
        &self.service_type
    }

    pub(in crate::openstack) fn interface(&self) -> String {
        self.interfaces.join(",")
    }

    /// The first endpoint of the preferred interface, as keystoneauth takes it. Which region to take
    /// is not guessed.
    pub(in crate::openstack) fn endpoint(&self, catalog: &[CatalogService]) -> Result<Endpoint> {
        if catalog.is_empty() {
            return Err(Error::invalid_configuration(
                "identity service: the response has no catalog, perhaps because the token has no \
                 project: give endpoint, or a project",
            ));
        }
        let of_service: Vec<&CatalogEndpoint> = catalog
            .iter()
            .filter(|service| service.kind.as_ref() == Some(&self.service_type))
            .filter(|service| self.service_name.is_none() || service.name == self.service_name)
            .flat_map(|service| service.endpoints.iter().flatten())
            .filter(|endpoint| endpoint.url.is_some())
            .collect();
        let fits = |endpoint: &&CatalogEndpoint| {
            self.rank(endpoint).is_some()
                && self.region_name.as_ref().is_none_or(|wanted| endpoint.is_in(wanted))
        };
        let fitting: Vec<&CatalogEndpoint> = of_service.iter().copied().filter(fits).collect();
        let mut regions: Vec<&str> =
            fitting.iter().map(|endpoint| endpoint.region().unwrap_or("(none)")).collect();
        regions.sort_unstable();
        regions.dedup();
        let is_one_url = fitting.windows(2).all(|pair| pair[0].url == pair[1].url);
        if self.region_name.is_none() && regions.len() > 1 && !is_one_url {
            return Err(Error::invalid_configuration(format!(
                "region_name is not given, and the catalog has {} endpoints of the {} service in \
                 {} regions: give one of {}",
                self.interface(),
                self.service(),
                regions.len(),
                regions.join(", ")
            )));
        }
        let first = fitting.into_iter().min_by_key(|endpoint| self.rank(endpoint));
        match first.and_then(|first| Some((first, first.url.clone()?))) {
            Some((first, url)) => Ok(Endpoint::of_catalog(url, &self.service_type, first.region())),
            None => Err(self.nothing_fits(&of_service)),
        }
    }

    /// The place of the endpoint's interface in the order of preference.
    fn rank(&self, endpoint: &CatalogEndpoint) -> Option<usize> {
        let own = endpoint.interface.as_deref()?;
        let own = own.strip_suffix("URL").unwrap_or(own);
        self.interfaces.iter().position(|wanted| wanted == own)
    }

    fn nothing_fits(&self, of_service: &[&CatalogEndpoint]) -> Error {
        let known: Vec<String> = of_service
            .iter()
            .map(|endpoint| {
                let interface = endpoint.interface.as_deref().unwrap_or("?");
                format!("{interface} in {}", endpoint.region().unwrap_or("?"))
            })
            .collect();
        let region = self.region_name.as_deref().unwrap_or("any region");
        Error::invalid_configuration(format!(
            "identity service: the catalog has no {} endpoint of the {} service in {region}; it has: {}. Check \
             region_name and interface, or give endpoint",
            self.interface(),
            self.service(),
            if known.is_empty() { "none".to_owned() } else { known.join(", ") }
        ))
    }

    fn service(&self) -> String {
        match &self.service_name {
            Some(name) => format!("{} ({name})", self.service_type),
            None => self.service_type.clone(),
        }
    }
}

/// One word of `interface`. Old tools wrote publicURL.
fn interface(word: &str) -> Result<String> {
    let name = word.trim_start_matches(' ');
    let name = name.strip_suffix("URL").unwrap_or(name);
    if !matches!(name, "public" | "internal" | "admin") {
        return Err(Error::invalid_configuration(format!(
            "interface must be public, internal or admin, or several of them with commas between, \
             not {word:?}"
        )));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests;
