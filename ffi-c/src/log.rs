//! Sends the log to the program's function.

use std::ffi::{CString, c_char, c_void};
use std::ptr;

use ::log::{LevelFilter, Log, Metadata, Record};
use katapult::LOG_TARGET;

use crate::callback::{self, Setting};

/// The level of a log line. As a limit, it includes all more severe levels.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
#[repr(C)]
pub enum katapult_log_level {
    /// As a limit: no lines.
    Off = 0,
    /// A failure that no call can report.
    Error = 1,
    /// Something to fix, such as a file with a password that other users of the machine can read.
    Warn = 2,
    /// Not used so far.
    Info = 3,
    /// Each attempt to send a request.
    Debug = 4,
}

/// A level as passed by C: any number.
#[allow(non_camel_case_types)]
type katapult_any_log_level = i32;

/// Receives a log line, on the thread of the call it is about. Several threads may call it at once.
/// See "Callbacks" above.
///
/// @param level  The level of the line.
/// @param message  One line without a line break. Valid during the call; do not free it.
/// @param user_data  What was given to `katapult_log_set`.
#[allow(non_camel_case_types)]
pub type katapult_log_fn = Option<
    unsafe extern "C-unwind" fn(
        level: katapult_log_level,
        message: *const c_char,
        user_data: *mut c_void,
    ),
>;

/// Sends the log of the whole process to a function; see "Logging" above.
///
/// May be called at any time. Calls that are running may pass one more line to the previous function,
/// so its `user_data` must stay valid until they have returned.
///
/// @param log  The function; NULL (the default) for none.
/// @param user_data  Passed to `log`.
/// @param max_level  Log this level and all more severe ones.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_log_set(
    log: katapult_log_fn,
    user_data: *mut c_void,
    max_level: katapult_any_log_level,
) {
    if log.is_some() {
        install();
    }
    SINK.set(log.map(|function| Sink { function, user_data, max_level: limit(max_level) }));
}

fn limit(level: katapult_any_log_level) -> LevelFilter {
    const OFF: i32 = katapult_log_level::Off as i32;
    const ERROR: i32 = katapult_log_level::Error as i32;
    const WARN: i32 = katapult_log_level::Warn as i32;
    const INFO: i32 = katapult_log_level::Info as i32;
    match level {
        ..=OFF => LevelFilter::Off,
        ERROR => LevelFilter::Error,
        WARN => LevelFilter::Warn,
        INFO => LevelFilter::Info,
        _ => LevelFilter::Debug,
    }
}

type Function = unsafe extern "C-unwind" fn(katapult_log_level, *const c_char, *mut c_void);

struct Sink {
    function: Function,
    user_data: *mut c_void,
    max_level: LevelFilter,
}

impl PartialEq for Sink {
    fn eq(&self, other: &Sink) -> bool {
        ptr::fn_addr_eq(self.function, other.function)
            && self.user_data == other.user_data
            && self.max_level == other.max_level
    }
}

static SINK: Setting<Sink> = Setting::new();

struct Logger;

/// The level stays when the function is removed, to avoid a race between threads. A line then costs a
/// check of [`SINK`].
fn install() {
    // Fails if this logger is already set; a C library can have no other.
    let _ = ::log::set_logger(&Logger);
    ::log::set_max_level(LevelFilter::Debug);
}

impl Log for Logger {
    /// Other crates' records may hold secrets, so they are dropped.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == LOG_TARGET
            && SINK.get().is_some_and(|sink| metadata.level() <= sink.max_level)
    }

    fn log(&self, record: &Record<'_>) {
        let Some(sink) = SINK.get().filter(|_| self.enabled(record.metadata())) else { return };
        let level = match record.level() {
            ::log::Level::Error => katapult_log_level::Error,
            ::log::Level::Warn => katapult_log_level::Warn,
            ::log::Level::Info => katapult_log_level::Info,
            ::log::Level::Debug | ::log::Level::Trace => katapult_log_level::Debug,
        };
        let message = record.args().to_string().replace('\0', "");
        let message = CString::new(message).unwrap_or_default();
        // SAFETY: C passes a function of this signature that any thread may call; the string lives
        // until it returns.
        callback::run("log", || unsafe {
            (sink.function)(level, message.as_ptr(), sink.user_data)
        });
    }

    fn flush(&self) {}
}
