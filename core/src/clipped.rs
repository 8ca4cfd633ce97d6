//! Texts of others in messages: on one line, without what a terminal would obey, and their beginning.

use std::borrow::Cow;

/// The beginning of a text of the caller's, for messages.
pub(crate) fn clipped(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    beginning(text, LONGEST)
}

/// At most so many characters of a text.
pub(crate) fn beginning(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// The text on one line: a blank for each run of blanks and line breaks, nothing for what is not seen.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if text.trim() == text && !text.contains(is_special) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let words = text.split_whitespace();
    let words = words.map(|word| word.chars().filter(|character| !is_special(*character)));
    let words: Vec<String> = words.map(String::from_iter).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// [`one_line`] of a text that needs it; of others not even a blank is taken away.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(is_special) { one_line(text) } else { Cow::Borrowed(text) }
}

/// Control characters, and the characters that hide text or turn its direction around.
fn is_special(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{clipped, one_line};

    #[test]
    fn a_long_text_is_cut_between_its_letters() {
        assert_eq!(clipped("é"), "é");
        assert_eq!(clipped(&"é".repeat(61)), "é".repeat(60) + "…");
    }

    #[test]
    fn a_line_has_nothing_that_a_terminal_obeys() {
        let table = [
            ("plain é", "plain é"),
            ("  two\r\n lines\t", "two lines"),
            ("\u{1b}[31mred\u{7}\u{9b}2J", "[31mred2J"),
            ("\u{feff}a\u{202e}b\u{200b}c \u{0} d", "abc d"),
        ];
        for (given, shown) in table {
            assert_eq!(one_line(given), shown);
        }
    }
}
