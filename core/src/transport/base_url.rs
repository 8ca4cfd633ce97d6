//! Builds the URL of each request from the service's base URL.

use ureq::http::uri::{Authority, Parts, PathAndQuery, Scheme, Uri};

use super::failure::Failure;

/// In bytes: ureq's limit. Servers accept less.
const LONGEST_TARGET: usize = 65_534;

/// The base URL of a service, split as ureq needs it.
pub(super) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a trailing slash.
    path: String,
}

impl BaseUrl {
    /// `None` if it is not absolute.
    pub(super) fn of(url: Uri) -> Option<BaseUrl> {
        let path = url.path().trim_end_matches('/').to_owned();
        let Parts { scheme, authority, .. } = url.into_parts();
        Some(BaseUrl { scheme: scheme?, authority: authority?, path })
    }

    /// The URL without its path.
    pub(super) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// The length of a request's path and query, in bytes.
    pub(super) fn target_length(&self, target: &str) -> usize {
        self.path.len() + target.len()
    }

    /// The URL of a request; `target` is its path and query, percent-encoded.
    pub(super) fn with(&self, target: &str) -> Result<Uri, Failure> {
        let length = self.target_length(target);
        if length > LONGEST_TARGET {
            return Err(Failure::Unsendable(format!("its URL would have {length} bytes")));
        }
        if !target.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Failure::Unsendable("its URL is not encoded".to_owned()));
        }
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        let path = PathAndQuery::try_from([&self.path, target].concat());
        parts.path_and_query = Some(path.map_err(ureq::http::Error::from)?);
        Ok(Uri::from_parts(parts).map_err(ureq::http::Error::from)?)
    }
}
