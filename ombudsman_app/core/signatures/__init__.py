"""What the office signs with: the key of its records, and the certificate for its papers.

The second place, after `sealing`, that does cryptography (KD1). It is apart from it because these keys do
the opposite: they hide nothing, their public halves go out to everybody, and a lost one opens nothing.
"""

from flask import Flask, current_app

from ombudsman_app.core.config import Settings

from .certificate import OfficeCertificate, make_development_certificate, open_certificate
from .errors import SigningNotPossible, Why
from .record_keys import PublicKey, RecordKeys, Signature, record_keys_from

__all__ = [
    "OfficeCertificate",
    "PublicKey",
    "RecordKeys",
    "Signature",
    "SigningNotPossible",
    "Why",
    "init_signatures",
    "office_certificate",
    "open_certificate",
    "record_keys",
    "record_keys_from",
    "refuse_unready",
    "sign_record",
    "verify_record",
    "why_unready",
]


def init_signatures(app: Flask, settings: Settings) -> None:
    """Read the keys; in embedded mode make what a first start needs. Raises UnsafeSettings.

    A production start makes no key and misses none: everything works but the issuing of papers, which says
    what is missing.
    """
    if settings.may_use_development_certificate:
        make_development_certificate(settings.keys)
    app.extensions["record_keys"] = record_keys_from(settings.keys, may_create=not settings.is_production)


def record_keys() -> RecordKeys:
    """Return the keys of this application."""
    keys: RecordKeys = current_app.extensions["record_keys"]
    return keys


def sign_record(record: bytes) -> Signature:
    """Sign a canonical record with the newest key. Raises SigningNotPossible."""
    return record_keys().sign(record)


def verify_record(record: bytes, signature: bytes, key_id: str) -> bool:
    """Say whether one of our keys, the newest or an older one, made this signature over this record."""
    return record_keys().verify(record, signature, key_id)


def office_certificate() -> OfficeCertificate:
    """Return the certificate that signs papers at this moment. Raises SigningNotPossible."""
    settings: Settings = current_app.extensions["settings"]
    return open_certificate(settings)


def refuse_unready() -> None:
    """Raise SigningNotPossible unless a paper could be signed now: before its number, not after."""
    _ = record_keys().newest, office_certificate()


def why_unready() -> Why | None:
    """Return why no paper could be signed now, for a page that says so beforehand."""
    try:
        refuse_unready()
    except SigningNotPossible as refused:
        return Why(refused.details["why"])
    return None
