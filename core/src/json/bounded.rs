//! Keeps the work on a response in proportion to what it is: a service decides what it sends, but not
//! what that costs here.

use std::cell::Cell;
use std::io::{self, BufReader, Read};

use json_scan::{Limits, Rejected, Scanner};
use serde::de::DeserializeOwned;

use crate::{Error, Outcome, Status};

/// Asked again and again during the work on a large text: an error ends it.
pub(crate) type Look<'l> = &'l dyn Fn() -> crate::Result<()>;

/// Why a text is not taken.
pub(crate) enum Unfit {
    /// It is not the JSON that was expected.
    Shape(serde_json::Error),
    /// It is too costly, or there is no time for it.
    Limit(Error),
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Unfit {
        Unfit::Limit(error)
    }
}

impl From<serde_json::Error> for Unfit {
    /// An error of a [`Look`] comes through serde_json as an I/O error.
    fn from(error: serde_json::Error) -> Unfit {
        if !error.is_io() {
            return Unfit::Shape(error);
        }
        match io::Error::from(error).downcast::<Error>() {
            Ok(error) => Unfit::Limit(error),
            Err(error) => Unfit::Shape(serde_json::Error::io(error)),
        }
    }
}

/// In values at all depths. A page of 200 disks has some 4,000; decoded, this many take some 50 MB at
/// worst.
const MOST_VALUES: usize = 1 << 17;

/// Scans `text`, as [`json_scan::object`] does. Returns whether it was accepted.
///
/// # Errors
/// It is JSON with too many values, or `look` ended it.
pub(super) fn scan<'a>(
    text: &'a str,
    look: Look<'_>,
    member: impl FnMut(&'a str, &mut Scanner<'a, '_>) -> Option<()>,
) -> Result<bool, Error> {
    let ended = Cell::new(None);
    let may_go_on = || look().map_err(|error| ended.set(Some(error))).is_ok();
    let limits = Limits { most_values: MOST_VALUES, may_go_on: &may_go_on };
    match json_scan::object(text, limits, member) {
        Ok(()) => Ok(true),
        Err(Rejected::Unusual) => Ok(false),
        Err(Rejected::TooMany) => Err(too_large()),
        Err(Rejected::Stopped) => Err(ended.take().unwrap_or_else(too_large)),
    }
}

/// Counts the values of JSON that the scanner does not accept, which is nested more than 126 deep: at most
/// one follows each of these bytes.
pub(super) fn has_few_values(text: &str) -> Result<(), Error> {
    let count = text.bytes().filter(|byte| matches!(byte, b',' | b':' | b'[')).count();
    if count < MOST_VALUES { Ok(()) } else { Err(too_large()) }
}

fn too_large() -> Error {
    let text = format!(
        "the response has more values than any response of this service: more than {MOST_VALUES}, or \
         a page of more than {} items",
        super::MOST_ITEMS
    );
    Error::new(Status::ResponseTooLarge, Outcome::Unknown, text)
}

/// In bytes: what is smaller is decoded within some 10 ms, and nobody looks meanwhile.
pub(super) const LARGE: usize = 1 << 20;
/// In bytes: how much of a large text is decoded between two looks.
const EACH: usize = 64 << 10;

/// Decodes a text that was checked.
pub(crate) fn decode<T: DeserializeOwned>(text: &str, look: Look<'_>) -> Result<T, Unfit> {
    Ok(match text.len() {
        ..=LARGE => serde_json::from_str(text)?,
        _ => serde_json::from_reader(reader(text, look))?,
    })
}

/// Reads `text` for serde_json, and looks now and then. Slower than serde_json on the text itself.
pub(super) fn reader<'a>(text: &'a str, look: Look<'a>) -> impl Read + use<'a> {
    BufReader::with_capacity(EACH, Looking { rest: text.as_bytes(), look })
}

struct Looking<'a> {
    rest: &'a [u8],
    look: Look<'a>,
}

impl Read for Looking<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        (self.look)().map_err(io::Error::other)?;
        self.rest.read(into)
    }
}
