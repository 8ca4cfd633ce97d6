//! Entries of a text instead of a file.

use std::rc::Rc;

use super::entry::Entry;
use super::node::{Mapping, Node, Source, Value, merged};
use super::{Given, complete, holds_a_secret, yaml};

fn parsed(text: &str) -> Rc<Node> {
    let source = Source::File { path: "f".to_owned(), entry: "clouds.c".to_owned().into() };
    let source = Rc::new(source);
    match yaml::document(text, &source) {
        Ok(Some(root)) => root,
        Ok(None) => Rc::new(Node::new(Value::Mapping(Mapping::new()), &source)),
        Err(problem) => panic!("{}", problem.what),
    }
}

pub(in crate::openstack) fn entry(
    text: &str,
    region_name: Option<&str>,
    has_auth_url: bool,
) -> Result<Entry, String> {
    let entry = Entry::of("c", "f: clouds.c", &parsed(text));
    entry
        .and_then(|entry| complete(entry, Given { region_name, has_auth_url }))
        .map_err(|error| error.to_string())
}

#[test]
fn secure_yaml_is_laid_over_clouds_yaml_level_by_level() {
    let below = parsed("auth: {username: a, password: b}\nregion_name: r\nlist: [1]");
    let above = parsed("auth: {password: c}\nlist: [2, 3]\nverify: false");
    let both = merged(below.as_mapping().unwrap(), above.as_mapping().unwrap());
    let auth = both["auth"].as_mapping().unwrap();
    assert_eq!(auth["username"].as_text(), Some("a"));
    assert_eq!(auth["password"].as_text(), Some("c"));
    assert_eq!(both["list"].words(), Some(vec!["2", "3"]));
    assert_eq!(both["region_name"].as_text(), Some("r"));
    assert_eq!(both["verify"].flag(), Some(false));
}

#[test]
fn a_secret_is_found_wherever_it_may_be() {
    let table = [
        ("auth: {username: a, auth_url: b}", false),
        ("auth: {password: ''}", false),
        ("auth: {password: a}", true),
        ("auth-token: a", true),
        ("regions: [a, {name: b, values: {auth: {password: c}}}]", true),
    ];
    for (text, expected) in table {
        assert_eq!(holds_a_secret(&parsed(text)), expected, "{text}");
    }
}
