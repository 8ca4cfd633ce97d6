use std::cell::Cell;

use serde::Deserialize;

use super::{Look, Unfit, check_object, decode, detail, is_object, page_shape};
use crate::{Error, Outcome, Status};

#[test]
fn an_object_with_the_keys_passes_and_nothing_else() {
    let keys: &'static [&'static str] = &["disk", "task"];
    assert!(check_object(r#" {"task": {}, "disk": null, "more": [1]} "#, keys, &|| Ok(())).is_ok());
    for wrong in ["", "[]", "null", r#"{"disk": 1}"#, r#"{"disk":1,"task":2} x"#, "{\"disk\":1"] {
        assert!(check_object(wrong, keys, &|| Ok(())).is_err(), "{wrong}");
    }
}
#[test]
fn the_shape_of_a_page() {
    let keys: &'static [&'static str] = &["pagination", "disk"];
    let items = |text: &str| {
        let items = page_shape(text, keys, "disk", &|| Ok(())).unwrap()?.items.into_iter();
        Some(items.map(|item| text[item].to_owned()).collect::<Vec<_>>())
    };
    let two = items(r#"{"pagination": {"a": 1}, "disk": [{"id": 1}, {}]}"#);
    assert_eq!(two.unwrap(), [r#"{"id": 1}"#, "{}"]);
    assert_eq!(items(r#"{"disk": [], "pagination": {}}"#), Some(Vec::new()));
    for wrong in [
        r#"{"pagination": {}, "disk": [{}, null]}"#,
        r#"{"pagination": {}, "disk": {}}"#,
        r#"{"pagination": {}, "disks": []}"#,
        r#"{"disk": []}"#,
        r#"{"pagination": {}}"#,
        r#"{"pagination": {}, "disk": [{]}"#,
    ] {
        assert_eq!(items(wrong), None, "{wrong}");
    }
}

/// What one value of each kind costs, written so that many make an object: `{"a":[…]}`.
fn many(item: &str, times: usize) -> String {
    format!("{{\"a\":[{}{item}]}}", format!("{item},").repeat(times - 1))
}

fn status(unfit: Result<(), Unfit>) -> Option<Status> {
    match unfit {
        Err(Unfit::Limit(error)) => Some(error.status()),
        Err(Unfit::Shape(error)) => panic!("{error}"),
        Ok(()) => None,
    }
}

#[test]
fn more_values_than_a_response_has_are_rejected() {
    let check = |text: &str| status(check_object(text, &["a"], &|| Ok(())));
    assert_eq!(check(&many("{}", (1 << 17) - 1)), None);
    assert_eq!(check(&many("{}", 1 << 17)), Some(Status::ResponseTooLarge));
    assert!(!is_object(many("{}", 1 << 17).as_bytes()));
    // Too deep for the scanner, but not for serde_json, which does not look into what it skips.
    let deep = |item| {
        many(item, 2).replacen('a', &format!("x\":{}{},\"a", "[".repeat(200), "]".repeat(200)), 1)
    };
    assert_eq!(check(&deep("{}")), None);
    assert_eq!(
        check(&deep("{},".repeat(1 << 17).trim_end_matches(','))),
        Some(Status::ResponseTooLarge)
    );
}

#[test]
fn a_page_has_2000_items_at_most() {
    let shape = |items: usize| {
        let items = format!("{}{{}}", "{},".repeat(items - 1));
        let text = format!("{{\"pagination\":{{}},\"disk\":[{items}]}}");
        let shape = page_shape(&text, &["pagination", "disk"], "disk", &|| Ok(()));
        shape.map(|shape| shape.unwrap().items.len()).map_err(|error| error.status())
    };
    assert_eq!(shape(2000), Ok(2000));
    assert_eq!(shape(2001), Err(Status::ResponseTooLarge));
}

#[test]
fn whoever_looks_can_end_the_work_on_a_large_text() {
    #[derive(Debug, Deserialize)]
    struct Large {
        a: Vec<String>,
    }
    let late = || Error::new(Status::TimedOut, Outcome::Unknown, "late");
    // What the scanner accepts, and what serde_json has to judge, because of the escaped key.
    let usual = many(&format!("\"{}\"", "x".repeat(1000)), 3000);
    let unusual = usual.replacen('a', "\\u0061", 1);
    for text in [&usual, &unusual] {
        let looks = Cell::new(0);
        let count = || {
            looks.set(looks.get() + 1);
            Ok(())
        };
        assert_eq!(status(check_object(text, &["a"], &count)), None);
        let once = looks.get();
        assert!(once >= 40, "each 64 KiB of 3 MB: {once}");
        let large: Large = decode(text, &count).ok().unwrap();
        assert_eq!(large.a.len(), 3000);
        assert!(looks.get() >= once + 40, "decoding looks, too");
        let stops_at = |number: usize, work: &dyn Fn(Look<'_>) -> Result<(), Unfit>| {
            looks.set(0);
            let stop = || if looks.get() == number { Err(late()) } else { count() };
            assert_eq!(status(work(&stop)), Some(Status::TimedOut), "{number}");
        };
        for number in [0, 5, once - 1] {
            stops_at(number, &|look| check_object(text, &["a"], look));
            stops_at(number.min(30), &|look| decode::<Large>(text, look).map(drop));
        }
    }
}

#[test]
fn a_detail_is_small_or_simple() {
    let has_detail = |text: String| detail(text.as_bytes()).is_some();
    assert!(has_detail(many("{\"b\":1}", 5000)));
    assert!(!has_detail(many("{\"b\":1}", 50_000)));
    assert!(has_detail(format!("{{\"a\":\"{}\"}}", "x".repeat(1_000_000))));
    assert!(!has_detail(format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20))));
}
