//! Microversions.

use axum::http::{HeaderMap, HeaderValue, header};

use super::answer::{Fault, insert};

/// 3 and a minor version.
#[derive(Clone, Copy)]
pub(super) struct Microversion {
    pub(super) minor: u32,
}

/// That of a Cinder 26.
pub(super) const LATEST: u32 = 71;

impl Microversion {
    /// The version that is asked for, or 3.0. Versions of other services do not matter.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Fault> {
        let text = headers.get("openstack-api-version").and_then(|value| value.to_str().ok());
        let wanted = text.and_then(|text| {
            let mut parts = text.split(',').map(str::trim);
            parts.find_map(|part| part.strip_prefix("volume "))
        });
        let Some(wanted) = wanted.map(str::trim) else {
            return Ok(Self { minor: 0 });
        };
        if wanted == "latest" {
            return Ok(Self { minor: LATEST });
        }
        let parsed = wanted.split_once('.').and_then(|(major, minor)| {
            Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
        });
        match parsed {
            Some((3, minor @ 0..=LATEST)) => Ok(Self { minor }),
            Some((major, minor)) => Err(Fault::not_acceptable(format!(
                "Version {major}.{minor} is not supported by the API. Minimum is 3.0 and maximum \
                 is 3.{LATEST}."
            ))),
            None => Err(Fault::bad_request(format!(
                "API Version String {wanted} is of invalid format. Must be of format \
                 MajorNum.MinorNum."
            ))),
        }
    }

    /// captured: unlike Nova, in one header only.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        insert(headers, "openstack-api-version", &format!("volume 3.{}", self.minor));
        headers.append(header::VARY, HeaderValue::from_static("OpenStack-API-Version"));
    }
}
