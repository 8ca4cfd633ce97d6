//! One value for each process that a client passes through by `fork`.

use std::process;
use std::sync::OnceLock;

/// A child must not use its parent's connections: both would read each other's answers. So each
/// process gets a value of its own, made when it is first needed.
///
/// A chain instead of a lock: a lock that another thread holds at the moment of the fork stays
/// locked in the child for ever.
#[derive(Debug)]
pub(crate) struct PerProcess<T> {
    process: u32,
    value: T,
    child: OnceLock<Box<PerProcess<T>>>,
}

impl<T> PerProcess<T> {
    /// `value` is for the process that calls this.
    pub(crate) fn new(value: T) -> PerProcess<T> {
        PerProcess { process: process::id(), value, child: OnceLock::new() }
    }

    /// This process's value; `make` makes it in a process that has none yet.
    pub(crate) fn get(&self, make: impl Fn() -> T) -> &T {
        let process = process::id();
        let mut generation = self;
        while generation.process != process {
            generation = generation.child.get_or_init(|| Box::new(PerProcess::new(make())));
        }
        &generation.value
    }
}
