use std::ffi::{CString, c_char};

use katapult::Status;
use once_cell::race::OnceBox;

/// Frees a reply. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_string_free(string: *mut c_char) {
    if !string.is_null() {
        // SAFETY: not NULL, and C passes only what a call here has handed out, once.
        drop(unsafe { CString::from_raw(string) });
    }
}

/// A status as C passes it: any number.
#[allow(non_camel_case_types)]
type katapult_any_status = i32;

/// The name of a status in lower case without its prefix, such as `disk_not_found`.
///
/// @return A string that lives for ever, `unknown_status` for a number that is not a status. Never
///   NULL; do not free it.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_status_name(status: katapult_any_status) -> *const c_char {
    let names = STATUS_NAMES.get_or_init(|| Box::new(status_names()));
    let known = names.iter().find(|(number, _)| *number == status);
    known.map_or(c"unknown_status".as_ptr(), |(_, name)| name.as_ptr())
}

/// Without a lock, which a fork could leave held.
static STATUS_NAMES: OnceBox<Vec<(i32, CString)>> = OnceBox::new();

/// Core's names with the NUL that C needs.
fn status_names() -> Vec<(i32, CString)> {
    let named = |status: Status| (status.number(), CString::new(status.name()).unwrap_or_default());
    Status::ALL.iter().copied().map(named).collect()
}
