//! Reading replies, for programs without a JSON library of their own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::c_char;
use std::ptr;

use katapult::Outcome;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::boundary::{self, optional_text};

/// What is certain about the effect of a call that failed.
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub enum katapult_outcome {
    /// The call succeeded: its reply is not an error.
    None = 0,
    /// No change was sent: nothing happened. A single request never left this machine; a workflow may
    /// have read.
    NotSent = 1,
    /// The service rejected the request: nothing happened.
    Rejected = 2,
    /// It was sent, and the effect is not known: after a write, read before you repeat it.
    Unknown = 3,
}

/// The `outcome` of an error.
///
/// @param reply  What a call replied. May be NULL.
/// @return `KATAPULT_OUTCOME_NONE` for NULL and for what is not an error: the reply of a call that
///   succeeded, or a text that no call replied.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_reply_outcome(reply: *const c_char) -> katapult_outcome {
    boundary::quietly(katapult_outcome::Unknown, || outcome(given(reply)))
}

/// Reads a part of a reply, or of what a progress or page function is given.
///
/// @param reply  The reply. May be NULL.
/// @param pointer  Where the part is, as RFC 6901 writes it: `/disk/id`, `/disks/0/name`, "" for the
///   whole reply; in a key ~ is written ~0 and / is written ~1. May be NULL.
/// @return A string's text; of anything else its JSON, as it was sent (`20`, `true`, `{"id": ...}`).
///   NULL if nothing or null is there, if an argument is NULL, not UTF-8 or malformed, or if the string has what
///   a string of C cannot hold (U+0000, half a surrogate pair). Free it with `katapult_string_free`.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_reply_text(reply: *const c_char, pointer: *const c_char) -> *mut c_char {
    let read = || Some(text(find(given(reply)?, given(pointer)?)?)?.into_owned());
    boundary::quietly(None, read).map_or(ptr::null_mut(), boundary::hand_out)
}

/// Reads a whole number in a reply, or in what a progress or page function is given.
///
/// @param reply  As in `katapult_reply_text`.
/// @param pointer  As in `katapult_reply_text`: `/disk/size_in_gb`.
/// @param value  Receives the number; stays as it is when there is none. May be NULL.
/// @return Whether a number is there that is whole, written without a fraction or an exponent, and fits.
#[unsafe(no_mangle)]
pub extern "C" fn katapult_reply_integer(
    reply: *const c_char,
    pointer: *const c_char,
    value: *mut i64,
) -> bool {
    let read = || find(given(reply)?, given(pointer)?)?.get().parse().ok();
    let Some(number) = boundary::quietly(None, read) else { return false };
    if !value.is_null() {
        // SAFETY: not NULL, and C passes a pointer that may be written for the call.
        unsafe { value.write(number) };
    }
    true
}

/// An argument, unless it is NULL or not UTF-8.
fn given<'a>(argument: *const c_char) -> Option<&'a str> {
    optional_text("", argument).ok().flatten()
}

fn outcome(reply: Option<&str>) -> katapult_outcome {
    /// What every error has; no response of a service has these together.
    #[derive(Deserialize)]
    struct Failure<'a> {
        #[serde(borrow)]
        outcome: Cow<'a, str>,
        #[serde(rename = "status", borrow)]
        _status: Cow<'a, str>,
        #[serde(rename = "description", borrow)]
        _description: Cow<'a, str>,
    }
    let Some(Ok(failure)) = reply.map(serde_json::from_str::<Failure<'_>>) else {
        return katapult_outcome::None;
    };
    let known = [Outcome::NotSent, Outcome::Rejected, Outcome::Unknown];
    match known.into_iter().find(|known| known.as_str() == failure.outcome) {
        Some(Outcome::NotSent) => katapult_outcome::NotSent,
        Some(Outcome::Rejected) => katapult_outcome::Rejected,
        Some(Outcome::Unknown) => katapult_outcome::Unknown,
        None => katapult_outcome::None,
    }
}

/// The value at a JSON pointer, as it is written there.
fn find<'a>(json: &'a str, pointer: &str) -> Option<&'a RawValue> {
    let mut value: &RawValue = serde_json::from_str(json).ok()?;
    let mut steps = pointer.split('/');
    // Before the first / there is nothing.
    steps.next().filter(|start| start.is_empty())?;
    for step in steps {
        let key = unescaped(step)?;
        value = match value.get().as_bytes().first()? {
            b'{' => member(value, &key)?,
            b'[' => element(value, &key)?,
            _ => return None,
        };
    }
    Some(value)
}

