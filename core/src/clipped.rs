//! Texts of callers in messages: their beginning.

use std::borrow::Cow;

/// The beginning of a text, for messages.
pub(crate) fn clipped(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::clipped;

    #[test]
    fn a_long_text_is_cut_between_its_letters() {
        assert_eq!(clipped("é"), "é");
        assert_eq!(clipped(&"é".repeat(61)), "é".repeat(60) + "…");
    }
}
