"""What nobody names any more: uploads whose time is over, bytes without a row."""

from datetime import timedelta

from sqlalchemy import delete, select

from ombudsman_app.attachments.models import Upload
from ombudsman_app.attachments.store import arrivals, store
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db

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
