//! Disks that fail because of their names.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::Change;

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Failure {
    /// The task that builds them fails.
    Build,
    /// They are not created at all.
    Refuse,
    /// The task that resizes them fails.
    Resize,
}

#[derive(Default)]
pub(crate) struct Failing(HashMap<Failure, HashSet<String>>);

impl Failing {
    /// In place of the names that failed so before.
    pub(crate) fn set(&mut self, how: Failure, names: HashSet<String>) {
        self.0.insert(how, names);
    }

    pub(crate) fn is_refused(&self, name: &str) -> bool {
        self.has(Failure::Refuse, name)
    }

    pub(super) fn fails(&self, name: &str, change: &Change) -> bool {
        match change {
            Change::Build { .. } => self.has(Failure::Build, name),
            Change::Resize { .. } => self.has(Failure::Resize, name),
            Change::Attach | Change::Detach | Change::IoProfile(_) => false,
        }
    }

    fn has(&self, how: Failure, name: &str) -> bool {
        self.0.get(&how).is_some_and(|names| names.contains(name))
    }
}
