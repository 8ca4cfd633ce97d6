//! Finds and reads clouds.yaml and secure.yaml as the OpenStack tools do.

use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use saphyr::YamlOwned;
use zeroize::Zeroizing;

use super::Config;
use super::wiped_yaml::WipedYaml;
use crate::config::variable;
use crate::{Error, LOG_TARGET, Result, Secret};

/// Fills in a configuration from an entry of clouds.yaml; the entry in secure.yaml takes precedence.
pub(super) fn complete(mut config: Config, cloud: &str) -> Result<Config> {
    let file = find("clouds", "OS_CLIENT_CONFIG_FILE")?.ok_or_else(|| {
        Error::invalid_configuration(format!(
            "cloud is {cloud:?}, but there is no clouds.yaml here, in ~/.config/openstack or in \
             /etc/openstack; set OS_CLIENT_CONFIG_FILE to its path if it is elsewhere"
        ))
    })?;
    // secure.yaml first: set values are never overwritten.
    if let Some(secure) = find("secure", "OS_CLIENT_SECURE_FILE")? {
        Entry::read(&secure, cloud)?.map(|entry| entry.complete(&mut config)).transpose()?;
    }
    match Entry::read(&file, cloud)? {
        Some(entry) => entry.complete(&mut config)?,
        None => {
            return Err(Error::invalid_configuration(format!(
                "cloud is {cloud:?}, but {} has no such entry",
                file.display()
            )));
        }
    }
    Ok(config)
}

/// The file named by the variable `named_by`, or the first one on the search path.
fn find(name: &str, named_by: &str) -> Result<Option<PathBuf>> {
    if let Some(path) = variable(&[named_by])? {
        let path = PathBuf::from(path);
        if !path.is_file() {
            let text = format!("{named_by} is {}, which is not a file", path.display());
            return Err(Error::invalid_configuration(text));
        }
        return Ok(Some(path));
    }
    #[allow(deprecated, reason = "home_dir is, before Rust 1.87, for its behaviour on Windows")]
    let user = match variable(&["XDG_CONFIG_HOME"])? {
        Some(directory) => Some(PathBuf::from(directory)),
        None => env::home_dir().map(|home| home.join(".config")),
    };
    let directories = [
        Some(PathBuf::from(".")),
        user.map(|user| user.join("openstack")),
        Some(PathBuf::from("/etc/openstack")),
    ];
    let files = directories.into_iter().flatten().flat_map(|directory| {
        ["yaml", "yml", "json"].map(|ending| directory.join(format!("{name}.{ending}")))
    });
    Ok(files.into_iter().find(|file| file.is_file()))
}

/// A file's text and its permissions.
fn read(path: &Path) -> io::Result<(Zeroizing<String>, u32)> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    // Room for all of it: a growing text would leave copies behind that are not wiped.
    let room = usize::try_from(metadata.len()).unwrap_or(0) + 1;
    let mut text = Zeroizing::new(String::with_capacity(room));
    file.read_to_string(&mut text)?;
    Ok((text, metadata.permissions().mode() & 0o7777))
}

/// The permission bits of the group and of all others.
const OTHERS: u32 = 0o077;

/// The keys in `auth` that hold secrets.
const SECRETS: [&str; 3] = ["password", "token", "application_credential_secret"];

/// One cloud's entry.
struct Entry {
    yaml: WipedYaml,
    /// For messages.
    name: String,
}

impl Entry {
    fn read(path: &Path, cloud: &str) -> Result<Option<Entry>> {
        // A message must not quote the file's text, which may be a password.
        let invalid =
            |problem: &str| Error::invalid_configuration(format!("{}: {problem}", path.display()));
        let (text, mode) = read(path).map_err(|error| invalid(&error.to_string()))?;
        let document = WipedYaml::first(&text).map_err(|error| {
            let at = error.marker();
            invalid(&format!("not valid YAML at line {}, column {}", at.line(), at.col() + 1))
        })?;
        let Some(document) = document else { return Ok(None) };
        let clouds =
            document.as_mapping_get("clouds").ok_or_else(|| invalid("has no key clouds"))?;
        let Some(yaml) = clouds.as_mapping_get(cloud) else { return Ok(None) };
        let name = format!("{}: clouds.{cloud}", path.display());
        if yaml.as_mapping().is_none() {
            return Err(Error::invalid_configuration(format!("{name} is not a mapping")));
        }
        let entry = Entry { yaml: WipedYaml::part(yaml), name };
        if mode & OTHERS != 0 && entry.holds_a_secret() {
            log::warn!(
                target: LOG_TARGET,
                "{0} holds a password or another secret, and other users of this machine have \
                 access to it (mode {mode:04o}): chmod 600 {0}",
                path.display(),
            );
        }
        Ok(Some(entry))
    }

