//! What an OpenStack client needs to know: from arguments, then the environment.

use crate::arguments::Arguments;
use crate::config::variable;
use crate::{Connection, Result, Secret};

/// Configuration of a [`Client`](super::Client).
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The compute service's URL (`OS_COMPUTE_ENDPOINT_OVERRIDE`, or `OS_ENDPOINT`). It may end in
    /// `/v2/{project_id}`, `/v2.1` or `/v2.1/{project_id}`; a bare one gets `/v2/{project_id}`.
    pub endpoint: Option<String>,
    /// A token of the identity service (`OS_TOKEN`, or `OS_AUTH_TOKEN`).
    pub token: Option<Secret>,
    /// The project, for an endpoint that does not name it (`OS_PROJECT_ID`, or `OS_TENANT_ID`).
    pub project_id: Option<String>,
    /// Time limits, trust (`OS_CACERT`) and proxy.
    pub connection: Connection,
}

impl Config {
    /// The configuration that the environment gives. A variable that is empty counts as not set.
    ///
    /// # Errors
    /// [`Status::InvalidConfiguration`](crate::Status::InvalidConfiguration) if a variable is not
    /// UTF-8.
    pub fn from_env() -> Result<Config> {
        Config::default().or_env()
    }

    /// This configuration, completed by the environment.
    ///
    /// # Errors
    /// As [`Config::from_env`].
    pub fn or_env(self) -> Result<Config> {
        let or = |given: Option<String>, names: &[&str]| match given {
            Some(given) => Ok(Some(given)),
            None => variable(names),
        };
        let endpoint = or(self.endpoint, &["OS_COMPUTE_ENDPOINT_OVERRIDE", "OS_ENDPOINT"])?;
        let token = match self.token {
            Some(token) => Some(token),
            None => variable(&["OS_TOKEN", "OS_AUTH_TOKEN"])?.map(Secret::from),
        };
        let project_id = or(self.project_id, &["OS_PROJECT_ID", "OS_TENANT_ID"])?;
        let mut connection = self.connection;
        if connection.ca_file.is_none() {
            connection.ca_file = variable(&["OS_CACERT"])?.map(Into::into);
        }
        Ok(Config { endpoint, token, project_id, connection })
    }

    /// Reads the JSON object of options that the C library takes, its keys named as the fields
    /// here.
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the key.
    pub fn from_json(options: &str) -> Result<Config> {
        let mut arguments = Arguments::parse("options_json", options)?;
        let config = Config {
            endpoint: arguments.text("endpoint")?,
            token: arguments.secret("token")?.map(Secret::from),
            project_id: arguments.text("project_id")?,
            connection: Connection::from_arguments(&mut arguments)?,
        };
        arguments.finish()?;
        Ok(config)
    }
}
