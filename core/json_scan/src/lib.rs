//! Finding out quickly that a text is JSON, and where its parts stand.
//!
//! The body of every answer passes here, and a page of a list is large. serde_json takes twice as
//! long to ignore a value. It stays the judge: what is not accepted here is put before it, so this
//! only must never accept what it refuses.
//!
//! A crate of its own because it is compiled for speed, and what uses it for size.
#![forbid(unsafe_code)]

use std::ops::Range;

/// Shows `member` the members of the one object that `text` must be: the key as it stands there, with
/// escapes, and the scanner at the value, which `member` has to let it pass. `None` if it is no JSON,
/// or perhaps only unusual, or `member` says so.
pub fn object<'a>(
    text: &'a str,
    mut member: impl FnMut(&'a str, &mut Scanner<'a>) -> Option<()>,
) -> Option<()> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.take(b'{')?;
    if scanner.take(b'}').is_none() {
        loop {
            member(scanner.key()?, &mut scanner)?;
            if scanner.take(b'}').is_some() {
                break;
            }
            scanner.take(b',')?;
        }
    }
    (blanks(text.as_bytes(), scanner.at) == text.len()).then_some(())
}

/// A place in a text.
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

/// How deep a member's value may be. serde_json decodes no deeper ones either.
const DEEPEST: u32 = 126;

