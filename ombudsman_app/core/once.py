"""A form that is sent twice acts once (DI4): its key is stored in the transaction of what it did.

The key is made when the page is. A second sending waits for the first, then finds its work done.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from .clock import now
from .columns import Kept, Level, about
from .db import Base, command, db
from .errors import FormSentDifferently
from .sealing import hmac_hex
from .walls import OPEN

KEPT = timedelta(hours=24)
_SWEPT_AT_ONCE = 100


class SentForm(Base):
    """One sending. The key covers who sent what kind of form; both columns are keyed hashes."""

    __tablename__ = "sent_form"
    __table_args__ = about(Level.SECRET, Kept.A_DAY, portal=OPEN)

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)


def is_first_sending(key: str, of: str, body: str) -> bool:
    """Return whether this form was not sent before; call it inside the command that does the work.

    `of` names form, record and sender. Without a key every sending is a first one. Raises
    FormSentDifferently when the same form comes again with another text. 1 statement, 2 the second time.
    """
    if not key:
        return True
    key_hash = hmac_hex(f"{of}\0{key}", purpose="sent-form")
    body_hash = hmac_hex(body, purpose="sent-form-body")
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    sending = dialect.insert(SentForm).values(key_hash=key_hash, body_hash=body_hash, at=now())
    if db.session.scalar(sending.on_conflict_do_nothing().returning(SentForm.key_hash)):
        return True
    before = db.session.scalar(select(SentForm.body_hash).where(SentForm.key_hash == key_hash))
    if before != body_hash:
        raise FormSentDifferently
    return False


@command
def sweep_sent_forms() -> bool:
    """Forget keys that are older than a day, a hundred at most. Return whether there were any."""
    ended = select(SentForm.key_hash).where(SentForm.at < now() - KEPT).limit(_SWEPT_AT_ONCE)
    gone = db.session.scalars(
        delete(SentForm)
        .where(SentForm.key_hash.in_(ended))
        .returning(SentForm.key_hash)
        .execution_options(synchronize_session=False)
    ).all()
    return bool(gone)
