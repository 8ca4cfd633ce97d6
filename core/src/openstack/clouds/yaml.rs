//! Reads YAML that may hold passwords. Scalars stay as they are written: an id may look like a number.

use std::collections::BTreeMap;
use std::rc::Rc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use zeroize::Zeroizing;

use super::node::{Mapping, Node, Source, Value};

/// Levels of lists and mappings; clouds.yaml has about six.
const DEEPEST: usize = 64;
/// Values, each counted as often as aliases repeat it.
const LARGEST: usize = 100_000;

/// What is wrong with a text. It quotes nothing of it.
pub(super) struct Problem {
    pub(super) what: &'static str,
    line: usize,
    column: usize,
}

impl Problem {
    fn at(what: &'static str, marker: &Marker) -> Problem {
        Problem { what, line: marker.line(), column: marker.col() + 1 }
    }

    pub(super) fn place(&self) -> String {
        format!("line {}, column {}", self.line, self.column)
    }
}

impl From<ScanError> for Problem {
    fn from(error: ScanError) -> Problem {
        Problem::at("not valid YAML", error.marker())
    }
}

/// A list or mapping whose end has not been read. A mapping's keys and values alternate.
struct Open {
    is_mapping: bool,
    anchor: usize,
    children: Vec<(Rc<Node>, Marker)>,
}

/// The document in a text; `None` if it is empty.
pub(super) fn document(text: &str, source: &Rc<Source>) -> Result<Option<Rc<Node>>, Problem> {
    let mut anchors = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event?;
        let problem = |what| Err(Problem::at(what, &span.start));
        let (tag, opens) = match &event {
            Event::SequenceStart(_, tag) | Event::MappingStart(_, tag) => (tag.as_ref(), true),
            Event::Scalar(.., tag) => (tag.as_ref(), false),
            _ => (None, false),
        };
        if !tag.is_none_or(|tag| is_known(tag)) {
            return problem("a tag that is not known here");
        }
        if opens && open.len() >= DEEPEST {
            return problem("nested too deeply");
        }
        let (node, anchor) = match event {
            Event::SequenceStart(anchor, _) => {
                open.push(Open { is_mapping: false, anchor, children: Vec::new() });
                continue;
            }
            Event::MappingStart(anchor, _) => {
                open.push(Open { is_mapping: true, anchor, children: Vec::new() });
                continue;
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| matches!(tag.suffix.as_str(), "str" | "!"));
                let is_plain = style == ScalarStyle::Plain && !is_text;
                let text = Zeroizing::new(text.into_owned());
                (Rc::new(Node::new(Value::Text { text, is_plain }, source)), anchor)
            }
            Event::Alias(anchor) => match anchors.get(&anchor) {
                Some(node) => (Rc::clone(node), 0),
                None => return problem("an alias of what is not complete"),
            },
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { is_mapping, anchor, children }) = open.pop() else { continue };
                let value = match is_mapping {
                    true => Value::Mapping(mapping(children)?),
                    false => Value::List(children.into_iter().map(|(item, _)| item).collect()),
                };
                (Rc::new(Node::new(value, source)), anchor)
            }
            Event::DocumentStart(_) if root.is_some() => {
                return problem("a second document: everything must be in one");
            }
            _ => continue,
        };
        // Aliases of aliases nest without any brackets, and twice the same one makes a tree grow fast.
        if node.depth() > DEEPEST {
            return problem("nested too deeply");
        }
        if node.size() > LARGEST {
            return problem("too many values, by aliases of aliases");
        }
        if anchor > 0 {
            anchors.insert(anchor, Rc::clone(&node));
        }
        match open.last_mut() {
            Some(parent) => parent.children.push((node, span.start)),
            None => root = Some(node),
        }
    }
    Ok(root.filter(|root| root.is_set()))
}

/// YAML's own tags. Others, such as `!vault`, stand for what only another program can read.
fn is_known(tag: &Tag) -> bool {
    const KNOWN: [&str; 7] = ["str", "int", "float", "bool", "null", "seq", "map"];
    match tag.is_yaml_core_schema() {
        true => KNOWN.contains(&tag.suffix.as_str()),
        false => tag.handle.is_empty() && tag.suffix == "!",
    }
}

/// A mapping with its merge keys (`<<`) resolved: own keys win, then the later `<<`, and in a list of
/// mappings the earlier one, as YAML 1.1 describes it. (Observed: PyYAML does so up to 6.0.3; 6.0.4 takes
/// the last of a list for most keys.)
fn mapping(children: Vec<(Rc<Node>, Marker)>) -> Result<Mapping, Problem> {
    let mut own = Mapping::new();
    let mut merged = Mapping::new();
    for pair in children.chunks_exact(2) {
        let [(key, at), (value, _)] = pair else { continue };
        let Value::Text { text, is_plain } = &key.value else {
            return Err(Problem::at("a key that is not a text", at));
        };
        if *is_plain && text.as_str() == "<<" {
            let wrong = || Problem::at("<< must name a mapping or a list of mappings", at);
            for mapping in mappings(value).ok_or_else(wrong)?.into_iter().rev() {
                merged.extend(mapping.iter().map(|(key, node)| (key.clone(), Rc::clone(node))));
            }
        } else if own.insert(text.to_string(), Rc::clone(value)).is_some() {
            return Err(Problem::at("a key is given twice", at));
        }
    }
    merged.append(&mut own);
    Ok(merged)
}

