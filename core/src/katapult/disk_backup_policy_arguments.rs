//! The properties of a backup policy that a create or an update may give.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::word::{self, Word};
use crate::{Error, Result, ScheduleInterval};

/// What the API calls disk backup policy arguments. `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DiskBackupPolicyArguments {
    /// How many backups to keep.
    pub retention: Option<u64>,
    /// When to make them.
    pub schedule: Option<ScheduleArguments>,
}

/// When to make backups. `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ScheduleArguments {
    /// The unit of time between two backups.
    #[serde(default, deserialize_with = "word::argument")]
    pub interval: Option<ScheduleInterval>,
    /// How many intervals lie between two backups.
    pub frequency: Option<u64>,
    /// The minute of the hour.
    pub minute: Option<u64>,
    /// When in the interval; the document names no unit.
    pub time: Option<u64>,
}

impl Word for ScheduleInterval {
    const ARGUMENT: &'static str = "schedule.interval";
}

impl FromStr for ScheduleInterval {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<ScheduleInterval> {
        Word::parse(word)
    }
}
