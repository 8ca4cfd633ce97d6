//! Taking a fuzzer's bytes apart, so that a small change of them is a small change of what is tried.

/// The first byte, for a choice, and the rest.
pub(crate) fn choice(data: &[u8]) -> Option<(u8, &[u8])> {
    data.split_first().map(|(first, rest)| (*first, rest))
}

/// What stands before the first NUL byte, and what behind it; without one nothing is behind.
pub(crate) fn until_nul(data: &[u8]) -> (&[u8], &[u8]) {
    let at = data.iter().position(|byte| *byte == 0);
    at.map_or((data, &[]), |at| (&data[..at], &data[at + 1..]))
}

/// The lines of a text that is UTF-8.
pub(crate) fn lines(data: &[u8]) -> Option<std::str::Lines<'_>> {
    std::str::from_utf8(data).ok().map(str::lines)
}
