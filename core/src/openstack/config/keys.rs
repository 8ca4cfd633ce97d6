//! The list of all keys that openstacksdk 4 and keystoneauth know, and what each means here.
//!
//! An entry of clouds.yaml, its `auth`, secure.yaml, the values of a region and the environment (`OS_`
//! and the key in capitals) are all read by it.

use std::path::PathBuf;

use super::settings::Settings;
use crate::Secret;

/// A key that is obeyed.
pub(super) struct Key {
    /// By which it is looked for, in order of weight.
    pub(super) names: &'static [&'static str],
    pub(super) place: Place,
    pub(super) read: Read,
}

/// Where a key may be. Logins are described in `auth`; openstacksdk takes that beside it, too.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// In `auth`, which wins, or beside it.
    Auth,
    /// As [`Place::Auth`], but the value beside it wins (openstacksdk, `_fix_backwards_auth`).
    AuthLast,
    /// Only beside `auth`.
    Entry,
}

/// How a value is read, and where it goes.
#[derive(Clone, Copy)]
pub(super) enum Read {
    Text(fn(&mut Settings) -> &mut Option<String>),
    Secret(fn(&mut Settings) -> &mut Option<Secret>),
    Path(fn(&mut Settings) -> &mut Option<PathBuf>),
    /// A text, or a list that becomes one with commas.
    Words(fn(&mut Settings) -> &mut Option<String>),
    Flag(fn(&mut Settings) -> &mut Option<bool>),
}

const fn key(names: &'static [&'static str], place: Place, read: Read) -> Key {
    Key { names, place, read }
}

use Place::{Auth, AuthLast, Entry};
use Read::{Flag, Path, Text, Words};

pub(super) const OBEYED: [Key; 38] = [
    key(&["auth_url"], Auth, Text(|s| &mut s.config.auth_url)),
    key(&["username", "user_name"], Auth, Text(|s| &mut s.config.username)),
    key(&["user_id"], Auth, Text(|s| &mut s.config.user_id)),
    key(&["password"], Auth, Read::Secret(|s| &mut s.config.password)),
    key(&["token", "auth_token"], AuthLast, Read::Secret(|s| &mut s.config.token)),
    key(&["user_domain_id"], AuthLast, Text(|s| &mut s.config.user_domain_id)),
    key(&["user_domain_name"], AuthLast, Text(|s| &mut s.config.user_domain_name)),
    key(&["project_id", "tenant_id"], AuthLast, Text(|s| &mut s.config.project_id)),
    key(&["project_name", "tenant_name"], AuthLast, Text(|s| &mut s.config.project_name)),
    key(&["project_domain_id"], AuthLast, Text(|s| &mut s.config.project_domain_id)),
    key(&["project_domain_name"], AuthLast, Text(|s| &mut s.config.project_domain_name)),
    key(&["domain_id"], AuthLast, Text(|s| &mut s.domains.id)),
    key(&["domain_name"], AuthLast, Text(|s| &mut s.domains.name)),
    key(&["default_domain_id"], Auth, Text(|s| &mut s.domains.default_id)),
    key(&["default_domain_name"], Auth, Text(|s| &mut s.domains.default_name)),
    // Only the command line `openstack` knows it.
    key(&["default_domain"], Auth, Text(|s| &mut s.domains.default)),
    key(&["application_credential_id"], Auth, Text(|s| &mut s.config.application_credential_id)),
    key(
        &["application_credential_name"],
        Auth,
        Text(|s| &mut s.config.application_credential_name),
    ),
    key(
        &["application_credential_secret"],
        Auth,
        Read::Secret(|s| &mut s.config.application_credential_secret),
    ),
    key(&["endpoint"], Auth, Text(|s| &mut s.endpoint)),
    key(&["url"], Auth, Text(|s| &mut s.url)),
    key(&["auth_type", "auth_plugin"], Entry, Text(|s| &mut s.config.auth_type)),
    key(&["region_name"], Entry, Words(|s| &mut s.config.region_name)),
    // Here the older name wins: openstacksdk has a default of `interface`, which it would not replace.
    key(&["endpoint_type", "interface"], Entry, Words(|s| &mut s.config.interface)),
    key(&["compute_endpoint_override"], Entry, Text(|s| &mut s.compute.endpoint_override)),
    key(&["compute_endpoint"], Entry, Text(|s| &mut s.compute.endpoint)),
    key(&["compute_region_name"], Entry, Text(|s| &mut s.compute.region_name)),
    key(
        &["compute_interface", "compute_endpoint_type"],
        Entry,
        Words(|s| &mut s.compute.interface),
    ),
    key(&["compute_service_type"], Entry, Text(|s| &mut s.config.service_type)),
    key(&["compute_service_name"], Entry, Text(|s| &mut s.config.service_name)),
    key(&["compute_api_version"], Entry, Text(|s| &mut s.config.compute_api_version)),
    key(&["compute_default_microversion"], Entry, Text(|s| &mut s.compute.default_microversion)),
    key(&["cacert"], Entry, Path(|s| &mut s.config.http.ca_file)),
    key(&["cert"], Entry, Path(|s| &mut s.config.http.cert_file)),
    key(&["key"], Entry, Path(|s| &mut s.config.http.key_file)),
    key(&["verify"], Entry, Flag(|s| &mut s.config.http.verify)),
    key(&["insecure"], Entry, Flag(|s| &mut s.insecure)),
    key(&["profile", "cloud"], Entry, Text(|s| &mut s.profile)),
];

