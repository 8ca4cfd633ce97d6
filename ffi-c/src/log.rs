//! The log, through a function of the program's.

use std::cell::Cell;
use std::ffi::{CString, c_char, c_void};
use std::iter;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use ::log::{LevelFilter, Log, Metadata, Record};
use katapult::{Error, LOG_TARGET, Result};

/// How much a line of the log matters; as a limit, this and all above it.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
#[repr(C)]
pub enum katapult_log_level {
    /// As a limit: nothing.
    Off = 0,
    /// A failure that no call can report.
    Error = 1,
    /// Something to put right, such as a file with a password that other users of the machine may
    /// read.
    Warn = 2,
    /// Not used so far.
    Info = 3,
    /// Each request that was tried.
    Debug = 4,
}

/// A level as C passes it: any number.
#[allow(non_camel_case_types)]
type katapult_any_log_level = i32;

/// Takes a line of the log, on the thread whose call it is about; several threads may be in it at
/// once.
///
/// @param level  How much it matters.
/// @param message  One line without its end. Valid during the call; do not free it.
/// @param user_data  What was given to `katapult_log_set`.
#[allow(non_camel_case_types)]
pub type katapult_log_fn = Option<
    unsafe extern "C" fn(level: katapult_log_level, message: *const c_char, user_data: *mut c_void),
>;

/// Sends the log of the whole process to a function; see "Logging" above.
///
/// May be called at any time, also while calls run: those may still use the function before for one
/// more line, so its `user_data` has to stay valid until they have returned.
///
/// @param log  The function; NULL for none, as it is at the start.
/// @param user_data  Passed to `log`.
/// @param max_level  What is logged: this level and those above it.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_log_set(
    log: katapult_log_fn,
    user_data: *mut c_void,
    max_level: katapult_any_log_level,
) {
    let sink = match log {
        Some(function) => {
            install();
            Sink::kept(function, user_data, limit(max_level))
        }
        _ => ptr::null_mut(),
    };
    SINK.store(sink, Ordering::Release);
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

type Function = unsafe extern "C" fn(katapult_log_level, *const c_char, *mut c_void);

/// Where the log goes: a `Sink` of the list, or NULL.
static SINK: AtomicPtr<Sink> = AtomicPtr::new(ptr::null_mut());

/// All sinks that there ever were, the newest first. They stay, since a thread may be using any of
/// them, and to wait for it would take a lock, which a fork could leave held for ever.
static SINKS: AtomicPtr<Sink> = AtomicPtr::new(ptr::null_mut());

struct Sink {
    function: Function,
    user_data: *mut c_void,
    max_level: LevelFilter,
    older: Option<&'static Sink>,
}

impl Sink {
    /// The sink with these parts. There is one of each, so that a program which goes on and off does
    /// not grow.
    fn kept(function: Function, user_data: *mut c_void, max_level: LevelFilter) -> *mut Sink {
        let is_it = |sink: &&Sink| {
            ptr::fn_addr_eq(sink.function, function)
                && sink.user_data == user_data
                && sink.max_level == max_level
        };
        let mut made = Box::new(Sink { function, user_data, max_level, older: None });
        loop {
            let newest = at(&SINKS);
            if let Some(known) = iter::successors(newest, |sink| sink.older).find(is_it) {
                return ptr::from_ref(known).cast_mut();
            }
            made.older = newest;
            let before = newest.map_or(ptr::null_mut(), |sink| ptr::from_ref(sink).cast_mut());
            let raw = Box::into_raw(made);
            match SINKS.compare_exchange(before, raw, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return raw,
                // SAFETY: made two lines above, and nobody else has seen it.
                Err(_) => made = unsafe { Box::from_raw(raw) },
            }
        }
    }
}

fn at(place: &AtomicPtr<Sink>) -> Option<&'static Sink> {
    // SAFETY: NULL, or a sink of `Sink::kept`, which is complete when its pointer is stored and is
    // never changed or freed.
    unsafe { place.load(Ordering::Acquire).as_ref() }
}

thread_local! {
    static IS_LOGGING: Cell<bool> = const { Cell::new(false) };
}

/// Refuses a call that the log function makes: it would wait for the very call that is logged, if
/// that holds something such as the turn to log in.
pub(crate) fn refuse_within() -> Result<()> {
    if IS_LOGGING.get() {
        return Err(Error::invalid_argument(
            "the log function must not make calls of this library",
        ));
    }
    Ok(())
}

struct Logger;

/// Without a function the level stays, so that no two threads can be of different opinions: a line
/// costs a look at [`SINK`] then.
fn install() {
    // It fails where this logger is set already; another one cannot be, in a C library.
    let _ = ::log::set_logger(&Logger);
    ::log::set_max_level(LevelFilter::Debug);
}

impl Log for Logger {
    /// Nothing of other crates: what they log is not known to be free of secrets.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == LOG_TARGET
            && at(&SINK).is_some_and(|sink| metadata.level() <= sink.max_level)
    }

    fn log(&self, record: &Record<'_>) {
        let Some(sink) = at(&SINK).filter(|_| self.enabled(record.metadata())) else { return };
        let level = match record.level() {
            ::log::Level::Error => katapult_log_level::Error,
            ::log::Level::Warn => katapult_log_level::Warn,
            ::log::Level::Info => katapult_log_level::Info,
            ::log::Level::Debug | ::log::Level::Trace => katapult_log_level::Debug,
        };
        let message = record.args().to_string().replace('\0', "");
        let message = CString::new(message).unwrap_or_default();
        IS_LOGGING.set(true);
        // SAFETY: C passes a function of this signature that any thread may call; the string lives
        // until it returns.
        unsafe { (sink.function)(level, message.as_ptr(), sink.user_data) };
        IS_LOGGING.set(false);
    }

    fn flush(&self) {}
}
