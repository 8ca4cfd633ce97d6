//! The configuration of a Katapult client: from arguments, then the environment, then defaults.

use std::time::Duration;

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::header_lines::HeaderLines;
use crate::http_options::HttpOptions;
use crate::url::service_url;
use crate::{DataCenterRef, Defaults, Error, OrganizationRef, Result, Secret, arguments};

const DEFAULT_BASE_URL: &str = "https://api.katapult.io/core/v1";
/// In bytes: what servers accept as a header.
const LONGEST_TOKEN: usize = 8000;

/// Configuration of a [`Client`](crate::Client).
///
/// [`Config::from_env`] reads the environment; methods named as the fields override it:
///
/// ```
/// use std::time::Duration;
///
/// use katapult_disk::{Client, Config};
///
/// let config = Config::new("your-api-token").organization("acme").data_center("uk-lon-01");
/// let client = Client::new(config.timeout(Duration::from_secs(30)))?;
/// # Ok::<(), katapult_disk::Error>(())
/// ```
///
/// So does `Config { …, ..Config::from_env()? }`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The API token (`KATAPULT_API_TOKEN`, or `KATAPULT_API_KEY`).
    pub api_token: Option<Secret>,
    /// The API's URL with its version path (`KATAPULT_API_URL`); `https://api.katapult.io/core/v1`
    /// by default. A URL without a path gets `/core/v1`.
    pub base_url: Option<String>,
    /// The default organization of calls (`KATAPULT_ORGANIZATION`).
    pub organization: Option<OrganizationRef>,
    /// The default data center of created disks (`KATAPULT_DATA_CENTER`).
    pub data_center: Option<DataCenterRef>,
    /// Time limits, trust and proxy.
    #[serde(skip)]
    pub http: HttpOptions,
}

impl Config {
    /// With a token, and defaults for all else. Nothing comes from the environment but the proxy.
    pub fn new(api_token: impl Into<Secret>) -> Config {
        Config::default().api_token(api_token)
    }

    /// Sets [`Config::api_token`](#structfield.api_token).
    pub fn api_token(self, api_token: impl Into<Secret>) -> Config {
        Config { api_token: Some(api_token.into()), ..self }
    }

    /// Sets [`Config::base_url`](#structfield.base_url).
    pub fn base_url(self, base_url: impl Into<String>) -> Config {
        Config { base_url: Some(base_url.into()), ..self }
    }

    /// Sets [`Config::organization`](#structfield.organization).
    pub fn organization(self, organization: impl Into<OrganizationRef>) -> Config {
        Config { organization: Some(organization.into()), ..self }
    }

    /// Sets [`Config::data_center`](#structfield.data_center).
    pub fn data_center(self, data_center: impl Into<DataCenterRef>) -> Config {
        Config { data_center: Some(data_center.into()), ..self }
    }

    /// Sets [`HttpOptions::timeout`], the limit of one call; `None` is no limit.
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Config {
        Config { http: HttpOptions { timeout: timeout.into(), ..self.http }, ..self }
    }

    /// Sets [`Config::http`](#structfield.http): time limits, trust, proxy.
    pub fn http(self, http: HttpOptions) -> Config {
        Config { http, ..self }
    }

    /// Reads the environment. An empty variable is ignored.
    ///
    /// # Errors
    /// [`Status::InvalidConfiguration`](crate::Status::InvalidConfiguration) if a variable is not
    /// UTF-8.
    pub fn from_env() -> Result<Config> {
        Ok(Config {
            api_token: variable(&["KATAPULT_API_TOKEN", "KATAPULT_API_KEY"])?.map(Secret::from),
            base_url: variable(&["KATAPULT_API_URL"])?,
            organization: variable(&["KATAPULT_ORGANIZATION"])?.map(OrganizationRef::from),
            data_center: variable(&["KATAPULT_DATA_CENTER"])?.map(DataCenterRef::from),
            http: HttpOptions::default(),
        })
    }

    /// Fills in what is not set from the environment.
    ///
    /// # Errors
    /// As [`Config::from_env`].
    pub fn or_env(self) -> Result<Config> {
        let environment = Config::from_env()?;
        Ok(Config {
            api_token: self.api_token.or(environment.api_token),
            base_url: self.base_url.or(environment.base_url),
            organization: self.organization.or(environment.organization),
            data_center: self.data_center.or(environment.data_center),
            http: self.http,
        })
    }

