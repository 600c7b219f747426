"""Scores with all that decides them, frozen together (RP5), and counted again from what was frozen."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from ombudsman_app.audits.models import (
    AuditScheme,
    AuditScore,
    InstrumentVersion,
    SheetAnswer,
    SheetEvidence,
)
from ombudsman_app.audits.scoring import refusals
from ombudsman_app.audits.scoring.answers import read_answers
from ombudsman_app.audits.scoring.definition import Definition, read_definition
from ombudsman_app.audits.scoring.formula import FORMULA_VERSION
from ombudsman_app.audits.scoring.result import Result
from ombudsman_app.audits.scoring.scheme import read_scheme
from ombudsman_app.audits.scoring.score import score_sheet
from ombudsman_app.audits.states import ScoreStage
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

_READ_AT_ONCE = 50


def answers_of_sheet(sheet_id: int, definition: Definition) -> dict[str, dict[str, Any]]:
    """Return the answers of a sheet as `read_answers` takes them. 2 statements.

    Only items of evidence of a kind that the indicator allows are counted: no evidence, no points.
    """
    counted = db.session.execute(
        select(SheetEvidence.indicator, SheetEvidence.kind, func.count())
        .where(SheetEvidence.sheet_id == sheet_id, SheetEvidence.removed_at.is_(None))
        .group_by(SheetEvidence.indicator, SheetEvidence.kind)
    )
    items: dict[str, int] = {}
    for name, kind, number in counted:
        indicator = definition.by_id.get(name)
        if indicator is not None and kind in indicator.evidence:
            items[name] = items.get(name, 0) + number
    rows = db.session.scalars(select(SheetAnswer).where(SheetAnswer.sheet_id == sheet_id))
    given = {row.indicator: row.as_given(items.get(row.indicator, 0)) for row in rows}
    return {name: answer for name, answer in given.items() if answer is not None}


def frozen_inputs(
    version: InstrumentVersion, scheme: AuditScheme, answers: Mapping[str, Any], *, has_cap: bool
) -> dict[str, Any]:
    """Return all that decides a score: definition, scheme, answers, whether the cap holds."""
    return {
        "definition": version.content,
        "scheme": scheme.content,
        "answers": {name: dict(answer) for name, answer in sorted(answers.items())},
        "cap": has_cap,
    }


def result_of(inputs: Mapping[str, Any]) -> Result:
    """Count a score from frozen inputs. Raises scoring.refusals.SheetRefused, AnswersInvalid."""
    definition = read_definition(inputs["definition"])
    return score_sheet(
        definition,
        read_scheme(inputs["scheme"]),
        read_answers(inputs["answers"], definition),
        cap=inputs["cap"],
    )


def keep_score(audit_id: int, stage: ScoreStage, inputs: Mapping[str, Any], *, actor: Actor) -> AuditScore:
    """Score and keep it, inside a command; only added to. Raises scoring.refusals.SheetRefused."""
    result = result_of(inputs)
    score = AuditScore(
        audit_id=audit_id,
        stage=stage,
        formula_version=FORMULA_VERSION,
        inputs=dict(inputs),
        inputs_digest=digest_of(inputs),
        result=result.as_snapshot(),
        total_exact=result.as_json()["total_exact"],
        hundredths=int(result.total.scaleb(2)),
        category=result.category,
        zone=result.zone,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    db.session.add(score)
    db.session.flush()
    stated = {"stage": stage.value, "total": str(result.total), "inputs": score.inputs_digest}
    record(Event.AUDITS_SCORED, "audit", audit_id, actor=actor, changes=stated)
    return score


def latest_score(audit_id: int, *stages: ScoreStage) -> AuditScore | None:
    """Return the newest score of an audit, of these stages where some are named. 1 statement."""
    found = select(AuditScore).where(AuditScore.audit_id == audit_id).order_by(AuditScore.id.desc()).limit(1)
    return db.session.scalar(found.where(AuditScore.stage.in_(stages)) if stages else found)


def digest_of(inputs: Mapping[str, Any]) -> str:
    """Return the SHA-256 of frozen inputs in one canonical form."""
    written = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True)
class Recounted:
    """One score counted again. `wrong`: what differs; empty: nothing."""

    score_id: int
    audit_id: int
    wrong: tuple[str, ...]


def verify_scores() -> Iterator[Recounted]:
    """Count every kept score again from its frozen inputs (RP5), oldest first."""
    last = 0
    while True:
        found = db.session.scalars(
            select(AuditScore).where(AuditScore.id > last).order_by(AuditScore.id).limit(_READ_AT_ONCE)
        ).all()
        if not found:
            return
        for score in found:
            yield Recounted(score.id, score.audit_id, tuple(_differences(score)))
        last = found[-1].id
        db.session.expunge_all()


def _differences(score: AuditScore) -> Iterator[str]:
    if digest_of(score.inputs) != score.inputs_digest:
        yield "inputs"
    if score.formula_version != FORMULA_VERSION:
        yield "formula"  # a formula that is no more in the code: nothing can be said
        return
    try:
        result = result_of(score.inputs)
    except (refusals.SheetRefused, ValueError):
        yield "not countable"
        return
    if json.loads(json.dumps(result.as_snapshot())) != score.result:
        yield "result"
    counted = (result.as_json()["total_exact"], int(result.total.scaleb(2)), result.category, result.zone)
    if counted != (score.total_exact, score.hundredths, score.category, score.zone):
        yield "total"
