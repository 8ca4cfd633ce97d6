//! Ids as the services make them.

use std::iter::repeat_with;

/// recorded: a prefix, `_`, then exactly 16 of `A-Z a-z 0-9`.
pub(crate) fn new_id(prefix: &str) -> String {
    let random: String = repeat_with(fastrand::alphanumeric).take(16).collect();
    format!("{prefix}_{random}")
}

/// recorded: 16 hex digits, the first always 0.
pub(crate) fn new_wwn() -> String {
    format!("{:016x}", fastrand::u64(..) >> 4)
}

/// recorded: the first byte is always 3a, of those that are locally administered.
pub(crate) fn new_mac_address() -> String {
    let bytes: Vec<String> = repeat_with(|| format!("{:02x}", fastrand::u8(..))).take(5).collect();
    format!("3a:{}", bytes.join(":"))
}

/// A random (version 4) UUID.
pub(crate) fn new_uuid() -> String {
    let random = fastrand::u128(..);
    let digits = format!("{:032x}", (random & !(0xf << 76) & !(3 << 62)) | (4 << 76) | (2 << 62));
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}

#[cfg(test)]
mod tests {
    use super::{new_id, new_mac_address, new_uuid, new_wwn};

    #[test]
    fn shapes() {
        let id = new_id("disk");
        assert_eq!(id.len(), "disk_".len() + 16);
        assert!(id["disk_".len()..].bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let wwn = new_wwn();
        assert_eq!((wwn.len(), &wwn[..1]), (16, "0"));
        let address = new_mac_address();
        assert_eq!((address.len(), &address[..3]), (17, "3a:"));
        let uuid = new_uuid();
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
        assert!("89ab".contains(&uuid[19..20]));
    }
}
