//! Options as JSON, of both clients.

use katapult::{Client, Config, openstack};

use crate::check::check_refused;

/// An options_json.
pub fn run(data: &[u8]) {
    let Ok(options) = std::str::from_utf8(data) else { return };
    if let Some(mut config) = check_refused(Config::from_json(options)) {
        let _ = format!("{config:?}");
        // Any file of this machine, a pipe for instance, would do.
        let http = &mut config.http;
        (http.ca_file, http.cert_file, http.key_file) = (None, None, None);
        check_refused(Client::new(config));
    }
    if let Some(mut config) = check_refused(openstack::Config::from_json(options)) {
        let _ = format!("{config:?}");
        let http = &mut config.http;
        (http.ca_file, http.cert_file, http.key_file) = (None, None, None);
        check_refused(openstack::Client::new(&config));
    }
}
