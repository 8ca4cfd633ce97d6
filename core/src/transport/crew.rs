//! The threads that a fleet makes for the time of a call.
//!
//! What they send counts as the fleet's, and they end when it does. They never run the program's interrupt
//! hook: that is for the thread that made the call.

use std::cell::RefCell;
use std::io;
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::platform;

/// What the threads of one fleet have in common.
#[derive(Clone, Debug)]
pub(crate) struct Crew {
    is_stopped: Arc<AtomicBool>,
    /// How much of the permitted rate it may use, from 0 to 1.
    pub(crate) share: f64,
}

thread_local! {
    /// The crew that this thread belongs to. Has no destructor, so that no code of this library runs at the
    /// thread's end after it was unloaded; it is empty by then.
    static OWN: ManuallyDrop<RefCell<Option<Crew>>> = const { ManuallyDrop::new(RefCell::new(None)) };
}

impl Crew {
    pub(crate) fn new(share: f64) -> Crew {
        Crew { is_stopped: Arc::default(), share }
    }

    /// Ends what its threads are at, within a slice of waiting.
    pub(crate) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }

    /// Makes this thread one of the crew until the result is dropped.
    pub(crate) fn join(&self) -> Joined {
        OWN.with(|own| own.replace(Some(self.clone())));
        Joined
    }

    /// The crew that this thread belongs to.
    pub(super) fn of_this_thread() -> Option<Crew> {
        OWN.with(|own| own.borrow().clone())
    }
}

/// Membership in a crew.
pub(crate) struct Joined;

impl Drop for Joined {
    fn drop(&mut self) {
        OWN.with(|own| own.take());
    }
}

/// Makes a thread that blocks all signals: the program's handlers may `longjmp`, use thread-local data, or
/// need a thread of their own runtime.
pub(crate) fn spawn_without_signals<T>(
    name: &str,
    spawn: impl FnOnce(thread::Builder) -> io::Result<T>,
) -> io::Result<T> {
    platform::without_signals(|| spawn(thread::Builder::new().name(name.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::Crew;

    #[cfg(unix)]
    #[test]
    fn a_thread_of_the_library_handles_no_signal() {
        use std::sync::mpsc::channel;

        use nix::sys::signal::{SigSet, Signal};

        use super::spawn_without_signals;

        let before = SigSet::thread_get_mask().unwrap();
        let (tell, told) = channel();
        let tell = move || tell.send(SigSet::thread_get_mask()).unwrap();
        spawn_without_signals("test", |builder| builder.spawn(tell)).unwrap().join().unwrap();
        let there = told.recv().unwrap().unwrap();
        let cannot_be_blocked = [Signal::SIGKILL, Signal::SIGSTOP];
        for signal in Signal::iterator().filter(|signal| !cannot_be_blocked.contains(signal)) {
            assert!(there.contains(signal), "{signal}");
        }
        assert_eq!(SigSet::thread_get_mask().unwrap(), before);
    }

    #[test]
    fn a_thread_belongs_to_a_crew_for_a_time() {
        let crew = Crew::new(0.5);
        assert!(Crew::of_this_thread().is_none());
        let joined = crew.join();
        assert!(!Crew::of_this_thread().unwrap().is_stopped());
        crew.stop();
        assert!(Crew::of_this_thread().unwrap().is_stopped());
        drop(joined);
        assert!(Crew::of_this_thread().is_none());
    }
}
