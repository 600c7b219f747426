"""How a paper went to its addressee, and what proves that it arrived."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import through
from ombudsman_app.documents.states import Channel, Proof

if TYPE_CHECKING:
    from .document import Document


class Delivery(Base):
    """One way that a paper took. The clock that waits for it starts at the first proven receipt."""

    __tablename__ = "delivery"
    __table_args__ = about(Level.CASE, Kept.COMPLAINT, portal=through("document_id", "document"))

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    addressee: Mapped[str] = mapped_column(String(40))  # an actor of complaints.yaml, such as reporter
    channel: Mapped[Channel]
    reference: Mapped[str] = mapped_column(String(80), default="", server_default="")  # of the post
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: the system

    delivered_on: Mapped[date | None]  # legal day in the zone of the office
    delivered_at: Mapped[datetime | None]
    proof: Mapped[Proof | None]
    proof_file_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    proof_note: Mapped[str] = mapped_column(Text, default="", server_default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime | None]

    document: Mapped["Document"] = relationship(lazy="raise_on_sql", back_populates="deliveries")
    proof_file: Mapped[Attachment | None] = relationship(lazy="raise_on_sql")
    sent_by: Mapped[User | None] = relationship(foreign_keys=[sent_by_id], lazy="raise_on_sql")
    recorded_by: Mapped[User | None] = relationship(foreign_keys=[recorded_by_id], lazy="raise_on_sql")
