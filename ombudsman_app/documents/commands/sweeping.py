"""Bytes that no row names: an attempt died between storing them and writing them down."""

from datetime import timedelta

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.documents.archive import archive
from ombudsman_app.documents.models import Document

_YOUNG = timedelta(days=1)


def sweep_archive() -> int:
    """Remove files without a row, none younger than a day; return how many. 1 statement.

    The rows are read after the folder, so that what was written down meanwhile stays.
    """
    found = dict(archive().names())
    named = {name.hex for name in db.session.scalars(select(Document.stored_name)) if name is not None}
    db.release()
    limit, removed = (now() - _YOUNG).timestamp(), 0
    for name, written in found.items():
        if name not in named and written < limit:
            archive().delete_found(name)
            removed += 1
    return removed
