//! A value that each forked process has its own of.

use std::process;
use std::sync::OnceLock;

/// A forked child must not use its parent's connections, since both would read each other's responses.
/// So each process gets its own value, made when it is first needed.
///
/// A linked list instead of a lock: a lock that another thread holds during the fork stays locked in
/// the child forever.
#[derive(Debug)]
pub(crate) struct PerProcess<T> {
    process: u32,
    value: T,
    child: OnceLock<Box<PerProcess<T>>>,
}

impl<T> PerProcess<T> {
    /// `value` is for the calling process.
    pub(crate) fn new(value: T) -> PerProcess<T> {
        PerProcess { process: process::id(), value, child: OnceLock::new() }
    }

    /// This process's value; calls `make` if it has none yet.
    pub(crate) fn get(&self, make: impl Fn() -> T) -> &T {
        let process = process::id();
        let mut generation = self;
        while generation.process != process {
            generation = generation.child.get_or_init(|| Box::new(PerProcess::new(make())));
        }
        &generation.value
    }
}
