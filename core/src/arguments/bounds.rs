//! What numbers may be, in the same words wherever one is refused.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::Value;

use super::explain::wrong;
use crate::clipped::clipped;
use crate::{Error, Result};

/// The least and the most that a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    least: u64,
    most: u64,
}

impl Bounds {
    /// Of what counts something, or may be nothing.
    pub const ANY: Bounds = Bounds { least: 0, most: u64::MAX };

    /// Of what begins at 1.
    pub const POSITIVE: Bounds = Bounds { least: 1, most: u64::MAX };

    /// Of the size of a disk in GB. A larger number than the largest is one of bytes: a disk of 1 PB is as
    /// unlikely as one of 1 MB. The service has a smallest disk, too, which it tells itself.
    pub const DISK_SIZE: Bounds = Bounds { least: 1, most: 1_000_000 };

    /// Of the number of items of a page; the API rejects a request for a larger one.
    pub const PAGE_SIZE: Bounds = Bounds { least: 1, most: 200 };

    /// Of the threads of a fleet.
    pub const THREADS: Bounds = Bounds { least: 1, most: 64 };

    /// Checks a number; `argument` is what the caller calls it.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the argument, what it may be, and the number.
    pub fn check(self, argument: &str, number: Option<u64>) -> Result<()> {
        match number {
            Some(number) if !(self.least..=self.most).contains(&number) => {
                Err(self.refuse(argument, &number.to_string()))
            }
            _ => Ok(()),
        }
    }

    /// The error of [`Bounds::check`] for a number that no `u64` can be, as it was written.
    pub fn refuse(self, argument: &str, number: &str) -> Error {
        Error::invalid_argument(format!("{argument} {}", self.refusal(number)))
    }

    fn refusal(self, number: &str) -> String {
        let advice = match number.parse() {
            Ok(number) if self == Bounds::DISK_SIZE && number > self.most.into() => {
                of_bytes(number)
            }
            _ => String::new(),
        };
        let is_whole = number.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
        let allowed = if is_whole { self.range() } else { self.allowed() };
        format!("must be {allowed}, not {}{advice}", clipped(number))
    }

    fn range(self) -> String {
        match self.most {
            u64::MAX => format!("at least {} and below 2**64", self.least),
            most => format!("{} to {most}", self.least),
        }
    }

    fn allowed(self) -> String {
        let between = if self.most == u64::MAX { "of" } else { "from" };
        format!("a whole number {between} {}", self.range())
    }

    /// Reads a number of JSON.
    fn read<'de, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> std::result::Result<u64, D::Error> {
        let given = Value::deserialize(deserializer)?;
        match given.as_u64() {
            Some(number) if (self.least..=self.most).contains(&number) => Ok(number),
            _ if given.is_number() => Err(D::Error::custom(self.refusal(&given.to_string()))),
            _ => Err(D::Error::custom(wrong(&self.allowed(), &given))),
        }
    }
}

/// What to say of a size that looks like one in bytes.
fn of_bytes(size: u128) -> String {
    const UNITS: [(&str, u128); 2] = [("GiB", 1 << 30), ("GB", 1_000_000_000)];
    match UNITS.iter().find(|(_, bytes)| size % bytes == 0) {
        Some((unit, bytes)) => {
            format!(": it is in GB, and so many bytes would be {} {unit}", size / bytes)
        }
        None => ": it is in GB, not in bytes".to_owned(),
    }
}

/// `#[serde(deserialize_with)]` for the size of a disk.
pub(crate) fn disk_size<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<u64, D::Error> {
    Bounds::DISK_SIZE.read(deserializer)
}

/// [`disk_size`] where it need not be given.
pub(crate) fn optional_disk_size<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<u64>, D::Error> {
    disk_size(deserializer).map(Some)
}

/// `#[serde(deserialize_with)]` for the number of a page.
pub(crate) fn page<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<u64>, D::Error> {
    Bounds::POSITIVE.read(deserializer).map(Some)
}

/// `#[serde(deserialize_with)]` for the number of items of a page.
pub(crate) fn per_page<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<u64>, D::Error> {
    Bounds::PAGE_SIZE.read(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::Bounds;

    #[test]
    fn a_size_in_bytes_is_refused_and_says_how_many_gb_it_is() {
        let size = |number: u64| {
            let checked = Bounds::DISK_SIZE.check("size_in_gb", Some(number));
            checked.map_err(|error| error.description().to_owned())
        };
        assert_eq!((size(1), size(1_000_000)), (Ok(()), Ok(())));
        let rule = "size_in_gb must be 1 to 1000000, not ";
        for (number, says) in [
            (0, "0"),
            (1_000_001, "1000001: it is in GB, not in bytes"),
            (20 << 30, "21474836480: it is in GB, and so many bytes would be 20 GiB"),
            (20_000_000_000, "20000000000: it is in GB, and so many bytes would be 20 GB"),
            (u64::MAX, "18446744073709551615: it is in GB, not in bytes"),
        ] {
            assert_eq!(size(number).unwrap_err(), format!("{rule}{says}"));
        }
        let negative = Bounds::DISK_SIZE.refuse("size_in_gb", "-1");
        assert_eq!(negative.description(), format!("{rule}-1"));
        let huge = Bounds::DISK_SIZE.refuse("size_in_gb", &"9".repeat(400));
        assert!(huge.description().len() < 200, "{huge}");
    }
}
