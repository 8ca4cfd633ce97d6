//! The clients that C holds, and how invalid handles are detected.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use katapult::{Error, Result};

use crate::{cancellation, fork};

/// A client with a mark. C compilers only warn when a client of the other service is passed, and a
/// freed one often looks intact. The mark turns most such mistakes into errors.
#[repr(C)]
pub(crate) struct Marked<T> {
    mark: u64,
    client: T,
}

/// What C knows as a pointer to an opaque struct.
pub(crate) trait Handle {
    type Client;
    /// Differs for each kind.
    const MARK: u64;

    fn marked(&self) -> &Marked<Self::Client>;

    fn mark(client: Self::Client) -> Marked<Self::Client> {
        Marked { mark: Self::MARK, client }
    }
}

impl<T> Drop for Marked<T> {
    fn drop(&mut self) {
        // SAFETY: a reference may be written. Volatile, since the compiler would drop a write that
        // nobody may read.
        unsafe { ptr::write_volatile(&mut self.mark, 0) };
    }
}

/// The client of a required handle argument.
pub(crate) fn client<'a, H: Handle>(
    argument: &str,
    handle: Option<&'a H>,
) -> Result<&'a H::Client> {
    let handle = handle.ok_or_else(|| is_null(argument))?;
    valid(handle).ok_or_else(|| {
        Error::invalid_argument(format!(
            "{argument} is not a client of this kind: it was freed, or is another service's"
        ))
    })
}

/// The client of a handle. Allocates nothing, so that a signal's handler may ask.
pub(crate) fn valid<H: Handle>(handle: &H) -> Option<&H::Client> {
    match handle.marked() {
        Marked { mark, client } if *mark == H::MARK => Some(client),
        _ => None,
    }
}

/// Makes a handle: writes it to `place`, or NULL when `make` fails.
pub(crate) fn make<H: Handle>(
    argument: &str,
    place: *mut *mut H,
    make: impl FnOnce() -> Result<H>,
) -> Result<()> {
    if place.is_null() {
        return Err(is_null(argument));
    }
    // SAFETY: not NULL, and C passes a pointer that may be written for the call.
    unsafe { place.write(ptr::null_mut()) };
    fork::watch();
    let made = Box::into_raw(Box::new(make()?));
    // SAFETY: as above.
    unsafe { place.write(made) };
    Ok(())
}

/// Frees a handle unless its mark is wrong. A panic while dropping is swallowed, since it cannot be
/// reported.
pub(crate) fn free<H: Handle>(handle: Option<Box<H>>) {
    let Some(handle) = handle else { return };
    if handle.marked().mark == H::MARK {
        let free = AssertUnwindSafe(|| drop(handle));
        let _ = cancellation::put_off(|| catch_unwind(free));
    } else {
        // Not a handle of ours: leak it.
        let _ = Box::into_raw(handle);
    }
}

fn is_null(argument: &str) -> Error {
    Error::invalid_argument(format!("{argument} is NULL"))
}

#[cfg(test)]
mod tests {
    use super::{Handle, Marked, client};
    use std::mem::ManuallyDrop;

    struct One(Marked<u32>);

    impl Handle for One {
        type Client = u32;
        const MARK: u64 = 1;

        fn marked(&self) -> &Marked<u32> {
            &self.0
        }
    }

    #[test]
    fn the_mark_detects_invalid_handles() {
        let mut one = ManuallyDrop::new(One(One::mark(7)));
        assert_eq!(client("client", Some(&*one)).unwrap(), &7);
        assert!(client("client", Some(&One(Marked { mark: 2, client: 7 }))).is_err());
        assert!(client::<One>("client", None).unwrap_err().description().ends_with("is NULL"));
        // SAFETY: dropped once, and its memory stays: a u32 may be read after that.
        unsafe { ManuallyDrop::drop(&mut one) };
        assert!(client("client", Some(&*one)).is_err(), "dropping clears the mark");
    }
}
