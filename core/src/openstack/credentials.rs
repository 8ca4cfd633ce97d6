//! The credentials for the identity service (Keystone v3).

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Config;
use crate::{Error, Result, Secret, secret};

/// What a login sends. Complete and checked.
#[derive(Clone, Debug)]
pub(super) enum Credentials {
    Password { user: User, password: Secret, project: Project },
    ApplicationCredential { id: Named, user: Option<User>, secret: Secret },
}

#[derive(Clone, Debug)]
pub(super) enum Named {
    Id(String),
    Name(String),
}

#[derive(Clone, Debug)]
pub(super) struct User {
    user: Named,
    domain: Named,
}

#[derive(Clone, Debug)]
pub(super) struct Project {
    project: Named,
    domain: Named,
}

impl Credentials {
    /// `None` if the configuration has no credentials.
    pub(super) fn of(config: &Config) -> Result<Option<Credentials>> {
        let missing = |what: &str| Err(Error::invalid_configuration(what));
        let application = [&config.application_credential_id, &config.application_credential_name];
        if application.iter().any(|given| given.is_some()) {
            let Some(secret) = config.application_credential_secret.clone() else {
                return missing(
                    "the application credential has no secret: give \
                     application_credential_secret or set OS_APPLICATION_CREDENTIAL_SECRET",
                );
            };
            if let Some(id) = config.application_credential_id.clone() {
                let id = Named::Id(id);
                return Ok(Some(Credentials::ApplicationCredential { id, user: None, secret }));
            }
            let Some(user) = user(config) else {
                return missing(
                    "application_credential_name needs its user: give username or user_id, or \
                     application_credential_id instead of the name",
                );
            };
            let name = Named::Name(config.application_credential_name.clone().unwrap_or_default());
            let credentials =
                Credentials::ApplicationCredential { id: name, user: Some(user), secret };
            return Ok(Some(credentials));
        }
        if config.application_credential_secret.is_some() {
            return missing(
                "there is an application credential's secret, but no application_credential_id",
            );
        }
        match (user(config), config.password.clone(), project(config)) {
            (None, None, _) => Ok(None),
            (Some(user), Some(password), Some(project)) => {
                Ok(Some(Credentials::Password { user, password, project }))
            }
            (None, Some(_), _) => {
                missing("there is a password without a user: give username or user_id")
            }
            (Some(_), None, _) => {
                missing("there is a user without a password: give password or set OS_PASSWORD")
            }
            (Some(_), Some(_), None) => missing(
                "there is no project: give project_name or project_id; without one the identity \
                 service names no compute service",
            ),
        }
    }

    /// The body of `POST /v3/auth/tokens`, which the caller wipes. No other copy of the secret stays in
    /// memory.
    pub(super) fn body(&self) -> Result<Vec<u8>> {
        let mut json = self.json();
        let body = exactly(&json);
        secret::wipe(&mut json);
        body.map_err(|error| Error::internal(format!("login: {error}")))
    }

    fn json(&self) -> Value {
        match self {
            Credentials::Password { user, password, project } => {
                let mut user = user.json();
                user["password"] = json!(password.reveal());
                let identity = json!({ "methods": ["password"], "password": { "user": user } });
                json!({ "auth": { "identity": identity, "scope": { "project": project.json() } } })
            }
            Credentials::ApplicationCredential { id, user, secret } => {
                let mut credential = id.json();
                credential["secret"] = json!(secret.reveal());
                if let Some(user) = user {
                    credential["user"] = user.json();
                }
                json!({ "auth": { "identity": {
                    "methods": ["application_credential"],
                    "application_credential": credential,
                } } })
            }
        }
    }
}

impl Named {
    fn of(id: &Option<String>, name: &Option<String>) -> Option<Named> {
        id.clone().map(Named::Id).or_else(|| name.clone().map(Named::Name))
    }

