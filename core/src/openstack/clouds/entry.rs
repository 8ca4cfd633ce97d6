//! One cloud's entry, put together from all files.

use std::rc::Rc;

use super::node::{Mapping, Node, with_underscores};
use crate::{Error, Result};

/// What describes one cloud. The keys have underscores.
pub(in crate::openstack) struct Entry {
    /// `None` for the environment.
    pub(in crate::openstack) name: Option<String>,
    /// All but `auth`.
    pub(in crate::openstack) options: Mapping,
    pub(in crate::openstack) auth: Mapping,
}

impl Entry {
    /// Reads the value that stands for a cloud. `place` is what messages call it.
    pub(super) fn of(name: &str, place: &str, node: &Node) -> Result<Entry> {
        let Some(mapping) = node.as_mapping() else {
            return Err(Error::invalid_configuration(format!("{place} is not a mapping")));
        };
        let mut options = with_underscores(mapping)?;
        let auth = match options.remove("auth").filter(|auth| auth.is_set()) {
            None => Mapping::new(),
            Some(auth) => match auth.as_mapping() {
                Some(auth) => with_underscores(auth)?,
                None => return Err(auth.wrong("auth", "must be a mapping")),
            },
        };
        Ok(Entry { name: Some(name.to_owned()), options, auth })
    }

    /// The value of a key beside `auth`, if it says something.
    pub(super) fn option(&self, key: &str) -> Option<&Rc<Node>> {
        self.options.get(key).filter(|node| node.is_set())
    }

    /// Lets another entry win over this one, as openstacksdk lays entries over each other.
    pub(super) fn extend(&mut self, above: &Entry) {
        let copy = |mapping: &Mapping| mapping.clone();
        self.options.extend(copy(&above.options));
        self.auth.extend(copy(&above.auth));
    }
}
