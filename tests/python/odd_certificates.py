"""Certificates that trustme does not make: a server's own, and what only verify=False takes."""

import datetime
import ipaddress
import subprocess

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DAY = datetime.timedelta(days=1)


class OddCertificate:
    """A certificate and its key in one file, for `TlsServer`."""

    def __init__(self, path, version=None):
        self.path, self.version = str(path), version

    def configure_cert(self, context):
        # Else OpenSSL would refuse to serve some of them.
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.load_cert_chain(self.path)
        if self.version is not None:
            context.minimum_version = context.maximum_version = self.version


def self_signed(path, ca=True, host="127.0.0.1", start=-1, end=9):
    """As `openssl req -x509` makes it; `start` and `end` are days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.datetime.now(datetime.timezone.utc)
    try:
        subject = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        subject = x509.DNSName(host)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + start * DAY)
        .not_valid_after(now + end * DAY)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([subject]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(pem, form, serialization.NoEncryption())
    path.write_bytes(certificate.public_bytes(pem) + private)
    return OddCertificate(path)


RSA_1024 = ["-newkey", "rsa:1024"]
EC = ["-newkey", "ec", "-pkeyopt"]
# How `openssl req -x509` is told to make them.
BY_OPENSSL = {
    "RSA with 1024 bits": RSA_1024,
    "SHA-1": ["-newkey", "rsa:2048", "-sha1"],
    "MD5": [*RSA_1024, "-md5"],
    "P-521": [*EC, "ec_paramgen_curve:P-521"],
    "Ed448": ["-newkey", "ed448"],
    "a critical extension that nobody knows": [*RSA_1024, "-addext", "1.2.3.4=critical,ASN1:UTF8String:text"],
    "no name at all": [*RSA_1024, "-subj", "/"],
}


def by_openssl(path, options, version=None):
    name = ["-subj", "/CN=elsewhere.test"]
    openssl("req", "-x509", "-nodes", "-days", "9", *name, *options, "-keyout", path, "-out", f"{path}.crt")
    return joined(path, version)


def of_version_1(path, version=None):
    """X.509 version 1, which has no extensions."""
    request = f"{path}.csr"
    openssl("req", "-new", *RSA_1024, "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", path, "-out", request)
    openssl("x509", "-req", "-days", "9", "-in", request, "-signkey", path, "-out", f"{path}.crt")
    return joined(path, version)


def joined(path, version):
    with open(path, "ab") as key, open(f"{path}.crt", "rb") as certificate:
        key.write(certificate.read())
    return OddCertificate(path, version)


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