/// Keys that say where other keys are.
const STRUCTURE: [&str; 2] = ["auth", "regions"];

/// Keys that are refused, and why.
const REFUSED: [(&str, &str); 2] = [
    (
        "system_scope",
        "asks for a token of the whole system, but Nova needs one of a project: leave it out, and give \
         project_name or project_id",
    ),
    (
        "trust_id",
        "asks for a token of a trust, which this library does not support: log in with an application \
         credential, or leave it out",
    ),
];

/// Keys of ways to log in that this library does not support.
const OTHER_LOGINS: [&str; 30] = [
    "access_key",
    "access_secret",
    "access_token",
    "access_token_endpoint",
    "access_token_type",
    "auth_methods",
    "authorization_code",
    "client_id",
    "client_secret",
    "code",
    "code_challenge_method",
    "consumer_key",
    "consumer_secret",
    "device_authorization_endpoint",
    "discovery_endpoint",
    "identity_provider",
    "identity_provider_url",
    "idp_otp_key",
    "mutual_auth",
    "oauth2_client_id",
    "oauth2_client_secret",
    "oauth2_endpoint",
    "openid_scope",
    "passcode",
    "protocol",
    "redirect_host",
    "redirect_port",
    "redirect_uri",
    "scope",
    "service_provider_endpoint",
];

/// Keys that change nothing here: they are about other services, about openstacksdk's own functions,
/// or about the command line.
const HARMLESS: [&str; 29] = [
    "additional_user_agent",
    "app_name",
    "app_version",
    "beta_command",
    "cache",
    "collector_registry",
    "debug",
    "disable_vendor_agent",
    "external_network",
    "floating_ip_source",
    // This library tries both kinds of addresses.
    "force_ipv4",
    "image_api_use_tasks",
    "image_format",
    "internal_network",
    "log_file",
    "log_level",
    "message",
    "metrics",
    "nat_destination",
    "nat_source",
    "networks",
    "prefer_ipv6",
    "private",
    "requires_floating_ip",
    "secgroup_source",
    "status",
    "timing",
    "vendor_hook",
    "verbose_level",
];

/// Ends of keys that are harmless, each with a service's name before it, except for the keys of
/// `compute` that are obeyed. Time limits are those of this library: openstacksdk's `api_timeout` is for
/// one request, and `timeout` here for a call.
const HARMLESS_ENDS: [&str; 19] = [
    "api_version",
    "connect_retries",
    "connect_retry_delay",
    "default_microversion",
    "disabled_reason",
    "endpoint",
    "endpoint_override",
    "endpoint_type",
    "interface",
    "max_api_version",
    "max_version",
    "min_api_version",
    "min_version",
    "region_name",
    "retriable_status_codes",
    "service_name",
    "service_type",
    "status_code_retries",
    "status_code_retry_delay",
];

