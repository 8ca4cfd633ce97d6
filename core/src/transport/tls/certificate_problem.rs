//! Explains to the caller why a certificate was rejected.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use rustls::pki_types::{ServerName, UnixTime};
use rustls::{CertificateError, OtherError};

use crate::clipped::clipped;

const NOT_FOR_SERVERS: &str = "the certificate is not for servers: its extended key usage lacks \
                               server authentication";
/// Matched by text, since the type of this error of rustls_platform_verifier is private.
const WRONG_PURPOSE: &str = "certificate had invalid extensions";
const UNSUPPORTED_SIGNATURE: &str = "the certificate or the handshake is signed in a way that is \
                                     not safe or not supported, for instance with SHA-1";
const UNKNOWN_EXTENSION: &str =
    "the certificate has a critical extension that this library does not know";

pub(super) fn sentence(error: &CertificateError) -> Cow<'static, str> {
    let text = match error {
        CertificateError::NotValidForNameContext { expected, presented } => {
            return Cow::Owned(for_others(expected, presented));
        }
        CertificateError::ExpiredContext { time, not_after } => {
            return Cow::Owned(format!(
                "the certificate expired on {} ({})",
                moment(*not_after),
                clock(*time)
            ));
        }
        CertificateError::NotValidYetContext { time, not_before } => {
            return Cow::Owned(format!(
                "the certificate is not valid before {} ({})",
                moment(*not_before),
                clock(*time)
            ));
        }
        CertificateError::NotValidForName => "the certificate is for another host",
        CertificateError::Expired => "the certificate has expired",
        CertificateError::NotValidYet => "the certificate is not valid yet",
        CertificateError::UnknownIssuer => {
            "the certificate is signed by an unknown authority; if it is signed by a CA of your \
             own, give its certificate as ca_file"
        }
        CertificateError::Revoked => "the certificate was revoked by its authority",
        CertificateError::BadEncoding => "the certificate is damaged",
        CertificateError::UnhandledCriticalExtension => UNKNOWN_EXTENSION,
        CertificateError::BadSignature => {
            "the certificate or the handshake has a wrong signature; perhaps ca_file holds \
             an older certificate of the same name, or a key is too weak (RSA needs 2048 bits)"
        }
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            UNSUPPORTED_SIGNATURE
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            NOT_FOR_SERVERS
        }
        CertificateError::UnknownRevocationStatus => {
            "it cannot be checked whether the certificate was revoked"
        }
        CertificateError::InvalidOcspResponse => {
            "the server's proof that its certificate is not revoked (OCSP) is invalid"
        }
        CertificateError::Other(OtherError(other)) => {
            match (other.downcast_ref().and_then(by_webpki), other.to_string()) {
                (Some(text), _) => text,
                (None, text) if text == WRONG_PURPOSE => NOT_FOR_SERVERS,
                (None, text) => {
                    return Cow::Owned(format!("the certificate is not accepted: {text}"));
                }
            }
        }
        other => return Cow::Owned(format!("the certificate is not accepted: {other}")),
    };
    Cow::Borrowed(text)
}

fn by_webpki(error: &webpki::Error) -> Option<&'static str> {
    Some(match error {
        webpki::Error::CaUsedAsEndEntity => {
            "the certificate is one of a CA (CA:TRUE), not of a server; if it is the server's own, \
             give it as ca_file"
        }
        webpki::Error::EndEntityUsedAsCa => {
            "the certificate is signed by one that is not a CA (CA:FALSE)"
        }
        webpki::Error::UnsupportedCertVersion => {
            "the certificate has version 1, which cannot name the hosts that it is for; version 3 \
             is needed"
        }
        webpki::Error::UnsupportedCriticalExtension => UNKNOWN_EXTENSION,
        webpki::Error::NameConstraintViolation => {
            "the certificate's CA may not sign for this host (name constraints)"
        }
        webpki::Error::PathLenConstraintViolated => {
            "the certificate's CA may not have CAs below it (path length)"
        }
        _ => return None,
    })
}

/// The server chooses the names in its certificate, so they are shortened and stripped of control
/// characters, which a terminal would obey.
fn for_others(expected: &ServerName<'_>, presented: &[String]) -> String {
    const SHOWN: usize = 4;
    let host = expected.to_str();
    let names = presented.iter().filter_map(|name| bare(name)).collect::<Vec<_>>();
    if names.is_empty() {
        return format!(
            "the certificate names no host (it lacks a subject alternative name; its common name \
             does not count), so it is not for {host}"
        );
    }
    let mut text = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        let _ = write!(text, " and {} more", names.len() - SHOWN);
    }
    format!("the certificate is for {text}, not for {host}")
}

