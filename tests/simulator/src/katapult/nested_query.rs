//! Names in brackets: `disk[id]=…`, `annotations[][key]=…`, as Rack, the server's parser, reads them.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Rack goes no deeper.
const MAX_DEPTH: usize = 32;

/// A name or a value that Rack raises an exception for.
pub(super) struct Malformed;

type Tree = Map<String, Value>;

/// The tree of a query or a form. Of a name that comes twice the last value counts; a name without
/// `=` is null.
pub(super) fn tree(text: &str) -> Result<Tree, Malformed> {
    let mut tree = Tree::new();
    for pair in text.split('&').map(|pair| pair.trim_start_matches(' ')) {
        if pair.is_empty() {
            continue;
        }
        let (name, value) = match pair.split_once('=') {
            Some((name, value)) => (name, Value::String(decoded(value)?)),
            None => (pair, Value::Null),
        };
        insert(&mut tree, &decoded(name)?, value, 0)?;
    }
    Ok(tree)
}

fn decoded(text: &str) -> Result<String, Malformed> {
    let is_escape =
        |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|digit| digit.is_ascii_hexdigit());
    if !text.split('%').skip(1).all(is_escape) {
        return Err(Malformed);
    }
    let spaced = text.replace('+', " ");
    Ok(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

/// Puts a value where its name says. At the top a name ends at its first bracket; below, it is what
/// is between two.
fn insert(into: &mut Tree, name: &str, value: Value, depth: usize) -> Result<(), Malformed> {
    if depth >= MAX_DEPTH {
        return Err(Malformed);
    }
    let (key, rest) = split(name, depth);
    if key.is_empty() {
        return Ok(());
    }
    match rest {
        "" => {
            into.insert(key.to_owned(), value);
        }
        "[" => {
            into.insert(name.to_owned(), value);
        }
        _ => match rest.strip_prefix("[]") {
            Some("") => array(into, key)?.push(value),
            Some(after) => insert_element(array(into, key)?, after, value, depth + 1)?,
            None => insert(object(into, key)?, rest, value, depth + 1)?,
        },
    }
    Ok(())
}

fn split(name: &str, depth: usize) -> (&str, &str) {
    // A bracket at the very beginning is a part of the name.
    let second = name.chars().next().map_or(0, char::len_utf8);
    if depth == 0 {
        let end = name[second..].find('[').map_or(name.len(), |at| at + second);
        return name.split_at(end);
    }
    if let Some(rest) = name.strip_prefix("[]") {
        return ("[]", rest);
    }
    let inner = name.strip_prefix('[').and_then(|inner| inner.split_once(']'));
    inner.unwrap_or((name, ""))
}

/// A member of an array's last object; or of a new one, if the last object has this member already.
fn insert_element(
    array: &mut Vec<Value>,
    after: &str,
    value: Value,
    depth: usize,
) -> Result<(), Malformed> {
    let only = after.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    let name = only.filter(|only| !only.is_empty() && !only.contains(['[', ']'])).unwrap_or(after);
    if name == "[]" {
        array.push(Value::Array(vec![value]));
        return Ok(());
    }
    if let Some(Value::Object(last)) = array.last_mut() {
        if !has(last, name) {
            return insert(last, name, value, depth);
        }
    }
    let mut element = Tree::new();
    insert(&mut element, name, value, depth)?;
    array.push(Value::Object(element));
    Ok(())
}

/// Whether there is a value of this name. An array takes any number, so it never has one.
fn has(tree: &Tree, name: &str) -> bool {
    if name.contains("[]") {
        return false;
    }
    let mut keys = name.split(['[', ']']).filter(|key| !key.is_empty());
    let first = keys.next().and_then(|key| tree.get(key));
    keys.fold(first, |found, key| found?.as_object()?.get(key)).is_some()
}

fn array<'a>(tree: &'a mut Tree, key: &str) -> Result<&'a mut Vec<Value>, Malformed> {
    let value = present(tree, key, || Value::Array(Vec::new()));
    value.as_array_mut().ok_or(Malformed)
}

fn object<'a>(tree: &'a mut Tree, key: &str) -> Result<&'a mut Tree, Malformed> {
    let value = present(tree, key, || Value::Object(Tree::new()));
    value.as_object_mut().ok_or(Malformed)
}

fn present<'a>(tree: &'a mut Tree, key: &str, new: fn() -> Value) -> &'a mut Value {
    let value = tree.entry(key).or_insert(Value::Null);
    if value.is_null() {
        *value = new();
    }
    value
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::tree;

    #[test]
    fn a_query_becomes_a_tree() {
        for (query, expected) in [
            ("", json!({})),
            ("&&a=1&a=2&b=x%20y+z& c", json!({ "a": "2", "b": "x y z", "c": null })),
            ("disk%5Bid%5D=x&disk[y]=", json!({ "disk": { "id": "x", "y": "" } })),
            ("a[b][c][d]=1", json!({ "a": { "b": { "c": { "d": "1" } } } })),
            ("x[]=1&x[]=2&x[]", json!({ "x": ["1", "2", null] })),
            ("x[][y]=1&x[][z]=2&x[][y]=3", json!({ "x": [{ "y": "1", "z": "2" }, { "y": "3" }] })),
            (
                "x[][y][z]=1&x[][y][w]=2&x[][y][z]=3",
                json!({ "x": [{ "y": { "z": "1", "w": "2" } }, { "y": { "z": "3" } }] }),
            ),
            ("x[][y][]=1&x[][y][]=2", json!({ "x": [{ "y": ["1", "2"] }] })),
            ("x[][]=1", json!({ "x": [["1"]] })),
            ("[x]=1&[]=2&a[=3&=4", json!({ "[x]": "1", "[]": "2", "a[": "3" })),
            ("a[b]c=1&d[]e=2", json!({ "a": { "b": { "c": "1" } }, "d": [{ "e": "2" }] })),
            ("a&a[b]=1", json!({ "a": { "b": "1" } })),
            ("é[x]=1", json!({ "é": { "x": "1" } })),
        ] {
            let tree = tree(query).map(Value::Object).ok();
            assert_eq!(tree, Some(expected), "{query}");
        }
    }

    #[test]
    fn contradictions_and_broken_escapes_are_malformed() {
        let deep = format!("a{}=1", "[b]".repeat(40));
        for query in ["a=1&a[b]=2", "a[b]=1&a[]=2", "a[]=1&a[b]=2", "a=%", "a=%e", "%zz=1", &deep] {
            assert!(tree(query).is_err(), "{query}");
        }
    }
}