/// What a key means.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// It is obeyed, or changes nothing.
    Known,
    Refused(&'static str),
    OtherLogin,
    /// It is known, but not here: only beside `auth`.
    NotInAuth,
    Unknown,
}

/// What a key means in `auth`, or beside it.
pub(super) fn meaning(key: &str, in_auth: bool) -> Meaning {
    if let Some((_, why)) = REFUSED.iter().find(|(name, _)| *name == key) {
        return Meaning::Refused(why);
    }
    if OTHER_LOGINS.contains(&key) {
        return Meaning::OtherLogin;
    }
    if let Some(found) = OBEYED.iter().find(|obeyed| obeyed.names.contains(&key)) {
        let is_wrong = in_auth && found.place == Place::Entry;
        return if is_wrong { Meaning::NotInAuth } else { Meaning::Known };
    }
    match STRUCTURE.contains(&key) || is_harmless(key) {
        true if in_auth => Meaning::NotInAuth,
        true => Meaning::Known,
        false => Meaning::Unknown,
    }
}

fn is_harmless(key: &str) -> bool {
    let of_a_service = |end: &str| key.strip_suffix(end).is_some_and(|name| name.ends_with('_'));
    let of_all = ["retries", "retry_delay", "retriable_status_codes", "timeout"];
    HARMLESS.contains(&key)
        || key.starts_with("has_")
        || HARMLESS_ENDS.into_iter().any(of_a_service)
        || of_all.into_iter().any(|end| key.ends_with(end))
}

/// Whether a key's value must not be shown.
pub(in crate::openstack) fn is_secret(key: &str) -> bool {
    OBEYED.iter().any(|known| matches!(known.read, Read::Secret(_)) && known.names.contains(&key))
        || OTHER_LOGINS.contains(&key)
}

/// The keys that a variable of the environment is looked up for.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let obeyed = OBEYED.iter().flat_map(|key| key.names).copied();
    // `OS_CLOUD` names an entry of clouds.yaml, and not a vendor.
    obeyed.filter(|name| *name != "cloud").chain(REFUSED.map(|(name, _)| name)).chain(OTHER_LOGINS)
}

#[cfg(test)]
mod tests {
    use super::Meaning::{Known, NotInAuth, OtherLogin, Unknown};
    use super::{Meaning, meaning, names};

    #[test]
    fn what_keys_mean_beside_auth_and_in_it() {
        let table = [
            ("password", Known, Known),
            ("tenant_name", Known, Known),
            ("region_name", Known, NotInAuth),
            ("auth_type", Known, NotInAuth),
            ("regions", Known, NotInAuth),
            ("compute_endpoint_override", Known, NotInAuth),
            ("block_storage_endpoint_override", Known, NotInAuth),
            ("identity_api_version", Known, NotInAuth),
            ("volume_endpoint_type", Known, NotInAuth),
            ("compute_status_code_retries", Known, NotInAuth),
            ("status_code_retries", Known, NotInAuth),
            ("has_network", Known, NotInAuth),
            ("api_timeout", Known, NotInAuth),
            ("passcode", OtherLogin, OtherLogin),
            ("identity_provider", OtherLogin, OtherLogin),
            ("passwort", Unknown, Unknown),
            ("api_version", Unknown, Unknown),
            ("xinterface", Unknown, Unknown),
        ];
        for (key, beside, within) in table {
            assert_eq!(meaning(key, false), beside, "{key}");
            assert_eq!(meaning(key, true), within, "{key}");
        }
        assert!(matches!(meaning("trust_id", true), Meaning::Refused(_)));
    }

    #[test]
    fn no_key_is_listed_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for name in names().chain(super::HARMLESS).chain(super::STRUCTURE) {
            assert!(seen.insert(name), "{name}");
        }
    }
}
