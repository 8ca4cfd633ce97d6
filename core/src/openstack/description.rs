//! What a client's configuration comes to.

use std::fmt;

use serde::Serialize;

use super::Config;
use super::auth_type::AuthType;
use super::credentials::{Named, Subject};
use super::identity::TokenProject;
use super::sessions::Sessions;

/// What a client's arguments, clouds.yaml and the environment come to. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ClientDescription {
    /// The entry of clouds.yaml.
    pub cloud: Option<String>,
    /// The identity service's URL; `None` if none is asked.
    pub auth_url: Option<String>,
    /// How it logs in: `password`, `token`, `v3applicationcredential` or `admin_token`.
    pub auth_type: String,
    /// The user's name or id, if it logs in as one.
    pub user: Option<String>,
    /// The name or id of the domain that `user` is a name in.
    pub user_domain: Option<String>,
    /// The application credential's name or id, if it logs in with one.
    pub application_credential: Option<String>,
    /// The project's name or id; that of the token if none is given, once there is one.
    pub project: Option<String>,
    /// The name or id of the domain that `project` is a name in.
    pub project_domain: Option<String>,
    /// The region; `None` if there must be only one.
    pub region_name: Option<String>,
    /// The interfaces of the catalog's endpoints, in order of preference, with commas between.
    pub interface: String,
    /// The type of the compute service in the catalog.
    pub service_type: String,
    /// Its name in the catalog; `None` if any will do.
    pub service_name: Option<String>,
    /// The compute service's URL; `None` before the first login if that finds it.
    pub endpoint: Option<String>,
    /// The microversion that is asked for.
    pub compute_api_version: Option<String>,
    /// Whether the services' certificates are checked.
    pub verify: bool,
    /// The file of certificates to trust besides the system's.
    pub ca_file: Option<String>,
}

/// What is decided when a client is made.
pub(super) struct Decided(ClientDescription);

impl Decided {
    pub(super) fn of(config: &Config, sessions: &Sessions) -> Decided {
        let application =
            Named::of(&config.application_credential_id, &config.application_credential_name);
        let application =
            application.filter(|_| sessions.auth_type == AuthType::ApplicationCredential);
        // An id of an application credential says who its user is.
        let names_user =
            sessions.auth_type == AuthType::Password || matches!(application, Some(Named::Name(_)));
        let user = Subject::user(config).filter(|_| names_user);
        let project = Subject::project(config);
        let domain = |subject: &Option<Subject>| subject.as_ref()?.domain().map(str::to_owned);
        let text = |subject: &Option<Subject>| Some(subject.as_ref()?.named.text().to_owned());
        Decided(ClientDescription {
            cloud: config.cloud.clone(),
            auth_url: sessions.identity.as_ref().map(|identity| identity.url()),
            auth_type: sessions.auth_type.name().to_owned(),
            user: text(&user),
            user_domain: domain(&user),
            application_credential: application.map(|id| id.text().to_owned()),
            project: text(&project),
            project_domain: domain(&project),
            region_name: config.region_name.clone(),
            interface: sessions.choice.interface(),
            service_type: sessions.choice.service_type().to_owned(),
            service_name: config.service_name.clone(),
            endpoint: None,
            compute_api_version: config.compute_api_version.clone(),
            verify: config.http.verify.unwrap_or(true),
            ca_file: config.http.ca_file.as_ref().map(|path| path.display().to_string()),
        })
    }

    /// With what is known by now.
    pub(super) fn description(&self, sessions: &Sessions) -> ClientDescription {
        let session = sessions.current();
        let told = session.as_ref().and_then(|session| session.project.as_ref());
        let told = told.and_then(TokenProject::text);
        ClientDescription {
            endpoint: sessions.endpoint(),
            project: self.0.project.clone().or(told.map(str::to_owned)),
            ..self.0.clone()
        }
    }
}

