"""A round: made, changed and filled with offices while it is planned; begun, and closed when all is done."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, or_, select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.audits import notices
from ombudsman_app.audits.errors import RoundIncomplete
from ombudsman_app.audits.models import Audit, AuditMember, AuditRound, AuditScheme, InstrumentVersion
from ombudsman_app.audits.policies import LEAD_ROUND, PLAN, PLANNERS
from ombudsman_app.audits.queries.offices import may_be_audited_by
from ombudsman_app.audits.queries.schemes import scheme_of_year
from ombudsman_app.audits.scope import SUBJECT
from ombudsman_app.audits.states import ENDED, ROUND, AuditState, RoundState, VersionState
from ombudsman_app.audits.teams import missing_seats
from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, NotVisible
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Office
from ombudsman_app.directory.names import slug_of

from .moving import locked_audit

_SLUG_LETTERS = 70


@dataclass(frozen=True)
class RoundInput:
    """What a round is about. `scheme_id`: None for that of the year in which the period ends."""

    title: str
    purpose: str
    version_id: int
    period_from: date
    period_until: date
    scheme_id: int | None = None
    is_blind: bool = False
    has_cap: bool = True
    form_key: str = ""


@command
def make_round(
    given: RoundInput, *, representative_office_id: int, actor: Actor, is_demo: bool = False
) -> AuditRound | None:
    """Begin to plan a round; its address is given once. None where this form was sent before.

    Raises NotAllowed for an office where this person plans nothing, NotVisible for a version that is not in
    use or an unknown scheme.
    """
    if representative_office_id not in actor.offices_as(*PLANNERS):
        raise NotAllowed(policy=PLAN.name)
    body = f"{given}{representative_office_id}"
    if not is_first_sending(given.form_key, f"audit-round:{actor.user_id}", body):
        return None
    instant = now()
    made = AuditRound(
        slug=_free_slug(given.title),
        representative_office_id=representative_office_id,
        made_by_id=actor.user_id,
        made_at=instant,
        is_demo=is_demo,
        title=given.title,
        purpose=given.purpose,
        instrument_version_id=_version_in_use(given.version_id),
        scheme_id=_scheme(given),
        period_from=given.period_from,
        period_until=given.period_until,
        is_blind=given.is_blind,
        has_cap=given.has_cap,
    )
    db.session.add(made)
    db.session.flush()
    record(Event.AUDITS_ROUND_MADE, "audit_round", made.id, actor=actor, changes=_stated(made))
    return made


@command
def change_round(found: AuditRound, given: RoundInput, *, version: int, actor: Actor) -> None:
    """Write a planned round anew; its audits follow. Raises MoveNotAllowed once it runs, RecordChanged."""
    held = _locked_round(found.id, version)
    demand(PLAN, actor, held)
    _demand_planned(held, "change")
    before = _stated(held)
    whole = (held.period_from, held.period_until)
    if given.version_id != held.instrument_version_id:
        held.instrument_version_id = _version_in_use(given.version_id)
    held.scheme_id = _scheme(given)
    held.title, held.purpose = given.title, given.purpose
    held.period_from, held.period_until = given.period_from, given.period_until
    held.is_blind, held.has_cap = given.is_blind, given.has_cap
    touch(held)
    _let_audits_follow(held, whole)
    changes = {name: [before[name], value] for name, value in _stated(held).items() if before[name] != value}
    record(Event.AUDITS_ROUND_CHANGED, "audit_round", held.id, actor=actor, changes=changes)


def _let_audits_follow(held: AuditRound, whole: tuple[date, date]) -> None:
    """Give the audits the instrument, and days inside the period: fixed ones stay where they still fit."""
    for audit in db.session.scalars(select(Audit).where(Audit.round_id == held.id).with_for_update()):
        audit.instrument_version_id, audit.scheme_id = held.instrument_version_id, held.scheme_id
        was_open = (audit.planned_from, audit.planned_until) == whole
        fits = held.period_from <= audit.planned_from and audit.planned_until <= held.period_until
        if was_open or not fits:
            audit.planned_from, audit.planned_until = held.period_from, held.period_until
        touch(audit)


@command
def add_offices(found: AuditRound, office_ids: Iterable[int], *, version: int, actor: Actor) -> int:
    """Add offices to a planned round and return how many are new. ≤ 9 statements, however many.

    Raises NotAllowed for an office outside the provinces of the round's own office, MoveNotAllowed.
    """
    held = _locked_round(found.id, version)
    demand(PLAN, actor, held)
    _demand_planned(held, "add_offices")
    wanted = set(office_ids)
    rows = db.session.execute(
        select(Office.id, Office.kind).where(
            Office.id.in_(wanted), may_be_audited_by(held.representative_office)
        )
    ).all()
    if {row.id for row in rows} != wanted:
        raise NotAllowed(policy=PLAN.name)
    known = set(db.session.scalars(select(Audit.office_id).where(Audit.round_id == held.id)))
    new = [_planned(held, row.id, row.kind, actor) for row in rows if row.id not in known]
    if new:
        db.session.execute(insert(Audit), new)
        touch(held)
        added = sorted(wanted - known)
        record(Event.AUDITS_PLANNED, "audit_round", held.id, actor=actor, changes={"added": added})
    return len(new)


def _planned(held: AuditRound, office_id: int, kind: object, actor: Actor) -> dict[str, object]:
    return {
        "round_id": held.id,
        "office_id": office_id,
        "office_kind": kind,
        "representative_office_id": held.representative_office_id,
        "instrument_version_id": held.instrument_version_id,
        "scheme_id": held.scheme_id,
        "state": AuditState.PLANNED,
        "planned_from": held.period_from,
        "planned_until": held.period_until,
        "made_by_id": actor.user_id,
        "made_at": now(),
    }


@command
def remove_office(audit: Audit, *, version: int, actor: Actor) -> None:
    """Take an office out of a planned round, with its team. Raises MoveNotAllowed once the round runs."""
    held_round = _locked_round(audit.round_id)
    held = locked_audit(audit.id, version)
    demand(PLAN, actor, held)
    _demand_planned(held_round, "remove_office")
    for rows in (
        delete(AuditMember).where(AuditMember.audit_id == held.id),
        delete(ConflictDeclaration).where(  # its id may be given to another audit
            ConflictDeclaration.subject_type == SUBJECT, ConflictDeclaration.subject_id == held.id
        ),
    ):
        db.session.execute(rows.execution_options(synchronize_session=False))
    db.session.expunge(held)
    db.session.execute(delete(Audit).where(Audit.id == held.id, Audit.version == held.version))
    touch(held_round)
    record(
        Event.AUDITS_PLANNED, "audit_round", held_round.id, actor=actor, changes={"removed": held.office_id}
    )


@command
def begin_round(found: AuditRound, *, version: int, actor: Actor) -> None:
    """Let a round run; its teams are told. Raises RoundIncomplete without offices or with a team that lacks
    a seat, MoveNotAllowed, RecordChanged."""
    held = _locked_round(found.id, version)
    demand(LEAD_ROUND, actor, held)
    after = ROUND.after(held.state, "begin")
    teams = _teams(held.id)
    if not teams:
        raise RoundIncomplete(why="no_offices", audits=0)
    short = [audit_id for audit_id, seats in teams.items() if missing_seats(seats, is_blind=held.is_blind)]
    if short:
        raise RoundIncomplete(why="teams", audits=len(short))
    held.state = after
    touch(held)
    record(Event.AUDITS_ROUND_MOVED, "audit_round", held.id, actor=actor, changes={"move": "begin"})
    notices.round_begun(held, actor=actor)


@command
def close_round(found: AuditRound, *, version: int, actor: Actor) -> None:
    """End a round of which all audits are published or cancelled. Raises RoundIncomplete, MoveNotAllowed."""
    held = _locked_round(found.id, version)
    demand(LEAD_ROUND, actor, held)
    after = ROUND.after(held.state, "close")
    open_ones = select(Audit.id).where(Audit.round_id == held.id, Audit.state.not_in(sorted(ENDED)))
    if still := len(db.session.scalars(open_ones).all()):
        raise RoundIncomplete(why="open", audits=still)
    held.state = after
    touch(held)
    record(Event.AUDITS_ROUND_MOVED, "audit_round", held.id, actor=actor, changes={"move": "close"})


def _locked_round(round_id: int, version: int | None = None) -> AuditRound:
    return locked(AuditRound, round_id, AuditRound.representative_office, version=version)


def _demand_planned(held: AuditRound, event: str) -> None:
    if held.state is not RoundState.PLANNED:
        raise MoveNotAllowed(state=str(held.state), event=event)


def _teams(round_id: int) -> dict[int, Collection[object]]:
    """Return the seats that are taken, by audit of the round. 1 statement."""
    rows = db.session.execute(
        select(Audit.id, AuditMember.seat)
        .outerjoin(AuditMember, AuditMember.audit_id == Audit.id)
        .where(Audit.round_id == round_id, Audit.state != AuditState.CANCELLED)
    )
    teams: dict[int, list[object]] = {}
    for audit_id, seat in rows:
        teams.setdefault(audit_id, []).extend([seat] if seat else [])
    return dict(teams)


def _version_in_use(version_id: int) -> int:
    found = db.session.scalar(
        select(InstrumentVersion.id).where(
            InstrumentVersion.id == version_id, InstrumentVersion.state == VersionState.IN_USE
        )
    )
    if found is None:
        raise NotVisible
    return found


def _scheme(given: RoundInput) -> int:
    if given.scheme_id is None:
        found = scheme_of_year(given.period_until.year)
        scheme_id = found.id if found else None
    else:
        scheme_id = db.session.scalar(select(AuditScheme.id).where(AuditScheme.id == given.scheme_id))
    if scheme_id is None:
        raise NotVisible
    return scheme_id


def _free_slug(title: str) -> str:
    """Return an address of words that no round has. 1 statement."""
    plain = slug_of(title)[:_SLUG_LETTERS].strip("-") or "audit"
    alike = or_(AuditRound.slug == plain, AuditRound.slug.startswith(f"{plain}-", autoescape=True))
    taken = set(db.session.scalars(select(AuditRound.slug).where(alike)))
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(slug for slug in numbered if slug not in taken)


def _stated(held: AuditRound) -> dict[str, object]:
    """Return what the trail says of a round."""
    return {
        "title": held.title,
        "version": held.instrument_version_id,
        "scheme": held.scheme_id,
        "period": [held.period_from.isoformat(), held.period_until.isoformat()],
        "is_blind": held.is_blind,
        "has_cap": held.has_cap,
    }
