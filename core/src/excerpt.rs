//! Bodies of any kind in messages: their beginning.

use crate::json;

/// The beginning of a page of any kind, on one line. Of JSON nothing but its `message`: a gateway may
/// repeat the request there, with the token.
pub(crate) fn excerpt(whole: &[u8]) -> String {
    // Of more, 200 characters would be the same, but for a page of blanks.
    let page = String::from_utf8_lossy(&whole[..whole.len().min(4096)]);
    if page.trim_start().starts_with(['{', '[', '"']) {
        let body = json::detail(whole);
        let message = body.as_ref().and_then(|body| body.get("message")?.as_str());
        return message.map_or_else(|| "(JSON of another kind)".to_owned(), one_line);
    }
    one_line(&page)
}

fn one_line(page: &str) -> String {
    let words: Vec<&str> = page.split_whitespace().collect();
    let line = words.join(" ");
    if line.is_empty() {
        return "(empty)".to_owned();
    }
    let start: String =
        line.chars().filter(|character| !character.is_control()).take(200).collect();
    if start.len() < line.len() { start + "…" } else { start }
}
