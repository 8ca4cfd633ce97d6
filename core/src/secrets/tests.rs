use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use super::Secrets;
use crate::Secret;

const PASSWORD: &str = "Pa55 word-\"Hq6\\tG1dKe/+<é&>'";

fn secrets(all: &[&str]) -> Secrets {
    all.iter().fold(Secrets::default(), |list, text| list.and(Some(&Secret::from(*text))))
}

fn shown(secret: &str, text: &str) -> String {
    secrets(&["another-secret", secret]).shown(text, 1000)
}

/// A text that holds the secret in this form, in the middle and at the end.
fn assert_hidden(secret: &str, form: &str) {
    for text in [format!("before \"{form}\" behind"), format!("x={form}")] {
        let shown = shown(secret, &text);
        let expected = text.replace(form, "[secret]");
        assert_eq!(shown, expected);
    }
}

#[test]
fn every_spelling_is_found() {
    let quoted = serde_json::to_string(PASSWORD).unwrap();
    let twice = serde_json::to_string(&quoted).unwrap();
    let html = PASSWORD.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    for form in [
        PASSWORD,
        &PASSWORD.to_uppercase().replace('É', "é"),
        &quoted[1..quoted.len() - 1],
        &twice[3..twice.len() - 3],
        &quoted[1..quoted.len() - 1].replace('/', "\\/").replace('é', "\\u00e9"),
        &html.replace('>', "&gt;").replace('\'', "&#39;"),
        &html.replace('\'', "&#x27;"),
        &utf8_percent_encode(PASSWORD, NON_ALPHANUMERIC).to_string(),
        &utf8_percent_encode(PASSWORD, NON_ALPHANUMERIC).to_string().to_lowercase(),
        &PASSWORD.replace(' ', "+").replace('/', "%2F"),
    ] {
        assert_hidden(PASSWORD, form);
    }
}

#[test]
fn base64_is_found_whatever_is_around() {
    for user in ["", "a", "ab", "abc"] {
        let both = format!("{user}:{PASSWORD}\r\n");
        for form in [BASE64_STANDARD.encode(&both), BASE64_URL_SAFE_NO_PAD.encode(&both)] {
            let wrapped = [&form[..11], "\r\n ", &form[11..]].concat();
            for form in [form, wrapped] {
                let shown = shown(PASSWORD, &format!("Basic {form} end"));
                assert!(shown.contains("[secret]") && shown.len() < 40, "{shown}");
            }
        }
    }
}

#[test]
fn a_secret_that_is_cut_off_is_hidden_too() {
    let token = "Zq7-secret-TOKEN-981273645";
    assert_eq!(shown(token, "Bearer Zq7-secret-T"), "Bearer [secret]");
    assert_eq!(shown(token, "Bearer Zq7-secret-T…"), "Bearer [secret]");
    assert_eq!(shown(token, "Bearer Zq7-"), "Bearer Zq7-");
    let cut = secrets(&[token]).shown(&format!("{} {token}", "x".repeat(20)), 25);
    assert_eq!(cut, format!("{} [sec…", "x".repeat(20)));
}

#[test]
fn invisible_characters_do_not_split_a_secret() {
    assert_eq!(shown("s3cret-token", "a s3cr\u{0}et\u{200b}-token\u{1b} b"), "a [secret] b");
}

#[test]
fn a_short_secret_is_a_word_and_a_very_short_one_is_not_looked_for() {
    let table = [
        (
            "admin",
            "the admin is {\"password\":\"admin\"}",
            "the [secret] is {\"password\":\"[secret]\"}",
        ),
        ("admin", "administrator, Admin, xadmin", "administrator, Admin, xadmin"),
        ("admin", "%22admin%22", "%22[secret]%22"),
        ("abc", "abc", "abc"),
        ("", "abc", "abc"),
    ];
    for (secret, text, expected) in table {
        assert_eq!(shown(secret, text), expected);
    }
}

#[test]
fn json_is_searched_everywhere() {
    let mut value = json!({"a": [{"x s3cret-token": "s3cret-token"}], "n": 1_234_567_890, "k": 1});
    secrets(&["s3cret-token", "1234567890"]).sought().hide_in(&mut value);
    assert_eq!(value, json!({"a": [{"x [secret]": "[secret]"}], "n": "[secret]", "k": 1}));
}

#[test]
fn many_backslashes_take_no_longer_than_other_text() {
    let text = "\\".repeat(1 << 20);
    let began = std::time::Instant::now();
    assert_eq!(secrets(&["\\secret\\token"]).sought().hide(&text), None);
    assert!(began.elapsed().as_secs() < 5);
}
