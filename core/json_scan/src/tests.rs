use std::cell::Cell;

use super::{Limits, Rejected, Scanner, Seen, id, member, object};

fn accepts(text: &str) -> bool {
    let is_accepted = object(text, Limits::NONE, |_, scanner| scanner.value().map(drop)).is_ok();
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
        for other in ["", " ", "\"", "\\", ",", ":", "{", "}", "[", "]", "0", "e", ".", "-", "\n"] {
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
    let elements =
        |text: &str| object(text, Limits::NONE, |_, scanner| scanner.elements(9).map(drop));
    assert_eq!(elements(&deep(126)), Ok(()));
    assert_eq!(elements(&deep(127)), Err(Rejected::Unusual));
    assert!(serde_json::from_str::<serde_json::Value>(&deep(126)).is_ok());
    assert!(serde_json::from_str::<serde_json::Value>(&deep(127)).is_err());
}

#[test]
fn members_are_shown() {
    let mut seen = Vec::new();
    let text = r#"{"a": [{}, {"x": [1]}], "b": [{}, null], "c": {"d": 1}, "e\"": [ ]}"#;
    let all = object(text, Limits::NONE, |key, scanner| {
        seen.push((key, scanner.value()?));
        Some(())
    });
    assert_eq!(all, Ok(()));
    let values = [r#"[{}, {"x": [1]}]"#, "[{}, null]", r#"{"d": 1}"#, "[ ]"].into_iter();
    let keys = ["a", "b", "c", r#"e\""#].into_iter();
    assert_eq!(seen, keys.zip(values).collect::<Vec<_>>());
}

#[test]
fn elements_are_shown() {
    let elements = |text: &str| {
        let mut seen = None;
        let member = |_, scanner: &mut Scanner<'_, '_>| {
            seen = Some(scanner.elements(4)?);
            Some(())
        };
        object(text, Limits::NONE, member).ok()?;
        Some(seen?.into_iter().map(|place| text[place].to_owned()).collect::<Vec<_>>())
    };
    let shown = elements(r#"{"a": [{}, {"x": [1, 2]},null , "]"]}"#).unwrap();
    assert_eq!(shown, ["{}", r#"{"x": [1, 2]}"#, "null", r#""]""#]);
    assert_eq!(elements(r#"{"a": [ ]}"#), Some(Vec::new()));
    for none in [r#"{"a": {}}"#, r#"{"a": [1 2]}"#, r#"{"a": [1,]}"#, r#"{"a": [1}"#] {
        assert_eq!(elements(none), None, "{none}");
    }
}

#[test]
fn more_than_the_limits_is_rejected() {
    let scan = |text: &str, most_values| {
        object(text, Limits { most_values, may_go_on: &|| true }, |_, s| s.value().map(drop))
    };
    // Each object, array, text, number and word is one.
    let text = r#"{"a": [1, "2", {"b": null}, {}, []], "c": true}"#;
    assert_eq!(scan(text, 8), Ok(()));
    assert_eq!(scan(text, 7), Err(Rejected::TooMany));
    assert_eq!(scan("{", 0), Err(Rejected::Unusual));
    let elements =
        |text: &str| object(text, Limits::NONE, |_, scanner| scanner.elements(2).map(drop));
    assert_eq!(elements(r#"{"a": [1, 2]}"#), Ok(()));
    assert_eq!(elements(r#"{"a": [1, 2, 3]}"#), Err(Rejected::TooMany));
}

#[test]
fn a_long_scan_can_be_stopped_and_a_short_one_asks_nobody() {
    let asked = Cell::new(0);
    let scan = |text: &str, most_asked| {
        asked.set(0);
        let may_go_on = || {
            asked.set(asked.get() + 1);
            asked.get() <= most_asked
        };
        let limits = Limits { most_values: usize::MAX, may_go_on: &may_go_on };
        object(text, limits, |_, scanner| scanner.value().map(drop))
    };
    let text = |values: usize| format!("{{\"a\":[{}1]}}", "1,".repeat(values));
    assert_eq!(scan(&text(1000), 0), Ok(()));
    assert_eq!(asked.get(), 0);
    assert_eq!(scan(&text(1 << 20), usize::MAX), Ok(()));
    assert!((20..=40).contains(&asked.get()), "each 64 KiB of 2 MiB: {}", asked.get());
    assert_eq!(scan(&text(1 << 20), 3), Err(Rejected::Stopped));
}

#[test]
fn a_member_is_found_by_its_key() {
    let text = r#"{"x": {"id": 1}, "id" : "disk_1", "id": 2}"#;
    assert_eq!(member(text, "id"), Some("\"disk_1\""));
    assert_eq!(member(text, "x"), Some(r#"{"id": 1}"#));
    assert_eq!(member(text, "y"), None);
    assert_eq!(member("[]", "y"), None);
}

#[test]
fn an_item_is_told_by_its_id_or_by_its_text() {
    let table = [
        (r#"{"id":"disk_1","name":"x"}"#, r#""disk_1""#),
        (r#"{"name":"x", "id" : "disk_1"}"#, r#""disk_1""#),
        (r#"{"id":"a\"b","x":"c"}"#, r#""a\"b""#),
        (r#"{"id":7}"#, "7"),
        (r#"{"id":null,"number":1}"#, r#"{"id":null,"number":1}"#),
        ("{}", "{}"),
    ];
    for (item, expected) in table {
        assert_eq!(id(item, &["id"]), expected, "{item}");
    }
    let relation = r#"{"id":"no","disk":{"id":"disk_1"}}"#;
    assert_eq!(id(relation, &["disk", "id"]), r#""disk_1""#);
    assert_eq!(id(r#"{"disk":null}"#, &["disk", "id"]), r#"{"disk":null}"#);
}

#[test]
fn what_was_seen_is_known_with_its_round() {
    let mut seen = Seen::default();
    let ids: Vec<String> = (0..10_000).map(|number| format!("disk_{number}")).collect();
    assert!(ids.iter().all(|id| seen.note(id, 1).is_none()));
    assert!(ids.iter().all(|id| seen.note(id, 2) == Some(1)));
    assert!(ids.iter().all(|id| seen.note(id, 2) == Some(2)));
    for id in ["", "\0", "\0\0", "disk_", "disk_10000", &"x".repeat(100)] {
        assert_eq!(seen.note(id, 3), None, "{id:?}");
    }
}