impl<'a> Scanner<'a> {
    /// Passes a member's value, and gives it as it stands there.
    pub fn value(&mut self) -> Option<&'a str> {
        let place = self.pass(DEEPEST)?;
        Some(&self.text[place])
    }

    /// Passes a member's value that is an array, and gives the places of its elements.
    pub fn elements(&mut self) -> Option<Vec<Range<usize>>> {
        self.take(b'[')?;
        let mut elements = Vec::new();
        if self.take(b']').is_some() {
            return Some(elements);
        }
        loop {
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

    /// Passes blanks and a value that is no deeper than `deepest`; where the value stands.
    fn pass(&mut self, deepest: u32) -> Option<Range<usize>> {
        let start = blanks(self.text.as_bytes(), self.at);
        self.at = value(self.text.as_bytes(), start, deepest)?;
        Some(start..self.at)
    }

    /// Passes blanks and `byte`, if that comes next.
    fn take(&mut self, byte: u8) -> Option<()> {
        let at = blanks(self.text.as_bytes(), self.at);
        (byte_at(self.text.as_bytes(), at) == byte).then(|| self.at = at + 1)
    }
}

// Each of these passes what it is named for, which begins at `at`, and gives the place behind it.

#[inline(always)]
fn blanks(bytes: &[u8], at: usize) -> usize {
    // Services send JSON without them.
    if byte_at(bytes, at) > b' ' { at } else { some_blanks(bytes, at) }
}

#[cold]
fn some_blanks(bytes: &[u8], at: usize) -> usize {
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
    at + bytes[at..].iter().take_while(is_blank).count()
}

/// Blanks, a key, and its colon.
#[inline(always)]
fn key(bytes: &[u8], at: usize) -> Option<usize> {
    let at = blanks(bytes, at);
    if byte_at(bytes, at) != b'"' {
        return None;
    }
    let at = blanks(bytes, string(bytes, at + 1)?);
    (byte_at(bytes, at) == b':').then_some(at + 1)
}

/// Blanks, and a value that is no deeper than `deepest`.
fn value(bytes: &[u8], mut at: usize, deepest: u32) -> Option<usize> {
    // What is open, from the lowest bit on: 1 for an object, 0 for an array.
    let (mut open, mut depth) = (0_u128, 0_u32);
    loop {
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
        // A value has ended: what is around it goes on or ends, too.
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

/// What comes after the opening quote of a string, with the closing one.
#[inline(always)]
fn string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut rest = &bytes[at..];
    loop {
        // The byte that is not plain is found by branches, which the processor foresees: the same keys
        // come again and again. To calculate its place from eight bytes at once takes fewer
        // instructions and more time, since all that follows waits for the result.
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

/// What comes after the escape at the beginning of `rest`.
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

/// At least one.
fn digits(bytes: &[u8], at: usize) -> Option<usize> {
    let count = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(at + count)
}

/// 0 at the end, which stands nowhere in JSON.
#[inline(always)]
fn byte_at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Whether a byte within a string is neither a quote, nor a backslash, nor a control character.
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
mod tests {
    use super::object;

    fn accepts(text: &str) -> bool {
        let is_accepted = object(text, |_, scanner| scanner.value().map(drop)).is_some();
        let judge = serde_json::from_str::<serde::de::IgnoredAny>(text);
        assert!(!is_accepted || judge.is_ok(), "{text:?}: {judge:?}");
        is_accepted
    }

    #[test]
    fn json_is_accepted() {
        for text in [
            "{}",
            " { } ",
            r#"{"a":1}"#,
            r#"{"a":[],"b":{},"c":[[]],"d":[{}]}"#,
            r#"{"a" : [ 1 , 2 , {"b" : null} ] , "c" : true,"d":false}"#,
            r#"{"a":0,"b":-0,"c":-1.5e+10,"d":0.1,"e":1E5,"f":12345678901234567890123}"#,
            r#"{"":"","text":"exactly8","longer":"more than eight bytes","é":"日本語 and so on"}"#,
            r#"{"a":"\"\\\/\b\f\n\r\t\u00e9\uD800","b\"":1}"#,
            r#"{"a":"1234567\"x","b":"12345678\\"}"#,
        ] {
            assert!(accepts(text), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_accepted() {
        let whole = r#"{"a":[1,{"b":"te\"xt é"},-1.5e3,true,null,[]],"c":"\u00e9","d":{}}"#;
        assert!(accepts(whole));
        for (end, _) in whole.char_indices() {
            assert!(!accepts(&whole[..end]), "{}", &whole[..end]);
        }
        // serde_json judges each of these, in `accepts`.
        for (place, _) in whole.char_indices() {
            for other in
                ["", " ", "\"", "\\", ",", ":", "{", "}", "[", "]", "0", "e", ".", "-", "\n"]
            {
                let next = place + whole[place..].chars().next().map_or(0, char::len_utf8);
                accepts(&[&whole[..place], other, &whole[next..]].concat());
                accepts(&[&whole[..place], other, &whole[place..]].concat());
            }
        }
        for text in [
            "",
            "[]",
            "1",
            "{} {}",
            "{}x",
            "{\"a\":1,}",
            "{\"a\":\"\u{1}\"}",
            "{\"a\":01}",
            "{\"a\":tru}",
        ] {
            assert!(!accepts(text), "{text:?}");
        }
    }

    #[test]
    fn as_deep_as_serde_json_and_no_deeper() {
        let deep = |depth| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(accepts(&deep(126)));
        assert!(!accepts(&deep(127)));
        let elements = |text: &str| object(text, |_, scanner| scanner.elements().map(drop));
        assert!(elements(&deep(126)).is_some());
        assert!(elements(&deep(127)).is_none());
        assert!(serde_json::from_str::<serde_json::Value>(&deep(126)).is_ok());
        assert!(serde_json::from_str::<serde_json::Value>(&deep(127)).is_err());
    }

    #[test]
    fn members_are_shown() {
        let mut seen = Vec::new();
        let text = r#"{"a": [{}, {"x": [1]}], "b": [{}, null], "c": {"d": 1}, "e\"": [ ]}"#;
        object(text, |key, scanner| {
            seen.push((key, scanner.value()?));
            Some(())
        });
        let values = [r#"[{}, {"x": [1]}]"#, "[{}, null]", r#"{"d": 1}"#, "[ ]"].into_iter();
        let keys = ["a", "b", "c", r#"e\""#].into_iter();
        assert_eq!(seen, keys.zip(values).collect::<Vec<_>>());
    }

    #[test]
    fn elements_are_shown() {
        let elements = |text: &str| {
            let mut seen = None;
            let member = |_, scanner: &mut super::Scanner<'_>| {
                seen = Some(scanner.elements()?);
                Some(())
            };
            object(text, member)?;
            Some(seen?.into_iter().map(|place| text[place].to_owned()).collect::<Vec<_>>())
        };
        let shown = elements(r#"{"a": [{}, {"x": [1, 2]},null , "]"]}"#).unwrap();
        assert_eq!(shown, ["{}", r#"{"x": [1, 2]}"#, "null", r#""]""#]);
        assert_eq!(elements(r#"{"a": [ ]}"#), Some(Vec::new()));
        for none in [r#"{"a": {}}"#, r#"{"a": [1 2]}"#, r#"{"a": [1,]}"#, r#"{"a": [1}"#] {
            assert_eq!(elements(none), None, "{none}");
        }
    }
}
