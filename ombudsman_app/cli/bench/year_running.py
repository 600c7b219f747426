"""A year of findings with a stepped clock: every act through its command, every night the ladder."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from ombudsman_app.accounts import commands as accounts
from ombudsman_app.accounts import queries as people
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.record import verify
from ombudsman_app.directory import queries as directory
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.findings import commands
from ombudsman_app.findings.commands import ReleaseInput
from ombudsman_app.findings.models import Finding, LadderStep
from ombudsman_app.findings.states import WAITING

from .dice import Dice
from .places import ACTOR, DOMAIN
from .stories import MARK
from .year_counting import differing, of_register, of_trail, rows
from .year_lives import FATES, Cast, Life, Step

# Every branch that the directory knows, and two governments: each has somebody above it.
OFFICES = (
    "kc_mamuju",
    "kc_ntt",
    "kc_bengkulu",
    "kc_labuan_bajo",
    "kcp_atambua",
    "kcp_ende",
    "kcp_sikka",
    "kcp_sumba",
    "pemkab_mabar",
    "pemkab_mamuju",
)
_FIRST_DAY, _LAST_BEGIN = 4, 215  # days of the year on which findings begin: the ladder takes about 100 days
_NIGHT, _RELEASING = time(2, 0), time(11, 0)
_HOME = ZoneInfo("Asia/Makassar")


@dataclass(frozen=True)
class Plan:
    """How much happens in which year."""

    findings: int
    year: int = 2026
    seed_number: int = 1


def live(plan: Plan) -> Iterator[date]:
    """Let the year happen inside an application with reference data; yield each day that is over."""
    first = date(plan.year, 1, 1)
    with stopped_at(datetime.combine(first, time(0, 30), _HOME)):
        cast = [_cast(reference) for reference in OFFICES]
    lives = [_life(number, plan, cast, first) for number in range(plan.findings)]
    while first.year == plan.year:
        _day(first, lives, plan)
        yield first
        first += timedelta(days=1)


def _life(number: int, plan: Plan, cast: list[Cast], first: date) -> Life:
    """Spread beginnings over the year, fates and offices over each other."""
    begins = first + timedelta(
        days=_FIRST_DAY + number * (_LAST_BEGIN - _FIRST_DAY) // max(plan.findings - 1, 1)
    )
    dice = Dice(plan.seed_number, "year", number)
    turn = number // len(FATES)  # three offices on with each, so that each office meets each fate
    return Life(number, cast[(number + 3 * turn) % len(cast)], begins, dice)


def _cast(reference: str) -> Cast:
    """Open the accounts of one office, and those of the office that handles it. Raises LookupError."""
    found = db.session.scalar(select(Office).where(Office.reference == reference))
    if found is None:
        raise LookupError(reference)
    office, handling = directory.office_and_representative(found.id)
    return Cast(
        office.id,
        office.slug,
        ZoneInfo(handling.time_zone),
        officer=_person(Role.OFFICE_OFFICER, office),
        maker=_person(Role.PREVENTION_ASSISTANT, handling),
        judge=_person(Role.REVIEWER, handling),
        head=_person(Role.HEAD_OF_REPRESENTATIVE, handling),
    )


def _person(role: Role, office: Office) -> Actor:
    email = f"year-{role.value.replace('_', '-')}-{office.id}@{DOMAIN}"
    user = people.user_by_email(email) or accounts.create_user_with_role(
        accounts.NewUser(email, f"{MARK} {role.value}"), role, office, actor=ACTOR
    )
    actor = people.actor_for(user.id)
    if actor is None:
        raise LookupError(email)
    return actor


def _day(day: date, lives: list[Life], plan: Plan) -> None:
    with stopped_at(datetime.combine(day, _NIGHT, _HOME)):
        commands.propose_rungs()
    by_finding = {life.finding_id: life for life in lives if life.finding_id}
    todo = [step for life in lives if (step := life.due(day))]
    todo += _letters(day, by_finding, plan)
    for step in sorted(todo, key=lambda one: (one.at, one.life.finding_id)):
        with stopped_at(step.at):
            _let_go(step) if step.name == "release" else step.life.act(step)


def _letters(day: date, by_finding: dict[int, Life], plan: Plan) -> list[Step]:
    """Say which proposed letters the heads release on this day: some days after they were proposed."""
    found = select(LadderStep.finding_id, LadderStep.rung, LadderStep.proposed_at).join(Finding)
    waiting = found.where(
        LadderStep.released_at.is_(None), LadderStep.round == Finding.round, Finding.state.in_(WAITING)
    )
    steps = []
    for finding_id, rung, proposed_at in db.session.execute(waiting):
        life = by_finding[finding_id]
        patience = Dice(plan.seed_number, "head", finding_id, rung).below(4)
        if day >= proposed_at.astimezone(life.cast.zone).date() + timedelta(days=patience):
            steps.append(Step(datetime.combine(day, _RELEASING, life.cast.zone), life, "release"))
    db.session.rollback()
    return steps


def _let_go(step: Step) -> None:
    """Release the step that waits, unless the office answered earlier on this day."""
    life = step.life
    finding = db.session.get_one(Finding, life.finding_id, populate_existing=True)
    waits = select(LadderStep).where(
        LadderStep.finding_id == finding.id,
        LadderStep.released_at.is_(None),
        LadderStep.round == finding.round,
    )
    proposed = db.session.scalar(waits)
    if proposed is None or finding.state not in WAITING:
        return
    rung = proposed.rung
    commands.release_rung(proposed, ReleaseInput(), version=finding.version, actor=life.cast.head)
    life.released(rung, step.at.astimezone(life.cast.zone).date())


def counted(plan: Plan) -> dict[str, Any]:
    """Count the year at its end in both ways; `missed`: what differs, gaps, a broken trail."""
    end = datetime(plan.year, 12, 31, 12, tzinfo=UTC)
    entries, wrong = verify()
    with stopped_at(end):
        register, trail = of_register(_heads()), of_trail(end)
    kinds = select(Document.kind, func.count()).where(Document.number.is_not(None)).group_by(Document.kind)
    return {
        "findings": plan.findings,
        "year": plan.year,
        "database": db.engine.dialect.name,
        "numbers": rows(register),
        "letters": {row[0]: row[1] for row in db.session.execute(kinds.order_by(Document.kind))},
        "drawn": db.session.scalar(select(func.count()).where(Document.state == DocumentState.ISSUED)),
        "trail": entries,
        "trail_wrong": wrong,
        "missed": [*differing(register, trail), *_gaps(), *([wrong] if wrong else [])],
    }


def _gaps() -> list[str]:
    """Say in which row of numbers one is missing or there twice; a row: mark, office, year."""
    found = defaultdict[tuple[str, ...], list[int]](list)
    for number in db.session.scalars(select(Document.number).where(Document.number.is_not(None))):
        _letter, place, mark, office, *_month, in_year = (number or "").split("/")
        found[mark, office, in_year].append(int(place))
    return [
        f"numbers of {'/'.join(row)} have a gap"
        for row, places in found.items()
        if sorted(places) != list(range(1, len(places) + 1))
    ]


def _heads() -> list[Actor]:
    """Return who leads an office of the Ombudsman: together they see all findings, each once."""
    found = select(RoleGrant.user_id).where(RoleGrant.role == Role.HEAD_OF_REPRESENTATIVE).distinct()
    heads = (people.actor_for(user_id) for user_id in db.session.scalars(found))
    return [head for head in heads if head is not None]
