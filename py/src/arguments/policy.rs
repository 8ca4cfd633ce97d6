//! The arguments of backup policies.

use katapult_disk::{Bounds, Error, ScheduleArguments, ScheduleInterval};
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyMapping};

use super::{Argument, clipped, number, required_text, whole_number, wrong};
use crate::errors::{exception, invalid_argument};
use crate::imported::intern;

/// A mapping with the API's own keys; a value of None counts as not given.
pub(crate) fn schedule(value: Argument<'_, '_>) -> PyResult<Option<ScheduleArguments>> {
    let Some(value) = value else {
        return Ok(None);
    };
    let expected = r#"a mapping such as {"interval": "daily", "frequency": 1, "time": 3}"#;
    let mapping = value.cast::<PyMapping>().map_err(|_| wrong("schedule", expected, value))?;
    let mut schedule = ScheduleArguments::default();
    for item in mapping.items()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let key = required_text("each key of schedule", &key)?;
        let name = format!("schedule.{}", clipped(&key));
        let value = (!value.is_none()).then_some(&value);
        match key.as_str() {
            "interval" => schedule.interval = value.map(interval).transpose()?,
            "frequency" => schedule.frequency = whole_number(&name, Bounds::ANY, value)?,
            "minute" => schedule.minute = whole_number(&name, Bounds::ANY, value)?,
            "time" => schedule.time = whole_number(&name, Bounds::ANY, value)?,
            _ => {
                return Err(invalid_argument(
                    mapping.py(),
                    format!("{name} is not known; known here: interval, frequency, minute, time"),
                ));
            }
        }
    }
    Ok(Some(schedule))
}

fn interval(value: &Bound<'_, PyAny>) -> PyResult<ScheduleInterval> {
    required_text("schedule.interval", value)?
        .parse()
        .map_err(|error: Error| exception(value.py(), error))
}

/// Unix seconds: an int, or an aware datetime, of which the whole seconds count.
pub(crate) fn timestamp(name: &str, value: &Bound<'_, PyAny>) -> PyResult<u64> {
    let py = value.py();
    if !value.is_instance_of::<PyDateTime>() {
        return number(name, "an int of Unix seconds, or an aware datetime", Bounds::ANY, value);
    }
    if value.call_method0(intern!(py, "utcoffset"))?.is_none() {
        return Err(invalid_argument(
            py,
            format!(
                "{name} must be an aware datetime, and this one has no time zone: make it aware, \
                 as with datetime.now(timezone.utc), replace(tzinfo=…) or astimezone()"
            ),
        ));
    }
    let seconds: f64 = value.call_method0(intern!(py, "timestamp"))?.extract()?;
    if seconds < 0.0 {
        return Err(invalid_argument(
            py,
            format!("{name} must be at least 0: this datetime is before 1970"),
        ));
    }
    // No datetime is later than the year 9999.
    Ok(seconds as u64)
}
