//! A fast scanner that checks JSON and finds its parts: an internal part of katapult-disk, whose API may change
//! in any release.
//!
//! Every response's body is scanned, and pages of lists are large; serde_json takes twice as long to
//! skip a value. The scanner may reject unusual JSON, which serde_json then decides about, but it must
//! never accept what serde_json rejects.
//!
//! It is a separate crate because it is compiled for speed, and the rest for size. What else is done for
//! each item of a list is here, too: [`id`] and [`Seen`].
#![forbid(unsafe_code)]

mod id_hashes;
mod meter;
mod seen;

use std::ops::Range;

use meter::Meter;
pub use meter::{Limits, Rejected};
pub use seen::Seen;

/// Scans `text`, which must be one object. Calls `member` for each member, with the key as written
/// (escapes included) and the scanner at the value; `member` must consume the value, or return `None`,
/// which ends the scan.
///
/// # Errors
/// Why the text is not accepted.
pub fn object<'a, 'l>(
    text: &'a str,
    limits: Limits<'l>,
    member: impl FnMut(&'a str, &mut Scanner<'a, 'l>) -> Option<()>,
) -> Result<(), Rejected> {
    let mut scanner = Scanner { text, at: 0, meter: Meter::of(limits) };
    scanner.members(member).ok_or(scanner.meter.rejected)
}

/// The value of a member of `text`, which was scanned before and is an object: the first that is
/// written as `key`. What follows it is not looked at.
pub fn member<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut found = None;
    // `None` ends the scan, which is not a fault here.
    let _ = object(text, Limits::NONE, |name, scanner| {
        let value = scanner.value()?;
        if name != key {
            return Some(());
        }
        found = Some(value);
        None
    });
    found
}

/// What tells an item apart, which is an object that was scanned before: the value that stands at `way`,
/// as it is written; its whole text if there is none, or null.
pub fn id<'a>(item: &'a str, way: &[&str]) -> &'a str {
    // Nearly always it stands first.
    let start = "{\"id\":".len();
    let first = (way == ["id"] && item.starts_with("{\"id\":\""))
        .then(|| Some(&item[start..string(item.as_bytes(), start + 1)?]));
    first
        .flatten()
        .or_else(|| way.iter().try_fold(item, |value, key| member(value, key)))
        .filter(|id| *id != "null")
        .unwrap_or(item)
}

/// A position in a text.
pub struct Scanner<'a, 'l> {
    text: &'a str,
    at: usize,
    meter: Meter<'l>,
}

/// The nesting limit of a member's value, which is serde_json's.
const DEEPEST: u32 = 126;

impl<'a, 'l> Scanner<'a, 'l> {
    fn members(
        &mut self,
        mut member: impl FnMut(&'a str, &mut Scanner<'a, 'l>) -> Option<()>,
    ) -> Option<()> {
        self.take(b'{')?;
        if self.take(b'}').is_none() {
            loop {
                member(self.key()?, self)?;
                if self.take(b'}').is_some() {
                    break;
                }
                self.take(b',')?;
            }
        }
        (blanks(self.text.as_bytes(), self.at) == self.text.len()).then_some(())
    }

    /// Consumes a member's value; returns its source text.
    pub fn value(&mut self) -> Option<&'a str> {
        let place = self.pass(DEEPEST)?;
        Some(&self.text[place])
    }

    /// Consumes a member's value, which must be an array of at most `most` elements; returns their
    /// ranges.
    pub fn elements(&mut self, most: usize) -> Option<Vec<Range<usize>>> {
        self.take(b'[')?;
        let mut elements = Vec::new();
        if self.take(b']').is_some() {
            return Some(elements);
        }
        loop {
            if elements.len() == most {
                self.meter.rejected = Rejected::TooMany;
                return None;
            }
            elements.push(self.pass(DEEPEST - 1)?);
            if self.take(b']').is_some() {
                return Some(elements);
            }
            self.take(b',')?;
        }
    }

    fn key(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let start = self.at;
        self.at = string(self.text.as_bytes(), start)?;
        let key = &self.text[start..self.at - 1];
        self.take(b':')?;
        Some(key)
    }

    /// Consumes whitespace and a value nested at most `deepest` levels; returns the value's range.
    fn pass(&mut self, deepest: u32) -> Option<Range<usize>> {
        let start = blanks(self.text.as_bytes(), self.at);
        self.at = value(self.text.as_bytes(), start, deepest, &mut self.meter)?;
        Some(start..self.at)
    }

    /// Consumes whitespace and `byte`, if that is next.
    fn take(&mut self, byte: u8) -> Option<()> {
        let at = blanks(self.text.as_bytes(), self.at);
        (byte_at(self.text.as_bytes(), at) == byte).then(|| self.at = at + 1)
    }
}

// Each of these functions consumes what it is named for, from `at`, and returns the position after it.

