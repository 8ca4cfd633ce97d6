//! Lets the program's function stop calls.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::Arc;

use katapult::InterruptHook;

use crate::callback::{self, Setting};

/// Decides whether a waiting call stops, on the thread of that call. Several threads may call it at
/// once. See "Callbacks" above.
///
/// @param user_data  What was given to `katapult_interrupt_set`.
/// @return 0 to continue, anything else to end the call with `KATAPULT_STATUS_INTERRUPTED`.
#[allow(non_camel_case_types)]
pub type katapult_interrupt_fn =
    Option<unsafe extern "C-unwind" fn(user_data: *mut c_void) -> c_int>;

/// Lets a function stop the calls of the whole process; see "Stopping" above.
///
/// May be called at any time. Calls that are running may ask the previous function once more, so its
/// `user_data` must stay valid until they have returned.
///
/// @param interrupt  The function; NULL (the default) for none.
/// @param user_data  Passed to `interrupt`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_interrupt_set(interrupt: katapult_interrupt_fn, user_data: *mut c_void) {
    ASKED.set(interrupt.map(|function| Asked { function, user_data }));
}

struct Asked {
    function: unsafe extern "C-unwind" fn(*mut c_void) -> c_int,
    user_data: *mut c_void,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Asked) -> bool {
        ptr::fn_addr_eq(self.function, other.function) && self.user_data == other.user_data
    }
}

static ASKED: Setting<Asked> = Setting::new();

/// The hook of every client.
pub(crate) fn hook() -> InterruptHook {
    Arc::new(|| {
        let Some(asked) = ASKED.get() else { return Ok(()) };
        // SAFETY: C passes a function of this signature that any thread may call.
        match callback::run("interrupt", || unsafe { (asked.function)(asked.user_data) }) {
            0 => Ok(()),
            _ => Err("the interrupt function asked to stop".into()),
        }
    })
}