/// A key of a pointer: `~1` stands for `/`, `~0` for `~`, and no other `~` is allowed.
fn unescaped(step: &str) -> Option<Cow<'_, str>> {
    if !step.contains('~') {
        return Some(Cow::Borrowed(step));
    }
    let stray = step.replace("~0", "").replace("~1", "").contains('~');
    (!stray).then(|| Cow::Owned(step.replace("~1", "/").replace("~0", "~")))
}

fn member<'a>(object: &'a RawValue, key: &str) -> Option<&'a RawValue> {
    let members: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(object.get()).ok()?;
    members.get(key).copied()
}

fn element<'a>(array: &'a RawValue, index: &str) -> Option<&'a RawValue> {
    // RFC 6901 knows no sign and no leading zero.
    let number = index.parse::<usize>().ok().filter(|number| number.to_string() == index)?;
    let elements: Vec<&RawValue> = serde_json::from_str(array.get()).ok()?;
    elements.get(number).copied()
}

/// A string's text, if C can hold it; of anything else but null its JSON.
fn text(value: &RawValue) -> Option<Cow<'_, str>> {
    match value.get() {
        "null" => return None,
        json if !json.starts_with('"') => return Some(Cow::Borrowed(json)),
        _ => {}
    }
    let text: String = serde_json::from_str(value.get()).ok()?;
    (!text.contains('\0')).then_some(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use super::{find, katapult_outcome, outcome, text};

    const JSON: &str = r#" {"disk": {"id": "disk_1", "size":  20, "null": null, "a/b": 1, "m~n": 2, "": 3},
        "disks": [{"id": "x"}, ["y"], 1.50], "big": 123456789012345678901234567890, "~1": "tilde",
        "text": "caf\u00e9\n\"\ud83d\ude00", "nul": "a\u0000b", "half": "\ud800", "n\u0061me": "escaped"} "#;

    fn at(pointer: &str) -> Option<String> {
        find(JSON, pointer).and_then(text).map(|text| text.into_owned())
    }

    #[test]
    fn a_pointer_finds_what_it_names() {
        for (pointer, expected) in [
            ("/disk/id", "disk_1"),
            ("/disk/size", "20"),
            ("/disk/a~1b", "1"),
            ("/disk/m~0n", "2"),
            ("/disk/", "3"),
            ("/~01", "tilde"),
            ("/disks/0", r#"{"id": "x"}"#),
            ("/disks/0/id", "x"),
            ("/disks/1/0", "y"),
            ("/disks/2", "1.50"),
            ("/big", "123456789012345678901234567890"),
            ("/text", "café\n\"😀"),
            ("/name", "escaped"),
            ("", JSON.trim()),
        ] {
            assert_eq!(at(pointer).as_deref(), Some(expected), "{pointer}");
        }
    }

    #[test]
    fn what_is_not_there_is_none() {
        for pointer in [
            "disk",
            "/none",
            "/disk/id/x",
            "/disk/null",
            "/disks/3",
            "/disks/-",
            "/disks/00",
            "/disks/+1",
            "/disks/-1",
            "/disks/18446744073709551616",
            "/disks/",
            "/disk/m~n",
            "/disk/m~2n",
            "/disk/m~",
            "/",
            "//",
            "/nul",
            "/half",
        ] {
            assert_eq!(at(pointer), None, "{pointer}");
        }
        for json in ["", "{", "{} x", "{\"disk\": }", "nul"] {
            assert!(find(json, "").is_none(), "{json}");
        }
    }

    #[test]
    fn depth_is_no_problem() {
        let deep = format!("{}7{}", "[".repeat(10_000), "]".repeat(10_000));
        let found = find(&deep, &"/0".repeat(50)).unwrap();
        assert_eq!(found.get().len(), deep.len() - 100);
    }

    #[test]
    fn only_an_error_has_an_outcome() {
        let error = |outcome: &str| {
            format!(
                r#"{{"status":"timed_out","code":null,"description":"x","outcome":"{outcome}"}}"#
            )
        };
        for (text, expected) in [
            (error("not_sent"), katapult_outcome::NotSent),
            (error("rejected"), katapult_outcome::Rejected),
            (error("unknown"), katapult_outcome::Unknown),
            (error("other"), katapult_outcome::None),
            (r#"{"disk":{"outcome":"unknown"}}"#.to_owned(), katapult_outcome::None),
            (r#"{"outcome":"unknown"}"#.to_owned(), katapult_outcome::None),
            ("[".to_owned(), katapult_outcome::None),
        ] {
            assert_eq!(outcome(Some(&text)), expected, "{text}");
        }
        assert_eq!(outcome(None), katapult_outcome::None);
    }
}
