//! Limits in seconds.

use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;

use crate::clipped::clipped;
use crate::{Error, Result};

/// A limit in seconds as users give it: infinity is no limit.
///
/// # Errors
/// `InvalidArgument` for a negative number or NaN, naming `argument`.
pub fn seconds_limit(argument: &str, seconds: f64) -> Result<Option<Duration>> {
    if seconds.is_nan() || seconds < 0.0 {
        return Err(Error::invalid_argument(format!(
            "{argument} must be a number of seconds of at least 0, not {seconds}"
        )));
    }
    // Longer than a Duration or an Instant can count is as good as no limit.
    const CENTURY: f64 = 100.0 * 365.25 * 86_400.0;
    Ok((seconds < CENTURY).then(|| Duration::from_secs_f64(seconds)))
}

/// `#[serde(deserialize_with)]` for a limit in seconds; null is no limit.
pub(crate) fn seconds<'de, D>(deserializer: D) -> std::result::Result<Option<Duration>, D::Error>
where
    D: Deserializer<'de>,
{
    let wrong = |given: String| {
        D::Error::custom(format!("must be a number of seconds of at least 0, or null, not {given}"))
    };
    let given = Value::deserialize(deserializer)?;
    match given.as_f64() {
        None if given.is_null() => Ok(None),
        None => Err(wrong(clipped(&given.to_string()).into_owned())),
        Some(seconds) => seconds_limit("", seconds).map_err(|_| wrong(seconds.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::seconds_limit;

    #[test]
    fn a_limit_in_seconds() {
        assert_eq!(seconds_limit("timeout", f64::INFINITY).unwrap(), None);
        assert_eq!(seconds_limit("timeout", 1e300).unwrap(), None);
        assert_eq!(seconds_limit("timeout", 1.5).unwrap(), Some(Duration::from_millis(1500)));
        assert!(seconds_limit("timeout", f64::NAN).is_err());
        assert!(seconds_limit("timeout", -0.1).is_err());
    }
}
