//! The microversion to ask Nova for.

use crate::header_lines::HeaderLines;
use crate::{Error, Result};

/// The header line that asks for a microversion. "2", "2.0" and "2.1" are what the tools write for none.
pub(super) fn header(given: &str) -> Result<Option<HeaderLines>> {
    let numbers = given.split_once('.').map(|(major, minor)| [major, minor]);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_microversion =
        is_latest(given) || numbers.is_some_and(|both| both.map(is_number) == [true; 2]);
    match given {
        "2" | "2.0" | "2.1" => Ok(None),
        _ if is_microversion => {
            let value = format!("compute {}", if is_latest(given) { "latest" } else { given });
            let lines = HeaderLines::default();
            lines.with("compute_api_version", "openstack-api-version", &value).map(Some)
        }
        _ => Err(Error::invalid_configuration(format!(
            "compute_api_version must be a microversion such as 2.89, or latest, not {given:?}"
        ))),
    }
}

/// Nova's own word, or what its command line writes for it.
fn is_latest(given: &str) -> bool {
    matches!(given, "latest" | "2.latest")
}

/// The number in a microversion: 89 of `2.89`. `latest` is higher than all.
pub(super) fn minor(given: &str) -> u32 {
    match given.split_once('.') {
        _ if is_latest(given) => u32::MAX,
        Some((_, minor)) => minor.parse().unwrap_or(1),
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{header, minor};

    #[test]
    fn what_is_a_microversion_and_what_is_none() {
        for given in ["2.2", "2.89", "2.10", "latest"] {
            let lines = header(given).unwrap().unwrap();
            assert_eq!(lines.as_str(), format!("openstack-api-version: compute {given}\r\n"));
        }
        let lines = header("2.latest").unwrap().unwrap();
        assert_eq!(lines.as_str(), "openstack-api-version: compute latest\r\n");
        assert_eq!((minor("2.latest"), minor("2.10")), (u32::MAX, 10));
        for given in ["2", "2.0", "2.1"] {
            assert!(header(given).unwrap().is_none(), "{given}");
        }
        for given in ["", "two", "2.", ".1", "2.1.1", "-2.1", "Latest", "3.latest", "2.1 "] {
            let error = header(given).err().unwrap();
            assert!(error.description().contains("such as 2.89"), "{error}");
        }
    }
}
