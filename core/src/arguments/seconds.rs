//! Limits in seconds.

use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;

use super::explain::wrong;
use crate::{Error, Result};

/// What the timeout of a call, of a connection or of an attempt must be.
const SOME: &str = "more than 0 seconds";

/// The timeout of a wait in seconds as users give it: 0 is to look once, infinity is no limit.
///
/// # Errors
/// `InvalidArgument` for a negative number or NaN, naming `argument`.
pub fn wait_timeout(argument: &str, seconds: f64) -> Result<Option<Duration>> {
    limit(seconds).ok_or_else(|| refusal(argument, "at least 0 seconds", seconds))
}

/// The timeout of a call in seconds as users give it: infinity is no limit.
///
/// # Errors
/// `InvalidArgument` for no time at all, a negative number or NaN, naming `argument`.
pub fn call_timeout(argument: &str, seconds: f64) -> Result<Option<Duration>> {
    some(seconds).ok_or_else(|| refusal(argument, SOME, seconds))
}

fn refusal(argument: &str, allowed: &str, seconds: f64) -> Error {
    let seconds = shown(seconds);
    Error::invalid_argument(format!("{argument} must be {allowed}, not {seconds}"))
}

/// A number in few characters: with an exponent if it is very large or very small.
pub(crate) fn shown(number: f64) -> String {
    match number.abs() {
        0.0 | 1e-5..1e16 => number.to_string(),
        _ if number.is_finite() => format!("{number:e}"),
        _ => number.to_string(),
    }
}

/// `None` for what is no limit at all; of the limits, `None` is infinity.
fn limit(seconds: f64) -> Option<Option<Duration>> {
    if seconds.is_nan() || seconds < 0.0 {
        return None;
    }
    // Longer than a Duration or an Instant can count is as good as no limit.
    const CENTURY: f64 = 100.0 * 365.25 * 86_400.0;
    Some((seconds < CENTURY).then(|| Duration::from_secs_f64(seconds)))
}

/// [`limit`] of more than no time.
fn some(seconds: f64) -> Option<Option<Duration>> {
    limit(seconds).filter(|limit| *limit != Some(Duration::ZERO))
}

/// `#[serde(deserialize_with)]` for the timeout of a call or of a connection; null is no limit.
pub(crate) fn some_seconds<'de, D>(
    deserializer: D,
) -> std::result::Result<Option<Duration>, D::Error>
where
    D: Deserializer<'de>,
{
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        given => given.as_f64().and_then(some).ok_or_else(|| {
            D::Error::custom(wrong(&format!("{SOME}, or null for no limit"), &given))
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{call_timeout, shown, wait_timeout};

    #[test]
    fn a_limit_in_seconds() {
        for limit in [wait_timeout, call_timeout] {
            assert_eq!(limit("timeout", f64::INFINITY).unwrap(), None);
            assert_eq!(limit("timeout", 1e300).unwrap(), None);
            assert_eq!(limit("timeout", 1.5).unwrap(), Some(Duration::from_millis(1500)));
            assert!(limit("timeout", f64::NAN).is_err());
            assert!(limit("timeout", -0.1).is_err());
        }
        assert_eq!(wait_timeout("timeout", 0.0).unwrap(), Some(Duration::ZERO));
    }

    #[test]
    fn one_rule_for_all_that_is_refused() {
        for seconds in [0.0, -0.0, 1e-300, -1.0, -1e300, f64::NAN, f64::NEG_INFINITY] {
            let error = call_timeout("timeout_seconds", seconds).unwrap_err();
            let rule = "timeout_seconds must be more than 0 seconds, not ";
            assert_eq!(error.description(), format!("{rule}{}", shown(seconds)));
        }
        let error = wait_timeout("wait.timeout_seconds", -6.25e-300).unwrap_err();
        assert_eq!(
            error.description(),
            "wait.timeout_seconds must be at least 0 seconds, not -6.25e-300"
        );
        assert_eq!(shown(-1.0), "-1");
    }
}