impl ClientDescription {
    /// `{"cloud": …, "auth_url": …}`
    pub fn to_json(&self) -> String {
        // Cannot fail: strings always serialise.
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

impl fmt::Display for ClientDescription {
    /// What there is, as `cloud=…, auth_url=…`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verify = if self.verify { None } else { Some("false") };
        let parts = [
            ("cloud", self.cloud.as_deref()),
            ("auth_url", self.auth_url.as_deref()),
            ("auth_type", Some(self.auth_type.as_str())),
            ("user", self.user.as_deref()),
            ("user_domain", self.user_domain.as_deref()),
            ("application_credential", self.application_credential.as_deref()),
            ("project", self.project.as_deref()),
            ("project_domain", self.project_domain.as_deref()),
            ("region_name", self.region_name.as_deref()),
            ("interface", Some(self.interface.as_str())),
            ("service_type", Some(self.service_type.as_str())),
            ("service_name", self.service_name.as_deref()),
            ("endpoint", self.endpoint.as_deref()),
            ("compute_api_version", self.compute_api_version.as_deref()),
            ("verify", verify),
            ("ca_file", self.ca_file.as_deref()),
        ];
        let known = parts.into_iter().filter_map(|(name, text)| Some((name, text?)));
        for (place, (name, text)) in known.enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{name}={text:?}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::openstack::{Client, Config};
    use crate::{HttpOptions, Secret};

    fn shown(config: &Config) -> String {
        Client::new(config).unwrap().description().to_string()
    }

    #[test]
    fn what_counts_is_told_and_nothing_secret() {
        let text = |text: &str| Some(text.to_owned());
        let password = Config {
            cloud: text("production"),
            auth_url: text("https://k.example:5000/v3/auth/tokens"),
            username: text("ada"),
            user_domain_name: text("Staff"),
            password: Some(Secret::from("pw-of-ada")),
            project_name: text("web"),
            region_name: text("north"),
            interface: text("internalURL,public"),
            compute_api_version: text("2.89"),
            http: HttpOptions { verify: Some(false), ..HttpOptions::default() },
            ..Config::default()
        };
        let password_shown = shown(&password);
        assert_eq!(
            password_shown,
            "cloud=\"production\", auth_url=\"https://k.example:5000/v3\", auth_type=\"password\", \
             user=\"ada\", user_domain=\"Staff\", project=\"web\", project_domain=\"default\", \
             region_name=\"north\", interface=\"internal,public\", service_type=\"compute\", \
             compute_api_version=\"2.89\", verify=\"false\""
        );
        let credential = Config {
            auth_url: text("https://k.example"),
            username: text("ada"),
            application_credential_id: text("a1"),
            application_credential_secret: Some(Secret::from("secret-of-a1")),
            http: password.http.clone(),
            ..Config::default()
        };
        assert_eq!(
            shown(&credential),
            "auth_url=\"https://k.example\", auth_type=\"v3applicationcredential\", \
             application_credential=\"a1\", interface=\"public\", service_type=\"compute\", \
             verify=\"false\""
        );
        let as_it_is = Config {
            auth_type: text("admin_token"),
            endpoint: text("https://nova.example/v2.1/"),
            token: Some(Secret::from("token-of-ada")),
            ..credential
        };
        assert_eq!(
            shown(&as_it_is),
            "auth_type=\"admin_token\", interface=\"public\", service_type=\"compute\", \
             endpoint=\"https://nova.example/v2.1\", verify=\"false\""
        );
    }

    #[test]
    fn as_json_what_is_not_known_is_null() {
        let config = Config {
            endpoint: Some("https://nova.example/v2.1".to_owned()),
            token: Some(Secret::from("token-of-ada")),
            http: HttpOptions { verify: Some(false), ..HttpOptions::default() },
            ..Config::default()
        };
        let json = Client::new(&config).unwrap().description().to_json();
        assert!(!json.contains("token-of-ada"), "{json}");
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["auth_url"], serde_json::Value::Null);
        assert_eq!(json["endpoint"], "https://nova.example/v2.1");
        assert_eq!(json["verify"], false);
    }
}
