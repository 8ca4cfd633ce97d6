//! Completes a program's arguments by what an entry of clouds.yaml, or the environment, says.

use super::settings::Settings;
use super::{Config, environment, login_kind};
use crate::openstack::auth_type::AuthType;
use crate::openstack::clouds::entry::Entry;
use crate::{Error, LOG_TARGET, Result};

/// Fills in what the arguments leave open. A name among them is not replaced by an id, nor an id by a
/// name.
pub(super) fn by_entry(mut config: Config, entry: &Entry) -> Result<Config> {
    let mut settings = Settings::read(entry)?;
    for place in &settings.unknown {
        log::warn!(target: LOG_TARGET, "{place} is not known, and is ignored");
    }
    config.auth_type = login_kind::chosen(&config, settings.config.auth_type.take())?;
    if let (None, Some(place)) = (&config.auth_type, &settings.other_login) {
        return Err(Error::invalid_configuration(format!(
            "{place} belongs to a way to log in that is not supported: set auth_type to the one that is \
             meant (password, token or v3applicationcredential), or leave it out"
        )));
    }
    complete_endpoint(&config, &mut settings);
    complete_domains(&config, &mut settings)?;
    let has_token = config.endpoint.is_some() && config.token.is_some();
    let from = settings.config;

    // A token with its service's URL needs nothing else, and must not be sent to a leftover's URL.
    if !(has_token && entry.name.is_none()) {
        fill(&mut config.auth_url, from.auth_url);
    }
    fill(&mut config.endpoint, from.endpoint);
    fill(&mut config.token, from.token);
    fill(&mut config.password, from.password);
    fill_one_of((&mut config.user_id, &mut config.username), (from.user_id, from.username));
    fill_one_of(
        (&mut config.user_domain_id, &mut config.user_domain_name),
        (from.user_domain_id, from.user_domain_name),
    );
    fill_one_of(
        (&mut config.project_id, &mut config.project_name),
        (from.project_id, from.project_name),
    );
    fill_one_of(
        (&mut config.project_domain_id, &mut config.project_domain_name),
        (from.project_domain_id, from.project_domain_name),
    );
    fill_one_of(
        (&mut config.application_credential_id, &mut config.application_credential_name),
        (from.application_credential_id, from.application_credential_name),
    );
    fill(&mut config.application_credential_secret, from.application_credential_secret);
    fill(&mut config.region_name, from.region_name);
    fill(&mut config.interface, from.interface);
    fill(&mut config.service_type, from.service_type);
    fill(&mut config.service_name, from.service_name);
    fill(&mut config.compute_api_version, from.compute_api_version);
    fill(&mut config.http.verify, from.http.verify);
    fill(&mut config.http.ca_file, from.http.ca_file);
    // A key belongs to its certificate.
    if config.http.cert_file.is_none() {
        config.http.cert_file = from.http.cert_file;
        fill(&mut config.http.key_file, from.http.key_file);
    }
    if let Some(name) = &entry.name {
        explain_a_missing_password(&config, name)?;
    }
    Ok(config)
}

fn fill<T>(field: &mut Option<T>, value: Option<T>) {
    if field.is_none() {
        *field = value;
    }
}

fn fill_one_of<T>(fields: (&mut Option<T>, &mut Option<T>), values: (Option<T>, Option<T>)) {
    if fields.0.is_none() && fields.1.is_none() {
        (*fields.0, *fields.1) = values;
    }
}

fn auth_type(config: &Config) -> Option<AuthType> {
    config.auth_type.as_deref().and_then(AuthType::known)
}

/// Whether a user with a password logs in. `others` is whether there are credentials of another kind, which
/// count where nothing names a type.
fn logs_in_by_password(config: &Config, others: bool) -> bool {
    match config.auth_type {
        Some(_) => auth_type(config) == Some(AuthType::Password),
        None => !others,
    }
}

/// `endpoint` and `url` are for a token without an identity service. A login ignores them in
/// openstacksdk, too.
fn complete_endpoint(config: &Config, settings: &mut Settings) {
    let auth_type = auth_type(config);
    let endpoint = settings.endpoint.take();
    if matches!(auth_type, Some(AuthType::Password | AuthType::ApplicationCredential)) {
        if endpoint.is_some() {
            log::warn!(
                target: LOG_TARGET,
                "endpoint is not used with this auth_type; the compute service's URL is \
                 compute_endpoint_override",
            );
        }
        return;
    }
    let url = settings.url.take();
    let url = url.filter(|_| auth_type == Some(AuthType::AdminToken));
    let chosen = settings.config.endpoint.take();
    settings.config.endpoint = chosen.or(endpoint).or(url);
}

fn complete_domains(config: &Config, settings: &mut Settings) -> Result<()> {
    let said = &settings.config;
    let projects = [&config.project_id, &config.project_name, &said.project_id, &said.project_name];
    let has_project = projects.into_iter().any(Option::is_some);
    let has_password = config.password.is_some() || said.password.is_some();
    let others = [&config.token, &said.token].into_iter().any(Option::is_some)
        || said.application_credential_secret.is_some();
    let logs_in = logs_in_by_password(config, others || !has_password);
    if let (false, true, Some(key)) = (has_project, logs_in, settings.domains.scope()) {
        return Err(Error::invalid_configuration(format!(
            "{key} without a project asks for a token of the domain, but Nova needs one of a project: \
             give project_name or project_id"
        )));
    }
    settings.domains.complete(&mut settings.config);
    Ok(())
}

/// People set OS_PASSWORD beside OS_CLOUD, which is read by some tools.
fn explain_a_missing_password(config: &Config, cloud: &str) -> Result<()> {
    let has_user = config.username.is_some() || config.user_id.is_some();
    let others = config.token.is_some() || config.application_credential_secret.is_some();
    let is_missing = has_user && logs_in_by_password(config, others) && config.password.is_none();
    if is_missing && environment::variable("OS_PASSWORD")?.is_some() {
        return Err(Error::invalid_configuration(format!(
            "the cloud {cloud:?} has a user without a password: of the environment's OS_ variables \
                 only OS_REGION_NAME counts beside a cloud; give password, or write it into secure.yaml"
        )));
    }
    Ok(())
}
