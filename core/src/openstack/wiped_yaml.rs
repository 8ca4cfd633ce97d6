//! YAML that may hold passwords.

use std::ops::Deref;

use saphyr::{LoadableYamlNode, ScalarOwned, ScanError, YamlOwned};
use zeroize::Zeroize;

/// A document, or a part of one. Its texts are wiped when it is dropped.
pub(super) struct WipedYaml(YamlOwned);

impl WipedYaml {
    /// The first document of a file; `None` if there is none.
    pub(super) fn first(text: &str) -> Result<Option<WipedYaml>, ScanError> {
        let documents = YamlOwned::load_from_str(text)?;
        // Wrap all documents, so that all are wiped.
        let documents: Vec<WipedYaml> = documents.into_iter().map(WipedYaml).collect();
        Ok(documents.into_iter().next())
    }

    pub(super) fn part(part: &YamlOwned) -> WipedYaml {
        WipedYaml(part.clone())
    }
}

impl Deref for WipedYaml {
    type Target = YamlOwned;

    fn deref(&self) -> &YamlOwned {
        &self.0
    }
}

impl Drop for WipedYaml {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(yaml: &mut YamlOwned) {
    match yaml {
        YamlOwned::Value(ScalarOwned::String(text)) | YamlOwned::Representation(text, ..) => {
            text.zeroize();
        }
        YamlOwned::Sequence(items) => items.iter_mut().for_each(wipe),
        YamlOwned::Mapping(members) => members.iter_mut().for_each(|(_, value)| wipe(value)),
        YamlOwned::Tagged(_, value) => wipe(value),
        YamlOwned::Value(_) | YamlOwned::Alias(_) | YamlOwned::BadValue => {}
    }
}
