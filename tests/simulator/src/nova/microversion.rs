//! Microversions, which `/v2.1` knows.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::answer::{Fault, insert};

/// 2 and a minor version.
#[derive(Clone, Copy)]
pub(super) struct Microversion {
    pub(super) minor: u32,
}

pub(super) const LATEST: u32 = 100;

impl Microversion {
    /// The version that is asked for, or 2.1.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        let Some(text) = wanted(headers) else {
            return Ok(Self { minor: 1 });
        };
        if text == "latest" {
            return Ok(Self { minor: LATEST });
        }
        let parsed = text.split_once('.').and_then(|(major, minor)| {
            Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
        });
        match parsed {
            Some((2, minor @ 1..=LATEST)) => Ok(Self { minor }),
            Some((major, minor)) => Err(Refusal::Unsupported(format!("{major}.{minor}"))),
            None => Err(Refusal::Malformed(text.to_owned())),
        }
    }

    /// captured: every answer that got as far as the controller tells the version.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        tell(headers, &format!("2.{}", self.minor));
    }
}

/// `compute 2.89` in the new header, `2.89` in the old one; other services' versions do not matter.
fn wanted(headers: &HeaderMap) -> Option<&str> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    text("openstack-api-version")
        .and_then(|value| value.split(',').find_map(|part| part.trim().strip_prefix("compute ")))
        .or_else(|| text("x-openstack-nova-api-version"))
        .map(str::trim)
}

/// A version that the client cannot have.
pub(super) enum Refusal {
    Malformed(String),
    Unsupported(String),
}

impl IntoResponse for Refusal {
    /// captured: only the second tells the version, the one that it refuses.
    fn into_response(self) -> Response {
        match self {
            Self::Malformed(text) => Fault::bad_request(format!(
                "API Version String {text} is of invalid format. Must be of format \
                 MajorNum.MinorNum."
            ))
            .into_response(),
            Self::Unsupported(version) => {
                let mut response = Fault::not_acceptable(format!(
                    "Version {version} is not supported by the API. Minimum is 2.1 and maximum \
                     is 2.{LATEST}."
                ))
                .into_response();
                tell(response.headers_mut(), &version);
                response
            }
        }
    }
}

fn tell(headers: &mut HeaderMap, version: &str) {
    insert(headers, "openstack-api-version", &format!("compute {version}"));
    insert(headers, "x-openstack-nova-api-version", version);
    headers.append(header::VARY, HeaderValue::from_static("OpenStack-API-Version"));
    headers.append(header::VARY, HeaderValue::from_static("X-OpenStack-Nova-API-Version"));
}
