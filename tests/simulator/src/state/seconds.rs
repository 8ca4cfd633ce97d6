//! Time spans in orders.

use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// 100 years: no sum of times that are shorter leaves the range of clocks.
pub(crate) const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// A time span, given as a number of seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Seconds(pub(crate) Duration);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        let span = Duration::try_from_secs_f64(seconds).ok().filter(|span| *span <= LONGEST);
        span.map(Self).ok_or_else(|| {
            let longest = LONGEST.as_secs();
            D::Error::custom(format!("must be 0 to {longest} seconds, not {seconds:?}"))
        })
    }
}
