//! Between C and Rust: strings in, one status and one string out, and no panic past here.

use std::ffi::{CStr, CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use katapult::{Error, Ref, Referenced, Result, Status, from_json};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{callback, cancellation};

/// Runs one call and hands out its status and reply. `reply` may be NULL; otherwise it is always
/// written: what the call gives (NULL for nothing), or the JSON object of its error.
pub(crate) fn run(
    reply: *mut *mut c_char,
    call: impl FnOnce() -> Result<Option<String>>,
) -> Status {
    answer(reply, || call().map_err(Failure::from))
}

/// [`run`] for a call whose errors have further members in their JSON.
pub(crate) fn answer(
    reply: *mut *mut c_char,
    call: impl FnOnce() -> std::result::Result<Option<String>, Failure>,
) -> Status {
    let call = || callback::refuse_within().map_err(Failure::from).and_then(|()| call());
    let result = cancellation::put_off(|| catch_unwind(AssertUnwindSafe(call)))
        .unwrap_or_else(|panic| Err(Error::of_panic(&*panic).into()));
    let (status, text) = match result {
        Ok(text) => (Status::Ok, text),
        Err(failure) => (failure.error.status(), Some(failure.to_json())),
    };
    if !reply.is_null() {
        let text = text.map_or(ptr::null_mut(), hand_out);
        // SAFETY: not NULL, and C passes a pointer that may be written for the call.
        unsafe { reply.write(text) };
    }
    status
}

/// Why a call failed.
pub(crate) struct Failure {
    pub(crate) error: Error,
    /// What the reply has besides what every error has.
    pub(crate) members: Map<String, Value>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure { error, members: Map::new() }
    }
}

impl Failure {
    fn to_json(&self) -> String {
        let mut json = self.error.to_json();
        for (name, value) in &self.members {
            json.pop();
            json += &format!(",{}:{value}}}", Value::from(name.as_str()));
        }
        json
    }
}

/// Runs what cannot fail; after a panic, a defect, it gives `otherwise`.
pub(crate) fn quietly<T>(otherwise: T, run: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or(otherwise)
}

/// A string for C to free with `katapult_string_free`.
pub(crate) fn hand_out(text: String) -> *mut c_char {
    // SAFETY: it ends in its only NUL byte.
    unsafe { CString::from_vec_with_nul_unchecked(with_nul(text)) }.into_raw()
}

/// JSON, which holds no NUL byte (it must be escaped there), and a NUL byte. (Only that if it does.)
pub(crate) fn with_nul(json: String) -> Vec<u8> {
    let mut bytes = json.into_bytes();
    bytes.push(0);
    // For a page of a list, `CString::new` takes five times as long as the C library's strlen.
    // SAFETY: it ends in NUL, just above.
    let length = unsafe { CStr::from_ptr(bytes.as_ptr().cast()) }.count_bytes();
    if length + 1 == bytes.len() { bytes } else { vec![0] }
}

/// A string argument that must be given.
pub(crate) fn text<'a>(argument: &str, text: *const c_char) -> Result<&'a str> {
    optional_text(argument, text)?
        .ok_or_else(|| Error::invalid_argument(format!("{argument} is NULL")))
}

/// A string argument that may be NULL.
pub(crate) fn optional_text<'a>(argument: &str, text: *const c_char) -> Result<Option<&'a str>> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: not NULL, and C passes a string that ends in NUL and stays valid for the call, which
    // is as long as any caller here keeps the reference.
    let text = unsafe { CStr::from_ptr(text) };
    match text.to_str() {
        Ok(text) => Ok(Some(text)),
        Err(_) => Err(Error::invalid_argument(format!("{argument} is not UTF-8"))),
    }
}

/// The object that an argument names: an id, another key of its, or for instance `{"id": "..."}`.
pub(crate) fn reference<T: Referenced>(argument: &str, given: *const c_char) -> Result<Ref<T>> {
    Ref::from_text(argument, text(argument, given)?)
}

/// The arguments of an operation: what `request_json` says, and what was given beside it.
pub(crate) fn arguments<T: DeserializeOwned>(
    request_json: &str,
    beside: &[(&str, &str)],
) -> Result<T> {
    let beside: Vec<(&str, Value)> =
        beside.iter().map(|(name, text)| (*name, Value::from(*text))).collect();
    from_json(request_json, &beside)
}

/// A `request_json` that must be given.
pub(crate) fn request<'a>(request_json: *const c_char) -> Result<&'a str> {
    text("request_json", request_json)
}

/// A `request_json` that may be NULL, which says nothing.
pub(crate) fn optional_request<'a>(request_json: *const c_char) -> Result<&'a str> {
    Ok(optional_text("request_json", request_json)?.unwrap_or("{}"))
}

#[cfg(test)]
mod tests {
    use super::{quietly, run};
    use katapult::Status;
    use std::ffi::CString;
    use std::ptr;

    #[test]
    fn a_panic_becomes_a_status() {
        let mut reply = ptr::null_mut();
        let status = run(&mut reply, || panic!("on purpose"));
        assert_eq!(status, Status::InternalError);
        // SAFETY: `run` has just made it with `CString::into_raw`.
        let reply = unsafe { CString::from_raw(reply) }.into_string().unwrap();
        assert!(reply.contains("on purpose"), "{reply}");
        assert_eq!(run(ptr::null_mut(), || panic!("again")), Status::InternalError);
        assert_eq!(quietly(1, || panic!("and again")), 1);
    }
}
