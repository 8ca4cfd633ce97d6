//! The minute that the service counts requests in: that of the wall clock (recorded).

/// In seconds.
#[cfg(not(feature = "short-minute"))]
pub(super) fn minute() -> u64 {
    60
}

/// In seconds. For tests of this library with a service whose minute is as short, which is why no build that
/// users get has this feature.
#[cfg(feature = "short-minute")]
pub(super) fn minute() -> u64 {
    use std::env;
    use std::sync::LazyLock;

    static SECONDS: LazyLock<u64> = LazyLock::new(|| {
        let given = env::var("KATAPULT_DISK_MINUTE_SECONDS").ok();
        given.and_then(|text| text.parse().ok()).filter(|seconds| *seconds > 0).unwrap_or(60)
    });
    *SECONDS
}
