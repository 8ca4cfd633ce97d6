//! Bodies of any kind in messages: their beginning.

use std::borrow::Cow;

use crate::clipped::one_line;
use crate::secrets::Secrets;
use crate::{json, protected};

/// In bytes. Of more, the first characters would be the same, but for a page of blanks.
const READ: usize = 4096;
/// In characters.
const LONGEST: usize = 200;
const JSON: &str = "(JSON of another kind)";

/// The beginning of a page of any kind, on one line and without the client's secrets. Of JSON nothing but
/// its `message`: it may hold what the service protects, or the request.
pub(crate) fn excerpt(whole: &[u8], secrets: &Secrets) -> String {
    let page = String::from_utf8_lossy(&whole[..whole.len().min(READ)]);
    let page = one_line(&page);
    if page.is_empty() {
        return "(empty)".to_owned();
    }
    let body = if is_json(&page) { json::detail(without_bom(whole)) } else { None };
    let message = body.as_ref().and_then(|body| body.get("message")?.as_str()).map(one_line);
    let text = match message {
        Some(message) => message,
        None if is_json(&page) => return JSON.to_owned(),
        None => page,
    };
    let end = match protected::json_start(&text) {
        None if protected::is_marked(&text) => 0,
        start => start.unwrap_or(text.len()),
    };
    match text[..end].trim_end() {
        "" => JSON.to_owned(),
        shown if end < text.len() => secrets.shown(&format!("{shown} …"), LONGEST),
        shown => secrets.shown(shown, LONGEST),
    }
}

/// Whether a text is JSON, or the beginning of it.
pub(crate) fn is_json(text: &str) -> bool {
    let text: Cow<'_, str> = one_line(text);
    text.starts_with(['{', '[', '"'])
}

fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use crate::Secret;
    use crate::secrets::Secrets;

    const ATTRIBUTE: &str = r#"{"key":"root_password","value":"R00t-Secret","protect":true}"#;

    #[test]
    fn a_page_is_shown_and_what_may_be_secret_is_not() {
        let secrets = Secrets::default().and(Some(&Secret::from("Zq7-secret-TOKEN")));
        let table: [(&[u8], &str); 9] = [
            (b"", "(empty)"),
            (b" \r\n ", "(empty)"),
            (b"<h1>Bad\n Gateway</h1>", "<h1>Bad Gateway</h1>"),
            (b"<style>h1 {color: red}</style> No", "<style>h1 {color: red}</style> No"),
            (
                b"authorization: Bearer Zq7-secret-TOKEN\r\nhost: x",
                "authorization: Bearer [secret] host: x",
            ),
            (br#"{"message": "no route"}"#, "no route"),
            (b"\xef\xbb\xbf{\"message\": \"no route\"}", "no route"),
            (br#"{"message": "for Zq7-secret-TOKEN: {\"value\": 1}"}"#, "for [secret]: …"),
            (br#"[1]"#, "(JSON of another kind)"),
        ];
        for (body, expected) in table {
            assert_eq!(excerpt(body, &secrets), expected);
        }
    }

    #[test]
    fn a_protected_value_never_shows() {
        let utf16: String = ATTRIBUTE.chars().flat_map(|c| [c, '\0']).collect();
        for body in [
            format!("\u{feff}{ATTRIBUTE}"),
            format!("<pre>{ATTRIBUTE}</pre>"),
            format!("<pre>{}</pre>", ATTRIBUTE.replace('"', "&quot;")),
            format!("Warning: x in y.php\n[{ATTRIBUTE}"),
            ATTRIBUTE[..50].to_owned(),
            format!("\u{1}<pre>{}", &ATTRIBUTE[..50]),
            ATTRIBUTE[20..].to_owned(),
            format!("{{\"message\": {:?}}}", format!("it is {ATTRIBUTE}")),
            format!("\u{ff}\u{fe}{utf16}"),
        ] {
            let shown = excerpt(body.as_bytes(), &Secrets::default());
            assert!(!shown.contains("R00t"), "{body} gives {shown}");
        }
    }
}
