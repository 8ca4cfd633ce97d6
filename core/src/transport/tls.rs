//! TLS by rustls: the system's trust store, plus the certificates of `ca_file`.

mod ca_file;
mod certificate_problem;
mod problem;
mod verifier;

use std::io::{self, Read, Write};
use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, KeyProvider};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::SigningKey;
use rustls::{CipherSuite, ClientConfig, ClientConnection};

pub(super) use self::ca_file::read_certificates;
pub(super) use self::problem::sentence;
use self::verifier::{TrustAnybody, Trusted};
use super::deadline::Deadline;
use super::failure::Failure;
use super::stream::{Bound, Stream};

/// What is read of an idle connection; each time brings one or more.
const MOST_TICKETS: usize = 16;

/// Trusts what the system trusts, and `extra`; without `verify` anybody.
pub(super) fn config(
    extra: Vec<CertificateDer<'static>>,
    verify: bool,
) -> crate::Result<ClientConfig> {
    let mut provider =
        CryptoProvider { key_provider: &NoKeys, ..rustls::crypto::ring::default_provider() };
    // AES with 128 bits first, as in browsers: its SHA-256 is done by the processor, and SHA-384
    // would take a tenth of a handshake.
    let last = CipherSuite::TLS13_AES_256_GCM_SHA384;
    provider.cipher_suites.sort_by_key(|suite| suite.suite() == last);
    let provider = Arc::new(provider);
    let verifier: Arc<dyn ServerCertVerifier> = if verify {
        Arc::new(Trusted::new(extra, &provider)?)
    } else {
        Arc::new(TrustAnybody::new(&provider))
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| crate::Error::internal(format!("TLS versions: {error}")))?
        // Dangerous only in name, unless it was asked for: the verifier is the system's own.
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok(config)
}

/// Client certificates are not offered, so the code that would sign with their keys is left out.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(
        &self,
        _: PrivateKeyDer<'static>,
    ) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("client certificates are not supported".to_owned()))
    }
}

/// TLS over another stream.
pub(super) struct Tls {
    connection: ClientConnection,
    below: Stream,
}

impl Tls {
    /// Agrees on keys with `host`, whose certificate is checked.
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

    /// 0 is the end that the peer has declared; without that, the end is an error.
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

    /// A server may send session tickets; they are no reason to give up a connection, unless there
    /// are very many. What came with the answer counts, too: it is here already, not in the socket.
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

    /// Takes in what the peer sends next, in bytes; 0 is the end of the stream below.
    fn receive(&mut self, deadline: Deadline<'_>) -> Result<usize, Failure> {
        // An error of before is told again, instead of waiting for what will not come.
        self.connection.process_new_packets()?;
        let bytes = self.connection.read_tls(&mut Bound { stream: &mut self.below, deadline })?;
        let processed = self.connection.process_new_packets();
        // Alerts, and answers to a change of keys.
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

/// A server that refuses something says so and closes, maybe while this side still writes. The
/// write then fails, but the server's alert has arrived, and tells more.
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
        let config = super::config(Vec::new(), false).unwrap();
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
