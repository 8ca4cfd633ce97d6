//! Why TLS failed, as a sentence for the caller.

use std::borrow::Cow;

use rustls::{AlertDescription, Error, InvalidMessage, PeerIncompatible};

use super::certificate_problem;

const ONLY_OLD_VERSIONS: &str = "the server speaks neither TLS 1.2 nor TLS 1.3, and older versions \
                                 are not safe";
const WANTS_A_CERTIFICATE: &str =
    "the server wants a client certificate, which this library does not offer";

/// `sent` is whether the handshake was over, and the request on its way.
pub(in crate::transport) fn sentence(error: &Error, sent: bool) -> Cow<'static, str> {
    let text = match error {
        Error::InvalidCertificate(error) => return certificate_problem::sentence(error),
        Error::General(text) => return Cow::Owned(text.clone()),
        Error::AlertReceived(alert) => return alerted(*alert),
        Error::InvalidMessage(message) if !sent && is_not_tls(*message) => {
            "the server does not speak TLS on this port; is it an http:// service?"
        }
        Error::InvalidMessage(message) if is_not_tls(*message) => {
            "the server sent something that is not TLS"
        }
        Error::PeerIncompatible(what) => match incompatible(what) {
            Some(text) => text,
            None => return Cow::Owned(error.to_string()),
        },
        Error::NoCertificatesPresented => "the server shows no certificate",
        Error::DecryptError => {
            "what the server sent cannot be decrypted: something on the way has changed it"
        }
        Error::PeerSentOversizedRecord => "the server sent a record that is longer than TLS allows",
        Error::InvalidMessage(_)
        | Error::InappropriateMessage { .. }
        | Error::InappropriateHandshakeMessage { .. }
        | Error::PeerMisbehaved(_) => {
            return Cow::Owned(format!("the server breaks the rules of TLS ({error})"));
        }
        Error::FailedToGetCurrentTime => "this machine does not know the time",
        Error::FailedToGetRandomBytes => "this machine gives no random bytes",
        _ => return Cow::Owned(error.to_string()),
    };
    Cow::Borrowed(text)
}

/// What the first bytes of another protocol are taken for.
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
            Some("the server knows none of the ciphers that this library takes for safe")
        }
        PeerIncompatible::NoKxGroupsInCommon => {
            Some("the server knows none of this library's ways to agree on keys")
        }
        PeerIncompatible::NoSignatureSchemesInCommon
        | PeerIncompatible::NoCertificateRequestSignatureSchemesInCommon => {
            Some("the server knows none of the signatures that this library takes for safe")
        }
        _ => None,
    }
}

/// What the server says itself, and its usual reason.
fn alerted(alert: AlertDescription) -> Cow<'static, str> {
    let text = match alert {
        AlertDescription::ProtocolVersion => ONLY_OLD_VERSIONS,
        // OpenSSL says "handshake failure" for the lack of a client certificate in TLS 1.2.
        AlertDescription::HandshakeFailure => {
            "the server ended the handshake: either it accepts none of the ciphers and signatures \
             that this library takes for safe, or it wants a client certificate, which this \
             library does not offer"
        }
        AlertDescription::InsufficientSecurity => {
            "the server ended the handshake: it wants other ciphers than this library offers"
        }
        AlertDescription::CertificateRequired
        | AlertDescription::NoCertificate
        | AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateRevoked
        | AlertDescription::CertificateExpired
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnknownCA => WANTS_A_CERTIFICATE,
        AlertDescription::AccessDenied => "the server denies access",
        AlertDescription::UnrecognisedName => "the server does not serve this host name",
        AlertDescription::InternalError => "the server failed (TLS alert \"internal error\")",
        AlertDescription::UserCanceled => "the server canceled the handshake",
        AlertDescription::BadRecordMac | AlertDescription::DecryptError => {
            "the server could not decrypt or verify what it was sent: something on the way may \
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
    fn what_the_server_says_is_a_sentence() {
        let alert = Error::AlertReceived;
        for (error, beginning) in [
            (alert(AlertDescription::ProtocolVersion), "the server speaks neither TLS 1.2"),
            (alert(AlertDescription::HandshakeFailure), "the server ended the handshake: either"),
            (alert(AlertDescription::CertificateRequired), "the server wants a client certificate"),
            (alert(AlertDescription::BadCertificate), "the server wants a client certificate"),
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
                "the server speaks neither TLS 1.2",
            ),
            (
                PeerIncompatible::NoCipherSuitesInCommon.into(),
                "the server knows none of the ciphers",
            ),
            (Error::NoCertificatesPresented, "the server shows no certificate"),
            (Error::DecryptError, "what the server sent cannot be decrypted"),
            (
                InvalidMessage::MissingKeyExchange.into(),
                "the server breaks the rules of TLS (received corrupt message",
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
            assert!(sentence(&error, false).starts_with("the server does not speak TLS"));
            assert_eq!(sentence(&error, true), "the server sent something that is not TLS");
        }
    }
}
