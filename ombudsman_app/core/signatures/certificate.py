"""The certificate with which the office signs its papers (PAdES), or one for trying out.

`OMBUDSMAN_CERTIFICATE` names a PKCS#12 file, or a PEM file with the certificate of the office first and
those of its authority after it; then the key stands in the same file or in `OMBUDSMAN_CERTIFICATE_KEY`.
Without that setting the first start in embedded mode makes a certificate whose name says what it is worth.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.durable import alone_in, make_folder, writing

from .errors import SigningNotPossible, Why

DEVELOPMENT = "development-certificate.pem"
DEVELOPMENT_AUTHORITY = "Kawal Layanan – CA PENGEMBANGAN, bukan untuk dipakai"
DEVELOPMENT_NAME = "Kawal Layanan – sertifikat pengembangan"
# It proves nothing to anybody, so it holds on every day on which somebody may try something out.
_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
_DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
_SIGNS = (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)
_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class OfficeCertificate:
    """A certificate with its key, in the forms (DER) that signing libraries take."""

    der: bytes
    key_der: bytes  # PKCS#8, not encrypted: it stays in memory
    chain: tuple[bytes, ...]  # of the authority
    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    fingerprint: str  # SHA-256 of the certificate, 64 hex digits
    public_key: bytes  # as it stands inside every signature
    is_development: bool


def open_certificate(settings: Settings) -> OfficeCertificate:
    """Return the certificate that the settings name and that is valid now. Raises SigningNotPossible."""
    path = _path_of(settings)
    if path is None or not path.is_file():
        raise SigningNotPossible(why=Why.MISSING)
    try:
        _refuse_exposed(settings.certificate_key or path)
        found = _read(_version_of(path), _version_of(settings.certificate_key), _password_of(settings))
    except (OSError, ValueError, TypeError):
        raise SigningNotPossible(why=Why.UNREADABLE) from None
    instant = now()
    if instant < found.valid_from:
        raise SigningNotPossible(why=Why.NOT_YET)
    if instant > found.valid_until:
        raise SigningNotPossible(why=Why.EXPIRED)
    return found


def _path_of(settings: Settings) -> Path | None:
    if settings.certificate is not None:
        return settings.certificate
    return settings.keys / DEVELOPMENT if settings.may_use_development_certificate else None


def _password_of(settings: Settings) -> bytes | None:
    if settings.certificate is None or settings.certificate_password is None:
        return None
    return settings.certificate_password.read_bytes().strip()


def _refuse_exposed(path: Path) -> None:
    """Refuse a key that everybody on this machine may read (KD2)."""
    if path.stat().st_mode & 0o007:
        raise SigningNotPossible(why=Why.EXPOSED)


def _version_of(path: Path | None) -> tuple[Path, int, int] | None:
    """Return the file with what changes when it is replaced: a new certificate needs no new start."""
    if path is None:
        return None
    state = path.stat()
    return path, state.st_mtime_ns, state.st_ino


@lru_cache(maxsize=4)
def _read(
    file: tuple[Path, int, int], key_file: tuple[Path, int, int] | None, password: bytes | None
) -> OfficeCertificate:
    """Read the files. Raises ValueError, TypeError, OSError, or SigningNotPossible(does_not_fit)."""
    raw = file[0].read_bytes()
    if b"-----BEGIN " in raw:
        own, *others = x509.load_pem_x509_certificates(raw)
        key: Any = load_pem_private_key(key_file[0].read_bytes() if key_file else raw, password)
    else:
        bag = pkcs12.load_pkcs12(raw, password)
        if bag.cert is None or bag.key is None:
            raise ValueError("a PKCS#12 file with certificate and key is needed")
        own, others = bag.cert.certificate, [other.certificate for other in bag.additional_certs]
        key = bag.key
    if not isinstance(key, _SIGNS) or _spki(key.public_key()) != _spki(own.public_key()):
        raise SigningNotPossible(why=Why.DOES_NOT_FIT)
    return _as_found(own, key, others, is_development=file[0].name == DEVELOPMENT)


def _as_found(
    own: x509.Certificate, key: _Key, others: list[x509.Certificate], *, is_development: bool
) -> OfficeCertificate:
    return OfficeCertificate(
        der=own.public_bytes(Encoding.DER),
        key_der=key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        chain=tuple(other.public_bytes(Encoding.DER) for other in others),
        subject=_name(own.subject),
        issuer=_name(own.issuer),
        valid_from=own.not_valid_before_utc,
        valid_until=own.not_valid_after_utc,
        fingerprint=own.fingerprint(hashes.SHA256()).hex(),
        public_key=_spki(own.public_key()),
        is_development=is_development or _name(own.issuer) == DEVELOPMENT_AUTHORITY,
    )


def _spki(key: Any) -> bytes:
    encoded: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return encoded


def _name(name: x509.Name) -> str:
    """Return what people call it: the common name, else the whole."""
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def make_development_certificate(folder: Path) -> None:
    """Make a certificate for trying out, once. The key of its authority is thrown away at once."""
    make_folder(folder)
    with alone_in(folder):
        if not (folder / DEVELOPMENT).exists():
            with writing(folder / DEVELOPMENT, point="development_certificate") as file:
                file.write(_development_certificate())


def _development_certificate() -> bytes:
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name, name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])
        for words in (DEVELOPMENT_AUTHORITY, DEVELOPMENT_NAME)
    )
    authority = _certificate(authority_name, authority_key, authority_name, authority_key, is_authority=True)
    own = _certificate(name, key, authority_name, authority_key, is_authority=False)
    return b"".join(
        (
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
            own.public_bytes(Encoding.PEM),
            authority.public_bytes(Encoding.PEM),
        )
    )


def _certificate(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    nothing = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        **nothing,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), True)
        .add_extension(usage, True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False)
    )
    if not is_authority:
        made = made.add_extension(x509.ExtendedKeyUsage([_DOCUMENT_SIGNING]), False)
    return made.sign(issuer_key, hashes.SHA256())
