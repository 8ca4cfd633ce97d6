//! Explains to the caller why TLS failed.

use std::borrow::Cow;

use rustls::{AlertDescription, Error, InvalidMessage, PeerIncompatible};

use super::certificate_problem;

const ONLY_OLD_VERSIONS: &str = "the server supports neither TLS 1.2 nor TLS 1.3, and older versions \
                                 are not safe";
const WANTS_A_CERTIFICATE: &str =
    "the server requires a client certificate: give cert_file and key_file";
const REFUSES_THE_CERTIFICATE: &str = "the server requires a client certificate, or refuses the one it got: check cert_file and \
     key_file";

/// `sent` is true after the handshake, once the request is on its way.
pub(in crate::transport) fn sentence(error: &Error, sent: bool) -> Cow<'static, str> {
    let text = match error {
        Error::InvalidCertificate(error) => return certificate_problem::sentence(error),
        Error::General(text) => return Cow::Owned(text.clone()),
        Error::AlertReceived(alert) => return alerted(*alert),
        Error::InvalidMessage(message) if !sent && is_not_tls(*message) => {
            "the server does not use TLS on this port; is it an http:// service?"
        }
        Error::InvalidMessage(message) if is_not_tls(*message) => {
            "the server sent something that is not TLS"
        }
        Error::PeerIncompatible(what) => match incompatible(what) {
            Some(text) => text,
            None => return Cow::Owned(error.to_string()),
        },
        Error::NoCertificatesPresented => "the server sent no certificate",
        Error::DecryptError => {
            "the server's data cannot be decrypted: something on the way has changed it"
        }
        Error::PeerSentOversizedRecord => "the server sent a record that is longer than TLS allows",
        Error::InvalidMessage(_)
        | Error::InappropriateMessage { .. }
        | Error::InappropriateHandshakeMessage { .. }
        | Error::PeerMisbehaved(_) => {
            return Cow::Owned(format!("the server violates the TLS protocol ({error})"));
        }
        Error::FailedToGetCurrentTime => "this machine's clock cannot be read",
        Error::FailedToGetRandomBytes => "this machine provides no random bytes",
        _ => return Cow::Owned(error.to_string()),
    };
    Cow::Borrowed(text)
}

/// How rustls reports the first bytes of another protocol.
fn is_not_tls(message: InvalidMessage) -> bool {
    matches!(
        message,
        InvalidMessage::InvalidContentType
            | InvalidMessage::UnknownProtocolVersion
            | InvalidMessage::InvalidEmptyPayload
            | InvalidMessage::MessageTooLarge
    )
}

fn incompatible(what: &PeerIncompatible) -> Option<&'static str> {
    match what {
        PeerIncompatible::ServerDoesNotSupportTls12Or13
        | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig => Some(ONLY_OLD_VERSIONS),
        PeerIncompatible::NoCipherSuitesInCommon => {
            Some("the server supports none of the ciphers that this library considers safe")
        }
        PeerIncompatible::NoKxGroupsInCommon => {
            Some("the server supports none of this library's key exchange methods")
        }
        PeerIncompatible::NoSignatureSchemesInCommon
        | PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon => {
            Some("the server supports none of the signatures that this library considers safe")
        }
        _ => None,
    }
}

/// The alert that the server sent, and its usual cause.
fn alerted(alert: AlertDescription) -> Cow<'static, str> {
    let text = match alert {
        AlertDescription::ProtocolVersion => ONLY_OLD_VERSIONS,
        // OpenSSL says "handshake failure" for the lack of a client certificate in TLS 1.2.
        AlertDescription::HandshakeFailure => {
            "the server ended the handshake: either it accepts none of the ciphers and signatures \
             that this library considers safe, or it requires a client certificate (cert_file and \
             key_file)"
        }
        AlertDescription::InsufficientSecurity => {
            "the server ended the handshake: it requires ciphers that this library does not offer"
        }
        AlertDescription::CertificateRequired | AlertDescription::NoCertificate => {
            WANTS_A_CERTIFICATE
        }
        AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateRevoked
        | AlertDescription::CertificateExpired
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnknownCA => REFUSES_THE_CERTIFICATE,
        AlertDescription::AccessDenied => "the server denies access",
        AlertDescription::UnrecognisedName => "the server does not serve this host name",
        AlertDescription::InternalError => "the server failed (TLS alert \"internal error\")",
        AlertDescription::UserCanceled => "the server canceled the handshake",
        AlertDescription::BadRecordMac | AlertDescription::DecryptError => {
            "the server could not decrypt or verify the data it received: something on the way may \
             have changed it"
        }
        other => {
            let number = u8::from(other);
            return Cow::Owned(format!("the server ended the connection with TLS alert {number}"));
        }
    };
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_alert_has_its_message() {
        let alert = Error::AlertReceived;
        for (error, beginning) in [
            (alert(AlertDescription::ProtocolVersion), "the server supports neither TLS 1.2"),
            (alert(AlertDescription::HandshakeFailure), "the server ended the handshake: either"),
            (
                alert(AlertDescription::CertificateRequired),
                "the server requires a client certificate",
            ),
            (alert(AlertDescription::BadCertificate), "the server requires a client certificate"),
            (alert(AlertDescription::UnrecognisedName), "the server does not serve this host name"),
            (alert(AlertDescription::InternalError), "the server failed"),
            (
                alert(AlertDescription::DecodeError),
                "the server ended the connection with TLS alert 50",
            ),
            (
                alert(AlertDescription::from(200)),
                "the server ended the connection with TLS alert 200",
            ),
            (
                PeerIncompatible::ServerDoesNotSupportTls12Or13.into(),
                "the server supports neither TLS 1.2",
            ),
            (
                PeerIncompatible::NoCipherSuitesInCommon.into(),
                "the server supports none of the ciphers",
            ),
            (Error::NoCertificatesPresented, "the server sent no certificate"),
            (Error::DecryptError, "the server's data cannot be decrypted"),
            (
                InvalidMessage::MissingKeyExchange.into(),
                "the server violates the TLS protocol (received corrupt message",
            ),
            (Error::General("a text".to_owned()), "a text"),
        ] {
            let text = sentence(&error, false);
            assert!(text.starts_with(beginning), "{error:?}: {text}");
        }
    }

    #[test]
    fn what_is_not_tls_is_told_from_a_broken_connection() {
        for message in [InvalidMessage::InvalidContentType, InvalidMessage::UnknownProtocolVersion]
        {
            let error = Error::from(message);
            assert!(sentence(&error, false).starts_with("the server does not use TLS"));
            assert_eq!(sentence(&error, true), "the server sent something that is not TLS");
        }
    }
}