#[inline(always)]
fn blanks(bytes: &[u8], at: usize) -> usize {
    // Services send compact JSON.
    if byte_at(bytes, at) > b' ' { at } else { some_blanks(bytes, at) }
}

#[cold]
fn some_blanks(bytes: &[u8], at: usize) -> usize {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    at + bytes[at..].iter().take_while(is_blank).count()
}

/// Whitespace, a key and its colon.
#[inline(always)]
fn key(bytes: &[u8], at: usize) -> Option<usize> {
    let at = blanks(bytes, at);
    if byte_at(bytes, at) != b'"' {
        return None;
    }
    let at = blanks(bytes, string(bytes, at + 1)?);
    (byte_at(bytes, at) == b':').then_some(at + 1)
}

/// Whitespace and a value nested at most `deepest` levels.
fn value(bytes: &[u8], mut at: usize, deepest: u32, meter: &mut Meter<'_>) -> Option<usize> {
    // The open containers, innermost in the lowest bit: 1 is an object, 0 an array.
    let (mut open, mut depth) = (0_u128, 0_u32);
    loop {
        meter.count(at)?;
        at = blanks(bytes, at);
        at = match byte_at(bytes, at) {
            b'"' => string(bytes, at + 1)?,
            b'{' | b'[' if depth == deepest => return None,
            b'{' => {
                at = blanks(bytes, at + 1);
                if byte_at(bytes, at) != b'}' {
                    (open, depth) = (open << 1 | 1, depth + 1);
                    at = key(bytes, at)?;
                    continue;
                }
                at + 1
            }
            b'[' => {
                at = blanks(bytes, at + 1);
                if byte_at(bytes, at) != b']' {
                    (open, depth) = (open << 1, depth + 1);
                    continue;
                }
                at + 1
            }
            b't' => word(bytes, at, b"true")?,
            b'f' => word(bytes, at, b"false")?,
            b'n' => word(bytes, at, b"null")?,
            _ => number(bytes, at)?,
        };
        // A value has ended: continue or close its containers.
        loop {
            if depth == 0 {
                return Some(at);
            }
            at = blanks(bytes, at);
            match (byte_at(bytes, at), open & 1 == 1) {
                (b',', true) => {
                    at = key(bytes, at + 1)?;
                    break;
                }
                (b',', false) => {
                    at += 1;
                    break;
                }
                (b'}', true) | (b']', false) => at += 1,
                _ => return None,
            }
            (open, depth) = (open >> 1, depth - 1);
        }
    }
}

fn word(bytes: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    bytes[at..].starts_with(word).then_some(at + word.len())
}

/// The rest of a string after its opening quote, including the closing one.
#[inline(always)]
fn string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut rest = &bytes[at..];
    loop {
        // Branches find the first special byte. The same keys recur, so the processor predicts them.
        // Computing the position from eight bytes at once takes fewer instructions but more time, since
        // everything after it depends on the result.
        'plain: while let Some((eight, after)) = rest.split_first_chunk::<8>() {
            for (count, byte) in eight.iter().enumerate() {
                if !IS_PLAIN[usize::from(*byte)] {
                    rest = &rest[count..];
                    break 'plain;
                }
            }
            rest = after;
        }
        rest = match rest {
            [b'"', after @ ..] => return Some(bytes.len() - after.len()),
            [b'\\', ..] => escape(rest)?,
            [byte, after @ ..] if IS_PLAIN[usize::from(*byte)] => after,
            _ => return None,
        };
    }
}

/// Returns what follows the escape sequence at the start of `rest`.
#[cold]
fn escape(rest: &[u8]) -> Option<&[u8]> {
    match rest {
        [b'\\', b'u', digits @ ..] => {
            let (digits, after) = digits.split_first_chunk::<4>()?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(after)
        }
        [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', after @ ..] => Some(after),
        _ => None,
    }
}

fn number(bytes: &[u8], mut at: usize) -> Option<usize> {
    at += usize::from(byte_at(bytes, at) == b'-');
    at = if byte_at(bytes, at) == b'0' { at + 1 } else { digits(bytes, at)? };
    if byte_at(bytes, at) == b'.' {
        at = digits(bytes, at + 1)?;
    }
    if matches!(byte_at(bytes, at), b'e' | b'E') {
        let has_sign = matches!(byte_at(bytes, at + 1), b'+' | b'-');
        at = digits(bytes, at + 1 + usize::from(has_sign))?;
    }
    Some(at)
}

/// One digit or more.
fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    let count = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(at + count)
}

/// Returns 0 at the end; JSON never contains that byte.
#[inline(always)]
fn byte_at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Whether a byte in a string is not a quote, backslash or control character.
static IS_PLAIN: [bool; 256] = {
    let mut is_plain = [true; 256];
    let mut control = 0;
    while control < 0x20 {
        is_plain[control] = false;
        control += 1;
    }
    is_plain[b'"' as usize] = false;
    is_plain[b'\\' as usize] = false;
    is_plain
};

#[cfg(test)]
mod tests;
