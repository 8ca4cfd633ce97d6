//! Finds clouds.yaml and its siblings where the OpenStack tools do, and reads them.

use std::cell::OnceCell;
use std::env;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zeroize::Zeroizing;

use super::node::{Node, Source};
use super::yaml;
use crate::openstack::config::environment::variable;
use crate::{Error, Result, platform};

/// In bytes. Real files have a few thousand.
const LARGEST: usize = 4 << 20;

/// A file that was read.
pub(super) struct Document {
    pub(super) path: String,
    /// `None` if the file is empty.
    pub(super) root: Option<Rc<Node>>,
    /// The permission bits.
    pub(super) mode: u32,
    source: Rc<Source>,
}

impl Document {
    /// Says which entry is read, for messages: `clouds.production`.
    pub(super) fn is_read_for(&self, name: &str) {
        if let Source::File { entry, .. } = &*self.source {
            entry.get_or_init(|| name.to_owned());
        }
    }
}

/// Reads the file that the variable `named_by` names, or else the first one on the search path.
pub(super) fn read(name: &str, named_by: Option<&str>) -> Result<Option<Document>> {
    let Some(path) = find(name, named_by)? else { return Ok(None) };
    let shown = path.display().to_string();
    // No message quotes the file's text, which may be a password.
    let invalid = |problem: &str| Error::invalid_configuration(format!("{shown}: {problem}"));
    let (text, mode, is_pipe) = contents(&path).map_err(|error| invalid(&error.to_string()))?;
    let source = Rc::new(Source::File { path: shown.clone(), entry: OnceCell::new() });
    let root = match std::str::from_utf8(&text) {
        Ok(text) => yaml::document(text, &source)
            .map_err(|problem| invalid(&format!("{} at {}", problem.what, problem.place())))?,
        Err(_) => return Err(invalid("is not UTF-8")),
    };
    if root.is_none() && is_pipe {
        return Err(invalid("is empty; a pipe can be read once"));
    }
    Ok(Some(Document { path: shown, root, mode, source }))
}

fn find(name: &str, named_by: Option<&str>) -> Result<Option<PathBuf>> {
    if let Some(named_by) = named_by {
        if let Some(path) = variable(named_by)? {
            let path = without_tilde(&path);
            if !is_readable_kind(&path) {
                let text = format!("{named_by} is {}, which is not a file", path.display());
                return Err(Error::invalid_configuration(text));
            }
            return Ok(Some(path));
        }
    }
    let files = directories()?.into_iter().flat_map(|directory| {
        ["yaml", "yml", "json"].map(|ending| directory.join(format!("{name}.{ending}")))
    });
    Ok(files.into_iter().find(|file| is_readable_kind(file)))
}

fn is_readable_kind(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| platform::is_readable_kind(metadata.file_type()))
}

/// Where openstacksdk looks, in its order.
fn directories() -> Result<Vec<PathBuf>> {
    let home = home();
    let in_home = |path: &str| home.as_ref().map(|home| home.join(path));
    let user = match variable("XDG_CONFIG_HOME")? {
        Some(directory) => Some(PathBuf::from(directory)),
        None if cfg!(target_os = "macos") => in_home("Library/Application Support"),
        None => in_home(".config"),
    };
    // A snap's HOME is not the user's.
    let unix = match variable("SNAP_REAL_HOME")? {
        Some(home) => Some(Path::new(&home).join(".config")),
        None => in_home(".config"),
    };
    let site = variable("XDG_CONFIG_DIRS")?.unwrap_or_else(|| "/etc/xdg".to_owned());
    let site = site.split(':').filter(|directory| !directory.is_empty()).map(PathBuf::from);
    let shared = user.into_iter().chain(unix).chain(site).chain([PathBuf::from("/etc")]);
    let shared = shared.map(|directory| directory.join("openstack"));
    Ok([PathBuf::from(".")].into_iter().chain(shared).collect())
}

/// A path whose `~` is replaced by the home directory.
pub(in crate::openstack) fn without_tilde(path: &str) -> PathBuf {
    let rest = match path.strip_prefix('~') {
        Some("") => Some(""),
        Some(rest) => rest.strip_prefix('/'),
        None => None,
    };
    match (rest, home()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

#[allow(deprecated, reason = "home_dir is, before Rust 1.87, for its behaviour on Windows")]
fn home() -> Option<PathBuf> {
    env::home_dir()
}

/// A file's bytes, its permissions and whether it is a pipe.
fn contents(path: &Path) -> io::Result<(Zeroizing<Vec<u8>>, u32, bool)> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    // One more than its length, so that its end is met without growing.
    let room = usize::try_from(metadata.len()).unwrap_or(0).clamp(4095, LARGEST) + 1;
    let mut text = Zeroizing::new(vec![0; room]);
    let mut length = 0;
    loop {
        if length == text.len() {
            if length > LARGEST {
                return Err(io::Error::other(format!("has more than {LARGEST} bytes")));
            }
            // Not by growing the vector, which would leave a copy behind that is not wiped.
            let mut larger = Zeroizing::new(vec![0; 2 * length]);
            larger[..length].copy_from_slice(&text);
            text = larger;
        }
        match file.read(&mut text[length..]) {
            Ok(0) => break,
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    text.truncate(length);
    Ok((text, platform::mode(&metadata), !metadata.is_file()))
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, contents, without_tilde};

    #[test]
    fn a_file_of_any_length_is_read_whole() {
        let path = std::env::temp_dir().join(format!("katapult-files-{}", std::process::id()));
        for length in [0, 1, 4096, 4097, 20_000] {
            std::fs::write(&path, vec![b'x'; length]).unwrap();
            assert_eq!(contents(&path).unwrap().0.len(), length);
        }
        let file = std::fs::File::create(&path).unwrap();
        file.set_len(LARGEST as u64 + 2).unwrap();
        assert!(contents(&path).unwrap_err().to_string().starts_with("has more than"));
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_tilde_is_the_home_directory() {
        let home = super::home().unwrap();
        for (path, expected) in [
            ("~", home.clone()),
            ("~/ca.pem", home.join("ca.pem")),
            ("~other/x", "~other/x".into()),
            ("/a/~", "/a/~".into()),
        ] {
            assert_eq!(without_tilde(path), expected);
        }
    }
}
