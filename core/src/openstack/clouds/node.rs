//! A configuration as it is written: texts, lists and mappings, each with the place it comes from.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use zeroize::Zeroizing;

use crate::{Error, Result};

/// By their keys. A key is not secret.
pub(in crate::openstack) type Mapping = BTreeMap<String, Rc<Node>>;

/// A part of a file, or a variable of the environment. Texts are wiped when it is dropped.
pub(in crate::openstack) struct Node {
    pub(in crate::openstack) value: Value,
    source: Rc<Source>,
    depth: usize,
    size: usize,
}

pub(in crate::openstack) enum Value {
    Text {
        text: Zeroizing<String>,
        /// Whether YAML gives the text a meaning of its own, as `~` has.
        is_plain: bool,
    },
    List(Vec<Rc<Node>>),
    Mapping(Mapping),
}

/// Where a value is written.
pub(in crate::openstack) enum Source {
    Variable,
    /// `entry` is what messages say before a key, such as `clouds.production`; which one is read may turn out
    /// later than the file's text.
    File {
        path: String,
        entry: OnceCell<String>,
    },
}

impl Node {
    pub(in crate::openstack) fn new(value: Value, source: &Rc<Source>) -> Node {
        let (depth, size) = {
            let children: Vec<&Rc<Node>> = match &value {
                Value::Text { .. } => Vec::new(),
                Value::List(items) => items.iter().collect(),
                Value::Mapping(members) => members.values().collect(),
            };
            let depth = children.iter().map(|child| child.depth + 1).max().unwrap_or(0);
            (depth, children.iter().fold(1_usize, |size, child| size.saturating_add(child.size)))
        };
        Node { value, source: Rc::clone(source), depth, size }
    }

    pub(in crate::openstack) fn text(text: &str, source: &Rc<Source>) -> Node {
        let text = Zeroizing::new(text.to_owned());
        Node::new(Value::Text { text, is_plain: false }, source)
    }

    /// Another value in this one's place.
    pub(super) fn with(&self, value: Value) -> Rc<Node> {
        Rc::new(Node::new(value, &self.source))
    }

    /// How many levels are below this one. It bounds what recursion needs of the stack.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// How many values it has, each counted as often as aliases repeat it.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    pub(in crate::openstack) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Text { text, .. } => Some(text),
            _ => None,
        }
    }

    pub(in crate::openstack) fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// Whether it says something: null and an empty text count as left out, as in openstacksdk.
    pub(in crate::openstack) fn is_set(&self) -> bool {
        match &self.value {
            Value::Text { text, is_plain: true } => {
                !matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL")
            }
            Value::Text { text, is_plain: false } => !text.is_empty(),
            Value::List(_) | Value::Mapping(_) => true,
        }
    }

    /// The words of a text with commas, or of a list; `None` if it is neither, or has no words.
    pub(in crate::openstack) fn words(&self) -> Option<Vec<&str>> {
        let words: Vec<&str> = match &self.value {
            Value::Text { text, .. } => text.split(',').collect(),
            Value::List(items) => items.iter().map(|item| item.as_text()).collect::<Option<_>>()?,
            Value::Mapping(_) => return None,
        };
        let words: Vec<&str> =
            words.into_iter().map(str::trim).filter(|word| !word.is_empty()).collect();
        Some(words).filter(|words| !words.is_empty())
    }

    /// A truth value in one of YAML 1.1's spellings, which people also write in quotes.
    pub(in crate::openstack) fn flag(&self) -> Option<bool> {
        let text = self.as_text()?;
        let is_one_of = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        if is_one_of(["true", "yes", "on"]) {
            return Some(true);
        }
        is_one_of(["false", "no", "off"]).then_some(false)
    }

    /// The place of the value with this key, for messages. `key` may be a path, such as `auth.token`.
    pub(in crate::openstack) fn place(&self, key: &str) -> String {
        match &*self.source {
            Source::Variable => {
                format!("OS_{}", key.rsplit('.').next().unwrap_or(key).to_uppercase())
            }
            Source::File { path, entry } => {
                let entry = entry.get().map_or("clouds", String::as_str);
                format!("{path}: {entry}.{key}")
            }
        }
    }

    /// An error about the value of `key`, which it does not quote: it may be a secret.
    pub(in crate::openstack) fn wrong(&self, key: &str, problem: &str) -> Error {
        Error::invalid_configuration(format!("{} {problem}", self.place(key)))
    }
}

/// Two mappings as one: `above` wins, and mappings in both are merged in their turn.
pub(super) fn merged(below: &Mapping, above: &Mapping) -> Mapping {
    let mut merged = below.clone();
    for (key, node) in above {
        let both = merged.get(key).and_then(|old| old.as_mapping()).zip(node.as_mapping());
        let node = match both {
            Some((old, new)) => node.with(Value::Mapping(self::merged(old, new))),
            None => Rc::clone(node),
        };
        merged.insert(key.clone(), node);
    }
    merged
}

/// A mapping whose keys have underscores: openstacksdk takes dashes as well.
pub(super) fn with_underscores(mapping: &Mapping) -> Result<Mapping> {
    let mut changed = Mapping::new();
    for (key, node) in mapping {
        let name = key.replace('-', "_");
        if changed.insert(name.clone(), Rc::clone(node)).is_some() {
            return Err(node.wrong(&name, "is given twice: with dashes and with underscores"));
        }
    }
    Ok(changed)
}
