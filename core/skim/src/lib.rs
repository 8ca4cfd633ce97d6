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
/// escapes, and the skimmer at the value, which `member` has to let it pass. `None` if it is no JSON,
/// or perhaps only unusual, or `member` says so.
pub fn object<'a>(
    text: &'a str,
    mut member: impl FnMut(&'a str, &mut Skimmer<'a>) -> Option<()>,
) -> Option<()> {
    let mut skimmer = Skimmer { text, rest: text.as_bytes() };
    skimmer.take(b'{')?;
    if skimmer.take(b'}').is_none() {
        loop {
            member(skimmer.key()?, &mut skimmer)?;
            if skimmer.take(b'}').is_some() {
                break;
            }
            skimmer.take(b',')?;
        }
    }
    blanks(skimmer.rest).is_empty().then_some(())
}

/// A place in a text.
pub struct Skimmer<'a> {
    text: &'a str,
    /// What of `text` comes from here on.
    rest: &'a [u8],
}

/// How deep a member's value may be. serde_json decodes no deeper ones either.
const DEEPEST: u32 = 126;

impl<'a> Skimmer<'a> {
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
        let start = self.at(blanks(self.rest)) + 1;
        self.rest = key(self.rest)?;
        // Not beyond the closing quote, behind which the colon may come after blanks.
        let end = self.text[..self.at(self.rest)].rfind('"')?;
        self.text.get(start..end)
    }

    /// Passes blanks and a value that is no deeper than `deepest`; where the value stands.
    fn pass(&mut self, deepest: u32) -> Option<Range<usize>> {
        let start = self.at(blanks(self.rest));
        self.rest = value(blanks(self.rest), deepest)?;
        Some(start..self.at(self.rest))
    }

    /// Passes blanks and `byte`, if that comes next.
    fn take(&mut self, byte: u8) -> Option<()> {
        let (first, after) = blanks(self.rest).split_first()?;
        (*first == byte).then(|| self.rest = after)
    }

    /// Where `rest` begins.
    fn at(&self, rest: &[u8]) -> usize {
        self.text.len() - rest.len()
    }
}

// Each of these takes what is left of the text and gives what is left after what it is named for.

fn blanks(mut rest: &[u8]) -> &[u8] {
    while let [b' ' | b'\n' | b'\r' | b'\t', after @ ..] = rest {
        rest = after;
    }
    rest
}

/// Blanks, a key, its colon, and blanks.
#[inline(always)]
fn key(rest: &[u8]) -> Option<&[u8]> {
    let [b'"', rest @ ..] = blanks(rest) else { return None };
    let [b':', rest @ ..] = blanks(string(rest)?) else { return None };
    Some(blanks(rest))
}

/// A value that is no deeper than `deepest`.
fn value(mut rest: &[u8], deepest: u32) -> Option<&[u8]> {
    // What is open, from the lowest bit on: 1 for an object, 0 for an array.
    let (mut open, mut depth) = (0_u128, 0_u32);
    loop {
        // A value begins here.
        rest = match rest {
            [b'{' | b'[', ..] if depth == deepest => return None,
            [b'"', after @ ..] => string(after)?,
            [b'{', after @ ..] => match blanks(after) {
                [b'}', after @ ..] => after,
                after => {
                    (open, depth) = (open << 1 | 1, depth + 1);
                    rest = key(after)?;
                    continue;
                }
            },
            [b'[', after @ ..] => match blanks(after) {
                [b']', after @ ..] => after,
                after => {
                    (open, depth) = (open << 1, depth + 1);
                    rest = after;
                    continue;
                }
            },
            [b't', after @ ..] => after.strip_prefix(b"rue")?,
            [b'f', after @ ..] => after.strip_prefix(b"alse")?,
            [b'n', after @ ..] => after.strip_prefix(b"ull")?,
            _ => number(rest)?,
        };
        // A value has ended: what is around it goes on or ends, too.
        loop {
            if depth == 0 {
                return Some(rest);
            }
            rest = match (blanks(rest), open & 1 == 1) {
                ([b',', after @ ..], true) => {
                    rest = key(after)?;
                    break;
                }
                ([b',', after @ ..], false) => {
                    rest = blanks(after);
                    break;
                }
                ([b'}', after @ ..], true) | ([b']', after @ ..], false) => after,
                _ => return None,
            };
            (open, depth) = (open >> 1, depth - 1);
        }
    }
}

/// What comes after the opening quote of a string, with the closing one.
fn string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = match &rest[plain(rest)..] {
            [b'"', after @ ..] => return Some(after),
            [b'\\', b'u', digits @ ..] => {
                let (digits, after) = digits.split_first_chunk::<4>()?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(after)?
            }
            [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', after @ ..] => after,
            [b'\\' | 0..0x20, ..] | [] => return None,
            [_, after @ ..] => after,
        };
    }
}

fn number(rest: &[u8]) -> Option<&[u8]> {
    let mut rest = match rest {
        [b'-', after @ ..] => after,
        _ => rest,
    };
    rest = match rest {
        [b'0', after @ ..] => after,
        _ => digits(rest)?,
    };
    if let [b'.', after @ ..] = rest {
        rest = digits(after)?;
    }
    match rest {
        [b'e' | b'E', b'+' | b'-', after @ ..] | [b'e' | b'E', after @ ..] => digits(after),
        _ => Some(rest),
    }
}

/// At least one.
fn digits(rest: &[u8]) -> Option<&[u8]> {
    let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count > 0).then_some(&rest[count..])
}

/// How many bytes at the beginning of `bytes` are certainly neither a quote, nor a backslash, nor a
/// control character. Eight at a time; fewer than eight at the end are left.
#[inline(always)]
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        let eight = u64::from_le_bytes(*eight);
        // The high bit of each byte that is less than `n` (n <= 128), and perhaps of higher bytes
        // than the first such byte: the lowest one counts.
        let less = |word: u64, n: u64| word.wrapping_sub(ONES * n) & !word;
        let special = less(eight, 0x20)
            | less(eight ^ (ONES * u64::from(b'"')), 1)
            | less(eight ^ (ONES * u64::from(b'\\')), 1);
        let special = special & HIGH;
        if special != 0 {
            return bytes.len() - rest.len() + special.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    bytes.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::object;

    fn accepts(text: &str) -> bool {
        let is_accepted = object(text, |_, skimmer| skimmer.value().map(drop)).is_some();
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
        let elements = |text: &str| object(text, |_, skimmer| skimmer.elements().map(drop));
        assert!(elements(&deep(126)).is_some());
        assert!(elements(&deep(127)).is_none());
        assert!(serde_json::from_str::<serde_json::Value>(&deep(126)).is_ok());
        assert!(serde_json::from_str::<serde_json::Value>(&deep(127)).is_err());
    }

    #[test]
    fn members_are_shown() {
        let mut seen = Vec::new();
        let text = r#"{"a": [{}, {"x": [1]}], "b": [{}, null], "c": {"d": 1}, "e\"": [ ]}"#;
        object(text, |key, skimmer| {
            seen.push((key, skimmer.value()?));
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
            let member = |_, skimmer: &mut super::Skimmer<'_>| {
                seen = Some(skimmer.elements()?);
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
