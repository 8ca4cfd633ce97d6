//! The credentials for the identity service (Keystone v3).

mod body;
mod subject;

pub(super) use subject::{Named, Subject};

use std::fmt;

use super::Config;
use super::auth_type::AuthType;
use crate::config::token_text;
use crate::header_lines::HeaderLines;
use crate::{Error, Result, Secret};

/// What a login sends. Complete and checked.
#[derive(Clone, Debug)]
pub(super) enum Credentials {
    Password {
        user: Subject,
        password: Secret,
        project: Subject,
    },
    ApplicationCredential {
        id: Named,
        user: Option<Subject>,
        secret: Secret,
    },
    /// Exchanged for a token of the project.
    Token {
        token: Secret,
        project: Subject,
    },
}

impl Credentials {
    /// The credentials of a type that logs in.
    pub(super) fn of(config: &Config, auth_type: AuthType) -> Result<Credentials> {
        match auth_type {
            AuthType::Password => password(config),
            AuthType::ApplicationCredential => application_credential(config),
            AuthType::Token | AuthType::AdminToken => {
                let token = given_token(config, auth_type)?;
                let project = Subject::project(config).ok_or_else(no_project)?;
                Ok(Credentials::Token { token, project })
            }
        }
    }
}

/// The token of a configuration, checked.
pub(super) fn given_token(config: &Config, auth_type: AuthType) -> Result<Secret> {
    let Some(token) = &config.token else {
        return Err(Error::invalid_configuration(format!(
            "auth_type is {}, but there is no token: give token or set OS_TOKEN",
            auth_type.name()
        )));
    };
    HeaderLines::default().with("token", "x-auth-token", token_text("token", token)?)?;
    Ok(token.clone())
}

fn password(config: &Config) -> Result<Credentials> {
    let missing = |what: &str| Err(Error::invalid_configuration(what));
    let Some(user) = Subject::user(config) else {
        return match config.password {
            Some(_) => missing("there is a password without a user: give username or user_id"),
            None => missing("there is no user: give username or user_id, and password"),
        };
    };
    let Some(password) = config.password.clone() else {
        return missing("there is a user without a password: give password or set OS_PASSWORD");
    };
    let project = Subject::project(config).ok_or_else(no_project)?;
    Ok(Credentials::Password { user, password, project })
}

fn no_project() -> Error {
    Error::invalid_configuration(
        "there is no project: give project_name or project_id; without one the identity service \
         names no compute service",
    )
}

fn application_credential(config: &Config) -> Result<Credentials> {
    let missing = |what: &str| Err(Error::invalid_configuration(what));
    let named = Named::of(&config.application_credential_id, &config.application_credential_name);
    let Some(id) = named else {
        return missing(
            "there is no application credential: give application_credential_id (or \
             application_credential_name with its user), and application_credential_secret",
        );
    };
    let Some(secret) = config.application_credential_secret.clone() else {
        return missing(
            "the application credential has no secret: give application_credential_secret or set \
             OS_APPLICATION_CREDENTIAL_SECRET",
        );
    };
    let user = match id {
        Named::Id(_) => None,
        Named::Name(_) => Subject::user(config),
    };
    if user.is_none() && matches!(id, Named::Name(_)) {
        return missing(
            "application_credential_name needs its user: give username or user_id, or \
             application_credential_id instead of the name",
        );
    }
    Ok(Credentials::ApplicationCredential { id, user, secret })
}

