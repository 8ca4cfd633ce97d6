//! Lists: all pages through a callback.

use std::ffi::{c_char, c_int, c_void};

use katapult::{Error, ListOperation, Outcome, PageCursor, Result, Status};

use crate::boundary;
use crate::callback;
use crate::client::katapult_client;
use crate::handle;

/// Sees a page of a list, on the thread that calls. It may make calls of the library. See "Callbacks"
/// above.
///
/// Items may be created and deleted while a list is read, by the function itself, too. When the service's
/// count of them (`total`) changes, pages have shifted, and the list is read again from the page that it
/// began with; the function sees only what it has not seen. So every item that is there all the time comes
/// exactly once, unless one is deleted and another created between two pages, which leaves the count as it
/// was. (A program that reads single pages has to do that itself: remember the ids, and begin
/// again with page 1 until `total` is the same on all pages.)
///
/// @param page_json  The page as the API sent it, what the call for one page replies, without the items
///   of earlier pages. Valid during the call; do not free it. `katapult_reply_text` and
///   `katapult_reply_integer` read it.
/// @param user_data  What was given to the call that lists.
/// @return 0 to go on, anything else to stop.
#[allow(non_camel_case_types)]
pub type katapult_page_fn =
    Option<unsafe extern "C-unwind" fn(page_json: *const c_char, user_data: *mut c_void) -> c_int>;

/// Hands each page of a list to `page`; one is held at a time.
pub(crate) fn each<O: ListOperation>(
    client: Option<&katapult_client>,
    page: katapult_page_fn,
    user_data: *mut c_void,
    reply: *mut *mut c_char,
    list: impl FnOnce() -> Result<O>,
) -> Status {
    boundary::run(reply, || {
        let client = &handle::client("client", client)?.as_one_call();
        let mut cursor = PageCursor::new(list()?);
        let page = page.ok_or_else(|| Error::invalid_argument("page is NULL"))?;
        while let Some(response) = cursor.fetch_response(client)? {
            let page_json = boundary::with_nul(response.into_body());
            // SAFETY: C passes a function of this signature; the string lives until it returns.
            let stop = callback::must_return("page", || unsafe {
                page(page_json.as_ptr().cast(), user_data)
            });
            cursor.reuse(page_json);
            if stop != 0 {
                let text = "the page function stopped the list";
                return Err(Error::interrupted(Outcome::Unknown, text).in_operation(O::NAME, None));
            }
        }
        Ok(None)
    })
}
