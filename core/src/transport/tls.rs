//! TLS by rustls: the system's trust store, plus the certificates of `ca_file`; the client's own certificate.

mod certificate_problem;
mod client_certificate;
mod pem_file;
mod problem;
mod verifier;

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CipherSuite, ClientConfig, ClientConnection};

pub(super) use self::client_certificate::ClientCertificate;
use self::pem_file::PemFile;
pub(super) use self::problem::sentence;
use self::verifier::{TrustAnybody, Trusted};
use super::deadline::Deadline;
use super::failure::Failure;
use super::stream::{Bound, Stream};

/// How many times an idle connection is read; each read may bring several tickets.
const MOST_TICKETS: usize = 16;

/// The certificates of `ca_file`.
pub(super) fn read_certificates(path: &Path) -> crate::Result<Vec<CertificateDer<'static>>> {
    PemFile::read("ca_file", path)?.certificates()
}

/// Trusts the system's certificates and `extra`; without `verify`, any certificate. Shows `own` to servers
/// that ask for a certificate.
pub(super) fn config(
    extra: Vec<CertificateDer<'static>>,
    verify: bool,
    own: Option<ClientCertificate>,
) -> crate::Result<ClientConfig> {
    let mut provider = rustls::crypto::ring::default_provider();
    // AES-128 first, as in browsers: processors compute its SHA-256 in hardware; SHA-384 would take a
    // tenth of a handshake.
    let last = CipherSuite::TLS13_AES_256_GCM_SHA384;
    provider.cipher_suites.sort_by_key(|suite| suite.suite() == last);
    let provider = Arc::new(provider);
    let verifier: Arc<dyn ServerCertVerifier> = if verify {
        Arc::new(Trusted::new(extra, &provider)?)
    } else {
        Arc::new(TrustAnybody::new(&provider))
    };
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| crate::Error::internal(format!("TLS versions: {error}")))?
        // Dangerous only in name, unless `verify` is false: the verifier is the system's own.
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    match own {
        None => Ok(builder.with_no_client_auth()),
        Some(own) => {
            let cert_file = own.cert_file().to_owned();
            builder
                .with_client_auth_cert(own.chain, own.key)
                .map_err(|error| ClientCertificate::unusable(&cert_file, &error))
        }
    }
}

/// TLS over another stream.
pub(super) struct Tls {
    connection: ClientConnection,
    below: Stream,
}

impl Tls {
    /// Performs the handshake with `host` and checks its certificate.
    pub(super) fn handshake(
        mut below: Stream,
        host: &str,
        config: &Arc<ClientConfig>,
        deadline: Deadline<'_>,
    ) -> Result<Tls, Failure> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| rustls::Error::General(format!("no certificate can be for {host:?}")))?;
        let mut connection = ClientConnection::new(Arc::clone(config), name)?;
        let mut bound = Bound { stream: &mut below, deadline };
        while connection.is_handshaking() {
            if let Err(error) = connection.complete_io(&mut bound) {
                return Err(alert_before(&mut connection, &mut bound, error.into()));
            }
        }
        Ok(Tls { connection, below })
    }

    /// Returns 0 when the peer has sent `close_notify`; an end without that is an error.
    pub(super) fn read(
        &mut self,
        buffer: &mut [u8],
        deadline: Deadline<'_>,
    ) -> Result<usize, Failure> {
        loop {
            match self.connection.reader().read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return result.map_err(Failure::from),
            }
            self.receive(deadline)?;
        }
    }

    pub(super) fn write(&mut self, bytes: &[u8], deadline: Deadline<'_>) -> Result<usize, Failure> {
        let written = self.connection.writer().write(bytes)?;
        if let Err(failure) = self.transmit(deadline) {
            let mut bound = Bound { stream: &mut self.below, deadline };
            return Err(alert_before(&mut self.connection, &mut bound, failure));
        }
        Ok(written)
    }

    /// Session tickets do not spoil an idle connection, unless there are very many. Data that arrived
    /// with the last response is checked as well, since it has already left the socket.
    pub(super) fn is_silent(&mut self, deadline: Deadline<'_>) -> Result<bool, Failure> {
        for _ in 0..MOST_TICKETS {
            match self.connection.process_new_packets() {
                Ok(state) if state.plaintext_bytes_to_read() == 0 && !state.peer_has_closed() => {}
                _ => return Ok(false),
            }
            if self.below.is_silent(deadline)? {
                return Ok(true);
            }
            match self.receive(deadline) {
                Ok(1..) => {}
                Err(stopped @ (Failure::Interrupted(_) | Failure::TimedOut)) => {
                    return Err(stopped);
                }
                Ok(0) | Err(_) => return Ok(false),
            }
        }
        Ok(false)
    }

    /// Receives from the stream below. Returns the number of bytes, 0 at its end.
    fn receive(&mut self, deadline: Deadline<'_>) -> Result<usize, Failure> {
        // An earlier error is reported again instead of waiting for data that will not come.
        self.connection.process_new_packets()?;
        let bytes = self.connection.read_tls(&mut Bound { stream: &mut self.below, deadline })?;
        let processed = self.connection.process_new_packets();
        // Sends alerts and key updates.
        let transmitted = self.transmit(deadline);
        processed?;
        transmitted?;
        Ok(bytes)
    }

    fn transmit(&mut self, deadline: Deadline<'_>) -> Result<(), Failure> {
        while self.connection.wants_write() {
            self.connection.write_tls(&mut Bound { stream: &mut self.below, deadline })?;
        }
        Ok(())
    }
}

/// A server may send an alert and close while this side still writes. The write then fails, but the
/// alert has arrived and explains more.
fn alert_before(
    connection: &mut ClientConnection,
    bound: &mut Bound<'_>,
    failure: Failure,
) -> Failure {
    while matches!(failure, Failure::Io(_)) && matches!(connection.read_tls(bound), Ok(1..)) {
        if let Err(error) = connection.process_new_packets() {
            return Failure::Tls(error);
        }
    }
    failure
}

#[cfg(test)]
mod tests {
    use rustls::CipherSuite::{TLS13_AES_128_GCM_SHA256, TLS13_AES_256_GCM_SHA384};

    #[test]
    fn aes_with_128_bits_is_offered_first_and_with_256_too() {
        let config = super::config(Vec::new(), false, None).unwrap();
        let offered = config.crypto_provider().cipher_suites.iter().map(|suite| suite.suite());
        let offered = offered.collect::<Vec<_>>();
        assert_eq!(offered.first(), Some(&TLS13_AES_128_GCM_SHA256));
        assert!(offered.contains(&TLS13_AES_256_GCM_SHA384));
    }

    /// A client may be used in one thread and dropped in another, with its idle connections.
    #[test]
    fn connections_may_change_threads() {
        fn is_send<T: Send>() {}
        fn is_sync<T: Sync>() {}
        is_send::<super::Tls>();
        is_sync::<super::Tls>();
    }
}
