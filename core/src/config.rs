//! The configuration of a Katapult client: from arguments, then the environment, then defaults.

use std::time::Duration;

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::header_lines::{BLANK, HeaderLines, unfit};
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
    /// The API token (`KATAPULT_API_TOKEN`, or `KATAPULT_API_KEY`), without "Bearer". Blanks and line breaks
    /// around it do not count; one within it is refused, as is what is not ASCII.
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
            api_token: variable(&["KATAPULT_API_TOKEN", "KATAPULT_API_KEY"])?
                .map(|(name, token)| Secret::of_variable(name, token)),
            base_url: value("KATAPULT_API_URL")?,
            organization: value("KATAPULT_ORGANIZATION")?.map(OrganizationRef::from),
            data_center: value("KATAPULT_DATA_CENTER")?.map(DataCenterRef::from),
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
        let text = token_text("api_token", token)?;
        let value = Zeroizing::new(format!("Bearer {text}"));
        HeaderLines::default().with("api_token", "authorization", &value)
    }
}

/// The token without surrounding whitespace, which copying often adds. `argument` is how the caller gives it.
///
/// # Errors
/// `InvalidConfiguration`, naming the argument or the environment variable: a service would only say that
/// it does not know such a token.
pub(crate) fn token_text<'a>(argument: &str, token: &'a Secret) -> Result<&'a str> {
    let name = token.variable().unwrap_or(argument);
    let wrong = |problem: String| Err(Error::invalid_configuration(format!("{name} {problem}")));
    let given = token.reveal();
    let text = given.trim();
    if text.is_empty() {
        return wrong("is empty".to_owned());
    }
    if text.len() > LONGEST_TOKEN {
        return wrong(format!("has {} bytes; the limit is {LONGEST_TOKEN}", text.len()));
    }
    let Some((place, what)) = unfit(text).next() else { return Ok(text) };
    const SCHEME: &str = "Bearer";
    if what == BLANK && text[..place - 1].eq_ignore_ascii_case(SCHEME) {
        return wrong(format!("begins with {SCHEME:?} and a blank: give the token alone"));
    }
    let before = given.chars().take_while(|character| character.is_whitespace()).count();
    let place = before + place;
    wrong(format!("holds {what}, its character {place}: a token is one word of printable ASCII"))
}

/// The first of these environment variables that is set and not empty, and its value.
fn variable(names: &[&'static str]) -> Result<Option<(&'static str, String)>> {
    for name in names {
        match std::env::var(name) {
            Ok(value) if !value.is_empty() => return Ok(Some((name, value))),
            Ok(_) | Err(std::env::VarError::NotPresent) => {}
            Err(std::env::VarError::NotUnicode(_)) => {
                return Err(Error::invalid_configuration(format!("{name} is not UTF-8")));
            }
        }
    }
    Ok(None)
}

fn value(name: &'static str) -> Result<Option<String>> {
    Ok(variable(&[name])?.map(|(_, value)| value))
}

#[cfg(test)]
mod tests {
    use super::Config;
    use crate::{Secret, Status};

    #[test]
    fn a_token_is_one_word_and_no_message_shows_it() {
        for (token, says) in [
            ("tok en", "holds a blank, its character 4: a token is"),
            (" \n tok\ten", "holds a tab, its character 7: a token is"),
            ("tok\r\nen", "holds a line break, its character 4: a token is"),
            ("tok\u{1b}en", "holds a control character, its character 4: a token is"),
            ("tök\u{a0}en", "holds a character outside of ASCII, its character 2: a token is"),
            ("Bearer token", "begins with \"Bearer\" and a blank: give the token alone"),
            ("bearer  token", "begins with \"Bearer\" and a blank: give the token alone"),
            (" \t", "is empty"),
        ] {
            for (name, secret) in [
                ("api_token", Secret::from(token)),
                ("KATAPULT_API_KEY", Secret::of_variable("KATAPULT_API_KEY", token.to_owned())),
            ] {
                let error = Config::new(secret).authorization().unwrap_err();
                assert_eq!(error.status(), Status::InvalidConfiguration);
                let text = error.description();
                assert!(text.starts_with(&format!("{name} {says}")), "{token:?}: {text}");
                assert!(!text.contains("tok\u{1b}") && !text.contains("en:"), "{text}");
            }
        }
        let lines = Config::new(" \t token\r\n").authorization().unwrap();
        assert_eq!(lines.as_str(), "authorization: Bearer token\r\n");
    }

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