fn mappings(value: &Node) -> Option<Vec<&Mapping>> {
    match &value.value {
        Value::Mapping(mapping) => Some(vec![mapping]),
        Value::List(items) => items.iter().map(|item| item.as_mapping()).collect(),
        Value::Text { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::node::{Node, Source, Value};
    use super::document;

    fn read(text: &str) -> Result<Option<String>, String> {
        let document = document(text, &Rc::new(Source::Variable));
        document
            .map(|root| root.map(|root| shown(&root)))
            .map_err(|problem| format!("{} at {}", problem.what, problem.place()))
    }

    fn shown(node: &Node) -> String {
        match &node.value {
            Value::Text { text, .. } if node.is_set() => text.to_string(),
            Value::Text { .. } => "-".to_owned(),
            Value::List(items) => {
                format!("[{}]", items.iter().map(|item| shown(item)).collect::<Vec<_>>().join(" "))
            }
            Value::Mapping(members) => {
                let members = members.iter().map(|(key, node)| format!("{key}={}", shown(node)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(" "))
            }
        }
    }

    #[test]
    fn scalars_stay_as_they_are_written() {
        for text in [
            "0001",
            "0123456",
            "1e5",
            "0x1F",
            "0o17",
            "1.50",
            ".inf",
            ".5",
            "+49301234",
            "yes",
            "1234e567890123456789012345678901",
            "12345678901234567890123",
            "2024-01-01",
            "1_000",
        ] {
            assert_eq!(read(&format!("a: {text}")).unwrap().unwrap(), format!("{{a={text}}}"));
        }
        let table = [
            ("a: ~", "{a=-}"),
            ("a: Null", "{a=-}"),
            ("a:", "{a=-}"),
            ("a: ''", "{a=-}"),
            ("a: '~'", "{a=~}"),
            ("a: !!str null", "{a=null}"),
            ("a: ! null", "{a=null}"),
            ("a: !!int 017", "{a=017}"),
            ("\u{feff}a: b\r\nc: d\r\n", "{a=b c=d}"),
            ("{\"a\": \"\\u00e9\\/\", \"b\": [1, 2]}", "{a=é/ b=[1 2]}"),
        ];
        for (text, expected) in table {
            assert_eq!(read(text).unwrap().as_deref(), Some(expected), "{text}");
        }
        for empty in ["", "# nothing\n", "---\n", "~"] {
            assert_eq!(read(empty), Ok(None));
        }
    }

    #[test]
    fn merge_keys_are_resolved() {
        let table = [
            ("m: {a: 1, b: 2}", "<<: *x\nb: 3", "{a=1 b=3}"),
            ("m: {a: 1, b: 2}", "b: 3\n<<: *x", "{a=1 b=3}"),
            ("m: {a: 1, n: {c: 1, d: 2}}", "<<: *x\nn: {c: 9}", "{a=1 n={c=9}}"),
            ("m: {a: 1}", "<<: [*x, {a: 2, b: 2}]", "{a=1 b=2}"),
            ("m: {a: 1}", "<<: [*x, {a: 2, b: 2}]\na: 3", "{a=3 b=2}"),
            ("m: {a: 1}", "<<: {a: 1, b: 1}\n<<: {a: 2}", "{a=2 b=1}"),
            ("m: {a: 1}", "'<<': *x", "{<<={a=1}}"),
        ];
        for (first, second, expected) in table {
            let first = first.replace("m: ", "m: &x ");
            let text = format!("{first}\nk:\n  {}", second.replace('\n', "\n  "));
            let found = read(&text).unwrap().unwrap();
            assert!(found.starts_with(&format!("{{k={expected} m=")), "{text}: {found}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let deep = "[".repeat(65) + &"]".repeat(65);
        let aliases = (0..70).fold("a0: &a0 [x]\n".to_owned(), |text, at| {
            format!("{text}a{0}: &a{0} [*a{at}]\n", at + 1)
        });
        let doubling = (0..40).fold("a0: &a0 [x]\n".to_owned(), |text, at| {
            format!("{text}a{0}: &a{0} [*a{at}, *a{at}]\n", at + 1)
        });
        let table = [
            ("a: }", "not valid YAML at line 1, column 4"),
            ("a: 1\na: 2", "a key is given twice at line 2, column 1"),
            ("<<: x", "<< must name a mapping or a list of mappings at line 1, column 1"),
            ("? [a]\n: b", "a key that is not a text at line 1"),
            ("a: !vault x", "a tag that is not known here at line 1"),
            ("a: !!binary x", "a tag that is not known here at line 1"),
            ("a: &a [*a]", "an alias of what is not complete at line 1"),
            ("a: 1\n---\nb: 2", "a second document: everything must be in one at line 2"),
            (&deep, "nested too deeply"),
            (&aliases, "nested too deeply at line 6"),
            (&doubling, "too many values, by aliases of aliases at line 1"),
            ("a:\n\t- b", "not valid YAML at line 2"),
        ];
        for (text, expected) in table {
            let problem = read(text).unwrap_err();
            assert!(problem.starts_with(expected), "{text}: {problem}");
        }
    }
}
