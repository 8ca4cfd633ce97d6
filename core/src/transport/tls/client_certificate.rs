//! The certificate by which a client shows who it is, where a service or its gateway wants one.

use std::fmt;
use std::path::Path;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::pem_file::PemFile;
use crate::{Error, Result};

/// A chain that begins with the client's own certificate, and the key of that one.
pub(in crate::transport) struct ClientCertificate {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
    /// For messages.
    cert_file: String,
}

impl ClientCertificate {
    /// Without `key_file` the key is in `cert_file`, too.
    pub(in crate::transport) fn read(
        cert_file: Option<&Path>,
        key_file: Option<&Path>,
    ) -> Result<Option<ClientCertificate>> {
        let Some(path) = cert_file else {
            return match key_file {
                None => Ok(None),
                Some(_) => Err(Error::invalid_configuration(
                    "key_file is given without cert_file, the certificate that the key belongs to",
                )),
            };
        };
        let file = PemFile::read("cert_file", path)?;
        let chain = file.certificates()?;
        let key = match key_file {
            Some(path) => PemFile::read("key_file", path)?.private_key()?,
            None => file.private_key().map_err(|error| {
                Error::invalid_configuration(format!("{}; or give key_file", error.description()))
            })?,
        };
        let cert_file = path.to_string_lossy().into_owned();
        Ok(Some(ClientCertificate { chain, key, cert_file }))
    }

    /// What to tell of a pair that rustls refuses.
    pub(super) fn unusable(cert_file: &str, error: &rustls::Error) -> Error {
        let problem = match error {
            rustls::Error::InconsistentKeys(_) => {
                "and key_file do not belong together: the key is of another certificate".to_owned()
            }
            other => format!("and key_file cannot be used: {other}"),
        };
        Error::invalid_configuration(format!("cert_file {cert_file} {problem}"))
    }

    pub(super) fn cert_file(&self) -> &str {
        &self.cert_file
    }
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate")
            .field("cert_file", &self.cert_file)
            .finish_non_exhaustive()
    }
}
