"""One audit before it is submitted: its team, the days of its visit, its start, its end without a result."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.audits import notices
from ombudsman_app.audits.errors import NotAssigned, TeamIncomplete, VisitRefused
from ombudsman_app.audits.models import Audit, AuditMember, AuditRound, AuditSheet
from ombudsman_app.audits.policies import LEAD_ROUND, PLAN, START
from ombudsman_app.audits.queries.teams import candidates
from ombudsman_app.audits.scope import SUBJECT
from ombudsman_app.audits.states import AUDIT, AuditState, RoundState, Seat, SheetKind
from ombudsman_app.audits.teams import ASSIGNMENT, IN_FIELD, missing_seats
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.limits import VISIT_DAYS
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from .moving import locked_audit, move

AUDIT_NUMBER = "audit"  # the row of numbers of an office and year
_CHANGES_TEAM = frozenset({AuditState.PLANNED, AuditState.IN_FIELD})
_ASSIGNED = (DocumentState.BEING_MADE, DocumentState.ISSUED)  # it has its number and was not taken back


@dataclass(frozen=True)
class TeamInput:
    """Who has which seat, by person."""

    seats: Mapping[int, Seat]


@command
def set_team(audit: Audit, given: TeamInput, *, version: int, actor: Actor) -> None:
    """Give the seats of an audit, or others, until it is submitted. Who is new is told where the round runs.

    Raises TeamIncomplete with the seats that are missing, taken too often, or given to somebody without the
    right there or with a declared interest; MoveNotAllowed once it is submitted, or where somebody whose
    sheet is submitted would lose the seat; RecordChanged.
    """
    held = locked_audit(audit.id, version)
    demand(PLAN, actor, held)
    if held.state not in _CHANGES_TEAM:
        raise MoveNotAllowed(state=str(held.state), event="set_team")
    round_ = db.session.get_one(AuditRound, held.round_id)
    wrong = missing_seats(given.seats.values(), is_blind=round_.is_blind)
    if wrong := sorted({*wrong, *_without_right(held, given)}):
        raise TeamIncomplete(seats=wrong)
    before = {one.user_id: one.seat for one in held.members}
    _keep_submitted(held, before, given)
    _write_team(held, before, given)
    touch(held)
    stated = {
        "before": {str(person): seat.value for person, seat in sorted(before.items())},
        "after": {str(person): seat.value for person, seat in sorted(given.seats.items())},
    }
    record(Event.AUDITS_TEAM_SET, "audit", held.id, actor=actor, changes=stated)
    if round_.state is RoundState.RUNNING:
        notices.seated(held, set(given.seats) - set(before), actor=actor)


def _without_right(held: Audit, given: TeamInput) -> list[str]:
    """Return the seats given to somebody who may not have them. 1 statement."""
    may_have = {one.user_id: one.seats for one in candidates(held)}
    return [seat.value for person, seat in given.seats.items() if seat not in may_have.get(person, ())]


def _keep_submitted(held: Audit, before: Mapping[int, Seat], given: TeamInput) -> None:
    """Whoever has submitted a sheet keeps the seat in the field: the sheet is theirs. 0 or 1 statement."""
    leaving = {
        person
        for person, seat in before.items()
        if seat in IN_FIELD and given.seats.get(person) not in IN_FIELD
    }
    if not leaving:
        return
    submitted = select(AuditSheet.id).where(
        AuditSheet.audit_id == held.id,
        AuditSheet.kind == SheetKind.ASSESSOR,
        AuditSheet.assessor_id.in_(leaving),
        AuditSheet.submitted_at.is_not(None),
    )
    if db.session.scalar(submitted.limit(1)) is not None:
        raise MoveNotAllowed(state=str(held.state), event="set_team")


def _write_team(held: Audit, before: Mapping[int, Seat], given: TeamInput) -> None:
    gone = {person for person, seat in before.items() if given.seats.get(person) is not seat}
    if gone:
        _leave(held, gone)
    new = [(person, seat) for person, seat in given.seats.items() if before.get(person) is not seat]
    if new:
        rows = [{"audit_id": held.id, "user_id": person, "seat": seat} for person, seat in new]
        db.session.execute(insert(AuditMember), rows)
    db.session.expire(held, ["members"])


def _leave(held: Audit, people: Collection[int]) -> None:
    rows = delete(AuditMember).where(AuditMember.audit_id == held.id, AuditMember.user_id.in_(people))
    db.session.execute(rows.execution_options(synchronize_session=False))


@command
def set_visit_days(audit: Audit, first: date, last: date, *, version: int, actor: Actor) -> None:
    """Fix the days of the visit. Raises VisitRefused outside the period of the round or for more days than a
    visit takes, MoveNotAllowed once it is submitted, RecordChanged."""
    held = locked_audit(audit.id, version)
    demand(PLAN, actor, held)
    if held.state not in _CHANGES_TEAM:
        raise MoveNotAllowed(state=str(held.state), event="set_days")
    round_ = db.session.get_one(AuditRound, held.round_id)
    if why := why_no_visit(first, last, round_):
        raise VisitRefused(why=why)
    before = [held.planned_from.isoformat(), held.planned_until.isoformat()]
    held.planned_from, held.planned_until = first, last
    touch(held)
    changes = {"days": [before, [first.isoformat(), last.isoformat()]]}
    record(Event.AUDITS_PLANNED, "audit", held.id, actor=actor, changes=changes)


def why_no_visit(first: date, last: date, round_: AuditRound) -> str:
    """Say in a code word why these days are none for a visit; empty where they are."""
    if last < first:
        return "order"
    if (last - first).days >= VISIT_DAYS:
        return "too_long"
    return "" if round_.period_from <= first and last <= round_.period_until else "period"


@command
def start_audit(audit: Audit, *, version: int, actor: Actor) -> None:
    """Go into the field: the audit gets its number. The lead declares to have no interest in the office.

    Raises NotAssigned without a letter of assignment that holds, or while the round does not run;
    TeamIncomplete, MoveNotAllowed, RecordChanged.
    """
    held = locked_audit(audit.id, version)
    demand(START, actor, held)
    if "start" not in AUDIT.open_events(held.state):
        raise MoveNotAllowed(state=str(held.state), event="start")
    round_ = db.session.get_one(AuditRound, held.round_id)
    if round_.state is not RoundState.RUNNING:
        raise NotAssigned(why="round")
    if wrong := missing_seats([one.seat for one in held.members], is_blind=round_.is_blind):
        raise TeamIncomplete(seats=wrong)
    if not is_assigned(held.papers_id):
        raise NotAssigned(why="letter")
    declare(held, has_interest=False, reason="", actor=actor)
    handling = held.representative_office
    day = today(handling.time_zone)
    number = next_number(AUDIT_NUMBER, handling.id, day.year)
    held.reference, held.started_at = f"AU-{number:04}/{day.year}/{handling.code}", now()
    move(held, "start", actor=actor, changes={"reference": held.reference})


def is_assigned(papers_id: UUID) -> bool:
    """Whether a letter of assignment has gone out that holds today. 1 statement."""
    found = select(Document.id).where(
        Document.folder == papers_id, Document.kind == ASSIGNMENT, Document.state.in_(_ASSIGNED)
    )
    return db.session.scalar(found.limit(1)) is not None


@command
def cancel_audit(audit: Audit, reason: str, *, version: int, actor: Actor) -> None:
    """End an audit without a result; its team is told. Raises MoveNotAllowed once it is submitted."""
    held = locked_audit(audit.id, version)
    demand(LEAD_ROUND, actor, held)
    move(held, "cancel", actor=actor, reason=reason)
    notices.cancelled(held, actor=actor)


@command
def declare_interest(audit: Audit, reason: str, *, actor: Actor) -> None:
    """Declare an interest in the office: the audit is closed for this person, and a seat in it is free."""
    held = locked_audit(audit.id)
    declare(held, has_interest=True, reason=reason, actor=actor)
    mine = [one.seat.value for one in held.members if one.user_id == actor.user_id]
    if mine and actor.user_id is not None:
        _leave(held, [actor.user_id])
        db.session.expire(held, ["members"])
        touch(held)
        record(Event.AUDITS_TEAM_SET, "audit", held.id, actor=actor, changes={"left": mine})
        notices.seat_free(held, actor=actor)


@command
def declare_no_interest(audit: Audit, *, actor: Actor) -> None:
    """Declare to have no interest in the office that is audited."""
    declare(locked_audit(audit.id), has_interest=False, reason="", actor=actor)


def declare(held: Audit, *, has_interest: bool, reason: str, actor: Actor) -> None:
    """Write a declaration about a locked audit down; the same said again is not written twice."""
    said = select(ConflictDeclaration.has_conflict).where(
        ConflictDeclaration.user_id == actor.user_id,
        ConflictDeclaration.subject_type == SUBJECT,
        ConflictDeclaration.subject_id == held.id,
    )
    if has_interest in db.session.scalars(said).all():
        return
    db.session.add(
        ConflictDeclaration(
            user_id=actor.user_id,
            subject_type=SUBJECT,
            subject_id=held.id,
            has_conflict=has_interest,
            reason=reason,
            declared_at=now(),
        )
    )
    changes = {"has_conflict": has_interest}
    record(Event.AUDITS_INTEREST_DECLARED, "audit", held.id, actor=actor, reason=reason, changes=changes)
