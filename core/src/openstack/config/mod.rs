//! The configuration of an OpenStack client: from arguments, then clouds.yaml or the environment.

mod complete;
mod domains;
pub(super) mod environment;
pub(super) mod keys;
mod login_kind;
mod settings;

use serde::Deserialize;

use super::clouds;
use crate::http_options::HttpOptions;
use crate::secrets::Secrets;
use crate::{Error, Result, Secret, arguments};

/// In bytes, the limit of each text: the longest token that servers accept in a header. Keystone
/// allows names of 255 characters and passwords of 4096.
const LONGEST: usize = 8000;

/// Configuration of a [`Client`](super::Client). The names are those of clouds.yaml.
///
/// Either `endpoint` and `token`, or `auth_url` and credentials: a user with a password and a
/// project, or an application credential.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The entry of clouds.yaml that fills in what is not given here (`OS_CLOUD`); `envvars`, or the name
    /// in `OS_CLOUD_NAME`, is the environment.
    pub cloud: Option<String>,
    /// The compute service's URL (`OS_COMPUTE_ENDPOINT_OVERRIDE`, or `OS_ENDPOINT`). It may end in
    /// `/v2/{project_id}`, `/v2.1` or `/v2.1/{project_id}`. A bare one is asked for its versions at the
    /// first call and gets `/v2.1`; one that tells of none gets `/v2/{project_id}`. By default the one of
    /// the identity service's catalog.
    pub endpoint: Option<String>,
    /// A token of the identity service (`OS_TOKEN`, or `OS_AUTH_TOKEN`). With `auth_url` and a project it
    /// is exchanged for a token of that project, which is renewed; otherwise it is used as it is.
    pub token: Option<Secret>,
    /// The identity service's URL (`OS_AUTH_URL`), with or without `/v3`.
    pub auth_url: Option<String>,
    /// How to log in (`OS_AUTH_TYPE`): `password`, `token` or `v3applicationcredential`, by their v3
    /// names, too. By default it follows from the credentials.
    pub auth_type: Option<String>,
    /// The user, by name (`OS_USERNAME`).
    pub username: Option<String>,
    /// The user, by id (`OS_USER_ID`).
    pub user_id: Option<String>,
    /// The user's password (`OS_PASSWORD`).
    pub password: Option<Secret>,
    /// The domain of `username`, by name (`OS_USER_DOMAIN_NAME`; for user and project `OS_DOMAIN_NAME`,
    /// or `OS_DEFAULT_DOMAIN_NAME`).
    pub user_domain_name: Option<String>,
    /// The domain of `username`, by id (`OS_USER_DOMAIN_ID`; for user and project `OS_DOMAIN_ID`,
    /// `OS_DEFAULT_DOMAIN_ID`, or `OS_DEFAULT_DOMAIN`); `default` by default. An id wins over a name.
    pub user_domain_id: Option<String>,
    /// The project, by name (`OS_PROJECT_NAME`, or `OS_TENANT_NAME`).
    pub project_name: Option<String>,
    /// The project, by id (`OS_PROJECT_ID`, or `OS_TENANT_ID`).
    pub project_id: Option<String>,
    /// The domain of `project_name`, by name (`OS_PROJECT_DOMAIN_NAME`).
    pub project_domain_name: Option<String>,
    /// The domain of `project_name`, by id (`OS_PROJECT_DOMAIN_ID`); `default` by default.
    pub project_domain_id: Option<String>,
    /// An application credential, by id (`OS_APPLICATION_CREDENTIAL_ID`).
    pub application_credential_id: Option<String>,
    /// An application credential of the user, by name (`OS_APPLICATION_CREDENTIAL_NAME`).
    pub application_credential_name: Option<String>,
    /// The application credential's secret (`OS_APPLICATION_CREDENTIAL_SECRET`).
    pub application_credential_secret: Option<Secret>,
    /// Which region's compute service to take from the catalog (`OS_REGION_NAME`, which counts beside a
    /// cloud as well). If the entry of clouds.yaml has a list of regions, it must be one of them; the
    /// first by default. Needed where the catalog has several and nothing else says which.
    pub region_name: Option<String>,
    /// Which of its endpoints: `public` (the default), `internal` or `admin` (`OS_INTERFACE`, or
    /// `OS_ENDPOINT_TYPE`); or several in order of preference, with commas between.
    pub interface: Option<String>,
    /// The type of the compute service in the catalog (`OS_COMPUTE_SERVICE_TYPE`); `compute` by
    /// default.
    pub service_type: Option<String>,
    /// The name of the compute service in the catalog (`OS_COMPUTE_SERVICE_NAME`); any by default.
    pub service_name: Option<String>,
    /// The microversion to ask for, such as `2.89` (`OS_COMPUTE_API_VERSION`, or
    /// `OS_COMPUTE_DEFAULT_MICROVERSION`); none by default. It needs Nova's `/v2.1`.
    pub compute_api_version: Option<String>,
    /// Time limits, trust (`OS_CACERT`, `OS_INSECURE`), own certificate (`OS_CERT`, `OS_KEY`) and proxy.
    #[serde(skip)]
    pub http: HttpOptions,
}