    /// Reads the C library's JSON object of options. Its keys are the names of the fields here:
    /// `{"api_token": "…", "organization": "acme", "timeout": 90}`.
    ///
    /// # Errors
    /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the key.
    pub fn from_json(options: &str) -> Result<Config> {
        let (config, http) = arguments::options("options_json", options)?;
        Ok(Config { http, ..config })
    }

    /// What calls need not say.
    pub(crate) fn defaults(&self) -> Defaults {
        Defaults { organization: self.organization.clone(), data_center: self.data_center.clone() }
    }

    /// The base URL, checked, with the version path and without a trailing slash.
    pub(crate) fn checked_base_url(&self) -> Result<String> {
        let given = self.base_url.as_deref().unwrap_or(DEFAULT_BASE_URL);
        let url = service_url("base_url", given, "https://api.katapult.io")?;
        let has_path = url.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
        Ok(if has_path { url } else { url + "/core/v1" })
    }

    /// The `authorization` header.
    pub(crate) fn authorization(&self) -> Result<HeaderLines> {
        let Some(token) = &self.api_token else {
            return Err(Error::invalid_configuration(
                "there is no API token: give api_token or set KATAPULT_API_TOKEN",
            ));
        };
        let value = Zeroizing::new(format!("Bearer {}", token_text("api_token", token)?));
        HeaderLines::default().with("api_token", "authorization", &value)
    }
}

/// The token without surrounding whitespace, which copying often adds.
pub(crate) fn token_text<'a>(name: &str, token: &'a Secret) -> Result<&'a str> {
    let text = token.reveal().trim();
    if text.is_empty() {
        return Err(Error::invalid_configuration(format!("{name} is empty")));
    }
    if text.len() > LONGEST_TOKEN {
        let text = format!("{name} has {} bytes; the limit is {LONGEST_TOKEN}", text.len());
        return Err(Error::invalid_configuration(text));
    }
    Ok(text)
}

/// The value of the first of these environment variables that is set and not empty.
pub(crate) fn variable(names: &[&str]) -> Result<Option<String>> {
    for name in names {
        match std::env::var(name) {
            Ok(value) if !value.is_empty() => return Ok(Some(value)),
            Ok(_) | Err(std::env::VarError::NotPresent) => {}
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(Error::invalid_configuration(format!("{name} is not UTF-8")));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::Config;
    use crate::Status;

    fn base_url(given: &str) -> crate::Result<String> {
        Config { base_url: Some(given.to_owned()), ..Config::default() }.checked_base_url()
    }

    #[test]
    fn a_url_without_a_path_gets_the_version() {
        let table = [
            ("https://api.katapult.io", "https://api.katapult.io/core/v1"),
            ("https://api.katapult.io/", "https://api.katapult.io/core/v1"),
            ("https://api.katapult.io/core/v1/", "https://api.katapult.io/core/v1"),
            ("http://127.0.0.1:8080/other", "http://127.0.0.1:8080/other"),
            ("http://[::1]:8080", "http://[::1]:8080/core/v1"),
        ];
        for (given, expected) in table {
            assert_eq!(base_url(given).unwrap(), expected);
        }
    }

    #[test]
    fn a_url_that_would_lose_or_leak_something_is_refused() {
        for given in [
            "",
            "api.katapult.io",
            "ftp://host/x",
            "https://user:hunter2@host",
            "https://host?a=b",
            "https://host/#x",
            "https://",
            "https://host/../x",
            "/core/v1",
            "https://ho st/",
            "https://host:99999",
            "https://host:0/x",
            "https://host:",
            "https://host:port",
            "https://*",
            "https://[::1",
            "https://[x]",
            &format!("https://host/{}", "x".repeat(2000)),
        ] {
            let error = base_url(given).unwrap_err();
            assert_eq!(error.status(), Status::InvalidConfiguration, "{given}");
            assert!(!error.to_string().contains("hunter2"));
        }
    }

    #[test]
    fn a_token_never_shows() {
        let config = Config::from_json(r#"{"api_token": "s3cret"}"#).unwrap();
        assert!(!format!("{config:?}").contains("s3cret"));
        let line = "authorization: Bearer s3cret\r\n";
        assert_eq!(config.authorization().unwrap().as_str(), line);
        let config = Config::from_json(r#"{"api_token": "s3c\nret"}"#).unwrap();
        let error = config.authorization().unwrap_err();
        assert!(!error.to_string().contains("s3c"), "{error}");
        assert!(
            Config::from_json(r#"{"api_token": 12345}"#)
                .unwrap_err()
                .to_string()
                .find("12345")
                .is_none()
        );
    }
}
