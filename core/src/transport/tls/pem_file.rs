//! Reads PEM files: the certificates of `ca_file`, and those of `cert_file` with their key.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use zeroize::Zeroizing;

use crate::Error;
use crate::clipped::clipped;

/// In bytes, more than any list of certificates: devices such as /dev/zero have no end.
const LARGEST: u64 = 16 << 20;

/// A PEM file that an option names. It may hold a key, so its content is wiped.
pub(super) struct PemFile<'a> {
    /// For messages.
    option: &'static str,
    path: &'a Path,
    content: Zeroizing<Vec<u8>>,
}

impl<'a> PemFile<'a> {
    pub(super) fn read(option: &'static str, path: &'a Path) -> crate::Result<PemFile<'a>> {
        let mut file = PemFile { option, path, content: Zeroizing::default() };
        file.content = read(path).map_err(|error| file.invalid(&not_readable(&error)))?;
        match file.content.len() as u64 {
            0..=LARGEST => Ok(file),
            _ => Err(file.invalid("is larger than 16 MiB; give a PEM file with only certificates")),
        }
    }

    /// All certificates, at least one.
    pub(super) fn certificates(&self) -> crate::Result<Vec<CertificateDer<'static>>> {
        let certificates = CertificateDer::pem_slice_iter(&self.content)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| self.invalid(damaged(&error)))?;
        if certificates.is_empty() {
            return Err(self.invalid(no_certificate(&self.content)));
        }
        let is_damaged = |der: &CertificateDer<'_>| webpki::anchor_from_trusted_cert(der).is_err();
        if let Some(index) = certificates.iter().position(is_damaged) {
            return Err(self.invalid(&match certificates.len() {
                1 => "holds a certificate that is damaged".to_owned(),
                count => {
                    format!("holds {count} certificates; number {} is damaged", index + 1)
                }
            }));
        }
        Ok(certificates)
    }

    /// The first private key.
    pub(super) fn private_key(&self) -> crate::Result<PrivateKeyDer<'static>> {
        PrivateKeyDer::from_pem_slice(&self.content).map_err(|error| match error {
            pem::Error::NoItemsFound if is_encrypted(&self.content) => self.invalid(
                "holds a key that is encrypted, and there is nobody to ask for its passphrase; \
                 `openssl pkey -in FILE -out FILE.pem` writes it without",
            ),
            pem::Error::NoItemsFound => self.invalid(
                "holds no private key in PEM form, which begins with -----BEGIN PRIVATE KEY-----",
            ),
            other => self.invalid(damaged(&other)),
        })
    }

    pub(super) fn invalid(&self, problem: &str) -> Error {
        let path = self.path.to_string_lossy();
        Error::invalid_configuration(format!("{} {} {problem}", self.option, clipped(&path)))
    }
}

fn read(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    // Windows would only say that access is denied.
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let file = File::open(path)?;
    // Room for all of it: a growing buffer would leave copies behind that are not wiped.
    let size = file.metadata()?.len().min(LARGEST);
    let mut content = Zeroizing::new(Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1));
    // One byte more shows that the file is too large.
    file.take(LARGEST + 1).read_to_end(&mut content)?;
    Ok(content)
}

