//! Lists: one page, or all pages through a callback.

use std::ffi::{c_char, c_int, c_void};

use katapult::{Client, Error, ListOperation, Outcome, PageCursor, Result};

use crate::boundary;

/// Sees a page of a list, on the thread that calls.
///
/// @param page_json  The page as the API sent it, what the call for one page replies. Valid during
///   the call; do not free it.
/// @param user_data  What was given to the call that lists.
/// @return 0 to go on, anything else to stop.
#[allow(non_camel_case_types)]
pub type katapult_page_fn =
    Option<unsafe extern "C" fn(page_json: *const c_char, user_data: *mut c_void) -> c_int>;

/// Hands each page to `page`; one is held at a time.
pub(crate) fn each<O: ListOperation>(
    client: &Client,
    list: O,
    page: katapult_page_fn,
    user_data: *mut c_void,
) -> Result<()> {
    let page = page.ok_or_else(|| Error::invalid_argument("page is NULL"))?;
    let mut cursor = PageCursor::new(list);
    while let Some(response) = cursor.fetch_response(client)? {
        let page_json = boundary::with_nul(response.into_body());
        // SAFETY: C passes a function of this signature; the string lives until it returns.
        let stop = unsafe { page(page_json.as_ptr().cast(), user_data) };
        cursor.reuse(page_json);
        if stop != 0 {
            return Err(Error::interrupted(Outcome::Unknown, "the page function stopped the list"));
        }
    }
    Ok(())
}
