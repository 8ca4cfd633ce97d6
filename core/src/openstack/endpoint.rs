//! Normalises the compute endpoint's URL and checks ids that go into a path.

use crate::url::service_url;
use crate::{Error, Result};

/// In bytes. Nova's ids have 36 or 32; its database stores at most this many.
const LONGEST: usize = 255;

/// The URL up to `/servers`, without a trailing slash.
pub(super) fn compute_url(endpoint: &str, project_id: Option<&str>) -> Result<String> {
    let url = service_url("endpoint", endpoint)?;
    let project_id = project_id.map(|id| checked_id("project_id", id)).transpose()?;
    let (before, last) = url.rsplit_once('/').unwrap_or(("", &url));
    let before_last = before.rsplit_once('/').map_or("", |(_, segment)| segment);

    if is_version(before_last) {
        let named = checked_id("endpoint's project", last)?;
        return match project_id {
            Some(given) if given != named => Err(Error::invalid_configuration(format!(
                "project_id is {given}, but endpoint names the project {named}"
            ))),
            _ => Ok(url),
        };
    }
    match (last, project_id) {
        // Nova takes the project from the token (captured), so the given form is kept.
        ("v2.1", _) | ("v2", None) => Ok(url),
        ("v2", Some(project_id)) => Ok(format!("{url}/{project_id}")),
        (_, Some(project_id)) => Ok(format!("{url}/v2/{project_id}")),
        (_, None) => Err(Error::invalid_configuration(
            "endpoint names no project: give project_id or set OS_PROJECT_ID, or let endpoint end \
             in /v2.1",
        )),
    }
}

fn is_version(segment: &str) -> bool {
    matches!(segment, "v2" | "v2.1")
}

/// Rejects ids that would not arrive unchanged: `..` made a real Nova answer 500, an empty project
/// detached a volume, and an upper-case id gives a 404 that looks like "gone" (captured).
pub(super) fn checked_id<'a>(argument: &str, id: &'a str) -> Result<&'a str> {
    let fits = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'-');
    if id.is_empty() {
        return Err(Error::invalid_argument(format!("{argument} is empty")));
    }
    if id.len() > LONGEST {
        let text = format!("{argument} has {} bytes; the limit is {LONGEST}", id.len());
        return Err(Error::invalid_argument(text));
    }
    if !id.bytes().all(fits) {
        let lower_case = id.to_ascii_lowercase();
        let advice = match lower_case.bytes().all(fits) {
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
    use super::compute_url;
    use crate::Status;

    #[test]
    fn every_form_of_an_endpoint() {
        let project = Some("4c1d9f20");
        let table = [
            ("https://nova.example:8774", project, "https://nova.example:8774/v2/4c1d9f20"),
            ("https://nova.example/compute/", project, "https://nova.example/compute/v2/4c1d9f20"),
            ("https://nova.example/v2", project, "https://nova.example/v2/4c1d9f20"),
            ("https://nova.example/v2", None, "https://nova.example/v2"),
            ("https://nova.example/v2/4c1d9f20/", None, "https://nova.example/v2/4c1d9f20"),
            ("https://nova.example/v2/4c1d9f20", project, "https://nova.example/v2/4c1d9f20"),
            ("https://nova.example/v2.1", project, "https://nova.example/v2.1"),
            ("https://nova.example/v2.1/", None, "https://nova.example/v2.1"),
            ("https://nova.example/v2.1/4c1d9f20", None, "https://nova.example/v2.1/4c1d9f20"),
            ("https://h/compute/v2.1/4c1d9f20", project, "https://h/compute/v2.1/4c1d9f20"),
        ];
        for (endpoint, project_id, expected) in table {
            assert_eq!(compute_url(endpoint, project_id).unwrap(), expected);
        }
    }

    #[test]
    fn an_endpoint_that_names_no_project_or_another_one_is_refused() {
        let error = compute_url("https://nova.example", None).unwrap_err();
        assert!(error.description().contains("OS_PROJECT_ID"));
        assert_eq!(error.status(), Status::InvalidConfiguration);
        assert!(compute_url("https://nova.example/v2/4c1d9f20", Some("77ab0e5c")).is_err());
        assert!(compute_url("https://nova.example", Some("..")).is_err());
        assert!(compute_url("https://nova.example", Some("")).is_err());
    }
}
