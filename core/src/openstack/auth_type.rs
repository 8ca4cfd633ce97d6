//! Which kind of credentials a client uses.

use super::Config;
use crate::{Error, Result};

/// A way to log in, or to do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AuthType {
    Password,
    Token,
    ApplicationCredential,
    /// A token and an endpoint, used as they are: no identity service is asked.
    AdminToken,
}

/// The names of keystoneauth. The first name of a type is the one that is shown.
const NAMES: [(&str, AuthType); 7] = [
    ("password", AuthType::Password),
    ("v3password", AuthType::Password),
    ("token", AuthType::Token),
    ("v3token", AuthType::Token),
    ("v3applicationcredential", AuthType::ApplicationCredential),
    ("admin_token", AuthType::AdminToken),
    ("token_endpoint", AuthType::AdminToken),
];

impl AuthType {
    /// The one that the configuration names, or else the one that its credentials are for; `None` if
    /// it has none. Credentials of other types are ignored.
    ///
    /// A complete login by password counts more than an application credential, since `password` is
    /// openstacksdk's default.
    pub(super) fn of(config: &Config) -> Result<Option<AuthType>> {
        if let Some(name) = &config.auth_type {
            return AuthType::named(name).map(Some);
        }
        let has_user = config.username.is_some() || config.user_id.is_some();
        let has_project = config.project_name.is_some() || config.project_id.is_some();
        let has_application_credential = config.application_credential_id.is_some()
            || config.application_credential_name.is_some()
            || config.application_credential_secret.is_some();
        let found = if config.token.is_some() {
            AuthType::Token
        } else if has_user && config.password.is_some() && has_project {
            AuthType::Password
        } else if has_application_credential {
            AuthType::ApplicationCredential
        } else if has_user || config.password.is_some() {
            AuthType::Password
        } else {
            return Ok(None);
        };
        Ok(Some(found))
    }

    /// The one of this name, if it is supported.
    pub(super) fn known(name: &str) -> Option<AuthType> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, auth_type)| *auth_type)
    }

    fn named(name: &str) -> Result<AuthType> {
        if let Some(known) = AuthType::known(name) {
            return Ok(known);
        }
        let names: Vec<&str> = NAMES.iter().map(|(known, _)| *known).collect();
        let instead = match name {
            "v2password" | "v2token" => {
                "OpenStack has removed the identity API v2.0, so write password or token"
            }
            _ => {
                "make an application credential (`openstack application credential create`), or \
                 give a token (`openstack token issue`)"
            }
        };
        let shown = match is_like_a_name(name) {
            true => format!("{name:?} is not supported"),
            false => "is not a name that is known".to_owned(),
        };
        Err(Error::invalid_configuration(format!(
            "auth_type {shown}: {instead}. Supported are {}",
            names.join(", ")
        )))
    }

    pub(super) fn name(self) -> &'static str {
        NAMES.iter().find(|(_, named)| *named == self).map_or("", |(name, _)| name)
    }
}

/// Whether it is written as keystoneauth's names are, such as `v3oidcpassword`. Anything else may be a secret in
/// the wrong place, which no message repeats.
fn is_like_a_name(text: &str) -> bool {
    let has_version = ["v1", "v2", "v3"].iter().any(|version| text.starts_with(version));
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    matches!(text, "none" | "noauth" | "http_basic") || (has_version && text.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::AuthType::{self, AdminToken, ApplicationCredential, Password, Token};
    use crate::openstack::Config;
    use crate::{Secret, Status};

    fn config(given: &str) -> Config {
        let text = |name: &str| given.contains(name).then(|| name.to_owned());
        Config {
            token: text("token").map(Secret::from),
            username: text("username"),
            user_id: text("user_id"),
            password: text("password").map(Secret::from),
            project_name: text("project_name"),
            project_id: text("project_id"),
            application_credential_id: text("credential_id"),
            application_credential_name: text("credential_name"),
            application_credential_secret: text("credential_secret").map(Secret::from),
            ..Config::default()
        }
    }

    #[test]
    fn the_credentials_tell_the_type_where_nothing_names_it() {
        let table = [
            ("", None),
            ("project_id", None),
            ("token", Some(Token)),
            ("token username password project_name", Some(Token)),
            ("username password project_name", Some(Password)),
            ("user_id password project_id credential_id credential_secret", Some(Password)),
            ("username password", Some(Password)),
            ("username", Some(Password)),
            ("password", Some(Password)),
            ("credential_id credential_secret", Some(ApplicationCredential)),
            ("credential_secret", Some(ApplicationCredential)),
            ("username credential_name credential_secret", Some(ApplicationCredential)),
            ("username password credential_id credential_secret", Some(ApplicationCredential)),
            ("username project_name credential_id credential_secret", Some(ApplicationCredential)),
        ];
        for (given, expected) in table {
            assert_eq!(AuthType::of(&config(given)).unwrap(), expected, "{given}");
        }
    }

    #[test]
    fn a_name_counts_more_than_what_is_given() {
        let table = [
            ("password", Password),
            ("v3password", Password),
            ("token", Token),
            ("v3token", Token),
            ("v3applicationcredential", ApplicationCredential),
            ("admin_token", AdminToken),
            ("token_endpoint", AdminToken),
        ];
        for (name, expected) in table {
            let config = Config {
                auth_type: Some(name.to_owned()),
                ..config("token username password project_name credential_id credential_secret")
            };
            assert_eq!(AuthType::of(&config).unwrap(), Some(expected), "{name}");
        }
        assert_eq!(Password.name(), "password");
        assert_eq!(ApplicationCredential.name(), "v3applicationcredential");
    }

    #[test]
    fn other_types_are_refused_by_name() {
        let table = [
            ("v3oidcpassword", "application credential create"),
            ("v3kerberos", "application credential create"),
            ("v3totp", "token issue"),
            ("none", "Supported are password"),
            ("http_basic", "Supported are password"),
            ("v2password", "v2.0"),
        ];
        for (name, words) in table {
            let given = Config { auth_type: Some(name.to_owned()), ..config("username password") };
            let error = AuthType::of(&given).unwrap_err();
            assert_eq!(error.status(), Status::InvalidConfiguration);
            let text = error.description();
            assert!(
                text.starts_with(&format!("auth_type {name:?}")) && text.contains(words),
                "{text}"
            );
        }
    }

    #[test]
    fn what_may_be_a_secret_in_the_wrong_place_is_not_shown() {
        for name in ["Password", "pw-of-ada"] {
            let given = Config { auth_type: Some(name.to_owned()), ..Config::default() };
            let text = AuthType::of(&given).unwrap_err().to_string();
            assert!(text.contains("Supported are password") && !text.contains(name), "{text}");
        }
    }
}
