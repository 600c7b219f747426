"""Where finished papers lie: sealed files of the data folder, each under a name that its row gives (FI7)."""

import hashlib
import io
from uuid import UUID, uuid4

from flask import current_app

from ombudsman_app.attachments.store import LocalStore
from ombudsman_app.core.config import Settings
from ombudsman_app.core.sealed_files import unsealed, write_sealed
from ombudsman_app.core.sealing import RecordKey, SealBroken, open_record_key

from .models import Document

_FOLDER = "documents"


def archive() -> LocalStore:
    """Return the store of papers."""
    settings: Settings = current_app.extensions["settings"]
    return LocalStore(settings.data_dir / _FOLDER)


def place_of(uuid: UUID) -> str:
    """Return what the key of a paper and all its pieces are bound to."""
    return f"document.{uuid}"


def put_away(content: bytes, key: RecordKey, *, uuid: UUID) -> UUID:
    """Store the bytes for good and return their name. What no row names is swept up later."""
    name = uuid4()
    with archive().writing(name.hex) as file:
        write_sealed(io.BytesIO(content).read, file, key, place=place_of(uuid))
    return name


def bytes_of(document: Document) -> bytes | None:
    """Return the PDF if it is still, byte by byte, what was signed; None where it is not (FI7)."""
    if document.stored_name is None or document.wrapped_key is None:
        return None
    place = place_of(document.uuid)
    try:
        key = open_record_key(document.wrapped_key, place=place)
        with archive().open(document.stored_name.hex) as file:
            content = b"".join(unsealed(file, key, place=place))
    except (SealBroken, FileNotFoundError):
        return None
    return content if hashlib.sha256(content).hexdigest() == document.sha256 else None
