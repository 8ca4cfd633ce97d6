//! How a text may spell a secret: as it is, percent-encoded, as JSON or HTML escape it, or in base64.

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use zeroize::Zeroizing;

/// In bytes. Shorter secrets are not looked for: to take every `a` out of a text would destroy it, and
/// would say what the secret is.
const SHORTEST: usize = 4;
/// In bytes. A shorter secret may be a part of other words, so it counts only as a word of its own.
const LONG: usize = 8;

/// A secret in one of its forms.
pub(crate) enum Spelling<'a> {
    Letters(&'a [u8]),
    /// What its base64 has in common, whatever stands before and behind it there.
    Base64(Zeroizing<String>),
}

/// All forms in which a secret is looked for.
pub(crate) fn spellings(secret: &str) -> impl Iterator<Item = Spelling<'_>> {
    Some(secret).filter(|secret| secret.len() >= SHORTEST).into_iter().flat_map(|secret| {
        let base64 = (0..3).map(|before| Spelling::Base64(base64_after(before, secret)));
        std::iter::once(Spelling::Letters(secret.as_bytes())).chain(base64)
    })
}

/// The base64 of a secret behind so many other bytes, without the digits that depend on its surroundings.
fn base64_after(before: usize, secret: &str) -> Zeroizing<String> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(before + secret.len()));
    bytes.resize(before, 0);
    bytes.extend_from_slice(secret.as_bytes());
    let digits = Zeroizing::new(BASE64_STANDARD_NO_PAD.encode(&*bytes));
    let (start, end) = ((before * 8).div_ceil(6), bytes.len() * 8 / 6);
    Zeroizing::new(digits[start..end].to_owned())
}

impl Spelling<'_> {
    /// Where the spelling that begins at `start` ends. The end of the text may cut it off.
    pub(crate) fn end_in(&self, text: &str, start: usize) -> Option<usize> {
        let text = text.as_bytes();
        // One run of backslashes is one beginning, so that many take no longer than others.
        if text[start] == b'\\' && start > 0 && text[start - 1] == b'\\' {
            return None;
        }
        let secret = self.bytes();
        let (mut at, mut done) = (start, 0);
        while done < secret.len() {
            if matches!(&text[at..], [] | [0xe2, 0x80, 0xa6]) {
                return (done >= LONG).then_some(text.len());
            }
            let (written, meant) = self.step(&text[at..], &secret[done..])?;
            (at, done) = (at + written, done + meant);
        }
        let is_a_word =
            || [start, at].iter().all(|end| !is_within_word(&text[..*end], &text[*end..]));
        (self.is_long() || is_a_word()).then_some(at)
    }

    fn is_long(&self) -> bool {
        matches!(self, Spelling::Base64(_)) || self.bytes().len() >= LONG
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Spelling::Letters(secret) => secret,
            Spelling::Base64(digits) => digits.as_bytes(),
        }
    }

    /// How many bytes of the text write how many bytes of the secret.
    fn step(&self, text: &[u8], secret: &[u8]) -> Option<(usize, usize)> {
        let (written, meant) = (text[0], secret[0]);
        match self {
            Spelling::Base64(_) => {
                let is_same =
                    written == meant || matches!((written, meant), (b'-', b'+') | (b'_', b'/'));
                return match written {
                    _ if is_same => Some((1, 1)),
                    b' ' => Some((1, 0)),
                    _ => percent(text).filter(|(byte, _)| *byte == meant).map(|(_, n)| (n, 1)),
                };
            }
            Spelling::Letters(_) if meant.is_ascii_whitespace() => {
                let is_blank = |byte: &&u8| byte.is_ascii_whitespace();
                let meant = secret.iter().take_while(is_blank).count();
                let written =
                    text.iter().take_while(|byte| is_blank(byte) || **byte == b'+').count();
                if written > 0 {
                    return Some((written, meant));
                }
            }
            Spelling::Letters(_) => {}
        }
        let is_same =
            |byte: u8| byte == meant || self.is_long() && byte.eq_ignore_ascii_case(&meant);
        match written {
            b'%' => {
                if let Some((_, length)) = percent(text).filter(|(byte, _)| is_same(*byte)) {
                    return Some((length, 1));
                }
            }
            b'\\' => return Some(after_backslashes(text, secret)),
            b'&' => {
                if let Some(step) = entity(text).and_then(|(meant, n)| decoded(meant, n, secret)) {
                    return Some(step);
                }
            }
            _ => {}
        }
        is_same(written).then_some((1, 1))
    }
}

/// `%2B`, and its length.
fn percent(text: &[u8]) -> Option<(u8, usize)> {
    let digits = text.strip_prefix(b"%")?.get(..2)?;
    Some((u8::try_from(hexadecimal(digits)?).ok()?, 3))
}

/// However often it was escaped, a run of backslashes means one, or what follows it: `\"`, `\u0022`.
fn after_backslashes(text: &[u8], secret: &[u8]) -> (usize, usize) {
    let run = |bytes: &[u8]| bytes.iter().take_while(|byte| **byte == b'\\').count();
    let (written, meant) = (run(text), run(secret));
    let after = &text[written..];
    let unicode = after.strip_prefix(b"u").and_then(|digits| hexadecimal(digits.get(..4)?));
    let unicode = unicode.and_then(char::from_u32);
    if let Some(step) = unicode.and_then(|character| decoded(character, written + 5, secret)) {
        return step;
    }
    let letter = match after.first() {
        Some(b'n') => Some(b'\n'),
        Some(b'r') => Some(b'\r'),
        Some(b't') => Some(b'\t'),
        _ => None,
    };
    if letter.is_some() && letter == secret.first().copied() {
        return (written + 1, 1);
    }
    (written, meant)
}

/// `&quot;`, `&#39;`, `&#x27;`: the character, and the length.
fn entity(text: &[u8]) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let end = text.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let character = match &text[1..end] {
        b"quot" => '"',
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"apos" => '\'',
        [b'#', b'x' | b'X', digits @ ..] => char::from_u32(hexadecimal(digits)?)?,
        [b'#', digits @ ..] => char::from_u32(std::str::from_utf8(digits).ok()?.parse().ok()?)?,
        _ => return None,
    };
    Some((character, end + 1))
}

/// A character that was written in `length` bytes, if the secret goes on with it.
fn decoded(character: char, length: usize, secret: &[u8]) -> Option<(usize, usize)> {
    let mut bytes = [0; 4];
    let bytes = character.encode_utf8(&mut bytes).as_bytes();
    secret.starts_with(bytes).then_some((length, bytes.len()))
}

fn hexadecimal(digits: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok()?;
    u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
}

/// Whether a word goes on from one text to the next. Of an escape such as `%22` the digits are no word.
fn is_within_word(before: &[u8], after: &[u8]) -> bool {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let escape = |length: usize, mark: &[u8]| {
        let place = before.len().checked_sub(length);
        place.is_some_and(|place| before[place..].starts_with(mark))
    };
    is_letter(before.last())
        && is_letter(after.first())
        && !(escape(3, b"%") || escape(6, b"\\u") || escape(2, b"\\"))
}