    fn holds_a_secret(&self) -> bool {
        let auth = self.yaml.as_mapping_get("auth");
        SECRETS.iter().any(|key| {
            auth.and_then(|auth| auth.as_mapping_get(key)).is_some_and(|value| !value.is_null())
        })
    }

    fn complete(&self, config: &mut Config) -> Result<()> {
        self.reject_unsupported()?;
        let auth = self.yaml.as_mapping_get("auth");
        let auth_texts: [(&mut Option<String>, &[&str]); 12] = [
            (&mut config.auth_url, &["auth_url"]),
            (&mut config.username, &["username", "user_name"]),
            (&mut config.user_id, &["user_id"]),
            (&mut config.user_domain_name, &["user_domain_name"]),
            (&mut config.user_domain_id, &["user_domain_id"]),
            (&mut config.project_name, &["project_name", "tenant_name"]),
            (&mut config.project_id, &["project_id", "tenant_id"]),
            (&mut config.project_domain_name, &["project_domain_name"]),
            (&mut config.project_domain_id, &["project_domain_id"]),
            (&mut config.application_credential_id, &["application_credential_id"]),
            (&mut config.application_credential_name, &["application_credential_name"]),
            (&mut config.endpoint, &["endpoint"]),
        ];
        for (field, keys) in auth_texts {
            self.fill(field, auth, "auth.", keys)?;
        }
        let secrets =
            [&mut config.password, &mut config.token, &mut config.application_credential_secret];
        for (field, key) in secrets.into_iter().zip(SECRETS) {
            let mut text = None;
            self.fill(&mut text, auth, "auth.", &[key])?;
            *field = field.take().or(text.map(Secret::from));
        }
        let yaml = Some(&*self.yaml);
        self.fill(&mut config.endpoint, yaml, "", &["compute_endpoint_override"])?;
        self.fill(&mut config.region_name, yaml, "", &["region_name"])?;
        self.fill(&mut config.interface, yaml, "", &["interface", "endpoint_type"])?;
        self.fill(&mut config.service_type, yaml, "", &["compute_service_type"])?;
        self.fill(&mut config.compute_api_version, yaml, "", &["compute_api_version"])?;
        let mut ca_file = None;
        self.fill(&mut ca_file, yaml, "", &["cacert"])?;
        config.http.ca_file = config.http.ca_file.take().or(ca_file.map(PathBuf::from));
        if let Some(verify) = self.yaml.as_mapping_get("verify") {
            let verify = verify.as_bool().ok_or_else(|| self.wrong("verify", "true or false"))?;
            config.http.verify.get_or_insert(verify);
        }
        Ok(())
    }

    /// Sets a field, unless it is set, from the first of these keys that is present. Numbers are taken
    /// as text: an id or a password may look like one.
    fn fill(
        &self,
        field: &mut Option<String>,
        mapping: Option<&YamlOwned>,
        prefix: &str,
        keys: &[&str],
    ) -> Result<()> {
        if field.is_some() {
            return Ok(());
        }
        for key in keys {
            let Some(value) = mapping.and_then(|mapping| mapping.as_mapping_get(key)) else {
                continue;
            };
            if value.is_null() {
                continue;
            }
            *field =
                Some(text(value).ok_or_else(|| self.wrong(&format!("{prefix}{key}"), "a text"))?);
            return Ok(());
        }
        Ok(())
    }

    /// Rejects settings that would otherwise be ignored and then cause errors that are hard to explain.
    fn reject_unsupported(&self) -> Result<()> {
        if self.yaml.as_mapping_get("profile").is_some() {
            return Err(self.wrong("profile", "left out: write its auth_url into the entry"));
        }
        let known = ["password", "v3password", "v3applicationcredential", "token", "v3token"];
        match self.yaml.as_mapping_get("auth_type") {
            Some(kind) if !known.iter().any(|known| kind.as_str() == Some(known)) => Err(self
                .wrong(
                    "auth_type",
                    "password, v3password, v3applicationcredential, token or v3token",
                )),
            _ => Ok(()),
        }
    }

    fn wrong(&self, key: &str, expected: &str) -> Error {
        Error::invalid_configuration(format!("{}.{key} must be {expected}", self.name))
    }
}

fn text(value: &YamlOwned) -> Option<String> {
    match (value.as_str(), value.as_integer(), value.as_floating_point()) {
        (Some(text), ..) => Some(text.to_owned()),
        (_, Some(number), _) => Some(number.to_string()),
        (.., Some(number)) => Some(number.to_string()),
        _ => None,
    }
}
