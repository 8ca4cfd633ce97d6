//! Texts of others in errors.

use std::borrow::Cow;

use serde_json::Value;

use crate::clipped::{beginning, plain};
use crate::protected;

/// A text of the caller's, with its control characters escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line
}

/// A text on one line, not longer than this, and without what is protected.
pub(super) fn shown(mut text: String, longest: usize) -> String {
    protected::hide_in_text(&mut text);
    if let Cow::Owned(line) = plain(&text) {
        text = line;
    }
    if let Cow::Owned(start) = beginning(&text, longest) {
        text = start;
    }
    text
}

pub(super) fn without_protected(mut detail: Value) -> Value {
    protected::hide(&mut detail);
    detail
}
