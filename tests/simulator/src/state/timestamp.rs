//! Points in time as OpenStack writes them.

use std::time::Duration;

const DAY: u64 = 24 * 60 * 60;

/// `2026-01-31T12:00:00.123456`, in UTC, of a time since the Unix epoch.
pub(crate) fn timestamp(since_epoch: Duration) -> String {
    let (year, month, day) = date(since_epoch.as_secs() / DAY);
    let seconds = since_epoch.as_secs() % DAY;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let micros = since_epoch.subsec_micros();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}")
}

/// captured: Keystone's times are whole seconds, and say that they are UTC.
pub(crate) fn whole_seconds(since_epoch: Duration) -> String {
    timestamp(Duration::from_secs(since_epoch.as_secs())) + "Z"
}

/// `2026-01-31T12:00:00Z`, as Nova writes when a server was made.
pub(crate) fn iso_time(since_epoch: Duration) -> String {
    let mut time = timestamp(since_epoch);
    time.truncate("2026-01-31T12:00:00".len());
    time + "Z"
}

/// Year, month and day of a day since the Unix epoch.
fn date(mut days: u64) -> (u64, u64, u64) {
    let mut year = 1970;
    while days >= 365 + leap_day(year) {
        days -= 365 + leap_day(year);
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + leap_day(year), 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

fn leap_day(year: u64) -> u64 {
    u64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{timestamp, whole_seconds};

    #[test]
    fn dates() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00.000000Z"),
            (951_782_399, "2000-02-28T23:59:59.000000Z"),
            (951_782_400, "2000-02-29T00:00:00.000000Z"),
            (1_798_761_599, "2026-12-31T23:59:59.000000Z"),
            (1_798_761_600, "2027-01-01T00:00:00.000000Z"),
        ] {
            assert_eq!(whole_seconds(Duration::from_millis(seconds * 1000 + 999)), expected);
        }
        assert_eq!(timestamp(Duration::from_micros(1_000_042)), "1970-01-01T00:00:01.000042");
    }
}
