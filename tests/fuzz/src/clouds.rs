//! clouds.yaml, and secure.yaml over it.

use std::path::PathBuf;
use std::sync::LazyLock;

use katapult::openstack::Config;

use crate::check::check_refused;
use crate::input::until_nul;

struct Files {
    clouds: PathBuf,
    secure: PathBuf,
}

/// Files of this process, which the variables name.
static FILES: LazyLock<Files> = LazyLock::new(|| {
    let directory = std::env::temp_dir().join(format!("katapult-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory for clouds.yaml");
    let files =
        Files { clouds: directory.join("clouds.yaml"), secure: directory.join("secure.yaml") };
    // SAFETY: this target has one thread.
    unsafe { std::env::set_var("OS_CLIENT_CONFIG_FILE", &files.clouds) };
    // SAFETY: as above.
    unsafe { std::env::set_var("OS_CLIENT_SECURE_FILE", &files.secure) };
    files
});

/// The text of clouds.yaml, a NUL byte and that of secure.yaml. The cloud is called `c`.
pub fn run(data: &[u8]) {
    let (clouds, secure) = until_nul(data);
    std::fs::write(&FILES.clouds, clouds).expect("clouds.yaml");
    std::fs::write(&FILES.secure, secure).expect("secure.yaml");
    let config = Config { cloud: Some("c".into()), ..Config::default() };
    if let Some(config) = check_refused(config.or_env()) {
        let _ = format!("{config:?}");
    }
}
