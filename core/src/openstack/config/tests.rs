//! What entries of clouds.yaml become. They are completed without the environment.

use super::complete::by_entry;
use super::settings::Settings;
use crate::Secret;
use crate::openstack::Config;
use crate::openstack::clouds::tests::entry;

/// The configuration that an entry gives to arguments.
fn config(given: Config, text: &str) -> Result<Config, String> {
    let entry = entry(text, given.region_name.as_deref(), given.auth_url.is_some());
    by_entry(given, &entry?).map_err(|error| error.to_string())
}

fn shown(config: &Config) -> String {
    let secret = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.reveal().to_owned());
    let path =
        |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let texts = [
        ("auth_url", config.auth_url.clone()),
        ("auth_type", config.auth_type.clone()),
        ("endpoint", config.endpoint.clone()),
        ("token", secret(&config.token)),
        ("username", config.username.clone()),
        ("user_id", config.user_id.clone()),
        ("password", secret(&config.password)),
        ("user_domain_id", config.user_domain_id.clone()),
        ("user_domain_name", config.user_domain_name.clone()),
        ("project_id", config.project_id.clone()),
        ("project_name", config.project_name.clone()),
        ("project_domain_id", config.project_domain_id.clone()),
        ("project_domain_name", config.project_domain_name.clone()),
        ("application_credential_id", config.application_credential_id.clone()),
        ("application_credential_secret", secret(&config.application_credential_secret)),
        ("region_name", config.region_name.clone()),
        ("interface", config.interface.clone()),
        ("service_type", config.service_type.clone()),
        ("service_name", config.service_name.clone()),
        ("compute_api_version", config.compute_api_version.clone()),
        ("verify", config.http.verify.map(|verify| verify.to_string())),
        ("ca_file", path(&config.http.ca_file)),
        ("cert_file", path(&config.http.cert_file)),
        ("key_file", path(&config.http.key_file)),
    ];
    let set = texts.into_iter().filter_map(|(name, text)| Some(format!("{name}={}", text?)));
    set.collect::<Vec<_>>().join(" ")
}

