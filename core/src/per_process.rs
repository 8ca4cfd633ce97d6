//! A value that each forked process has its own of.

use std::mem;
use std::sync::Arc;

use once_cell::race::OnceBox;

use crate::fork;

/// A forked child must not use its parent's connections, since both would read each other's responses.
/// So each process gets its own value, made when it is first needed.
///
/// A linked list without any lock: one that another thread holds during the fork stays locked in the
/// child forever. That includes the one inside `OnceLock`, which `OnceBox` does not have.
#[derive(Debug)]
pub(crate) struct PerProcess<T> {
    generation: u32,
    value: Arc<T>,
    child: OnceBox<PerProcess<T>>,
}

impl<T> PerProcess<T> {
    /// `value` is for the calling process.
    pub(crate) fn new(value: T) -> PerProcess<T> {
        PerProcess::of(fork::generation(), value)
    }

    fn of(generation: u32, value: T) -> PerProcess<T> {
        PerProcess { generation, value: Arc::new(value), child: OnceBox::new() }
    }

    /// This process's value. Calls `make` if there is none yet; if several threads do so at once, all get
    /// the value that was made first.
    pub(crate) fn get(&self, make: impl Fn() -> T) -> &T {
        let generation = fork::generation();
        let mut own = self;
        while own.generation != generation {
            own = own.child.get_or_init(|| Box::new(PerProcess::of(generation, make())));
        }
        &own.value
    }
}

impl<T> Drop for PerProcess<T> {
    /// Leaks what is an ancestor's: one of its threads may have been changing it during the fork.
    fn drop(&mut self) {
        if self.generation != fork::generation() {
            mem::forget(Arc::clone(&self.value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PerProcess;
    use std::sync::mpsc::channel;
    use std::thread;

    #[test]
    fn a_thread_that_makes_the_value_blocks_no_other() {
        // Like a child's that has no value yet.
        let values = PerProcess::of(0, 0);
        let (begun, has_begun) = channel();
        let (go_on, may_go_on) = channel();
        thread::scope(|scope| {
            let values = &values;
            let slow = scope.spawn(move || {
                let may_go_on = may_go_on;
                *values.get(|| {
                    begun.send(()).unwrap();
                    may_go_on.recv().unwrap();
                    1
                })
            });
            has_begun.recv().unwrap();
            assert_eq!(*values.get(|| 2), 2);
            go_on.send(()).unwrap();
            assert_eq!(slow.join().unwrap(), 2, "the first value that was made is for all");
        });
    }
}