impl fmt::Display for Credentials {
    /// Who logs in, for messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Credentials::Password { user, project, .. } => {
                write!(f, "the password of user {user}, for project {project}")
            }
            Credentials::ApplicationCredential { id, user: None, .. } => {
                write!(f, "the application credential {id}")
            }
            Credentials::ApplicationCredential { id, user: Some(user), .. } => {
                write!(f, "the application credential {id} of user {user}")
            }
            Credentials::Token { project, .. } => {
                write!(f, "the given token, for project {project}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;
    use crate::Secret;
    use crate::openstack::Config;
    use crate::openstack::auth_type::AuthType;
    use serde_json::{Value, json};

    /// The credentials of the type that the configuration is for.
    fn credentials(config: &Config) -> crate::Result<Credentials> {
        Credentials::of(config, AuthType::of(config).unwrap().unwrap())
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_password_goes_with_its_user_and_a_project() {
        let config = Config {
            username: text("ada"),
            user_domain_name: text("Staff"),
            password: Some(Secret::from("pw")),
            project_name: text("web"),
            ..Config::default()
        };
        let body = credentials(&config).unwrap().json();
        let user = json!({"name": "ada", "domain": {"name": "Staff"}, "password": "pw"});
        assert_eq!(body["auth"]["identity"]["password"]["user"], user);
        let project = json!({"name": "web", "domain": {"id": "default"}});
        assert_eq!(body["auth"]["scope"]["project"], project);

        let by_id = Config { user_id: text("u1"), project_id: text("p1"), ..config };
        let body = credentials(&by_id).unwrap().json();
        let user = json!({"id": "u1", "password": "pw"});
        assert_eq!(body["auth"]["identity"]["password"]["user"], user);
        assert_eq!(body["auth"]["scope"]["project"], json!({"id": "p1"}));
    }

    #[test]
    fn the_body_is_the_text_of_all_that() {
        let config = Config {
            user_id: text("u1"),
            password: Some(Secret::from("p\"w")),
            project_id: text("p1"),
            ..Config::default()
        };
        let credentials = credentials(&config).unwrap();
        let body = credentials.body().unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), credentials.json());
        assert_eq!(body.capacity(), body.len());
    }

    #[test]
    fn an_application_credential_has_no_scope() {
        let by_id = Config {
            application_credential_id: text("a1"),
            application_credential_secret: Some(Secret::from("s")),
            ..Config::default()
        };
        let body = credentials(&by_id).unwrap().json();
        let credential = json!({"id": "a1", "secret": "s"});
        assert_eq!(body["auth"]["identity"]["application_credential"], credential);
        assert_eq!(body["auth"].get("scope"), None);

        let by_name = Config {
            application_credential_id: None,
            application_credential_name: text("ci"),
            username: text("ada"),
            ..by_id
        };
        let body = credentials(&by_name).unwrap().json();
        let user = json!({"name": "ada", "domain": {"id": "default"}});
        let credential = json!({"name": "ci", "secret": "s", "user": user});
        assert_eq!(body["auth"]["identity"]["application_credential"], credential);
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_secret_shows() {
        let user = Config { username: text("ada"), ..Config::default() };
        let table = [
            (user.clone(), "OS_PASSWORD"),
            (Config { auth_type: text("password"), ..Config::default() }, "username"),
            (
                Config { auth_type: text("v3applicationcredential"), ..user.clone() },
                "no application",
            ),
            (Config { auth_type: text("v3token"), ..user.clone() }, "OS_TOKEN"),
            (Config { password: Some(Secret::from("pw!")), ..Config::default() }, "username"),
            (Config { password: Some(Secret::from("pw!")), ..user.clone() }, "project_name"),
            (
                Config { application_credential_name: text("ci"), ..user },
                "application_credential_secret",
            ),
        ];
        for (config, words) in table {
            let error = credentials(&config).unwrap_err().to_string();
            assert!(error.contains(words) && !error.contains("pw!"), "{error}");
        }
    }

    #[test]
    fn a_token_is_exchanged_for_one_of_the_project() {
        let config = Config {
            token: Some(Secret::from(" unscoped\n")),
            project_name: text("web"),
            ..Config::default()
        };
        let credentials = credentials(&config).unwrap();
        let body = credentials.json();
        let identity = json!({"methods": ["token"], "token": {"id": "unscoped"}});
        assert_eq!(body["auth"]["identity"], identity);
        let project = json!({"name": "web", "domain": {"id": "default"}});
        assert_eq!(body["auth"]["scope"]["project"], project);
        assert_eq!(
            credentials.to_string(),
            "the given token, for project \"web\" of the domain with the id \"default\""
        );
    }

    #[test]
    fn credentials_are_of_the_type_that_is_named() {
        let both = Config {
            auth_type: text("password"),
            user_id: text("u1"),
            password: Some(Secret::from("pw")),
            project_id: text("p1"),
            application_credential_id: text("a1"),
            application_credential_secret: Some(Secret::from("s")),
            token: Some(Secret::from("t")),
            ..Config::default()
        };
        let methods = |auth_type: &str| {
            let config = Config { auth_type: text(auth_type), ..both.clone() };
            credentials(&config).unwrap().json()["auth"]["identity"]["methods"].clone()
        };
        assert_eq!(methods("v3password"), json!(["password"]));
        assert_eq!(methods("token"), json!(["token"]));
        assert_eq!(methods("v3applicationcredential"), json!(["application_credential"]));
    }
}
