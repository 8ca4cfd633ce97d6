//! Imports go one way: no module of the crate imports, through others, itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A client performs operations and workflows, and each of those adds its methods to the client.
const ONE_PART: [&str; 3] = ["client", "katapult", "workflow"];

type Imports = BTreeMap<String, BTreeSet<String>>;

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    entries.flat_map(|entry| files(&entry.expect("a readable entry").path())).collect()
}

/// A module's source, without comments and tests.
fn source(module: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let paths = [root.join(format!("{module}.rs")), root.join(module)];
    let files = paths.iter().flat_map(|path| files(path));
    let files = files.filter(|file| !file.ends_with("tests.rs"));
    let code = |file: PathBuf| {
        let text = fs::read_to_string(file).expect("a readable source");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    files.map(code).collect()
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The names after each `crate::`, alone or in braces.
fn imported(source: &str) -> BTreeSet<&str> {
    let after = source.split("crate::").skip(1);
    let names = after.flat_map(|rest| {
        let list = match rest.strip_prefix('{') {
            Some(list) => list.split("};").next().unwrap_or_default(),
            None => rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""),
        };
        identifiers(list)
    });
    names.collect()
}

/// Every module's imports of other modules; a name of the crate's root counts for its module.
fn imports() -> Imports {
    let lib = source("lib");
    let declared = lib.lines().filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    });
    let modules: BTreeSet<String> = declared.collect();
    let mut owner = BTreeMap::new();
    for item in lib.split(';').filter_map(|item| item.trim().strip_prefix("pub use ")) {
        let (module, names) = item.split_once("::").expect("a path");
        if names == "*" {
            let source = source(module);
            for line in source.lines().filter_map(|line| line.strip_prefix("pub ")) {
                owner.extend(
                    identifiers(line).nth(1).map(|name| (name.to_owned(), module.to_owned())),
                );
            }
        } else {
            let names = identifiers(names).map(|name| (name.to_owned(), module.to_owned()));
            owner.extend(names);
        }
    }
    let of = |module: &String| {
        let source = source(module);
        let names = imported(&source).into_iter();
        names
            .filter_map(|name| modules.get(name).or_else(|| owner.get(name)))
            .filter(|other| *other != module)
            .cloned()
            .collect()
    };
    modules.iter().map(|module| (module.clone(), of(module))).collect()
}

/// The modules that `module` imports, directly or through others.
fn reached(imports: &Imports, module: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![module.to_owned()];
    while let Some(next) = open.pop() {
        open.extend(
            imports[&next].iter().filter(|other| reached.insert((*other).clone())).cloned(),
        );
    }
    reached
}

#[test]
fn no_module_imports_itself_through_others() {
    let imports = imports();
    assert!(imports["transport"].contains("http_options"), "it finds imports: {imports:?}");
    for (module, direct) in &imports {
        for other in direct {
            let is_one_part = [module, other].iter().all(|name| ONE_PART.contains(&name.as_str()));
            assert!(
                is_one_part || !reached(&imports, other).contains(module),
                "{module} imports {other}, which imports {module}, perhaps through others"
            );
        }
    }
}
