"""Certificates that are good, and that are wrong in one way each; made anew for each run."""

import datetime
import ssl

import trustme

# A name that only the tests' forward proxies know.
SERVICE = "service.test"
NAMES = ("127.0.0.1", "localhost", SERVICE)
DAY = datetime.timedelta(days=1)


class Certificates:
    def __init__(self, directory):
        now = datetime.datetime.now(datetime.timezone.utc)
        authority, stranger = trustme.CA(), trustme.CA()
        self.ca_file = str(directory / "ca.pem")
        authority.cert_pem.write_to_path(self.ca_file)
        self.issued = {
            "good": authority.issue_cert(*NAMES),
            "other host": authority.issue_cert("elsewhere.test"),
            "expired": authority.issue_cert(*NAMES, not_before=now - 9 * DAY, not_after=now - DAY),
            "not yet valid": authority.issue_cert(*NAMES, not_before=now + DAY, not_after=now + 9 * DAY),
            "unknown authority": stranger.issue_cert(*NAMES),
        }

    def contexts(self):
        """For servers of Python's; one of them knows only what nobody should speak any more."""
        made = {name: context(certificate) for name, certificate in self.issued.items()}
        made["old protocol"] = old = context(self.issued["good"])
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        return made

    def files(self, name, directory):
        """The paths of chain and key, for servers that read files."""
        certificate, stem = self.issued[name], directory / name.replace(" ", "-")
        chain, key = stem.with_suffix(".pem"), stem.with_suffix(".key")
        chain.write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
        certificate.private_key_pem.write_to_path(str(key))
        return chain, key


def context(certificate):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made
