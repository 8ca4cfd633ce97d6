use std::time::Duration;

use rustls::pki_types::pem::PemObject;

use super::*;

const SELF_SIGNED: &str = include_str!("../test_certificates/self_signed.pem");
const SELF_SIGNED_CA: &str = include_str!("../test_certificates/self_signed_ca.pem");
/// Of the same names as `SELF_SIGNED_CA`, with another key.
const OTHER_CA: &str = include_str!("../test_certificates/other_self_signed_ca.pem");
/// By `SELF_SIGNED_CA`.
const ISSUED: &str = include_str!("../test_certificates/issued.pem");
const ISSUED_FOR_CLIENTS: &str = include_str!("../test_certificates/issued_for_clients.pem");

/// All are valid from November 2026 for a hundred years.
const BEFORE: u64 = 1_700_000_000;
const DURING: u64 = 1_900_000_000;
const AFTER: u64 = 5_000_000_000;

fn certificate(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

/// `None` if it is accepted, else why not.
fn problem(given: &[&str], shown: &str, host: &str, now: u64) -> Option<String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let given = given.iter().map(|pem| certificate(pem)).collect();
    let verifier = Trusted::new(given, &provider).unwrap();
    let name = ServerName::try_from(host.to_owned()).unwrap();
    let now = UnixTime::since_unix_epoch(Duration::from_secs(now));
    verifier
        .verify_server_cert(&certificate(shown), &[], &name, &[], now)
        .err()
        .map(|error| super::super::sentence(&error, false).into_owned())
}

#[test]
fn a_servers_own_certificate_is_accepted_as_ca_file() {
    for own in [SELF_SIGNED, SELF_SIGNED_CA, ISSUED] {
        for host in ["service.test", "127.0.0.1"] {
            assert_eq!(problem(&[own], own, host, DURING), None);
            assert_eq!(problem(&[OTHER_CA, own], own, host, DURING), None);
        }
        for (host, now, expected) in [
            ("elsewhere.test", DURING, "is for service.test, 127.0.0.1, not for elsewhere.test"),
            ("127.0.0.2", DURING, "is for service.test, 127.0.0.1, not for 127.0.0.2"),
            ("service.test", BEFORE, "is not valid before 2026-11-26"),
            ("service.test", AFTER, "expired on 2126-11-02"),
        ] {
            let text = problem(&[own], own, host, now).unwrap_or_default();
            assert!(text.contains(expected), "{host} at {now}: {text}");
        }
    }
}

#[test]
fn other_certificates_are_refused() {
    let ca = "one of a CA (CA:TRUE)";
    let unknown = "signed by an unknown authority";
    let purpose = "its extended key usage lacks server authentication";
    for (given, shown, expected) in [
        (OTHER_CA, SELF_SIGNED_CA, ca),
        (SELF_SIGNED, SELF_SIGNED_CA, ca),
        (SELF_SIGNED_CA, SELF_SIGNED, "has a wrong signature"),
        (OTHER_CA, ISSUED, "has a wrong signature"),
        (ISSUED_FOR_CLIENTS, ISSUED, unknown),
        (SELF_SIGNED_CA, ISSUED_FOR_CLIENTS, purpose),
        (ISSUED_FOR_CLIENTS, ISSUED_FOR_CLIENTS, purpose),
    ] {
        let text = problem(&[given], shown, "service.test", DURING).unwrap_or_default();
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn what_the_certificates_of_ca_file_have_signed_is_accepted() {
    assert_eq!(problem(&[SELF_SIGNED_CA], ISSUED, "service.test", DURING), None);
}
