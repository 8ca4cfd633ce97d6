//! Where a client goes: URLs of services and proxies, and NO_PROXY.

use std::time::Duration;

use katapult::{Client, Config, HttpOptions, Secret, openstack};

use crate::check::check_refused;
use crate::input::lines;

/// Lines: the URL, the proxy as an option, the proxies and NO_PROXY of the environment, a project's id.
pub fn run(data: &[u8]) {
    let Some(mut lines) = lines(data) else { return };
    let mut next = || lines.next().map(str::to_owned).filter(|line| !line.contains('\0'));
    let url = next();
    let http_options = HttpOptions {
        proxy: next().map(Secret::from),
        timeout: Some(Duration::from_secs(1)),
        // Reading the system's certificates for each input would be all that is done.
        verify: Some(false),
        allow_http: true,
        ..HttpOptions::default()
    };
    for name in ["https_proxy", "http_proxy", "all_proxy", "no_proxy"] {
        // SAFETY: this target has one thread.
        unsafe { std::env::set_var(name, next().unwrap_or_default()) };
    }
    let katapult = Config {
        api_token: Some("token".into()),
        base_url: url.clone(),
        http: http_options.clone(),
        ..Config::default()
    };
    if let Some(client) = check_refused(Client::new(katapult)) {
        let used = client.base_url().to_ascii_lowercase();
        assert!(used.starts_with("http") && !used.ends_with('/'), "{used}");
    }
    let project_id = next();
    let nova = openstack::Config {
        token: Some("token".into()),
        endpoint: url.clone(),
        project_id: project_id.clone(),
        http: http_options.clone(),
        ..openstack::Config::default()
    };
    check_refused(openstack::Client::new(&nova));
    let keystone = openstack::Config {
        auth_url: url,
        username: Some("user".into()),
        password: Some("password".into()),
        project_id,
        http: http_options,
        ..openstack::Config::default()
    };
    check_refused(openstack::Client::new(&keystone));
}
