//! What the command line says.

use crate::scenario::Scenario;
use crate::world::World;

pub(crate) const USAGE: &str = "\
usage: katapult-worlds [--short] [--only WORDS] [--count N] [--at-once N] [--face COMMAND]
  --short    a sample of each workflow and kind of event
  --only     worlds whose names hold this, such as ensure_disk_detached or a whole name
  --count    that many of them, evenly
  --at-once  how many worlds at a time (200)
  --face     a program that calls the library: a line of JSON in, one out (tests/python/world_face.py)";

#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) short: bool,
    pub(crate) only: Option<String>,
    pub(crate) count: Option<usize>,
    pub(crate) at_once: usize,
    pub(crate) face: Option<String>,
}

impl Options {
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options =
            Options { short: false, only: None, count: None, at_once: 200, face: None };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--short" => options.short = true,
                "--only" => options.only = Some(value()?).filter(|only| !only.is_empty()),
                "--count" => options.count = Some(number(&value()?)?),
                "--at-once" => options.at_once = number(&value()?)?.max(1),
                "--face" => options.face = Some(value()?),
                other => return Err(format!("{other} is not an option")),
            }
        }
        Ok(options)
    }

    /// The world of that name, or those whose names hold it.
    pub(crate) fn keep_wanted(&self, worlds: &mut Vec<World>) {
        let Some(only) = &self.only else { return };
        let is_named = |world: &World| world.name() == *only;
        if worlds.iter().any(is_named) {
            worlds.retain(is_named);
        } else {
            worlds.retain(|world| world.name().contains(only.as_str()));
        }
    }

    /// The scenarios that may be wanted: those whose names hold what is before the slash, or all if none does.
    pub(crate) fn narrow(&self, scenarios: Vec<Scenario>) -> Vec<Scenario> {
        let only = self.only.as_deref().unwrap_or_default();
        let part = only.split('/').next().unwrap_or_default();
        let is_named = scenarios.iter().any(|scenario| scenario.name == part);
        let is_meant = |scenario: &&Scenario| {
            scenario.name == part || (!is_named && scenario.name.contains(part))
        };
        let meant: Vec<Scenario> = scenarios.iter().filter(is_meant).cloned().collect();
        if meant.is_empty() { scenarios } else { meant }
    }

    /// Of each workflow and kind of event so many worlds, in the short run.
    pub(crate) fn sample(&self) -> Option<usize> {
        let size = if self.only.is_some() { 8 } else { 2 };
        self.short.then_some(size)
    }

    /// Whether all worlds are wanted.
    pub(crate) fn is_whole(&self) -> bool {
        !self.short && self.only.is_none() && self.count.is_none() && self.face.is_none()
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{text} is not a number"))
}