/// Extracts the name from webpki's `DnsName("elsewhere.test")` or `IpAddress(192.0.2.1)`.
fn bare(presented: &str) -> Option<String> {
    let (kind, rest) = presented.split_once('(')?;
    let name = rest.strip_suffix(')')?.trim_matches('"');
    let printable = |character: char| if character.is_ascii_graphic() { character } else { '?' };
    let name = name.chars().map(printable).collect::<String>();
    matches!(kind, "DnsName" | "IpAddress").then(|| clipped(&name).into_owned())
}

/// Shown because a wrong clock is the usual cause.
fn clock(now: UnixTime) -> String {
    format!("by this machine's clock it is {}", moment(now))
}

fn moment(time: UnixTime) -> String {
    let since_epoch = Duration::from_secs(time.as_secs());
    let mut text = String::new();
    let written = SystemTime::UNIX_EPOCH
        .checked_add(since_epoch)
        .is_some_and(|time| write!(text, "{}", humantime::format_rfc3339_seconds(time)).is_ok());
    match written {
        true => text.replace('T', " ").replace('Z', " UTC"),
        false => format!("{} s after 1970", since_epoch.as_secs()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn at(seconds: u64) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(seconds))
    }

    #[test]
    fn each_problem_is_a_sentence() {
        let other = |error| CertificateError::Other(OtherError(Arc::new(error)));
        for (error, expected) in [
            (
                CertificateError::ExpiredContext {
                    time: at(1_800_000_000),
                    not_after: at(1_767_323_045),
                },
                "the certificate expired on 2026-01-02 03:04:05 UTC (by this machine's clock it is \
                 2027-01-15 08:00:00 UTC)",
            ),
            (
                CertificateError::NotValidYetContext { time: at(0), not_before: at(1_767_323_045) },
                "the certificate is not valid before 2026-01-02 03:04:05 UTC (by this machine's \
                 clock it is 1970-01-01 00:00:00 UTC)",
            ),
            (
                CertificateError::ExpiredContext { time: at(u64::MAX), not_after: at(1) },
                "the certificate expired on 1970-01-01 00:00:01 UTC (by this machine's clock it is \
                 18446744073709551615 s after 1970)",
            ),
            (CertificateError::Revoked, "the certificate was revoked by its authority"),
            (other(webpki::Error::UnsupportedCriticalExtension), UNKNOWN_EXTENSION),
            (other(webpki::Error::BadDer), "the certificate is not accepted: BadDer"),
        ] {
            assert_eq!(sentence(&error), expected);
        }
    }

    #[test]
    fn names_are_listed_as_they_are_written_in_urls() {
        let long = format!("DnsName(\"{}\")", "a".repeat(300));
        for (presented, expected) in [
            (
                vec!["DnsName(\"other.example\")"],
                "the certificate is for other.example, not for 127.0.0.1",
            ),
            (
                vec![
                    "DnsName(\"*.a.test\")",
                    "IpAddress(192.0.2.1)",
                    "Unsupported(0x81)",
                    "DirectoryName",
                ],
                "the certificate is for *.a.test, 192.0.2.1, not for 127.0.0.1",
            ),
            (
                vec!["DnsName(\"a\")"; 9],
                "the certificate is for a, a, a, a and 5 more, not for 127.0.0.1",
            ),
            (
                vec!["DnsName(\"a\n\u{1b}[31mb\")"],
                "the certificate is for a??[31mb, not for 127.0.0.1",
            ),
            (
                vec![&long],
                &format!("the certificate is for {}…, not for 127.0.0.1", "a".repeat(60)),
            ),
            (
                vec![],
                "the certificate names no host (it lacks a subject alternative name; its common \
                 name does not count), so it is not for 127.0.0.1",
            ),
        ] {
            let presented = presented.into_iter().map(str::to_owned).collect();
            let expected_name = ServerName::try_from("127.0.0.1").unwrap();
            let error =
                CertificateError::NotValidForNameContext { expected: expected_name, presented };
            assert_eq!(sentence(&error), expected);
        }
    }
}