#[test]
fn each_key_is_obeyed_where_the_sdk_takes_it() {
    let table = [
        ("auth: {auth_url: u, username: a}", "auth_url=u username=a"),
        ("auth: {auth-url: u, user_name: a}", "auth_url=u username=a"),
        ("auth_url: u\nusername: a", "auth_url=u username=a"),
        ("auth: {password: in}\npassword: beside", "password=in"),
        ("auth: {user_name: in}\nusername: beside", "username=in"),
        ("auth: {token: in}\ntoken: beside", "token=beside"),
        ("auth: {token: in}\nauth_token: beside", "token=in"),
        ("auth: {auth-token: in}", "token=in"),
        ("auth: {project_name: in}\nproject_name: beside", "project_name=beside"),
        ("auth: {project_id: in}\ntenant_id: beside", "project_id=in"),
        ("auth: {tenant_id: in}\ntenant_id: beside", "project_id=beside"),
        ("auth: {password: ''}\npassword: beside", "password=beside"),
        ("auth: {password: ~}", ""),
        ("auth: ~", ""),
        ("auth_plugin: token", "auth_type=token"),
        ("auth_plugin: token\nauth_type: v3token", "auth_type=v3token"),
        ("endpoint_type: internalURL", "interface=internalURL"),
        ("interface: admin\nendpoint_type: internalURL", "interface=internalURL"),
        ("interface: [internal, public]", "interface=internal,public"),
        ("interface: admin\ncompute_interface: internal", "interface=internal"),
        ("interface: admin\ncompute-endpoint-type: internal", "interface=internal"),
        ("interface: admin\nvolume_interface: internal", "interface=admin"),
        ("compute_endpoint: a", "endpoint=a"),
        ("compute_endpoint: a\ncompute_endpoint_override: b", "endpoint=b"),
        ("auth: {endpoint: c}\ncompute_endpoint_override: b", "endpoint=b"),
        ("auth: {endpoint: c, token: t}", "endpoint=c token=t"),
        ("auth_type: password\nauth: {endpoint: c}", "auth_type=password"),
        ("auth_type: admin_token\nauth: {url: c}", "auth_type=admin_token endpoint=c"),
        ("auth: {url: c}", ""),
        ("compute_service_type: x\ncompute_service_name: y", "service_type=x service_name=y"),
        ("compute_api_version: 2.10", "compute_api_version=2.10"),
        ("compute_api_version: 2\ncompute_default_microversion: 2.60", "compute_api_version=2.60"),
        ("verify: no", "verify=false"),
        ("verify: 'Yes'", "verify=true"),
        ("insecure: true\nverify: true", "verify=false"),
        ("insecure: off\nverify: false", "verify=false"),
        ("cacert: /a\ncert: /b\nkey: /c", "ca_file=/a cert_file=/b key_file=/c"),
        ("region_name: r\ncompute_region_name: s", "region_name=s"),
        ("api_timeout: 7\nhas_network: false\nnetworks: []\nmetrics: {statsd: {}}", ""),
        ("volume_endpoint_override: x\nidentity_api_version: 3\nfoo: [bar]", ""),
        (
            "auth: {auth_url: 'https://{region_name}.x/{name}'}\nname: y\nregion_name: r",
            "auth_url=https://r.x/y region_name=r",
        ),
        (
            "compute_endpoint_override: 'https://{region_name}'\nregion_name: r",
            "endpoint=https://r region_name=r",
        ),
    ];
    for (text, expected) in table {
        let found = config(Config::default(), text);
        assert_eq!(found.as_ref().map(shown).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_cannot_be_obeyed_is_refused_by_name_and_shows_no_value() {
    let table = [
        ("auth: {usrname: hunter2}", "clouds.c.auth.usrname"),
        ("auth: {region_name: hunter2}", "clouds.c.auth.region_name must be beside auth"),
        ("auth: {trust_id: hunter2}", "clouds.c.auth.trust_id"),
        ("system_scope: hunter2", "clouds.c.system_scope"),
        ("auth: {passcode: hunter2}", "clouds.c.auth.passcode"),
        ("identity_provider: hunter2", "clouds.c.identity_provider"),
        ("auth: {username: [hunter2]}", "clouds.c.auth.username must be a text"),
        ("auth: {password: {hunter2: 1}}", "clouds.c.auth.password must be a text"),
        ("auth: [hunter2]", "clouds.c.auth must be a mapping"),
        ("interface: {a: hunter2}", "clouds.c.interface must be a text or a list"),
        ("verify: hunter2", "clouds.c.verify must be true or false"),
        ("insecure: 1", "clouds.c.insecure must be true or false"),
        ("a-b: 1\na_b: hunter2", "clouds.c.a_b is given twice"),
        ("auth: {auth_url: 'https://{password}', password: hunter2}", "{password}"),
        ("password: hunter2\nauth_url: 'https://{password}'", "{password}"),
        ("auth: {auth_url: 'https://{region_name}'}", "{region_name}"),
        (
            "compute_api_version: 2.60\ncompute_default_microversion: 2.61",
            "compute_api_version and",
        ),
        ("auth: {username: a, password: hunter2, domain_name: x}", "domain_name without a project"),
        ("auth_type: password\ndomain_id: x", "domain_id without a project"),
        ("profile: ovh", "auth_url: https://auth.cloud.ovh.net/v3"),
        ("profile: hunter2", "clouds.c.profile names a profile"),
        ("cloud: ovh", "clouds.c.cloud names a vendor"),
    ];
    for (text, expected) in table {
        let error = config(Config::default(), text).unwrap_err();
        assert!(error.contains(expected) && !error.contains("hunter2"), "{text}: {error}");
    }
    // A way to log in that is chosen makes others' keys leftovers.
    let found = config(Config::default(), "auth_type: password\nauth: {passcode: x}").unwrap();
    assert_eq!(shown(&found), "auth_type=password");
}

#[test]
fn unknown_keys_beside_auth_are_kept_for_a_warning() {
    let entry = entry("foo-bar: 1\nhas_x: 1\nauth: {username: a}", None, false).unwrap();
    let unknown = Settings::read(&entry).unwrap().unknown;
    assert_eq!(unknown, ["f: clouds.c.foo_bar"]);
}

#[test]
fn arguments_win_over_an_entry_and_a_name_is_not_replaced_by_an_id() {
    let text = |text: &str| Some(text.to_owned());
    let all = "auth: {username: a, user_id: i, user_domain_id: d, project_name: p, project_id: q, \
               auth_url: u, password: pw}\ncert: /c\nkey: /k\nregion_name: r";
    let table = [
        (Config { username: text("b"), ..Config::default() }, "username=b password=pw"),
        (Config { user_id: text("b"), ..Config::default() }, "user_id=b password=pw"),
        (Config { project_name: text("b"), ..Config::default() }, "project_name=b"),
        (Config { user_domain_name: text("b"), ..Config::default() }, "user_domain_name=b"),
        (Config { region_name: text("b"), ..Config::default() }, "region_name=b"),
    ];
    for (given, expected) in table {
        let found = shown(&config(given, all).unwrap());
        assert!(found.contains(expected), "{found}");
        let key = expected.split('=').next().unwrap();
        for other in ["username", "user_id", "project_name", "project_id", "user_domain_id"] {
            let same = other[..4] == key[..4] && other.contains("domain") == key.contains("domain");
            assert!(!same || other == key || !found.contains(&format!("{other}=")), "{found}");
        }
    }
    let mut given = Config::default();
    given.http.cert_file = Some("/own".into());
    let found = shown(&config(given, all).unwrap());
    assert!(found.contains("cert_file=/own") && !found.contains("key_file"), "{found}");
}

#[test]
fn a_region_is_chosen_and_its_values_count() {
    let two = "regions: [one, two]";
    let own = "regions:\n- one\n- {name: two, values: {auth: {username: b}, interface: internal}}\n\
               interface: public\nauth: {username: a, password: p}";
    let table = [
        (None, "region_name: one", "region_name=one"),
        (None, "region_name: 'one, two'", "region_name=one"),
        (None, "region_name: [one, two]", "region_name=one"),
        (Some("two"), "region_name: one,two", "region_name=two"),
        (Some("three"), "region_name: one", "region_name=three"),
        (Some("three"), "", "region_name=three"),
        (None, two, "region_name=one"),
        (Some("two"), two, "region_name=two"),
        (None, "regions: [one, two]\nregion_name: one", "region_name=one"),
        (Some("two"), "regions: [one, two]\nregion_name: one", "region_name=two"),
        (None, own, "username=a password=p region_name=one interface=public"),
        (Some("two"), own, "username=b password=p region_name=two interface=internal"),
        (
            None,
            "regions: [{name: one, values: {interface: ~}}]\ninterface: admin",
            "region_name=one interface=admin",
        ),
    ];
    for (given, text, expected) in table {
        let given = Config { region_name: given.map(str::to_owned), ..Config::default() };
        let found = config(given, text);
        assert_eq!(found.as_ref().map(shown).as_deref(), Ok(expected), "{text}");
    }
    let refused = [
        (Some("three"), two, "has the regions one, two"),
        (Some("three"), "region_name: [one, two]", "has the regions one, two"),
        (None, "regions: [one, two]\nregion_name: two", "say which"),
        (None, "regions: []", "empty list"),
        (None, "regions: one", "must be a list"),
        (None, "regions: [{values: {}}]", "must be a list"),
        (None, "regions: [{name: a, value: {}}]", "must be a list"),
        (None, "regions: [{name: a, values: {region_name: b}}]", "differs from the region's name"),
        (None, "regions: [{name: a, values: {auth: {usr: b}}}]", "auth.usr is not known"),
        (None, "region_name: {a: b}", "must be a text or a list"),
    ];
    for (given, text, expected) in refused {
        let given = Config { region_name: given.map(str::to_owned), ..Config::default() };
        let error = config(given, text).unwrap_err();
        assert!(error.contains(expected), "{text}: {error}");
    }
}
