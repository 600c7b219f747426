"""Certificates of an office, as its authority would hand them out."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from ombudsman_app.core.clock import now

AUTHORITY = "Balai Sertifikat Contoh"
OFFICE = "Ombudsman Perwakilan Contoh"


@dataclass(frozen=True)
class Issued:
    """A certificate with its key and the one of its authority."""

    own: x509.Certificate
    key: rsa.RSAPrivateKey
    authority: x509.Certificate

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def chain_pem(self) -> bytes:
        return self.own.public_bytes(Encoding.PEM) + self.authority.public_bytes(Encoding.PEM)

    def pkcs12(self, password: bytes) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            b"kantor", self.key, self.own, [self.authority], BestAvailableEncryption(password)
        )


def issue(*, begins_in_days: int = -1, ends_in_days: int = 365) -> Issued:
    """Hand a certificate out, valid between these days from now."""
    authority_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority = _certificate(
        AUTHORITY, authority_key, AUTHORITY, authority_key, (-400, 4000), is_authority=True
    )
    days = (begins_in_days, ends_in_days)
    return Issued(
        _certificate(OFFICE, key, AUTHORITY, authority_key, days, is_authority=False), key, authority
    )


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: str,
    issuer_key: rsa.RSAPrivateKey,
    days: tuple[int, int],
    *,
    is_authority: bool,
) -> x509.Certificate:
    subject, by = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)]) for words in (name, issuer))
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    ) | {
        "digital_signature": not is_authority,
        "content_commitment": not is_authority,
        "key_cert_sign": is_authority,
        "crl_sign": is_authority,
    }
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() + timedelta(days=days[0]))
        .not_valid_after(now() + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


def keep(path: Path, content: bytes, mode: int = 0o600) -> Path:
    """Write a file of a key or certificate."""
    path.write_bytes(content)
    path.chmod(mode)
    return path
