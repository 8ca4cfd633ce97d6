//! A logger for tests that look at everything which any crate says, at every level.

use log::{LevelFilter, Log, Metadata, Record};

struct Logger;

/// If the environment asks for it.
pub(crate) fn install() {
    if std::env::var_os("KATAPULT_DRIVER_LOG").is_some() && log::set_logger(&Logger).is_ok() {
        log::set_max_level(LevelFilter::Trace);
    }
}

impl Log for Logger {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        eprintln!("{} {}: {}", record.level(), record.target(), record.args());
    }

    fn flush(&self) {}
}
