"""Which certificates are accepted, in every face, and how it is said why one is not."""

import itertools
import os
import ssl
import subprocess
import sys

import pytest
import trustme
from odd_certificates import BY_OPENSSL, by_openssl, of_version_1, self_signed
from test_faults import DISK, READ, READ_ANSWER, WRITE, assert_error
from tls import TlsServer

AUTHORITY = trustme.CA()
VERSIONS = {"TLS 1.2": ssl.TLSVersion.TLSv1_2, "TLS 1.3": ssl.TLSVersion.TLSv1_3}


def read(face, certificate, **options):
    """What `get_disk` gives of a server with this certificate, and how many requests the server saw."""
    with TlsServer(certificate) as server:
        server.run(READ_ANSWER)
        return face.call(server.katapult(**options), *READ), server.count()


def refusal(face, certificate, **options):
    outcome, count = read(face, certificate, **options)
    assert_error(outcome, "tls_failed", "not_sent")
    assert count == 0
    return outcome.error["description"]


@pytest.mark.parametrize("ca", [True, False], ids=["CA:TRUE", "CA:FALSE"])
def test_a_servers_own_certificate_as_ca_file(face, tmp_path, ca):
    certificate = self_signed(tmp_path / "own.pem", ca)
    outcome, count = read(face, certificate, ca_file=certificate.path)
    assert (outcome.value, count) == ({"id": DISK}, 1)
    assert "as ca_file" in refusal(face, certificate)


@pytest.mark.parametrize("ca", [True, False], ids=["CA:TRUE", "CA:FALSE"])
def test_the_dates_and_the_name_of_a_servers_own_certificate_count(face, tmp_path, ca):
    for options, expected in (
        ({"host": "other.example"}, "the certificate is for other.example, not for 127.0.0.1"),
        ({"start": -9, "end": -1}, "the certificate expired on 20"),
        ({"start": 1, "end": 9}, "the certificate is not valid before 20"),
    ):
        certificate = self_signed(tmp_path / "own.pem", ca, **options)
        assert expected in refusal(face, certificate, ca_file=certificate.path)


@pytest.mark.parametrize("ca", [True, False], ids=["CA:TRUE", "CA:FALSE"])
def test_another_self_signed_certificate_is_refused(face, tmp_path, ca):
    trusted = self_signed(tmp_path / "trusted.pem", ca)
    refusal(face, self_signed(tmp_path / "other.pem", ca), ca_file=trusted.path)


# Below TLS 1.3 the key of a certificate is bound to ciphers and curves, and rustls has none for two of them.
KINDS = [*itertools.product([*BY_OPENSSL, "version 1"], VERSIONS)]
KINDS = [each for each in KINDS if each not in {("P-521", "TLS 1.2"), ("Ed448", "TLS 1.2")}]


@pytest.mark.parametrize("kind, version", KINDS)
def test_verify_false_takes_any_certificate(face, tmp_path, kind, version):
    path = tmp_path / "odd.pem"
    if kind == "version 1":
        certificate = of_version_1(path, VERSIONS[version])
    else:
        certificate = by_openssl(path, BY_OPENSSL[kind], VERSIONS[version])
    outcome, count = read(face, certificate, verify=False)
    assert (outcome.error, outcome.value, count) == (None, {"id": DISK}, 1)


def test_a_certificate_of_version_1_is_refused(face, tmp_path):
    certificate = of_version_1(tmp_path / "odd.pem")
    assert "has version 1" in refusal(face, certificate, ca_file=certificate.path)


def test_names_that_a_certificate_has(face, tmp_path):
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    certificate = AUTHORITY.issue_cert("other.example", "*.other.example", "192.0.2.1")
    text = refusal(face, certificate, ca_file=str(tmp_path / "ca.pem"))
    assert "the certificate is for other.example, *.other.example, 192.0.2.1, not for 127.0.0.1" in text


def test_a_server_without_tls_is_named(face, fault_server):
    """Like many servers, it answers what it cannot read."""

    def serve(connection):
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.close()

    fault_server.serve = serve
    options = {**fault_server.katapult(), "base_url": fault_server.url().replace("http:", "https:") + "/core/v1"}
    outcome = face.call(options, *READ)
    assert_error(outcome, "tls_failed", "not_sent")
    assert "the server does not use TLS on this port" in outcome.error["description"]


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
def test_a_server_with_old_versions_only(face, tmp_path):
    certificate = self_signed(tmp_path / "own.pem")
    certificate.version = ssl.TLSVersion.TLSv1_1
    assert "the server supports neither TLS 1.2 nor TLS 1.3" in refusal(face, certificate, ca_file=certificate.path)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_that_wants_a_client_certificate(face, tmp_path, version):
    certificate = self_signed(tmp_path / "own.pem")
    certificate.version = VERSIONS[version]
    with TlsServer(certificate) as server:
        server.context.verify_mode = ssl.CERT_REQUIRED
        server.context.load_verify_locations(certificate.path)
        server.run(READ_ANSWER)
        # The server may have closed the connection before the client has written all of its part.
        for _ in range(10):
            outcome = face.call(server.katapult(ca_file=certificate.path), *WRITE)
            # In TLS 1.3 the refusal comes when the handshake is over for the client.
            assert_error(outcome, "tls_failed", {"TLS 1.2": "not_sent", "TLS 1.3": "unknown"}[version])
            assert "requires a client certificate" in outcome.error["description"]
            assert "cert_file" in outcome.error["description"]
        assert server.count() == 0


