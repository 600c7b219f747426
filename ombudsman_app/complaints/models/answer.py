"""What a respondent answered, as it came: never changed, only added to."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.states import AnswerChannel
from ombudsman_app.core import limits
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import Shown, through
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.models import Document


class ClarificationAnswer(Base):
    """One answer of a respondent. Its text is sealed, its files lie in a folder of their own, apart from
    the evidence that the reporter sees. `days_late` is counted when it is filed and stays for ever."""

    __tablename__ = "clarification_answer"
    __table_args__ = (
        Index("ix_clarification_answer_complaint", "complaint_id", "id"),
        Index("ix_clarification_answer_request", "request_id"),
        about(
            Level.CASE,
            Kept.COMPLAINT,
            portal=through(
                "complaint_id",
                "complaint",
                Shown("attachment", "folder", "files_id"),
                Shown("upload", "folder", "files_id"),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid4)  # the seal is bound to it
    files_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)  # the folder of its files
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("document.id"))  # the letter that it answers
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))  # that answered
    channel: Mapped[AnswerChannel]
    reference: Mapped[str] = mapped_column(String(80), default="")  # number of the office's own letter
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_on: Mapped[date]  # legal day in the zone of the handling office
    due_on: Mapped[date | None]  # the last day of its time, as it stood then; None: no time ran
    days_late: Mapped[int]  # calendar days
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: by a link
    # who answered by a link says so: name and position in the office
    signed_by: Mapped[str] = mapped_column(String(limits.NAME), default="", server_default="")
    signed_as: Mapped[str] = mapped_column(String(limits.LINE), default="", server_default="")

    office: Mapped[Office] = relationship(lazy="raise_on_sql")
    request: Mapped[Document] = relationship(lazy="raise_on_sql")
    filed_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class AnswerBox(Base):
    """Where the office that was asked puts the files of its next answer; made when receipt is proven.

    With the answer the folder becomes that of the answer, and the box gets an empty one: nobody of the
    Ombudsman sees what was not sent.
    """

    __tablename__ = "answer_box"
    __table_args__ = about(
        Level.CASE,
        Kept.COMPLAINT,
        portal=through(
            "request_id",
            "document",
            Shown("attachment", "folder", "files_id"),
            Shown("upload", "folder", "files_id"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)  # the letter that asks
    files_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)


class AnswerLink(Base):
    """A link by which an office without account answers one letter, once. The token is kept nowhere."""

    __tablename__ = "answer_link"
    __table_args__ = (
        Index("ix_answer_link_request", "request_id", "id"),
        about(Level.CASE, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=level(Level.SECRET))
    # what the office is told by another way than the link (AU6)
    code_hash: Mapped[str] = mapped_column(String(64), info=level(Level.SECRET))
    request_id: Mapped[int] = mapped_column(ForeignKey("document.id"))  # the letter that asks
    files_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)  # what is sent with the answer
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    openings: Mapped[int] = mapped_column(default=0)  # the browser of the latest one alone sees it
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[str] = mapped_column(String(limits.NAME), default="")  # as that person said
    opened_as: Mapped[str] = mapped_column(String(limits.LINE), default="")
    used_at: Mapped[datetime | None]

    made_by: Mapped[User] = relationship(lazy="raise_on_sql")
    request: Mapped[Document] = relationship(lazy="raise_on_sql")