    /// The domain `default` exists in every cloud; the OpenStack command line defaults to it, too.
    fn domain(id: &Option<String>, name: &Option<String>) -> Named {
        Named::of(id, name).unwrap_or_else(|| Named::Id("default".to_owned()))
    }

    fn json(&self) -> Value {
        match self {
            Named::Id(id) => json!({ "id": id }),
            Named::Name(name) => json!({ "name": name }),
        }
    }

    /// An id needs no domain.
    fn in_domain(&self, domain: &Named) -> Value {
        let mut named = self.json();
        if matches!(self, Named::Name(_)) {
            named["domain"] = domain.json();
        }
        named
    }
}

impl User {
    fn json(&self) -> Value {
        self.user.in_domain(&self.domain)
    }
}

impl Project {
    fn json(&self) -> Value {
        self.project.in_domain(&self.domain)
    }
}

/// Serialises a value into a buffer of the right size: a growing one would leave copies behind.
fn exactly(json: &Value) -> serde_json::Result<Vec<u8>> {
    struct Size(usize);

    impl Write for Size {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut size = Size(0);
    serde_json::to_writer(&mut size, json)?;
    let mut text = Vec::with_capacity(size.0);
    serde_json::to_writer(&mut text, json)?;
    Ok(text)
}

fn user(config: &Config) -> Option<User> {
    let domain = Named::domain(&config.user_domain_id, &config.user_domain_name);
    Named::of(&config.user_id, &config.username).map(|user| User { user, domain })
}

fn project(config: &Config) -> Option<Project> {
    let domain = Named::domain(&config.project_domain_id, &config.project_domain_name);
    let project = Named::of(&config.project_id, &config.project_name);
    project.map(|project| Project { project, domain })
}

#[cfg(test)]
mod tests {
    use super::Credentials;
    use crate::Secret;
    use crate::openstack::Config;
    use serde_json::{Value, json};

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
        let body = Credentials::of(&config).unwrap().unwrap().json();
        let user = json!({"name": "ada", "domain": {"name": "Staff"}, "password": "pw"});
        assert_eq!(body["auth"]["identity"]["password"]["user"], user);
        let project = json!({"name": "web", "domain": {"id": "default"}});
        assert_eq!(body["auth"]["scope"]["project"], project);

        let by_id = Config { user_id: text("u1"), project_id: text("p1"), ..config };
        let body = Credentials::of(&by_id).unwrap().unwrap().json();
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
        let credentials = Credentials::of(&config).unwrap().unwrap();
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
        let body = Credentials::of(&by_id).unwrap().unwrap().json();
        let credential = json!({"id": "a1", "secret": "s"});
        assert_eq!(body["auth"]["identity"]["application_credential"], credential);
        assert_eq!(body["auth"].get("scope"), None);

        let by_name = Config {
            application_credential_id: None,
            application_credential_name: text("ci"),
            username: text("ada"),
            ..by_id
        };
        let body = Credentials::of(&by_name).unwrap().unwrap().json();
        let user = json!({"name": "ada", "domain": {"id": "default"}});
        let credential = json!({"name": "ci", "secret": "s", "user": user});
        assert_eq!(body["auth"]["identity"]["application_credential"], credential);
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_secret_shows() {
        let user = Config { username: text("ada"), ..Config::default() };
        let table = [
            (user.clone(), "OS_PASSWORD"),
            (Config { password: Some(Secret::from("pw!")), ..Config::default() }, "username"),
            (Config { password: Some(Secret::from("pw!")), ..user.clone() }, "project_name"),
            (
                Config { application_credential_name: text("ci"), ..user },
                "application_credential_secret",
            ),
        ];
        for (config, words) in table {
            let error = Credentials::of(&config).unwrap_err().to_string();
            assert!(error.contains(words) && !error.contains("pw!"), "{error}");
        }
        assert!(Credentials::of(&Config::default()).unwrap().is_none());
    }
}
