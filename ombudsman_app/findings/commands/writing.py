"""A finding before it is sent: made from something that was seen, changed, sent to the office."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.documents.commands import issue_at_once
from ombudsman_app.findings import notices
from ombudsman_app.findings.errors import FindingIncomplete, WrongKindOfMeasure
from ombudsman_app.findings.models import Finding, Measure
from ombudsman_app.findings.policies import MAKERS, WRITE
from ombudsman_app.findings.states import (
    FINDING,
    MEASURES,
    SENT_BY_OWN_PAPER,
    FindingState,
    MeasureKind,
    Origin,
    measure_of,
)

from .moving import locked_finding, move

FINDING_NUMBER = "finding"  # the row of numbers of an office and year
NOTICE = "finding_notice"  # the kind of letter by which a finding goes out


@dataclass(frozen=True)
class FindingInput:
    """What is wrong, by which rule, and what the office is to do: one text a measure."""

    summary: str
    description: str
    rule: str
    measures: Sequence[str] = ()


@command
def make_finding(
    given: FindingInput,
    *,
    origin: Origin,
    office_id: int,
    representative_office_id: int,
    actor: Actor,
    regime: str | None = None,
    written_by_id: int | None = None,
) -> Finding:
    """Begin a finding; the domain that calls this keeps the link to what it comes from.

    `written_by_id`: who wrote it, where another person lets it go; the author does not judge the answer.
    `regime`: the rules of the case behind it. Raises WrongKindOfMeasure where this person may not write what
    such a finding carries.
    """
    finding = Finding(
        origin=origin,
        regime=regime,
        office_id=office_id,
        representative_office_id=representative_office_id,
        summary=given.summary,
        description=given.description,
        rule=given.rule,
        made_by_id=written_by_id or actor.user_id,
        made_at=now(),
    )
    db.session.add(finding)
    db.session.flush()
    record(Event.FINDINGS_MADE, "finding", finding.id, actor=actor, changes={"origin": origin.value})
    for text in given.measures:
        add_measure(finding, measure_of(origin), text, actor=actor)
    return finding


@command
def add_measure(finding: Finding, kind: MeasureKind, text: str, *, actor: Actor) -> Measure:
    """Add what the office is to do. The kind follows from where the finding comes from.

    Raises WrongKindOfMeasure: a corrective action comes from an LHP alone, a suggestion from prevention, a
    recommendation from the Chair (UU 37/2008 Pasal 37-38). Raises MoveNotAllowed once it was sent.
    """
    held = locked_finding(finding.id)
    role = _role_for(kind, held, actor)
    if held.state is not FindingState.DRAFT:
        raise MoveNotAllowed(state=str(held.state), event="add_measure")
    measure = Measure(finding_id=held.id, origin=held.origin, kind=kind, written_as=role.value, text=text)
    db.session.add(measure)
    db.session.flush()
    return measure


def _role_for(kind: MeasureKind, held: Finding, actor: Actor) -> Role:
    """Return the role in which this person writes a measure of this kind. Raises WrongKindOfMeasure."""
    rule = MEASURES[kind]
    wanted = frozenset({Role(rule.by)}) if rule.by else MAKERS
    roles = sorted(
        role
        for role in actor.roles & wanted
        if rule.by or held.representative_office_id in actor.offices_as(role)
    )
    if held.origin not in rule.origins or not roles:
        raise WrongKindOfMeasure(kind=kind.value, origin=held.origin.value)
    return roles[0]


@command
def change_finding(finding: Finding, given: FindingInput, *, version: int, actor: Actor) -> None:
    """Write a draft anew with its measures; whoever does is an author of it from then on.

    Raises RecordChanged, MoveNotAllowed once it was sent.
    """
    held = locked_finding(finding.id, version)
    demand(WRITE, actor, held)
    if held.state is not FindingState.DRAFT:
        raise MoveNotAllowed(state=str(held.state), event="change")
    if actor.user_id is not None and not held.is_written_by(actor.user_id):
        held.co_authors = [*held.co_authors, actor.user_id]
    held.summary, held.description, held.rule = given.summary, given.description, given.rule
    db.session.execute(
        delete(Measure).where(Measure.finding_id == held.id).execution_options(synchronize_session=False)
    )
    for text in given.measures:
        add_measure(held, measure_of(held.origin), text, actor=actor)
    touch(held)
    record(Event.FINDINGS_CHANGED, "finding", held.id, actor=actor)


def reference_of(number: int, year: int, code: str) -> str:
    """Write the number of a finding: TM-0012/2026/MAM."""
    return f"TM-{number:04}/{year}/{code}"


@command
def send_finding(finding: Finding, *, version: int, actor: Actor) -> None:
    """Send it to the office: it gets its number, and a letter where the paper it comes from is none. The time
    to answer waits for proof of receipt.

    Raises FindingIncomplete without a measure, RecordChanged, MoveNotAllowed, SigningNotPossible.
    """
    held = locked_finding(finding.id, version)
    demand(WRITE, actor, held)
    if "send" not in FINDING.open_events(held.state):
        raise MoveNotAllowed(state=str(held.state), event="send")
    if db.session.scalar(select(Measure.id).where(Measure.finding_id == held.id).limit(1)) is None:
        raise FindingIncomplete(missing=["measures"])
    handling = held.representative_office
    day = today(handling.time_zone)
    number = next_number(FINDING_NUMBER, handling.id, day.year)
    held.reference = reference_of(number, day.year, handling.code)
    held.round, held.sent_on = 1, day
    stated = {"reference": held.reference, "office": held.office_id}
    move(held, "send", note=Event.FINDINGS_SENT, actor=actor, changes=stated)
    db.session.flush()
    if held.origin in SENT_BY_OWN_PAPER:
        issue_at_once(NOTICE, held.evidence_id, subject=f"Penyampaian temuan {held.reference}", actor=actor)
    notices.sent(held, actor=actor)
