use std::ffi::{CStr, c_char};

/// The header's version. `katapult_version` tells that of the library that runs, which may be newer.
pub const KATAPULT_DISK_VERSION_MAJOR: i32 = 0;
/// See `KATAPULT_DISK_VERSION_MAJOR`.
pub const KATAPULT_DISK_VERSION_MINOR: i32 = 1;
/// See `KATAPULT_DISK_VERSION_MAJOR`.
pub const KATAPULT_DISK_VERSION_PATCH: i32 = 0;

/// cbindgen needs the numbers as they are written, so here they are compared with Cargo's.
const _: () = {
    assert!(KATAPULT_DISK_VERSION_MAJOR == number(env!("CARGO_PKG_VERSION_MAJOR")));
    assert!(KATAPULT_DISK_VERSION_MINOR == number(env!("CARGO_PKG_VERSION_MINOR")));
    assert!(KATAPULT_DISK_VERSION_PATCH == number(env!("CARGO_PKG_VERSION_PATCH")));
};

const fn number(text: &str) -> i32 {
    match i32::from_str_radix(text, 10) {
        Ok(number) => number,
        Err(_) => -1,
    }
}

/// The version of the library, such as `0.1.0`.
///
/// @return A string that lives for ever; do not free it.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_version() -> *const c_char {
    const VERSION: &CStr =
        match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
            Ok(version) => version,
            Err(_) => c"unknown",
        };
    VERSION.as_ptr()
}
