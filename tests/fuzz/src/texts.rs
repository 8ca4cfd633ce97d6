//! Texts that may be JSON: what scans them believes no more than serde_json does, and sees the same in them.

use std::ops::Range;

use json_scan::Limits;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

/// The text.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut members = 0;
    let accepted = json_scan::object(text, Limits::NONE, |_, scanner| {
        members += 1;
        scanner.value().map(check_value)
    });
    if accepted.is_ok() {
        assert!(serde_json::from_str::<IgnoredAny>(text).is_ok(), "not JSON");
        assert!(count(text).is_none_or(|count| count == members), "members were lost");
    }
    let _ = json_scan::object(text, Limits::NONE, |_, scanner| {
        check_elements(text, &scanner.elements(usize::MAX)?);
        Some(())
    });
}

/// A value alone has no blanks around it.
fn check_value(value: &str) {
    let raw: &RawValue = serde_json::from_str(value).expect("a value");
    assert_eq!(raw.get(), value);
}

fn check_elements(text: &str, places: &[Range<usize>]) {
    places.iter().for_each(|place| check_value(&text[place.clone()]));
    if let (Some(first), Some(last)) = (places.first(), places.last()) {
        let between = format!("[{}]", &text[first.start..last.end]);
        let elements: Vec<&RawValue> = serde_json::from_str(&between).expect("the elements");
        let elements = elements.into_iter().map(RawValue::get);
        assert!(elements.eq(places.iter().map(|place| &text[place.clone()])), "other elements");
    }
}

/// How many members an object has. `None` if a key is half a surrogate pair, which JSON permits and no
/// string of Rust can be.
fn count(text: &str) -> Option<usize> {
    struct Count;
    impl<'de> serde::de::Visitor<'de> for Count {
        type Value = usize;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(
            self,
            mut members: A,
        ) -> Result<usize, A::Error> {
            let mut count = 0;
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                count += 1;
            }
            Ok(count)
        }
    }
    serde::Deserializer::deserialize_map(&mut serde_json::Deserializer::from_str(text), Count).ok()
}