class OwnCertificate:
    """A client's certificate in files."""

    def __init__(self, directory, kind=trustme.KeyType.ECDSA, authority=AUTHORITY):
        self.issued = authority.issue_cert("client.test", key_type=kind)
        self.cert_file, self.key_file = directory / "client.pem", directory / "client.key"
        self.both = directory / "both.pem"
        chain = b"".join(part.bytes() for part in self.issued.cert_chain_pems)
        self.cert_file.write_bytes(chain)
        self.key_file.write_bytes(self.issued.private_key_pem.bytes())
        self.both.write_bytes(self.key_file.read_bytes() + chain)


def shown_to(server_certificate, version, face, **options):
    """What `get_disk` gives of a server that wants certificates of the authority."""
    server_certificate.version = VERSIONS[version]
    with TlsServer(server_certificate) as server:
        server.context.verify_mode = ssl.CERT_REQUIRED
        AUTHORITY.configure_trust(server.context)
        server.run(READ_ANSWER)
        options = {name: str(value) for name, value in options.items()}
        return face.call(server.katapult(ca_file=server_certificate.path, **options), *READ)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", [trustme.KeyType.ECDSA, trustme.KeyType.RSA], ids=["ECDSA", "RSA"])
def test_a_client_shows_its_own_certificate(face, tmp_path, version, kind):
    own, server = OwnCertificate(tmp_path, kind), self_signed(tmp_path / "server.pem")
    for options in ({"cert_file": own.cert_file, "key_file": own.key_file}, {"cert_file": own.both}):
        assert shown_to(server, version, face, **options).value == {"id": DISK}


def test_a_client_certificate_that_the_server_refuses(face, tmp_path):
    own = OwnCertificate(tmp_path, authority=trustme.CA())
    outcome = shown_to(self_signed(tmp_path / "server.pem"), "TLS 1.2", face, cert_file=own.both)
    assert_error(outcome, "tls_failed", "not_sent")
    assert "cert_file" in outcome.error["description"]


def test_mistakes_with_cert_file_and_key_file(face, tmp_path):
    own, other = OwnCertificate(tmp_path), AUTHORITY.issue_cert("other.test").private_key_pem.bytes()
    encrypted, other_key = tmp_path / "encrypted.key", tmp_path / "other.key"
    other_key.write_bytes(other)
    subprocess.run(
        ["openssl", "pkey", "-in", own.key_file, "-aes-128-cbc", "-passout", "pass:x", "-out", encrypted], check=True
    )
    for options, expected in (
        ({"key_file": own.key_file}, "key_file is given without cert_file"),
        ({"cert_file": own.cert_file}, "holds no private key in PEM form"),
        ({"cert_file": own.cert_file}, "or give key_file"),
        ({"cert_file": own.key_file}, "cert_file"),
        ({"cert_file": own.cert_file, "key_file": encrypted}, "is encrypted"),
        ({"cert_file": own.cert_file, "key_file": other_key}, "do not belong together"),
        ({"cert_file": own.cert_file, "key_file": tmp_path / "none.key"}, "does not exist"),
    ):
        options = {name: str(value) for name, value in options.items()}
        outcome = face.call({"api_token": "x", "base_url": "https://127.0.0.1:1", **options}, *READ)
        assert_error(outcome, "invalid_configuration", "not_sent")
        assert expected in outcome.error["description"]


def test_mistakes_with_ca_file(face, tmp_path):
    path = tmp_path / "ca.pem"
    self_signed(path)
    key = path.read_bytes().split(b"-----END CERTIFICATE-----\n")[1]
    der = ssl.PEM_cert_to_DER_cert(path.read_text().split("-----BEGIN PRIVATE KEY-----")[0])
    for content, expected in (
        (key, "holds a private key but no certificate; give the certificate"),
        (der, "holds a certificate in DER form, not in PEM form; `openssl x509"),
        (b"", "is empty; give a PEM file"),
    ):
        path.write_bytes(content)
        text = mistake(face, path)
        assert text.startswith("ca_file ") and expected in text
    path.unlink()
    assert "does not exist" in mistake(face, path)
    assert "is a directory; give one PEM file" in mistake(face, tmp_path)


def mistake(face, path):
    options = {"base_url": "https://127.0.0.1:1/core/v1", "api_token": "t", "ca_file": str(path)}
    outcome = face.call(options, *READ)
    assert_error(outcome, "invalid_configuration", "not_sent")
    return outcome.error["description"]


@pytest.mark.skipif(sys.platform != "linux", reason="the trust store of macOS is never empty")
def test_a_system_without_trusted_certificates():
    script = "import katapult_disk; katapult_disk.Client('t')"
    environment = {**os.environ, "SSL_CERT_FILE": os.devnull}
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert "install them (often a package ca-certificates), or give ca_file" in run.stderr
