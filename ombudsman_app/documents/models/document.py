"""A paper, from its draft to the bytes that were signed."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import SHOWN
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.states import OUT, DocumentState

if TYPE_CHECKING:
    from .delivery import Delivery


class Document(Versioned, Base):
    """One paper. It belongs to a folder: that of the files of a complaint or of information.

    `content` is what its page shows, frozen when it was issued: a page drawn again shows the same. The PDF
    lies in the archive, sealed by the key of this row. Nothing in here says who the reporter is: papers
    name the ticket, an envelope names the person (ADR 15).
    """

    __tablename__ = "document"
    __table_args__ = (
        Index("ix_document_folder", "folder", "id"),
        Index("ix_document_job", "job_uuid"),
        Index("ix_document_register", "representative_office_id", "state", "id"),
        Index(
            "ix_document_unproven",
            "representative_office_id",
            "unproven_since",
            "id",
            sqlite_where=text("unproven_since IS NOT NULL"),
            postgresql_where=text("unproven_since IS NOT NULL"),
        ),
        UniqueConstraint("kind", "representative_office_id", "year", "sequence"),
        about(Level.CASE, Kept.COMPLAINT, portal=SHOWN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(40))
    folder: Mapped[UUID]
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    state: Mapped[DocumentState] = mapped_column(default=DocumentState.DRAFT)
    language: Mapped[str] = mapped_column(String(5), default="id")

    subject: Mapped[str] = mapped_column(String(200))  # "Perihal"; neutral, it may be read on an envelope
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what was typed for this kind
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what the page shows, frozen

    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: the system
    drafted_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # who wrote last
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    # what a second person wants changed, until it is; who that was stands on the trail
    return_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    job_uuid: Mapped[UUID | None]  # that draws and signs it
    # code of why it was left when many were issued together; empty: it was not
    left_because: Mapped[str] = mapped_column(String(40), default="", server_default="")

    sequence: Mapped[int | None]
    year: Mapped[int | None]
    number: Mapped[str | None] = mapped_column(String(80), unique=True)
    issued_on: Mapped[date | None]  # the legal day in the zone of the office; it stands on the paper
    # 128 bits, printed on the paper; who has the code has the paper, so it opens nothing but the answer
    code: Mapped[str | None] = mapped_column(String(26), unique=True)

    stored_name: Mapped[UUID | None]  # in the archive; each attempt writes a file of its own
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary, info=level(Level.SECRET))
    size_bytes: Mapped[int | None]
    pages: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64), unique=True)
    sealed_at: Mapped[datetime | None]  # when the bytes were signed and stored
    signing_key_id: Mapped[str | None] = mapped_column(String(64))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)  # Ed25519 over the record (RP3)

    # the day on which it went out first, where its kind asks for a proof of receipt, until there is one
    unproven_since: Mapped[date | None]

    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)
    superseded_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    revocation_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revocation_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    office: Mapped[RepresentativeOffice] = relationship(lazy="raise_on_sql")
    drafted_by: Mapped[User | None] = relationship(foreign_keys=[drafted_by_id], lazy="raise_on_sql")
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id], lazy="raise_on_sql")
    issued_by: Mapped[User | None] = relationship(foreign_keys=[issued_by_id], lazy="raise_on_sql")
    supersedes: Mapped["Document | None"] = relationship(
        foreign_keys=[supersedes_id], remote_side="Document.id", lazy="raise_on_sql"
    )
    deliveries: Mapped[list["Delivery"]] = relationship(
        lazy="raise_on_sql", order_by="Delivery.id", back_populates="document"
    )

    @property
    def is_out(self) -> bool:
        """Whether its bytes exist and left the house."""
        return self.state in OUT
