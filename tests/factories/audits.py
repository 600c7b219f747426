"""Audits as rows, in any state; the moves themselves are tested through the door. Call inside a context."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from ombudsman_app.audits.commands import answers_of_sheet, copy_version, frozen_inputs, keep_score
from ombudsman_app.audits.commands.publishing import carry_score
from ombudsman_app.audits.models import (
    Audit,
    AuditMember,
    AuditRound,
    AuditScheme,
    AuditScore,
    AuditSheet,
    InstrumentVersion,
    SheetAnswer,
    SheetEvidence,
    SheetSample,
)
from ombudsman_app.audits.scoring.definition import Definition, Indicator, read_definition
from ombudsman_app.audits.states import (
    AuditState,
    RoundState,
    SampleKind,
    ScoreStage,
    Seat,
    SheetKind,
    VersionState,
)
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Office
from ombudsman_app.directory.queries import office_and_representative

from .complaints import office_id
from .findings import person

_numbers = count(1)
ZONE = "Asia/Makassar"  # of Mamuju
_AFTER_FIELD = frozenset(AuditState) - {AuditState.PLANNED, AuditState.IN_FIELD, AuditState.CANCELLED}
_AFTER_DRAFT = frozenset({AuditState.DRAFT_SENT, AuditState.FINAL, AuditState.PUBLISHED})
_AFTER_FINAL = frozenset({AuditState.FINAL, AuditState.PUBLISHED})


def version_in_use() -> InstrumentVersion:
    """The shipped instrument as it is loaded."""
    return db.session.scalars(
        select(InstrumentVersion).where(InstrumentVersion.state == VersionState.IN_USE)
    ).one()


def DraftFactory(maker: Actor | None = None) -> InstrumentVersion:
    """The next version of the shipped instrument, as somebody begins it."""
    made = copy_version(version_in_use(), actor=maker or person(Role.AUDITOR))
    assert made is not None
    return made


@command
def RoundFactory(
    maker: Actor | None = None,
    *,
    office: str = "kc_mamuju",
    state: RoundState = RoundState.RUNNING,
    scheme: AuditScheme | None = None,
    version: InstrumentVersion | None = None,
    **given: Any,
) -> AuditRound:
    """A round of the representative that looks after this office."""
    maker = maker or person(Role.HEAD_OF_REPRESENTATIVE)
    version = version or version_in_use()
    day, number = today(ZONE), next(_numbers)
    _office, handling = office_and_representative(office_id(office))
    made = AuditRound(
        representative_office_id=handling.id,
        instrument_version_id=version.id,
        scheme_id=scheme.id if scheme else version.scheme_id,
        state=state,
        made_by_id=maker.user_id,
        made_at=now(),
        **{
            "slug": f"putaran-{number}",
            "title": f"Putaran {number}",
            "period_from": day,
            "period_until": day + timedelta(days=60),
            **given,
        },
    )
    db.session.add(made)
    db.session.flush()
    return made


@command
def AuditFactory(
    state: AuditState = AuditState.IN_FIELD,
    *,
    round_: AuditRound | None = None,
    office: str = "kc_mamuju",
    lead: Actor | None = None,
    assessor: Actor | None = None,
    adjudicator: Actor | None = None,
    reviewer: Actor | None = None,
    answers: Mapping[str, Any] | None = None,
    **columns: Any,
) -> Audit:
    """An audit in this state with its team; from `submitted` on with a full sheet and its scores.

    `assessor` and `adjudicator` only where given (a blind one). `answers`: other than the best ones.
    """
    lead = lead or person(Role.AUDITOR)
    reviewer = reviewer or person(Role.REVIEWER)
    round_ = round_ or RoundFactory(office=office)
    found, handling = office_and_representative(office_id(office))
    day = today(handling.time_zone)
    audit = Audit(
        round_id=round_.id,
        office_id=found.id,
        office_kind=db.session.get_one(Office, found.id).kind,
        representative_office_id=handling.id,
        instrument_version_id=round_.instrument_version_id,
        scheme_id=round_.scheme_id,
        state=state,
        planned_from=day,
        planned_until=day + timedelta(days=2),
        made_by_id=lead.user_id,
        made_at=now(),
    )
    if state is not AuditState.PLANNED:
        audit.reference, audit.started_at = f"AU-M{next(_numbers):05}", now()
    if state in _AFTER_FIELD:
        audit.submitted_by_id, audit.submitted_at = lead.user_id, now()
    if state in _AFTER_DRAFT | {AuditState.REVIEWED}:
        audit.reviewed_by_id, audit.reviewed_at = reviewer.user_id, now()
    if state in _AFTER_DRAFT:
        audit.draft_sent_on = day
    for name, value in columns.items():
        setattr(audit, name, value)
    db.session.add(audit)
    db.session.flush()
    seats = {Seat.LEAD: lead, Seat.ASSESSOR: assessor, Seat.ADJUDICATOR: adjudicator, Seat.REVIEWER: reviewer}
    for seat, actor in seats.items():
        if actor is not None:
            db.session.add(AuditMember(audit_id=audit.id, user_id=actor.user_id, seat=seat))
    if state in _AFTER_FIELD:
        SheetFactory(audit, lead, answers=answers, is_submitted=True)
        ScoreFactory(audit, ScoreStage.SUBMITTED, lead)
    if state in _AFTER_DRAFT | {AuditState.REVIEWED}:
        ScoreFactory(audit, ScoreStage.DRAFT, reviewer)
    if state in _AFTER_FINAL:
        score = ScoreFactory(audit, ScoreStage.FINAL, reviewer)
        carry_score(audit, score)
        head = person(Role.HEAD_OF_REPRESENTATIVE)
        audit.finalised_by_id, audit.finalised_at = head.user_id, now()
        if state is AuditState.PUBLISHED:
            audit.publication_asked_by_id, audit.publication_asked_at = lead.user_id, now()
            audit.published_by_id, audit.published_on = head.user_id, day
    db.session.flush()
    return audit


@command
def SheetFactory(
    audit: Audit,
    assessor: Actor,
    *,
    kind: SheetKind = SheetKind.ASSESSOR,
    answers: Mapping[str, Any] | None = None,
    is_submitted: bool = False,
    is_full: bool = True,
) -> AuditSheet:
    """A sheet; full: the best answer to everything, each with a note as evidence; else empty."""
    sheet = AuditSheet(
        audit_id=audit.id,
        kind=kind,
        assessor_id=assessor.user_id,
        started_at=now(),
        submitted_at=now() if is_submitted else None,
    )
    db.session.add(sheet)
    db.session.flush()
    for indicator in definition_of(audit).by_id.values():
        given = {**best_answer(indicator), **(answers or {}).get(indicator.id, {})} if is_full else {}
        if "na" in given:
            given = {"na_reason": given["na"]}
        db.session.add(
            SheetAnswer(
                sheet_id=sheet.id,
                indicator=indicator.id,
                changed_by_id=assessor.user_id,
                changed_at=now(),
                **{name: str(value) for name, value in given.items()},
            )
        )
        if is_full:
            db.session.add(_noted(sheet, indicator, assessor))
    db.session.flush()
    return sheet


@command
def fill_rest(sheet_id: int, assessor: Actor, answers: Mapping[str, Any] | None = None) -> None:
    """Answer what a sheet leaves open, the best way or as `answers` says; prove what is unproven."""
    sheet = db.session.get_one(AuditSheet, sheet_id)
    indicators = definition_of(db.session.get_one(Audit, sheet.audit_id)).by_id
    proven = set(
        db.session.scalars(select(SheetEvidence.indicator).where(SheetEvidence.sheet_id == sheet_id))
    )
    for place in db.session.scalars(select(SheetAnswer).where(SheetAnswer.sheet_id == sheet_id)):
        indicator = indicators[place.indicator]
        if place.as_given(0) is None:
            for name, value in (answers or {}).get(indicator.id, best_answer(indicator)).items():
                setattr(place, name, str(value))
            place.changed_by_id, place.changed_at = assessor.user_id, now()
        if indicator.id not in proven:
            db.session.add(_noted(sheet, indicator, assessor))


def _noted(sheet: AuditSheet, indicator: Indicator, assessor: Actor) -> SheetEvidence:
    """Evidence for an answer."""
    return SheetEvidence(
        sheet_id=sheet.id,
        key=uuid4().hex,
        indicator=indicator.id,
        kind=indicator.evidence[0].value,
        text="Terlihat saat kunjungan.",
        added_by_id=assessor.user_id,
        added_at=now(),
    )


@command
def SampleFactory(
    sheet_id: int, indicator: str, kind: SampleKind, content: dict[str, Any], actor: Actor
) -> SheetSample:
    """One thing that was looked at."""
    sample = SheetSample(
        sheet_id=sheet_id,
        key=uuid4().hex,
        kind=kind,
        indicator=indicator,
        content=content,
        added_by_id=actor.user_id,
        added_at=now(),
    )
    db.session.add(sample)
    db.session.flush()
    return sample


@command
def ScoreFactory(audit: Audit, stage: ScoreStage, actor: Actor) -> AuditScore:
    """The score of the first sheet of an audit, by the real formula."""
    sheet = db.session.scalars(
        select(AuditSheet).where(AuditSheet.audit_id == audit.id).order_by(AuditSheet.id)
    ).first()
    assert sheet is not None
    version = db.session.get_one(InstrumentVersion, audit.instrument_version_id)
    scheme = db.session.get_one(AuditScheme, audit.scheme_id)
    answers = answers_of_sheet(sheet.id, definition_of(audit))
    return keep_score(audit.id, stage, frozen_inputs(version, scheme, answers, has_cap=True), actor=actor)


def definition_of(audit: Audit) -> Definition:
    """The definition by which an audit is scored."""
    return read_definition(db.session.get_one(InstrumentVersion, audit.instrument_version_id).content)


def best_answer(indicator: Indicator) -> dict[str, Any]:
    """What brings 100 points."""
    match indicator.answer_type.value:
        case "yes_no":
            return {"value": "yes"}
        case "scale4":
            return {"value": "4"}
        case "percentage":
            return {"numerator": 10, "denominator": 10}
        case "survey_negative":
            return {"numerator": 0, "denominator": 30}
        case "skm":
            return {"value": 100}
        case _:
            best = max(indicator.thresholds, key=lambda one: one.score)
            return {"value": best.max if best.max is not None else best.min}


def published_address(**given: Any) -> dict[str, str]:
    """Publish an audit and return what the address of its page is made of."""
    audit = AuditFactory(AuditState.PUBLISHED, **given)
    office = db.session.get_one(Office, audit.office_id)
    return {"slug": office.slug, "round_slug": db.session.get_one(AuditRound, audit.round_id).slug}
