//! The properties of a backup policy that a create or an update may give.

use std::str::FromStr;

use serde::Serialize;

use crate::arguments::{Arguments, one_of};
use crate::{Error, Result, ScheduleInterval};

/// What the API calls disk backup policy arguments. `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DiskBackupPolicyArguments {
    /// How many backups to keep.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<u64>,
    /// When to make them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<ScheduleArguments>,
}

/// When to make backups. `None` is not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ScheduleArguments {
    /// The unit of time between two backups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<ScheduleInterval>,
    /// How many intervals lie between two backups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<u64>,
    /// The minute of the hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minute: Option<u64>,
    /// When in the interval; the document names no unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<u64>,
}

impl FromStr for ScheduleInterval {
    type Err = Error;

    /// Accepts only what the API documents.
    fn from_str(word: &str) -> Result<ScheduleInterval> {
        one_of("schedule.interval", word, ScheduleInterval::KNOWN, ScheduleInterval::as_str)
    }
}

impl ScheduleArguments {
    /// Reads the API's own object: `{"interval": "daily", "frequency": 1, "minute": 0, "time": 3}`.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the member.
    pub fn from_json(schedule: &str) -> Result<ScheduleArguments> {
        ScheduleArguments::read(Arguments::parse("schedule", schedule)?)
    }

    fn read(mut schedule: Arguments) -> Result<ScheduleArguments> {
        let arguments = ScheduleArguments {
            interval: schedule.text("interval")?.map(|word| word.parse()).transpose()?,
            frequency: schedule.whole_number("frequency")?,
            minute: schedule.whole_number("minute")?,
            time: schedule.whole_number("time")?,
        };
        schedule.finish()?;
        Ok(arguments)
    }
}

impl DiskBackupPolicyArguments {
    /// Reads the API's own `properties` object.
    pub(super) fn read(mut properties: Arguments) -> Result<DiskBackupPolicyArguments> {
        let arguments = DiskBackupPolicyArguments {
            retention: properties.whole_number("retention")?,
            schedule: properties.object("schedule")?.map(ScheduleArguments::read).transpose()?,
        };
        properties.finish()?;
        Ok(arguments)
    }
}
