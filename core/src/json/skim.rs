//! Finding out quickly that a text is JSON.
//!
//! The body of every answer passes here, and a page of a list is large. serde_json takes twice as
//! long to ignore a value. It stays the judge: what is not accepted here is put before it, so this
//! only must never accept what it refuses.

/// What a member of an object, or an element of an array, is.
#[derive(Clone, Copy)]
pub(super) struct Skimmed<'a> {
    /// As it stands there.
    pub(super) text: &'a str,
    /// Of an array: how many elements it has, and whether all of them are objects.
    pub(super) elements: Option<(usize, bool)>,
}

/// Shows `member` the members of the one object that `text` must be, by their keys as they stand
/// there, with escapes. `None` if it is no JSON, or perhaps only unusual.
pub(super) fn object<'a>(
    text: &'a str,
    mut member: impl FnMut(&'a str, Skimmed<'a>),
) -> Option<()> {
    let mut skimmer = Skimmer { bytes: text.as_bytes(), at: 0 };
    skimmer.blanks();
    skimmer.take(b'{')?;
    skimmer.blanks();
    if !skimmer.takes(b'}') {
        loop {
            let (start, end) = skimmer.key()?;
            let key = &text[start..end];
            let start = skimmer.at;
            let elements = match skimmer.peek()? {
                b'[' => Some(skimmer.array()?),
                _ => skimmer.value().map(|()| None)?,
            };
            member(key, Skimmed { text: &text[start..skimmer.at], elements });
            skimmer.blanks();
            if skimmer.takes(b'}') {
                break;
            }
            skimmer.take(b',')?;
        }
    }
    skimmer.blanks();
    (skimmer.at == text.len()).then_some(())
}

struct Skimmer<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Deeper values are left to serde_json, which decodes no deeper ones either.
const DEEPEST: u32 = 126;

impl Skimmer<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.takes(byte).then_some(())
    }

    /// As [`Skimmer::take`], after blanks if there are any. Most answers have none.
    #[inline(always)]
    fn next(&mut self, byte: u8) -> Option<()> {
        if self.takes(byte) {
            return Some(());
        }
        self.blanks();
        self.take(byte)
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// A key and its colon; where the key stands.
    #[inline(always)]
    fn key(&mut self) -> Option<(usize, usize)> {
        self.next(b'"')?;
        let start = self.at;
        self.string()?;
        let end = self.at - 1;
        self.next(b':')?;
        self.blanks();
        Some((start, end))
    }

    /// An array, element by element: how many, and whether all are objects.
    fn array(&mut self) -> Option<(usize, bool)> {
        self.take(b'[')?;
        self.blanks();
        let (mut count, mut all_objects) = (0, true);
        if self.takes(b']') {
            return Some((count, all_objects));
        }
        loop {
            self.blanks();
            all_objects &= self.peek()? == b'{';
            self.value()?;
            count += 1;
            self.blanks();
            if self.takes(b']') {
                return Some((count, all_objects));
            }
            self.take(b',')?;
        }
    }

    fn value(&mut self) -> Option<()> {
        // What is open, from the lowest bit on: 1 for an object, 0 for an array.
        let (mut open, mut depth) = (0_u128, 0_u32);
        loop {
            // A value begins here.
            match self.peek()? {
                b'{' | b'[' if depth == DEEPEST => return None,
                b'{' => {
                    self.at += 1;
                    self.blanks();
                    if !self.takes(b'}') {
                        (open, depth) = (open << 1 | 1, depth + 1);
                        self.key()?;
                        continue;
                    }
                }
                b'[' => {
                    self.at += 1;
                    self.blanks();
                    if !self.takes(b']') {
                        (open, depth) = (open << 1, depth + 1);
                        continue;
                    }
                }
                b'"' => {
                    self.at += 1;
                    self.string()?;
                }
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                _ => self.number()?,
            }
            // A value has ended: what is around it goes on or ends, too.
            loop {
                if depth == 0 {
                    return Some(());
                }
                self.blanks();
                let in_object = open & 1 == 1;
                if self.takes(b',') {
                    if in_object {
                        self.key().map(drop)?
                    } else {
                        self.blanks()
                    }
                    break;
                }
                self.take(if in_object { b'}' } else { b']' })?;
                (open, depth) = (open >> 1, depth - 1);
            }
        }
    }

    /// What comes after the opening quote, with the closing one.
    fn string(&mut self) -> Option<()> {
        let mut rest = &self.bytes[self.at..];
        loop {
            rest = &rest[plain(rest)..];
            rest = match rest {
                [b'"', after @ ..] => {
                    self.at = self.bytes.len() - after.len();
                    return Some(());
                }
                [b'\\', b'u', digits @ ..] => {
                    let (digits, after) = digits.split_first_chunk::<4>()?;
                    digits.iter().all(u8::is_ascii_hexdigit).then_some(after)?
                }
                [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', after @ ..] => {
                    after
                }
                [b'\\' | 0..0x20, ..] | [] => return None,
                [_, after @ ..] => after,
            };
        }
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let is_there = self.bytes[self.at..].starts_with(word);
        self.at += word.len();
        is_there.then_some(())
    }

    fn number(&mut self) -> Option<()> {
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            if !self.takes(b'+') {
                self.takes(b'-');
            }
            self.digits()?;
        }
        Some(())
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
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
        let is_accepted = object(text, |_, _| ()).is_some();
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
        assert!(!accepts(&format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200))));
    }

    #[test]
    fn members_are_shown() {
        let mut seen = Vec::new();
        let text = r#"{"a": [{}, {"x": [1]}], "b": [{}, null], "c": {"d": 1}, "e\"": [ ]}"#;
        object(text, |key, value| seen.push((key, value.text, value.elements)));
        assert_eq!(
            seen,
            [
                ("a", r#"[{}, {"x": [1]}]"#, Some((2, true))),
                ("b", "[{}, null]", Some((2, false))),
                ("c", r#"{"d": 1}"#, None),
                (r#"e\""#, "[ ]", Some((0, true))),
            ]
        );
    }
}
