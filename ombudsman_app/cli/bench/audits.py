"""Invented published audits: branch offices over up to eight rounds, scored by the real formula."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select

from ombudsman_app.audits.commands.scoring import digest_of, frozen_inputs, result_of
from ombudsman_app.audits.models import Audit, AuditRound, AuditScheme, AuditScore, InstrumentVersion
from ombudsman_app.audits.scoring.definition import AnswerType, Definition, Indicator, read_definition
from ombudsman_app.audits.scoring.formula import FORMULA_VERSION
from ombudsman_app.audits.scoring.span import span_of
from ombudsman_app.audits.states import AuditState, RoundState, ScoreStage, VersionState
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Office, OfficeKind, Verified

from .cases import Row
from .dice import Dice
from .places import ACTOR, Place, places
from .stories import MARK

ROUNDS = 8
_AT_ONCE = 500
_SHEETS = 150  # different ones; offices share them, as scoring each anew measures nothing more
_FEWEST, _MOST = 2, 40  # cases that were looked at


def fill_audits(number: int, *, office: str, seed: int) -> Iterator[int]:
    """Add audits; yield after each batch how many were added. Raises LookupError as `fill` does.

    Every office has one audit in each of eight rounds; where the directory has too few branch offices,
    invented ones are added to it.
    """
    where = [one for one in places(office, is_spread=True) if one.handling.code == office]
    if not where:
        raise LookupError(office)
    began = _begin(where[0], -(-number // ROUNDS), seed)
    audits, done = _invented(*began, Dice(seed, "audit")), 0
    while batch := list(islice(audits, min(_AT_ONCE, number - done))):
        _store(batch)
        done += len(batch)
        yield done


@command
def _begin(place: Place, offices: int, seed: int) -> tuple[list[int], list[Row], list[Row]]:
    """Make the rounds, the offices that are missing, and the sheets. Return offices, rounds, scores."""
    version = db.session.scalars(
        select(InstrumentVersion).where(InstrumentVersion.state == VersionState.IN_USE)
    ).one()
    schemes = list(db.session.scalars(select(AuditScheme).order_by(AuditScheme.year_from)))
    mine = next(one for one in schemes if one.id == version.scheme_id)
    older = schemes[0] if schemes[0].id != mine.id else mine
    maker = place.handling.staff[Role.HEAD_OF_REPRESENTATIVE][0]
    rounds = []
    known = db.session.scalar(select(func.count()).select_from(AuditRound)) or 0
    for index in range(ROUNDS):
        until = date(now().year - 1 - (ROUNDS - 1 - index) // 2, 6 if index % 2 == 0 else 12, 28)
        scheme = older if index < ROUNDS // 4 else mine
        rounds.append(
            {
                "slug": f"bench-{known + index + 1}",
                "title": f"{MARK} {until.year}/{1 if until.month == 6 else 2}",
                "purpose": "",
                "representative_office_id": place.handling.id,
                "instrument_version_id": version.id,
                "scheme_id": scheme.id,
                "period_from": until - timedelta(days=60),
                "period_until": until,
                "state": RoundState.CLOSED,
                "is_blind": False,
                "has_cap": True,
                "is_demo": True,
                "made_by_id": maker,
                "made_at": datetime.combine(until, time(2), UTC),
                "version": 1,
            }
        )
    ids = list(
        db.session.scalars(insert(AuditRound).returning(AuditRound.id, sort_by_parameter_order=True), rounds)
    )
    found = [row | {"id": id_} for row, id_ in zip(rounds, ids, strict=True)]
    definition = read_definition(version.content)
    scores = [
        _score(version, mine if number % 4 else older, definition, Dice(seed, "sheet", number))
        for number in range(_SHEETS)
    ]
    return _offices(offices), found, scores


def _offices(wanted: int) -> list[int]:
    held = list(
        db.session.scalars(select(Office).where(Office.kind == OfficeKind.BRANCH).order_by(Office.id))
    )
    like = held[0]
    provinces = sorted({one.province_code for one in held if one.province_code})
    rows = [
        {
            "reference": f"bench_{number:05}",
            "institution_id": like.institution_id,
            "kind": OfficeKind.BRANCH,
            "slug": f"bench-cabang-{number:05}",
            "name": f"{MARK} Kantor Cabang {number:05}",
            "short_name": f"{MARK} Kantor Cabang {number:05}",
            "aliases": "",
            "province_code": provinces[number % len(provinces)],
            "sort_key": f"{provinces[number % len(provinces)]} bench {number:05}",
            "valid_from": like.valid_from,
            "source_keys": "",
            "verified": Verified.UNVERIFIED,
            "is_demo": True,
        }
        for number in range(len(held), wanted)
    ]
    more = list(db.session.scalars(insert(Office).returning(Office.id), rows)) if rows else []
    return [*(one.id for one in held), *more][:wanted]


def _score(version: InstrumentVersion, scheme: AuditScheme, definition: Definition, dice: Dice) -> Row:
    answers = {one.id: answer_of(one, dice, 40 + dice.below(55)) for one in definition.indicators}
    inputs = frozen_inputs(version, scheme, answers, has_cap=True)
    result = result_of(inputs)
    low, high = span_of(snapshot := result.as_snapshot())
    return {
        "score": {
            "stage": ScoreStage.FINAL,
            "formula_version": FORMULA_VERSION,
            "inputs": inputs,
            "inputs_digest": digest_of(inputs),
            "result": snapshot,
            "total_exact": snapshot["total_exact"],
            "hundredths": int(result.total.scaleb(2)),
            "category": result.category,
            "zone": result.zone,
        },
        "scheme_id": scheme.id,
        "low_hundredths": low,
        "high_hundredths": high,
    }


def answer_of(indicator: Indicator, dice: Dice, quality: int) -> dict[str, Any]:
    """Answer like an office of this quality, of 100."""
    evidence = 0 if dice.happens(2) else dice.between(1, 4)
    match indicator.answer_type:
        case AnswerType.YES_NO:
            return {"value": "yes" if dice.happens(quality) else "no", "evidence": evidence}
        case AnswerType.SCALE4:
            return {"value": str(min(4, quality * 5 // 100 + dice.below(2))), "evidence": evidence}
        case AnswerType.SKM:
            return {"value": str(60 + dice.below(40)), "evidence": evidence}
        case AnswerType.MEASURE:
            step = dice.pick(indicator.thresholds)
            value = step.max if step.max is not None else step.min if step.min is not None else 0
            return {"value": str(value), "evidence": evidence}
        case kind:
            of = dice.between(_FEWEST, _MOST) if dice.happens(10) else _MOST
            part = of * (quality if kind is AnswerType.PERCENTAGE else (100 - quality) // 4) // 100
            return {"numerator": part, "denominator": of, "evidence": evidence}


def _invented(
    offices: list[int], rounds: list[Row], scores: list[Row], dice: Dice
) -> Iterator[tuple[Row, Row]]:
    """Yield audits with their scores, office by office."""
    by_scheme = {
        scheme: [one for one in scores if one["scheme_id"] == scheme]
        for scheme in {one["scheme_id"] for one in scores}
    }
    for office_id in offices:
        for round_ in rounds:
            drawn = dice.pick(by_scheme[round_["scheme_id"]])
            at = datetime.combine(round_["period_until"], time(3), UTC)
            score = {**drawn["score"], "made_by_id": round_["made_by_id"], "made_at": at}
            yield _audit(office_id, round_, drawn, at, dice), score


def _audit(office_id: int, round_: Row, drawn: Row, at: datetime, dice: Dice) -> Row:
    day, maker = round_["period_until"], round_["made_by_id"]
    return {
        "round_id": round_["id"],
        "office_id": office_id,
        "office_kind": OfficeKind.BRANCH,
        "representative_office_id": round_["representative_office_id"],
        "instrument_version_id": round_["instrument_version_id"],
        "scheme_id": round_["scheme_id"],
        "state": AuditState.PUBLISHED,
        "planned_from": day - timedelta(days=40),
        "planned_until": day - timedelta(days=38),
        "papers_id": _uuid(dice),
        "answers_id": _uuid(dice),
        "made_by_id": maker,
        "made_at": at,
        "finalised_at": at,
        "published_on": day,
        "hundredths": drawn["score"]["hundredths"],
        "low_hundredths": drawn["low_hundredths"],
        "high_hundredths": drawn["high_hundredths"],
        "category": drawn["score"]["category"],
        "zone": drawn["score"]["zone"],
        "version": 1,
    }


def _uuid(dice: Dice) -> UUID:
    return UUID(int=sum(dice.below(1 << 31) << 32 * place for place in range(4)), version=4)


@command
def _store(batch: list[tuple[Row, Row]]) -> None:
    """Store a batch. 3 statements."""
    ids = list(
        db.session.scalars(
            insert(Audit).returning(Audit.id, sort_by_parameter_order=True),
            [audit for audit, _score in batch],
        )
    )
    db.session.execute(
        insert(AuditScore),
        [score | {"audit_id": id_} for id_, (_audit, score) in zip(ids, batch, strict=True)],
    )
    changes = {"audits": len(ids), "first": ids[0], "last": ids[-1]}
    record(Event.CORE_BENCH_FILLED, "audit", None, actor=ACTOR, changes=changes)
