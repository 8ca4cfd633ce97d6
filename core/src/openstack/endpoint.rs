//! Normalises the compute endpoint's URL and checks ids that go into a path.

use crate::url::{checked, split_path};
use crate::{Error, Result};

/// In bytes. Nova's ids have 36 or 32; its database stores at most this many.
const LONGEST: usize = 255;

const PROJECT_PLACEHOLDERS: [&str; 4] =
    ["%(project_id)s", "%(tenant_id)s", "$(project_id)s", "$(tenant_id)s"];

/// The compute service's URL, as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint {
    url: String,
    /// Which endpoint of the catalog it is, for messages; `None` if it was given.
    of_catalog: Option<String>,
}

/// What a URL says about Nova's version.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Up to `/servers`, without a slash at its end.
    Complete(String),
    /// Nova must be asked for its versions.
    Versionless(String),
}

impl Endpoint {
    pub(super) fn given(url: &str) -> Endpoint {
        Endpoint { url: url.to_owned(), of_catalog: None }
    }

    pub(super) fn of_catalog(url: String, service_type: &str, region: Option<&str>) -> Endpoint {
        let region = region.map(|region| format!(" in region {region}")).unwrap_or_default();
        Endpoint { url, of_catalog: Some(format!("{service_type} endpoint{region}")) }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// With the project's id where keystoneauth puts it into a given URL, too. A catalog's URL is filled by
    /// the service itself.
    pub(super) fn filled(&self, project_id: &str) -> Endpoint {
        if self.of_catalog.is_some() {
            return self.clone();
        }
        let fill = |url: String, placeholder: &&str| url.replace(placeholder, project_id);
        Endpoint::given(&PROJECT_PLACEHOLDERS.iter().fold(self.url.clone(), fill))
    }

    /// The error for a URL that cannot be used.
    pub(super) fn error(&self, problem: &str) -> Error {
        Error::invalid_configuration(match &self.of_catalog {
            None => format!("endpoint {problem}"),
            Some(which) => format!(
                "the catalog's {which} is {:?}, but {problem}: an error of the cloud's \
                 configuration; give endpoint (compute_endpoint_override)",
                self.url.rsplit('@').next().unwrap_or_default()
            ),
        })
    }

    /// Says in an error about its connection where the URL is from.
    pub(super) fn explain(&self, error: Error) -> Error {
        match &self.of_catalog {
            None => error,
            Some(which) => error.in_context(&format!("the catalog's {which}")),
        }
    }

    /// Checks the URL and looks for a version in it.
    pub(super) fn form(&self, project_id: Option<&str>) -> Result<Form> {
        if self.url.contains("$(") || self.url.contains("%(") {
            return Err(self.error("must not hold a placeholder that nothing is known for"));
        }
        let url = checked(&self.url).map_err(|problem| self.error(&problem))?;
        let (before, last) = url.rsplit_once('/').unwrap_or(("", &url));
        let before_last = before.rsplit_once('/').map_or("", |(_, segment)| segment);
        Ok(match (last, project_id) {
            // Nova takes the project from the token (captured), so the given form is kept.
            ("v2.1", _) | ("v2", None) => Form::Complete(url),
            ("v2", Some(project_id)) => Form::Complete(format!("{url}/{project_id}")),
            _ if is_version(before_last) => {
                self.check_project(last, project_id)?;
                Form::Complete(url)
            }
            _ => Form::Versionless(url),
        })
    }

    fn check_project(&self, named: &str, project_id: Option<&str>) -> Result<()> {
        if !is_id(named) {
            return Err(self.error("must name a project after its version, or nothing"));
        }
        match project_id {
            Some(project_id) if project_id != named => Err(Error::invalid_configuration(format!(
                "project_id is {project_id}, but {} names the project {named}",
                self.of_catalog
                    .as_deref()
                    .map_or("endpoint".to_owned(), |which| format!("the catalog's {which}"))
            ))),
            _ => Ok(()),
        }
    }
}

/// The URL of Nova's old version, which it serves without telling of microversions.
pub(super) fn legacy_url(url: &str, project_id: Option<&str>) -> Result<String> {
    match project_id {
        Some(project_id) => Ok(format!("{url}/v2/{project_id}")),
        None => Err(Error::invalid_configuration(
            "endpoint names no project: give project_id or set OS_PROJECT_ID, or let endpoint end \
             in /v2.1",
        )),
    }
}

/// Whether a complete URL is that of the old version, which ignores microversions (captured).
pub(super) fn is_legacy(url: &str) -> bool {
    let (_, path) = split_path(url);
    let mut segments = path.rsplit('/');
    let last = segments.next();
    last == Some("v2") || (last != Some("v2.1") && segments.next() == Some("v2"))
}

fn is_version(segment: &str) -> bool {
    matches!(segment, "v2" | "v2.1")
}

fn is_id(id: &str) -> bool {
    let fits = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'-');
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(fits)
}

