//! Which way to log in a program's own arguments mean.

use super::Config;
use crate::openstack::auth_type::AuthType;
use crate::{Error, Result};

/// The `auth_type` of the credentials among a program's arguments; `None` if it gives none. What is
/// left in the environment or in a file must not replace them.
pub(super) fn of_arguments(config: &Config) -> Result<Option<&'static str>> {
    let names = |given: &[(&'static str, bool)]| -> Vec<&'static str> {
        given.iter().filter(|(_, is_given)| *is_given).map(|(name, _)| *name).collect()
    };
    let token = names(&[("token", config.token.is_some())]);
    let application = names(&[
        ("application_credential_id", config.application_credential_id.is_some()),
        ("application_credential_name", config.application_credential_name.is_some()),
        ("application_credential_secret", config.application_credential_secret.is_some()),
    ]);
    // A user may also be the owner of an application credential.
    let has_user = application.is_empty();
    let password = names(&[
        ("password", config.password.is_some()),
        ("username", config.username.is_some() && has_user),
        ("user_id", config.user_id.is_some() && has_user),
    ]);
    let kinds =
        [(token, "token"), (application, "v3applicationcredential"), (password, "password")];
    let mut given = kinds.iter().filter_map(|(names, kind)| Some((names.first()?, *kind)));
    match (given.next(), given.next()) {
        (Some((one, _)), Some((other, _))) => Err(Error::invalid_configuration(format!(
            "{one} and {other} belong to different ways to log in: give one of them, or say which \
             by auth_type"
        ))),
        (Some((_, kind)), None) => Ok(Some(kind)),
        (None, _) => Ok(None),
    }
}

/// The `auth_type` to use: the arguments' kind wins over what a file or the environment says, unless
/// that describes the service that the credentials are for. A password of a single sign-on must not be
/// sent to Keystone: its `auth_type` stays, and is refused by name when the client is made.
pub(super) fn chosen(config: &Config, said: Option<String>) -> Result<Option<String>> {
    if config.auth_type.is_some() {
        return Ok(config.auth_type.clone());
    }
    let is_impossible = said.as_ref().is_some_and(|said| AuthType::known(said).is_none());
    match of_arguments(config)? {
        Some(kind) if !is_impossible || config.auth_url.is_some() || config.endpoint.is_some() => {
            Ok(Some(kind.to_owned()))
        }
        _ => Ok(said),
    }
}

#[cfg(test)]
mod tests {
    use super::{chosen, of_arguments};
    use crate::Secret;
    use crate::openstack::Config;

    fn config(given: &[&str]) -> Config {
        let text = |name: &str| given.contains(&name).then(|| "x".to_owned());
        Config {
            token: text("token").map(Secret::from),
            password: text("password").map(Secret::from),
            username: text("username"),
            user_id: text("user_id"),
            application_credential_id: text("application_credential_id"),
            application_credential_secret: text("application_credential_secret").map(Secret::from),
            auth_url: text("auth_url"),
            auth_type: text("auth_type"),
            ..Config::default()
        }
    }

    #[test]
    fn arguments_say_how_to_log_in() {
        let table: [(&[&str], _); 7] = [
            (&[], None),
            (&["auth_url"], None),
            (&["token"], Some("token")),
            (&["password"], Some("password")),
            (&["username"], Some("password")),
            (&["application_credential_secret"], Some("v3applicationcredential")),
            (&["application_credential_id", "username"], Some("v3applicationcredential")),
        ];
        for (given, expected) in table {
            assert_eq!(of_arguments(&config(given)).unwrap(), expected, "{given:?}");
        }
    }

    #[test]
    fn arguments_of_two_kinds_are_refused_by_name() {
        for given in [
            ["token", "password"],
            ["token", "username"],
            ["application_credential_id", "password"],
            ["token", "application_credential_secret"],
        ] {
            let error = of_arguments(&config(&given)).unwrap_err().to_string();
            assert!(given.iter().all(|name| error.contains(name)), "{error}");
        }
    }

    #[test]
    fn leftovers_do_not_choose_but_a_service_s_own_way_does() {
        let table: [(&[&str], _, _); 6] = [
            (&[], Some("token"), Some("token")),
            (&["password"], None, Some("password")),
            (&["password"], Some("v3applicationcredential"), Some("password")),
            (&["password"], Some("v3oidcpassword"), Some("v3oidcpassword")),
            (&["password", "auth_url"], Some("v3oidcpassword"), Some("password")),
            (&["token", "password", "auth_type"], Some("token"), Some("x")),
        ];
        for (given, said, expected) in table {
            let found = chosen(&config(given), said.map(str::to_owned)).unwrap();
            assert_eq!(found.as_deref(), expected, "{given:?} {said:?}");
        }
    }
}
