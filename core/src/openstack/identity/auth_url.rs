//! The forms in which people write the identity service's URL.

use crate::url::{service_url, split_path};
use crate::{Error, Result};

/// The identity service's URL, in parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AuthUrl {
    /// `https://keystone.example:5000`
    pub(super) origin: String,
    /// The path before the version: `` or `/identity`.
    pub(super) path: String,
    pub(super) has_version: bool,
}

impl AuthUrl {
    /// With or without `/v3`, and `/auth/tokens` after that.
    pub(super) fn of(given: &str) -> Result<AuthUrl> {
        let url = service_url("auth_url", given, "https://keystone.example:5000/v3")?;
        let url = url.strip_suffix("/auth/tokens").unwrap_or(&url).trim_end_matches('/');
        let old = url.strip_suffix("/tokens").unwrap_or(url);
        if let Some(before) = old.strip_suffix("/v2.0") {
            return Err(Error::invalid_configuration(format!(
                "auth_url ends in /v2.0, an identity API that OpenStack has removed: write \
                 {before}/v3"
            )));
        }
        let (before, has_version) = match url.strip_suffix("/v3") {
            Some(before) => (before.trim_end_matches('/'), true),
            None => (url, false),
        };
        let (origin, path) = split_path(before);
        Ok(AuthUrl { origin: origin.to_owned(), path: path.to_owned(), has_version })
    }

    /// The path of v3, unless the service says otherwise.
    pub(super) fn usual_path(&self) -> String {
        format!("{}/v3", self.path)
    }

    /// As it was given, without what may be left out.
    pub(super) fn text(&self) -> String {
        let version = if self.has_version { "/v3" } else { "" };
        format!("{}{}{version}", self.origin, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::AuthUrl;
    use crate::Status;

    #[test]
    fn with_and_without_a_version() {
        let table = [
            ("https://k.example:5000/v3", "https://k.example:5000", "", true),
            ("https://k.example:5000", "https://k.example:5000", "", false),
            ("https://k.example:5000/", "https://k.example:5000", "", false),
            ("https://k.example/identity//", "https://k.example", "/identity", false),
            ("https://k.example/identity/v3/", "https://k.example", "/identity", true),
            ("https://k.example/v3/auth/tokens", "https://k.example", "", true),
            ("https://k.example/identity/v3/auth/tokens/", "https://k.example", "/identity", true),
            ("http://[2001:db8::1]:5000/v3", "http://[2001:db8::1]:5000", "", true),
        ];
        for (given, origin, path, has_version) in table {
            let expected =
                AuthUrl { origin: origin.to_owned(), path: path.to_owned(), has_version };
            assert_eq!(AuthUrl::of(given).unwrap(), expected, "{given}");
        }
    }

    #[test]
    fn what_is_no_url_is_refused_with_one_of_keystone() {
        let error = AuthUrl::of("keystone.example").unwrap_err();
        assert!(error.description().ends_with("as in https://keystone.example:5000/v3"), "{error}");
    }

    #[test]
    fn the_removed_version_is_refused_with_the_url_to_write() {
        for given in ["https://k.example/identity/v2.0/", "https://k.example/identity/v2.0/tokens"]
        {
            let error = AuthUrl::of(given).unwrap_err();
            assert_eq!(error.status(), Status::InvalidConfiguration);
            let text = error.description();
            assert!(text.ends_with("write https://k.example/identity/v3"), "{text}");
        }
    }
}