/// Rejects ids that would not arrive unchanged: `..` made a real Nova answer 500, an empty project
/// detached a volume, and an upper-case id gives a 404 that looks like "gone" (captured).
pub(super) fn checked_id<'a>(argument: &str, id: &'a str) -> Result<&'a str> {
    if id.is_empty() {
        return Err(Error::invalid_argument(format!("{argument} is empty")));
    }
    if id.len() > LONGEST {
        let text = format!("{argument} has {} bytes; the limit is {LONGEST}", id.len());
        return Err(Error::invalid_argument(text));
    }
    if !is_id(id) {
        let lower_case = id.to_ascii_lowercase();
        let advice = match is_id(&lower_case) {
            true => format!("use {lower_case}"),
            false => "give the id, not a name".to_owned(),
        };
        return Err(Error::invalid_argument(format!(
            "{argument} may hold only digits, lower-case letters and hyphens, not {id:?}: {advice}"
        )));
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::Form::{self, Complete, Versionless};
    use super::{Endpoint, is_legacy, legacy_url};
    use crate::{Result, Status};

    fn form(url: &str, project_id: Option<&str>) -> Result<Form> {
        Endpoint::given(url).form(project_id)
    }

    #[test]
    fn every_form_of_an_endpoint() {
        let project = Some("4c1d9f20");
        let table = [
            ("https://nova.example:8774", project, Versionless("https://nova.example:8774".into())),
            ("https://h/compute/", None, Versionless("https://h/compute".into())),
            ("https://h/v2.0", None, Versionless("https://h/v2.0".into())),
            ("https://h/v2", project, Complete("https://h/v2/4c1d9f20".into())),
            ("https://h/v2", None, Complete("https://h/v2".into())),
            ("https://h/v2/4c1d9f20/", None, Complete("https://h/v2/4c1d9f20".into())),
            ("https://h/v2/4c1d9f20", project, Complete("https://h/v2/4c1d9f20".into())),
            ("https://h/v2.1", project, Complete("https://h/v2.1".into())),
            ("https://h/v2.1//", None, Complete("https://h/v2.1".into())),
            ("https://h/v2.1/4c1d9f20", None, Complete("https://h/v2.1/4c1d9f20".into())),
            (
                "https://h/compute/v2.1/4c1d9f20",
                project,
                Complete("https://h/compute/v2.1/4c1d9f20".into()),
            ),
            (
                "http://[2001:db8::1]:8774/v2.1",
                None,
                Complete("http://[2001:db8::1]:8774/v2.1".into()),
            ),
        ];
        for (endpoint, project_id, expected) in table {
            assert_eq!(form(endpoint, project_id).unwrap(), expected);
        }
    }

    #[test]
    fn a_given_endpoint_may_leave_the_project_open() {
        let complete = Form::Complete("https://h/v2.1/4c1d9f20".to_owned());
        for placeholder in ["%(project_id)s", "%(tenant_id)s", "$(project_id)s", "$(tenant_id)s"] {
            let endpoint = Endpoint::given(&format!("https://h/v2.1/{placeholder}"));
            assert_eq!(endpoint.filled("4c1d9f20").form(Some("4c1d9f20")).unwrap(), complete);
            assert!(endpoint.form(Some("4c1d9f20")).is_err());
        }
        let other = Endpoint::given("https://h/v2.1/%(user_id)s").filled("4c1d9f20");
        assert!(other.form(None).unwrap_err().description().contains("placeholder"));
    }

    #[test]
    fn an_endpoint_that_names_another_project_is_refused() {
        let error = form("https://nova.example/v2/4c1d9f20", Some("77ab0e5c")).unwrap_err();
        assert_eq!(error.status(), Status::InvalidConfiguration);
        assert!(error.description().contains("endpoint names the project 4c1d9f20"), "{error}");
        assert!(form("https://nova.example/v2/A", None).is_err());
    }

    #[test]
    fn the_old_version_needs_a_project() {
        assert_eq!(legacy_url("https://h/c", Some("p1")).unwrap(), "https://h/c/v2/p1");
        let error = legacy_url("https://h", None).unwrap_err();
        assert!(error.description().contains("OS_PROJECT_ID"), "{error}");
        for (url, expected) in [
            ("https://h/v2/p1", true),
            ("https://h/v2", true),
            ("https://h/v2.1", false),
            ("https://h/v2/v2.1", false),
            ("https://v2/v2.1", false),
        ] {
            assert_eq!(is_legacy(url), expected, "{url}");
        }
    }

    #[test]
    fn an_odd_url_of_the_catalog_is_the_clouds_error() {
        let table = [
            ("https://h:8774/v2/$(tenant_id)s", "placeholder"),
            ("https://h:8774/v2/%(tenant_id)s", "placeholder"),
            ("https://h:8774/v2/AUTH_%(project_id)s", "placeholder"),
            ("http://2001:db8::1:8774/v2.1", "must"),
            ("http://:8774/v2.1", "must"),
            ("//nova.example/v2.1", "must"),
            ("ftp://nova.example/v2.1", "https://"),
            ("https://me:pw@nova.example/v2.1", "user name"),
            ("https://nova.example/v2.1?x=1", "without ?"),
            ("nova", "must"),
            ("", "absolute"),
        ];
        for (url, words) in table {
            let endpoint = Endpoint::of_catalog(url.to_owned(), "compute", Some("north"));
            let error = endpoint.form(Some("4c1d9f20")).unwrap_err();
            assert_eq!(error.status(), Status::InvalidConfiguration, "{url}");
            let text = error.description();
            assert!(
                text.starts_with("the catalog's compute endpoint in region north is"),
                "{text}"
            );
            assert!(text.contains("cloud's configuration") && text.contains(words), "{text}");
        }
        let error = form("nova", None).unwrap_err();
        assert!(error.description().starts_with("endpoint must begin with https://"), "{error}");
    }
}
