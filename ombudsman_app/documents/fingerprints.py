"""What was handed in, by its fingerprints: for papers that prove what arrived."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.core.db import db

_MEDIA: dict[str, Callable[[], Any]] = {
    "image": lambda: _("Photo"),
    "application/pdf": lambda: "PDF",
    "video": lambda: _("Film"),
    "audio": lambda: _("Recording"),
}


def text_print(text: str) -> str:
    """Return the SHA-256 of words as they were typed (UTF-8), as 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def files_of_reporter(folder: UUID) -> list[dict[str, Any]]:
    """Return the files that the reporter sent, as they came. 1 statement."""
    return _rows(folder, Attachment.added_by_id.is_(None))


def files_until(folder: UUID, at: datetime) -> list[dict[str, Any]]:
    """Return the files that lay in a folder at an instant, as they came. 1 statement."""
    return _rows(folder, Attachment.added_at <= at)


def _rows(folder: UUID, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Return number, kind in words, size in bytes, SHA-256 and instant of each file of a folder."""
    files = db.session.scalars(
        select(Attachment)
        .where(Attachment.folder == folder, Attachment.state != AttachmentState.REMOVED, which)
        .order_by(Attachment.id)
    )
    return [
        {
            "number": place,
            "media": _media(file.media_type),
            "size_bytes": file.size_bytes,
            "sha256": file.sha256,
            "added_at": file.added_at,
        }
        for place, file in enumerate(files, 1)
    ]


def _media(media_type: str) -> str:
    known = _MEDIA.get(media_type) or _MEDIA.get(media_type.partition("/")[0])
    return str(known()) if known else str(_("File"))
