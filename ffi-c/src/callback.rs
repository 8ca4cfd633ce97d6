//! The program's functions that the library calls during a call.

use std::cell::Cell;
use std::io::{self, Write};
use std::iter;
use std::mem;
use std::process;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use katapult::{Error, Result};

/// A process-wide setting.
///
/// Values are never freed: a thread may still use an old one, and waiting for it would take a lock,
/// which a fork could leave held forever. Equal values are stored once, so that a program which switches
/// back and forth does not grow.
pub(crate) struct Setting<T: 'static> {
    current: AtomicPtr<Kept<T>>,
    newest: AtomicPtr<Kept<T>>,
}

struct Kept<T: 'static> {
    value: T,
    older: Option<&'static Kept<T>>,
}

impl<T: PartialEq> Setting<T> {
    pub(crate) const fn new() -> Setting<T> {
        Setting {
            current: AtomicPtr::new(ptr::null_mut()),
            newest: AtomicPtr::new(ptr::null_mut()),
        }
    }

    pub(crate) fn get(&self) -> Option<&'static T> {
        at(&self.current).map(|kept| &kept.value)
    }

    pub(crate) fn set(&self, value: Option<T>) {
        let kept = value.map_or(ptr::null_mut(), |value| self.keep(value));
        self.current.store(kept, Ordering::Release);
    }

    fn keep(&self, value: T) -> *mut Kept<T> {
        let mut made = Box::new(Kept { value, older: None });
        loop {
            let newest = at(&self.newest);
            let all = iter::successors(newest, |kept| kept.older);
            if let Some(known) = all.into_iter().find(|kept| kept.value == made.value) {
                return ptr::from_ref(known).cast_mut();
            }
            made.older = newest;
            let before = newest.map_or(ptr::null_mut(), |kept| ptr::from_ref(kept).cast_mut());
            let raw = Box::into_raw(made);
            match self.newest.compare_exchange(before, raw, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return raw,
                // SAFETY: made two lines above, and not shared.
                Err(_) => made = unsafe { Box::from_raw(raw) },
            }
        }
    }
}

fn at<T>(place: &AtomicPtr<Kept<T>>) -> Option<&'static Kept<T>> {
    // SAFETY: NULL, or made by `Setting::keep`, which is complete when its pointer is stored and is
    // never changed or freed.
    unsafe { place.load(Ordering::Acquire).as_ref() }
}

thread_local! {
    /// The program's function that this thread is in.
    static WITHIN: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Runs `call`, the program's function, which must not make calls of the library: `name` is named in
/// their error.
pub(crate) fn run<T>(name: &'static str, call: impl FnOnce() -> T) -> T {
    let outer = WITHIN.replace(Some(name));
    let result = must_return(name, call);
    WITHIN.set(outer);
    result
}

/// Runs `call`, the program's function. A C++ exception that leaves it, and the end of its thread, abort
/// the process here: it would be unwound to where nothing can be returned any more.
pub(crate) fn must_return<T>(name: &'static str, call: impl FnOnce() -> T) -> T {
    let running = Running(name);
    let result = call();
    mem::forget(running);
    result
}

struct Running(&'static str);

impl Drop for Running {
    fn drop(&mut self) {
        let Running(name) = self;
        let text = format!(
            "katapult-disk: the {name} function must return: it threw an exception or ended its thread\n"
        );
        // Nobody is left to be told if it fails.
        let _ = io::stderr().write_all(text.as_bytes());
        process::abort();
    }
}

/// Rejects calls made inside such a function: they could wait forever for a lock, such as the login's,
/// that the outer call holds.
pub(crate) fn refuse_within() -> Result<()> {
    match WITHIN.get() {
        None => Ok(()),
        Some(name) => Err(Error::invalid_argument(format!(
            "the {name} function must not make calls of this library"
        ))),
    }
}
