"""The same words of the same person are said once, however often a line makes a browser send them (DI4)."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, select

from ombudsman_app.complaints.models import ComplaintMessage, ComplaintNote, TipMessage, opened_text
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.sealing import SealBroken

_JUST_NOW = timedelta(minutes=10)


def is_new(
    kind: type[ComplaintMessage] | type[ComplaintNote] | type[TipMessage],
    belongs_to: Any,
    record_id: int,
    *,
    author_id: int | None,
    text: str,
    form_key: str,
) -> bool:
    """Return whether these words were not sent before, by this form or just now by another. ≤ 3 statements.

    `belongs_to`: the column that names the record. When an answer was lost on the line, a browser that goes
    back puts the words into a fresh form, which has another key: the same words of the same author, written
    last and minutes ago, are the same (DI4). Raises FormSentDifferently.
    """
    if not is_first_sending(form_key, f"{kind.__tablename__}.{record_id}.{author_id}", text):
        return False
    of_record: ColumnElement[bool] = belongs_to == record_id
    last: Any = db.session.scalars(select(kind).where(of_record).order_by(kind.id.desc()).limit(1)).first()
    if last is None or not form_key or last.author_id != author_id or now() - last.at > _JUST_NOW:
        return True
    try:
        return opened_text(kind, last.uuid, last.sealed) != text
    except SealBroken:
        return True
