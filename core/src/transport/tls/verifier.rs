//! Which server certificates are accepted.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

/// Accepts what the system accepts, with the certificates of `ca_file` as further authorities, and
/// servers whose own certificate is in `ca_file`.
///
/// The system's verifier alone rejects such a server if its certificate may sign others, as those
/// made by `openssl req -x509` may. curl and Python accept it.
#[derive(Debug)]
pub(super) struct Trusted {
    system: Verifier,
    given: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl Trusted {
    pub(super) fn new(
        given: Vec<CertificateDer<'static>>,
        provider: &Arc<CryptoProvider>,
    ) -> crate::Result<Trusted> {
        let system = Verifier::new_with_extra_roots(given.clone(), Arc::clone(provider));
        let system = system.map_err(|error| {
            crate::Error::invalid_configuration(format!(
                "the trusted certificates of the system cannot be loaded ({}); install them (often \
                 a package ca-certificates), or give ca_file",
                super::sentence(&error, false)
            ))
        })?;
        Ok(Trusted { system, given, provider: Arc::clone(provider) })
    }

    /// Checks dates and name, and the purpose unless it is a CA's. The signer does not matter, since
    /// the caller trusts the certificate itself.
    fn verify_given(
        &self,
        certificate: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = ParsedCertificate::try_from(certificate)?;
        let verified = verify_server_cert_signed_by_trust_anchor(
            &certificate,
            &RootCertStore::empty(),
            &[],
            now,
            self.provider.signature_verification_algorithms.all,
        );
        match verified {
            Err(error) if !is_about_the_signer(&error) => return Err(error),
            _ => verify_server_name(&certificate, name)?,
        }
        Ok(ServerCertVerified::assertion())
    }
}

/// webpki checks a certificate's dates before it reports one of these; the tests verify that.
fn is_about_the_signer(error: &Error) -> bool {
    match error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => true,
        Error::InvalidCertificate(CertificateError::Other(OtherError(error))) => {
            matches!(error.downcast_ref(), Some(webpki::Error::CaUsedAsEndEntity))
        }
        _ => false,
    }
}

impl ServerCertVerifier for Trusted {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if self.given.iter().any(|given| given.as_ref() == certificate.as_ref()) {
            return self.verify_given(certificate, name, now);
        }
        self.system.verify_server_cert(certificate, intermediates, name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.system.supported_verify_schemes()
    }
}

/// Accepts any certificate, for `verify: false`.
///
/// Signatures are not checked either: an attacker can sign with a key of their own, so a check would
/// only exclude certificates that webpki cannot read, or whose keys are too weak.
#[derive(Debug)]
pub(super) struct TrustAnybody(Vec<SignatureScheme>);

impl TrustAnybody {
    /// Also offers signatures that cannot be checked, since a server may support no others.
    pub(super) fn new(provider: &CryptoProvider) -> TrustAnybody {
        let mut schemes = provider.signature_verification_algorithms.supported_schemes();
        let uncheckable = [
            SignatureScheme::ECDSA_NISTP521_SHA512,
            SignatureScheme::ED448,
            SignatureScheme::RSA_PKCS1_SHA1,
            SignatureScheme::ECDSA_SHA1_Legacy,
        ];
        schemes.extend(uncheckable);
        TrustAnybody(schemes)
    }
}

impl ServerCertVerifier for TrustAnybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests;