fn not_readable(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "does not exist".to_owned(),
        ErrorKind::IsADirectory => {
            "is a directory; give one PEM file, which may hold many certificates".to_owned()
        }
        ErrorKind::PermissionDenied => {
            "cannot be read: this process lacks the permission".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

/// Replaces the messages of rustls, which print bytes as numbers.
fn damaged(error: &pem::Error) -> &'static str {
    match error {
        pem::Error::MissingSectionEnd { .. } => {
            "is not complete: its last -----BEGIN line has no -----END line"
        }
        pem::Error::IllegalSectionStart { .. } => {
            "is not a PEM file: a -----BEGIN line does not end in -----"
        }
        _ => "is damaged: what is between a -----BEGIN and an -----END line is not base64",
    }
}

/// Says what `content` is instead, and what to give.
fn no_certificate(content: &[u8]) -> &'static str {
    let has = |text: &str| content.windows(text.len()).any(|window| window == text.as_bytes());
    if content.is_empty() {
        "is empty; give a PEM file with certificates"
    } else if is_certificate(content) {
        "holds a certificate in DER form, not in PEM form; `openssl x509 -inform der -in FILE -out \
         FILE.pem` converts it"
    } else if has("PRIVATE KEY-----") {
        "holds a private key but no certificate; give the certificate, which begins with \
         -----BEGIN CERTIFICATE-----"
    } else if has("-----BEGIN CERTIFICATE REQUEST-----") {
        "holds a request for a certificate; give the certificate of the CA that signs it"
    } else if has("-----BEGIN TRUSTED CERTIFICATE-----") {
        "holds a certificate in a form that only OpenSSL reads; `openssl x509 -in FILE -out \
         FILE.pem` converts it"
    } else {
        "holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----"
    }
}

fn is_encrypted(content: &[u8]) -> bool {
    ["-----BEGIN ENCRYPTED PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED"]
        .iter()
        .any(|mark| content.windows(mark.len()).any(|window| window == mark.as_bytes()))
}

fn is_certificate(content: &[u8]) -> bool {
    webpki::anchor_from_trusted_cert(&CertificateDer::from(content)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = include_str!("test_certificates/self_signed.pem");

    fn problem(path: &Path) -> String {
        let file = PemFile::read("ca_file", path);
        let error = file.and_then(|file| file.certificates()).err().unwrap();
        error.description().to_owned()
    }

    #[test]
    fn each_mistake_has_its_message() {
        let directory = std::env::temp_dir().join(format!("ca-file-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        let path = directory.join("ca.pem");
        let der = CertificateDer::from_pem_slice(PEM.as_bytes()).unwrap();
        let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
        let request = key.replace("PRIVATE KEY", "CERTIFICATE REQUEST");
        let of_openssl = PEM.replace("CERTIFICATE", "TRUSTED CERTIFICATE");
        let not_a_certificate = key.replace("PRIVATE KEY", "CERTIFICATE");
        let second_damaged = format!("{PEM}{not_a_certificate}");
        for (content, expected) in [
            (&b""[..], "is empty; give a PEM file"),
            (&der, "holds a certificate in DER form, not in PEM form; `openssl x509"),
            (&der[..100], "holds no certificate in PEM form"),
            (key.as_bytes(), "holds a private key but no certificate; give the certificate"),
            (request.as_bytes(), "holds a request for a certificate"),
            (of_openssl.as_bytes(), "holds a certificate in a form that only OpenSSL reads"),
            (b"hello", "holds no certificate in PEM form"),
            (&PEM.as_bytes()[..300], "is not complete: its last -----BEGIN line"),
            (PEM.replace("MII", "M*I").as_bytes(), "is damaged: what is between"),
            (
                PEM.replace("CATE-----\nMII", "CATE\nMII").as_bytes(),
                "is not a PEM file: a -----BEGIN",
            ),
            (not_a_certificate.as_bytes(), "holds a certificate that is damaged"),
            (second_damaged.as_bytes(), "holds 2 certificates; number 2 is damaged"),
        ] {
            std::fs::write(&path, content).unwrap();
            let text = problem(&path);
            assert!(text.starts_with("ca_file ") && text.contains(expected), "{expected}: {text}");
            assert!(!text.contains("c2VjcmV0"), "{text}");
        }
        assert!(
            problem(&directory)
                .ends_with(" is a directory; give one PEM file, which may hold many certificates")
        );
        std::fs::remove_dir_all(&directory).unwrap();
        assert!(problem(&path).ends_with("ca.pem does not exist"));
        #[cfg(unix)]
        assert!(problem(Path::new("/dev/zero")).contains("is larger than 16 MiB"));

        assert!(problem(Path::new("a\0b")).contains("cannot be read: "));
    }
}