impl Config {
    /// Reads the environment, and clouds.yaml if `OS_CLOUD` is set. An empty variable is ignored, and
    /// blanks after a value are.
    ///
    /// # Errors
    /// [`Status::InvalidConfiguration`](crate::Status::InvalidConfiguration) if a variable is not
    /// UTF-8, or asks for what is not supported, or clouds.yaml cannot be used.
    pub fn from_env() -> Result<Config> {
        Config::default().or_env()
    }

    /// Fills in what is not set: from the entry of clouds.yaml named by `cloud` or `OS_CLOUD`, or else
    /// from the environment. `OS_CLOUD` is ignored if `token` or `auth_url` is set. If nothing says
    /// anything at all, a clouds.yaml with a single cloud is used.
    ///
    /// Beside a cloud only `OS_REGION_NAME` is read of the environment, besides what names files and
    /// the cloud. If credentials are set, they decide how to log in, whatever else is found.
    ///
    /// # Errors
    /// As [`Config::from_env`]; also if credentials of two kinds are set.
    pub fn or_env(mut self) -> Result<Config> {
        // Reject an empty cloud name before searching for it.
        self.check()?;
        let given = clouds::Given {
            region_name: self.region_name.as_deref(),
            has_auth_url: self.auth_url.is_some(),
        };
        let named = match &self.cloud {
            Some(cloud) => Some(cloud.clone()),
            None if self.token.is_some() || self.auth_url.is_some() => None,
            None => environment::variable("OS_CLOUD")?,
        };
        let of_file = match &named {
            Some(cloud) if *cloud == environment::cloud_name()? => None,
            Some(cloud) => Some(clouds::entry(cloud, given)?),
            None if self.says_something()? || environment::says_something() => None,
            None => clouds::only_entry(given)?,
        };
        let entry = match of_file {
            Some(entry) => entry,
            None => clouds::complete(environment::entry()?, given)?,
        };
        self.cloud = named.or(entry.name.clone());
        complete::by_entry(self, &entry)
    }

    /// Whether the program itself says where to go, or as whom.
    fn says_something(&self) -> Result<bool> {
        let has_url = self.endpoint.is_some() || self.auth_url.is_some();
        Ok(has_url || login_kind::of_arguments(self)?.is_some())
    }

    /// Rejects empty or overlong values.
    pub(super) fn check(&self) -> Result<()> {
        let texts = [
            ("cloud", &self.cloud),
            ("endpoint", &self.endpoint),
            ("auth_url", &self.auth_url),
            ("auth_type", &self.auth_type),
            ("username", &self.username),
            ("user_id", &self.user_id),
            ("user_domain_name", &self.user_domain_name),
            ("user_domain_id", &self.user_domain_id),
            ("project_name", &self.project_name),
            ("project_id", &self.project_id),
            ("project_domain_name", &self.project_domain_name),
            ("project_domain_id", &self.project_domain_id),
            ("application_credential_id", &self.application_credential_id),
            ("application_credential_name", &self.application_credential_name),
            ("region_name", &self.region_name),
            ("interface", &self.interface),
            ("service_type", &self.service_type),
            ("service_name", &self.service_name),
            ("compute_api_version", &self.compute_api_version),
        ];
        let secrets = [
            ("token", &self.token),
            ("password", &self.password),
            ("application_credential_secret", &self.application_credential_secret),
        ];
        let texts = texts.map(|(name, text)| (name, text.as_deref()));
        let secrets = secrets.map(|(name, text)| (name, text.as_ref().map(Secret::reveal)));
        for (name, text) in texts.into_iter().chain(secrets) {
            let problem = match text.map_or(1, str::len) {
                0 => "is empty".to_owned(),
                1..=LONGEST => continue,
                length => format!("has {length} bytes; the limit is {LONGEST}"),
            };
            return Err(Error::invalid_configuration(format!("{name} {problem}")));
        }
        Ok(())
    }

    /// What no message may repeat.
    pub(super) fn secrets(&self) -> Secrets {
        [&self.token, &self.password, &self.application_credential_secret]
            .into_iter()
            .fold(Secrets::default(), |secrets, secret| secrets.and(secret.as_ref()))
    }

    /// Reads the C library's JSON object of options. Its keys are the names of the fields here.
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the key.
    pub fn from_json(options: &str) -> Result<Config> {
        let (config, http) = arguments::options("options_json", options)?;
        Ok(Config { http, ..config })
    }
}

#[cfg(test)]
mod tests;
