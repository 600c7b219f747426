"""The course of a compliance case: acts of public bodies, their times, what was said. Acts are only added."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.core.walls import Wall, through
from ombudsman_app.core.workflow.holiday_calendar import LONGEST_VERSION
from ombudsman_app.core.workflow.moves import MoveColumns
from ombudsman_app.employers.compliance.rules import (
    CameBy,
    CaseState,
    DelayDecision,
    LadderAct,
    Review,
    Said,
)

from .case import EmployerComplianceCase

_OF_CASE = through("case_id", "employer_case")


class CaseStep(Base):
    """An act of a public body on the ladder, as its letter says it. We record it; we never issue it.

    A correction is a new row that names the one it replaces; a trigger refuses any change.
    Two different "denda" (domain/employers.md §5): `admin_fine` is the administrative one of PP 86/2013,
    `late_charge` that of 2 % a month for late payment. Whole rupiah. Nobody adds them up.
    """

    __tablename__ = "employer_case_step"
    __table_args__: Any = (
        Index("ix_employer_case_step_case", "case_id", "id"),
        UniqueConstraint("case_id", "form_key"),
        CheckConstraint("delivered_on IS NULL OR delivered_on >= dated_on", name="delivered"),
        CheckConstraint("act = 'fine' OR admin_fine IS NULL", name="admin_fine"),
        CheckConstraint("act IN ('tmp2t_request', 'tmp2t_applied') OR services IS NULL", name="services"),
        about(Level.ALLEGATION, Kept.COMPLAINT, portal=_OF_CASE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("employer_case.id"))
    act: Mapped[LadderAct]
    number: Mapped[str] = mapped_column(String(80))  # of the letter
    dated_on: Mapped[date]
    delivered_on: Mapped[date | None]  # to the employer
    signed_as: Mapped[str] = mapped_column(String(200), default="")  # an office held, no person
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))  # that acted
    asked_office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))  # a TMP2T was asked of it
    admin_fine: Mapped[int | None] = mapped_column(BigInteger)
    late_charge: Mapped[int | None] = mapped_column(BigInteger)
    services: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str] = mapped_column(Text, default="")
    came_by: Mapped[CameBy]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("employer_case_step.id"), unique=True)
    form_key: Mapped[str | None] = mapped_column(String(64))

    recorded_by: Mapped[User] = relationship(lazy="raise_on_sql")


class CaseClock(Base):
    """The time of a public body until its next step. Rule and calendar it began with stay beside it (DI7).

    `clock`: `forwarding`, or the step from which it runs; each runs once in a case. `pauses`: days on which
    it stood still, as [first, last]; `paused_from`: it stands still since then.
    """

    __tablename__ = "employer_case_clock"
    __table_args__: Any = (
        UniqueConstraint("case_id", "clock"),
        Index("ix_employer_case_clock_office", "office_id", "ended_on", "due_on"),
        CheckConstraint("days_late >= 0", name="days_late"),
        about(Level.ALLEGATION, Kept.COMPLAINT, portal=_OF_CASE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("employer_case.id"))
    clock: Mapped[str] = mapped_column(String(20))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))  # that must act
    start_on: Mapped[date]  # day 0
    is_from_letter: Mapped[bool] = mapped_column(default=False)  # no delivery is known: from its own day
    length: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    rule_version: Mapped[str] = mapped_column(String(60))
    calendar_version: Mapped[str] = mapped_column(String(LONGEST_VERSION))
    proposed_due_on: Mapped[date | None]  # an earlier day by a newer calendar, until a person releases it
    pauses: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    paused_from: Mapped[date | None]
    ended_on: Mapped[date | None]
    days_late: Mapped[int] = mapped_column(default=0)  # calendar days, when it ended; for ever

    case: Mapped[EmployerComplianceCase] = relationship(lazy="raise_on_sql")


class CaseClockMove(MoveColumns, Base):
    """One change of the last day of such a time; only added to. The trail says it too."""

    __tablename__ = "employer_case_clock_move"
    __table_args__ = about(
        Level.ALLEGATION, Kept.COMPLAINT, portal=through("clock_id", "employer_case_clock")
    )

    clock_id: Mapped[int] = mapped_column(ForeignKey("employer_case_clock.id"), index=True)

    by: Mapped[User | None] = relationship(foreign_keys="CaseClockMove.by_id", lazy="raise_on_sql")


class CaseEntry(Base):
    """What was said about a case: a protest, its review, the end, notes of this house. Only added to."""

    __tablename__ = "employer_case_entry"
    __table_args__: Any = (
        Index("ix_employer_case_entry_case", "case_id", "id"),
        UniqueConstraint("case_id", "form_key"),
        # nobody reviews an own protest or an own case, whatever the program does
        CheckConstraint(
            "said <> 'reviewed' OR (review IS NOT NULL AND said_by_id <> protest_by_id"
            " AND said_by_id <> officer_id)",
            name="other_officer",
        ),
        CheckConstraint("said NOT IN ('note', 'verified') OR NOT is_shown", name="inside"),
        about(
            Level.ALLEGATION,
            Kept.COMPLAINT,
            portal=Wall(rule=f"{_OF_CASE.rule} AND is_shown"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("employer_case.id"))
    said: Mapped[Said]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    said_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    is_shown: Mapped[bool] = mapped_column(default=False)  # to the offices that it was forwarded to
    is_by_office: Mapped[bool] = mapped_column(default=False)
    review: Mapped[Review | None]
    protest_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    end: Mapped[CaseState | None]
    form_key: Mapped[str | None] = mapped_column(String(64))

    said_by: Mapped[User] = relationship(foreign_keys=[said_by_id], lazy="raise_on_sql")


class CaseDelay(Base):
    """A public body let a last day pass: reminded once, proposed as a finding once, decided by a person.

    It stays, whatever the body does later. No office sees it: it sees its own clock.
    """

    __tablename__ = "employer_case_delay"
    __table_args__: Any = (
        Index("ix_employer_case_delay_case", "case_id", "id"),
        Index(
            "ix_employer_case_delay_waiting",
            "case_id",
            sqlite_where=text("proposed_at IS NOT NULL AND decision IS NULL"),
            postgresql_where=text("proposed_at IS NOT NULL AND decision IS NULL"),
        ),
        CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by_id IS NULL)",
            name="decided",
        ),
        CheckConstraint("decision IS NULL OR decision <> 'found' OR finding_id IS NOT NULL", name="found"),
        about(Level.ALLEGATION, Kept.PERMANENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("employer_case.id"))
    clock_id: Mapped[int] = mapped_column(ForeignKey("employer_case_clock.id"), unique=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    due_on: Mapped[date]  # the day that it let pass
    reminded_at: Mapped[datetime]
    proposed_at: Mapped[datetime | None]
    decision: Mapped[DelayDecision | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), unique=True)

    case: Mapped[EmployerComplianceCase] = relationship(lazy="raise_on_sql")
