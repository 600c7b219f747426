"""A complaint, its clocks and the steps it took."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.complaints.states import ComplaintState, Outcome
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import Shown, own, through
from ombudsman_app.core.workflow.holiday_calendar import LONGEST_VERSION
from ombudsman_app.directory.models import Counter, Office, RepresentativeOffice

from .reporter import ReporterIdentity

NO_DUE_DAY = date(9999, 12, 31)  # sorts behind every real day, so that one index serves the queue


# Of the letters of a case an office sees those that ask it and what it sent, of the files none.
_REQUESTS = (
    "kind IN ('clarification_request_first', 'clarification_request_second', 'answer_acknowledgement')"
)


class ToldFirst(StrEnum):
    """Was the office or its superior told first? (F8, UU 37/2008 Pasal 24(1)c; warned, never blocked.)"""

    YES = "yes"
    NO = "no"
    AFRAID = "afraid"  # does not want to, see UU 25/2009 Pasal 46(2)


class Complaint(Versioned, Base):
    """One report about one office. Who reported it lies sealed in another table (PD1)."""

    __tablename__ = "complaint"
    __table_args__ = (
        # One range per way of asking (`queries/queue/filters.py`). The first also holds what a search reads.
        Index(
            "ix_complaint_queue",
            "representative_office_id",
            "is_open",
            "next_due_on",
            "id",
            "ticket",
            "registration_number",
            "office_id",
        ),
        Index(
            "ix_complaint_queue_state", "representative_office_id", "is_open", "state", "next_due_on", "id"
        ),
        Index(
            "ix_complaint_queue_officer",
            "representative_office_id",
            "is_open",
            "officer_id",
            "next_due_on",
            "id",
        ),
        Index(
            "ix_complaint_queue_answer",
            "representative_office_id",
            "is_open",
            "awaits_answer",
            "next_due_on",
            "id",
        ),
        Index(
            "ix_complaint_queue_urgent",
            "representative_office_id",
            "is_open",
            "next_due_on",
            "id",
            sqlite_where=text("urgency IS NOT NULL"),
            postgresql_where=text("urgency IS NOT NULL"),
        ),
        Index(
            "ix_complaint_queue_service",
            "representative_office_id",
            "is_open",
            "substance",
            "next_due_on",
            "id",
        ),
        Index(
            "ix_complaint_queue_respondent",
            "representative_office_id",
            "is_open",
            "office_id",
            "next_due_on",
            "id",
        ),
        Index("ix_complaint_inflow", "representative_office_id", "received_on", "substance", "id"),
        Index("ix_complaint_counter", "counter_id", "received_on"),
        Index("ix_complaint_office", "office_id", "substance", "received_on"),
        about(
            Level.CASE,
            Kept.COMPLAINT,
            portal=own(
                "office_id",
                Shown("document", "folder", "files_id", only=_REQUESTS),
            ),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[str] = mapped_column(String(40), unique=True)
    # drawn when the check begins (`design.md` §12); a unique index, which SQLite can add to a full table
    registration_number: Mapped[str | None] = mapped_column(String(40), unique=True, index=True)
    access_code_hash: Mapped[str] = mapped_column(String(64), info=level(Level.SECRET))  # AU7
    sent_draft: Mapped[UUID | None] = mapped_column(unique=True)  # sending twice makes one case (DI4)
    # the folder of its files: that of the draft it was sent from, so that sending moves nothing
    files_id: Mapped[UUID | None] = mapped_column(default=uuid4, index=True)

    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("reporter_identity.id"), unique=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # who works on it now
    has_officer_declared: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # that they are free

    state: Mapped[ComplaintState]
    is_open: Mapped[bool] = mapped_column(default=True)
    regime: Mapped[str] = mapped_column(String(40))  # the rules it began under, for ever (DI7)
    channel: Mapped[str] = mapped_column(String(40))
    confidentiality: Mapped[str] = mapped_column(String(20))
    substance: Mapped[str] = mapped_column(String(40))
    urgency: Mapped[str | None] = mapped_column(String(40))  # RCO criterion that the reporter named

    narrative: Mapped[str] = mapped_column(Text)
    event_on: Mapped[date | None]
    is_continuing: Mapped[bool] = mapped_column(default=False)
    told_first: Mapped[ToldFirst | None]
    prior_effort_on: Mapped[date | None]
    prior_effort: Mapped[str] = mapped_column(Text, default="")
    requested_remedy: Mapped[str] = mapped_column(Text, default="")
    employer_name: Mapped[str] = mapped_column(
        String(200), default="", info=level(Level.ALLEGATION)
    )  # never the respondent; P5
    employer_place: Mapped[str] = mapped_column(
        String(200), default="", server_default="", info=level(Level.ALLEGATION)
    )  # where the reporter says it is

    received_at: Mapped[datetime]
    received_on: Mapped[date]  # legal day in the zone of the handling office
    next_due_on: Mapped[date] = mapped_column(default=NO_DUE_DAY)
    next_due_paused_until: Mapped[date | None]  # the last day on which the clock behind it stands still
    changed_at: Mapped[datetime | None]  # of the last act since receipt; by it each act makes a new `version`
    awaits_answer: Mapped[bool] = mapped_column(default=False, server_default=false())  # the reporter wrote
    # the respondent answered what was asked last, and nobody has judged it yet
    is_answered: Mapped[bool] = mapped_column(default=False, server_default=false())
    # both times ended without answer: the right to answer lapsed (UU 37/2008 Pasal 33(3)), for ever
    respondent_waived_answer: Mapped[bool] = mapped_column(default=False, server_default=false())
    withdrawal_asked_at: Mapped[datetime | None]  # by the reporter, in writing; an officer confirms it
    outcome: Mapped[Outcome | None]  # how it ended
    closed_on: Mapped[date | None]  # legal day in the zone of the handling office
    unreached_since: Mapped[datetime | None]  # when a message to the reporter first did not arrive

    office: Mapped[Office] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")
    counter: Mapped[Counter | None] = relationship(lazy="raise_on_sql")
    reporter: Mapped[ReporterIdentity | None] = relationship(lazy="raise_on_sql")
    officer: Mapped[User | None] = relationship(lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    clocks: Mapped[list["ComplaintClock"]] = relationship(
        lazy="raise_on_sql", order_by="ComplaintClock.due_on", back_populates="complaint"
    )
    steps: Mapped[list["ComplaintStep"]] = relationship(
        lazy="raise_on_sql", order_by="ComplaintStep.id", back_populates="complaint"
    )


class ComplaintClock(Base):
    """A time limit that runs on a case. The rule and calendar it began with stay beside the day (DI7)."""

    __tablename__ = "complaint_clock"
    __table_args__ = about(Level.CASE, Kept.COMPLAINT, portal=through("complaint_id", "complaint"))

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    clock: Mapped[str] = mapped_column(String(10))  # D01 … D13, T01 … T06 of complaints.yaml
    start_on: Mapped[date]  # day 0
    length: Mapped[int]
    unit: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    rule_version: Mapped[str] = mapped_column(String(40))
    calendar_version: Mapped[str] = mapped_column(String(LONGEST_VERSION))
    proposed_due_on: Mapped[date | None]  # an earlier day by a newer calendar, until a person releases it
    ended_on: Mapped[date | None]
    told_over: Mapped[date | None]  # the last day after which the officer was told what may follow, once
    # for calendar programs: when it last got another day, and how often
    changed_at: Mapped[datetime | None]
    moves: Mapped[int] = mapped_column(default=0, server_default="0")
    # days of more time that were granted, of its own unit, behind its length
    granted: Mapped[int] = mapped_column(default=0, server_default="0")
    late_from: Mapped[date | None]  # the last day that passed before more time was granted: lateness stays
    # of its latest released pause, both ends included: over by itself once the last day is over
    paused_from: Mapped[date | None]
    paused_until: Mapped[date | None]
    awaits_time: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # more of it was asked for
    awaits_pause: Mapped[bool] = mapped_column(default=False, server_default=false())  # asked, not decided

    complaint: Mapped[Complaint] = relationship(lazy="raise_on_sql", back_populates="clocks")

    def is_paused(self, day: date) -> bool:
        """Whether it runs and stands still on a day."""
        return (
            self.ended_on is None
            and self.paused_from is not None
            and self.paused_until is not None
            and self.paused_from <= day <= self.paused_until
        )


class ComplaintStep(Base):
    """One move of the case, in the order it happened; only added to."""

    __tablename__ = "complaint_step"
    __table_args__ = about(Level.CASE, Kept.COMPLAINT, portal=through("complaint_id", "complaint"))

    id: Mapped[int] = mapped_column(primary_key=True)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    move: Mapped[str] = mapped_column(String(60))
    from_state: Mapped[ComplaintState | None]
    to_state: Mapped[ComplaintState]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]  # None: the reporter
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")  # the grounds given
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # to whom it went

    complaint: Mapped[Complaint] = relationship(lazy="raise_on_sql", back_populates="steps")
