"""What nobody names any more: uploads whose time is over, bytes without a row."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import Connection, delete, inspect, select

from ombudsman_app.attachments.models import Attachment, Upload
from ombudsman_app.attachments.store import arrivals, store
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db

from .arriving import ORIGINAL, stored_name
from .checking import CLEANED, PREVIEW, THUMB
from .removing import living_names

_YOUNG = timedelta(days=1)
_SWEPT_AT_ONCE = 500


@command
def sweep_uploads() -> bool:
    """Forget uploads whose day is over, some at a time; return whether there were any."""
    ended = select(Upload.id).where(Upload.expires_at < now()).limit(_SWEPT_AT_ONCE)
    gone = db.session.scalars(
        delete(Upload)
        .where(Upload.id.in_(ended))
        .returning(Upload.id)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(gone)


def remove_orphans() -> int:
    """Remove bytes that no row names; return how many files.

    The rows are read after the folder, and nothing younger than a day is touched: a file that just came is
    not taken for an orphan.
    """
    found = dict(store().names())
    waiting = {path.name: path.stat().st_mtime for path in arrivals().iterdir() if path.is_file()}
    living = living_names()
    db.release()
    limit, removed = (now() - _YOUNG).timestamp(), 0
    for name, written in found.items():
        if name[:32] not in living and written < limit:
            store().delete_found(name)
            removed += 1
    for name, written in waiting.items():
        if name not in living and written < limit:
            (arrivals() / name).unlink(missing_ok=True)
            removed += 1
    return removed


def named_parts(connection: Connection) -> Iterator[str]:
    """Yield under which names the files of all rows lie in the store, as this connection sees them."""
    if not inspect(connection).has_table(Attachment.__tablename__):
        return  # a database of an earlier release
    rows = connection.execute(
        select(Attachment.uuid, Attachment.cleaned_bytes, Attachment.has_preview)
        .where(Attachment.wrapped_key.is_not(None))
        .execution_options(yield_per=1000)
    )
    for uuid, cleaned_bytes, has_preview in rows:
        yield stored_name(uuid, ORIGINAL)
        if cleaned_bytes is not None:
            yield stored_name(uuid, CLEANED)
        if has_preview:
            yield from (stored_name(uuid, part) for part in (PREVIEW, THUMB))
