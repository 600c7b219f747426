"""A case about an employer that leaves workers out: we follow what public bodies do about it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, Wall, own, shown_by
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.documents.models import Document
from ombudsman_app.employers.compliance.rules import CaseSource, CaseState, Recipient

from .employer import Employer

NO_CASE_DUE = date(9999, 12, 31)  # sorts behind every real day, so that one index serves the list
_RECEIVED = own("office_id").rule or "false"


class EmployerComplianceCase(Versioned, Base):
    """One employer, several kinds of non-compliance at once. Nothing in here says who told of it.

    `breaches`: bits of `states.bit_of`. Two folders of files: what the Ombudsman holds, which no office sees,
    and copies of the acts of public bodies. `next_due_on` is the last day of the body whose turn it is.
    A request of the portal reads a row only through a forwarding to its own office.
    """

    __tablename__ = "employer_case"
    __table_args__: Any = (
        Index(
            "ix_employer_case_list",
            *("representative_office_id", "is_open", "next_due_on", "id", "state", "branch_id", "breaches"),
        ),
        Index("ix_employer_case_state", "representative_office_id", "state", "next_due_on", "id", "moved_on"),
        Index(
            "ix_employer_case_branch",
            *("representative_office_id", "branch_id", "is_open", "next_due_on", "id"),
        ),
        Index("ix_employer_case_furthest", "representative_office_id", "furthest", "is_open"),
        Index("ix_employer_case_officer", "officer_id", "is_open", "next_due_on", "id"),
        Index("ix_employer_case_employer", "employer_id", "id"),
        CheckConstraint("is_open = (ended_on IS NULL)", name="ended"),
        CheckConstraint("(state = 'disputed') = (disputed_from IS NOT NULL)", name="disputed"),
        UniqueConstraint("made_by_id", "form_key"),
        about(
            Level.ALLEGATION,
            Kept.COMPLAINT,
            portal=shown_by(
                "employer_case_forwarding",
                "case_id",
                Shown("attachment", "folder", "acts_id"),
                Shown("upload", "folder", "acts_id"),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(40), unique=True)  # KP-0012/2026/MAM
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    breaches: Mapped[int]
    state: Mapped[CaseState] = mapped_column(default=CaseState.REPORTED)
    is_open: Mapped[bool] = mapped_column(default=True)
    furthest: Mapped[CaseState] = mapped_column(default=CaseState.REPORTED)  # of STAGES, kept when it ends
    disputed_from: Mapped[CaseState | None]  # where it goes on when a protest is not upheld
    officer_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))  # once it was forwarded

    opened_on: Mapped[date]
    moved_on: Mapped[date]  # legal day of the last move
    next_due_on: Mapped[date] = mapped_column(default=NO_CASE_DUE)
    days_late: Mapped[int] = mapped_column(
        default=0
    )  # the most that a public body was late with it, for ever
    ended_on: Mapped[date | None]
    earlier_case_id: Mapped[int | None] = mapped_column(ForeignKey("employer_case.id"))  # it was opened again

    files_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    acts_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(String(64))

    employer: Mapped[Employer] = relationship(lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    officer: Mapped[User] = relationship(foreign_keys=[officer_id], lazy="raise_on_sql")
    branch: Mapped[Office | None] = relationship(foreign_keys=[branch_id], lazy="raise_on_sql")


class CaseOrigin(Base):
    """What a case began with: kept apart, since it may lead to whoever told of it. No office sees it."""

    __tablename__ = "employer_case_origin"
    __table_args__ = about(Level.ALLEGATION, Kept.COMPLAINT)

    case_id: Mapped[int] = mapped_column(ForeignKey("employer_case.id"), primary_key=True)
    source: Mapped[CaseSource]
    # opaque: the kind and number of a record of another domain, which opens it only for who may see it
    subject_type: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, default="")


class CaseBreach(Base):
    """Which rows of non-compliance a case is about; they end with it."""

    __tablename__ = "employer_case_breach"
    __table_args__ = about(Level.ALLEGATION, Kept.COMPLAINT)

    case_id: Mapped[int] = mapped_column(ForeignKey("employer_case.id"), primary_key=True)
    noncompliance_id: Mapped[int] = mapped_column(
        ForeignKey("employer_noncompliance.id"), primary_key=True, index=True
    )


class CaseForwarding(Base):
    """What one office gets to see of a case: a summary that another person released, facts as of that day.

    The only way in which an office under watch learns of an employer (PD3). Not yet released: a draft.
    """

    __tablename__ = "employer_case_forwarding"
    __table_args__: Any = (
        UniqueConstraint("case_id", "office_id"),
        Index("ix_employer_case_forwarding_office", "office_id", "released_at", "id"),
        Index(
            "ix_employer_case_forwarding_waiting",
            *("case_id", "written_by_id"),
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
        CheckConstraint(
            "(released_at IS NULL) = (released_by_id IS NULL) AND (released_at IS NULL) = (sent_on IS NULL)",
            name="released",
        ),
        # nobody releases an own summary, whatever the program does
        CheckConstraint("released_by_id IS NULL OR released_by_id <> written_by_id", name="other_person"),
        about(
            Level.ALLEGATION,
            Kept.COMPLAINT,
            portal=Wall(
                rule=f"{_RECEIVED} AND released_at IS NOT NULL",
                shows=(Shown("document", "folder", "letters_id"),),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("employer_case.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    recipient: Mapped[Recipient]
    summary: Mapped[str] = mapped_column(Text)  # redacted: nothing that leads to whoever told of it
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime]

    # as they were when it was released
    employer_name: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    breaches: Mapped[int] = mapped_column(default=0)
    gap_low: Mapped[int] = mapped_column(default=0)
    gap_high: Mapped[int] = mapped_column(default=0)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    released_at: Mapped[datetime | None]
    sent_on: Mapped[date | None]
    letters_id: Mapped[UUID] = mapped_column(default=uuid4, unique=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)

    is_received: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: by its letter

    case: Mapped[EmployerComplianceCase] = relationship(lazy="raise_on_sql")
    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    written_by: Mapped[User] = relationship(foreign_keys=[written_by_id], lazy="raise_on_sql")
    released_by: Mapped[User | None] = relationship(foreign_keys=[released_by_id], lazy="raise_on_sql")
    document: Mapped[Document | None] = relationship(lazy="raise_on_sql")
