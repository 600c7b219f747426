"""What somebody is still writing: sealed, found again by a cookie, gone after seven days."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.sealing import hmac_hex, seal, unseal

DRAFT_LASTS = timedelta(days=7)  # design.md §12
CODE_LASTS = timedelta(hours=24)  # AU7


def token_hash(token: str) -> str:
    """Return how a draft's token is stored."""
    return hmac_hex(token, purpose="draft-token")


class ComplaintDraft(Base):
    """One unsent (or just sent) complaint. `sealed` holds all answers, the identity among them.

    After sending it holds the ticket and the access code alone, until the reporter has noted the
    code, 24 hours at most (AU7).
    """

    __tablename__ = "complaint_draft"
    __table_args__ = about(Level.SECRET, Kept.DRAFT)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)  # ids of deleted rows come back, this not
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    complaint_id: Mapped[int | None]  # what became of it: a complaint, or information without identity
    tip_id: Mapped[int | None]

    @property
    def is_sent(self) -> bool:
        return self.complaint_id is not None or self.tip_id is not None

    def opened(self) -> dict[str, Any]:
        """Return all answers, by field name. Raises SealBroken."""
        if self.sealed is None:
            return {}
        answers: dict[str, Any] = json.loads(unseal(self.sealed, purpose="draft", place=self._place))
        return answers

    def close(self, answers: dict[str, Any] | None) -> None:
        """Seal the answers again, or destroy them."""
        plain = None if answers is None else json.dumps(answers, ensure_ascii=False).encode()
        self.sealed = None if plain is None else seal(plain, purpose="draft", place=self._place)

    @property
    def _place(self) -> str:
        return f"complaint_draft.sealed.{self.uuid}"
