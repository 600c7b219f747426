"""What was looked at one by one for an indicator, and what it suggests as an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import SheetAnswer, SheetSample
from ombudsman_app.audits.scoring.answers import Answer, AnswersInvalid, read_answer
from ombudsman_app.audits.scoring.definition import AnswerType, Definition, Indicator
from ombudsman_app.audits.scoring.samples import (
    ClaimFile,
    SamplesUnfit,
    Suggestion,
    programme_of,
    suggest_from_claims,
    suggest_from_counters,
    suggest_from_officers,
    suggest_from_timer,
    suggest_from_users,
)
from ombudsman_app.audits.states import SampleKind
from ombudsman_app.core.db import db
from ombudsman_app.core.workflow.models import calendar_of

MINUTES = "minutes"  # the unit of measures that a timer can read


@dataclass(frozen=True)
class Looked:
    """What was looked at, and what follows. `why_not`: why nothing can be suggested."""

    kind: SampleKind
    samples: Sequence[SheetSample]
    suggestion: Suggestion | None
    why_not: str = ""


def sample_kind(indicator: Indicator, counters: int) -> SampleKind | None:
    """Return what can be looked at one by one for an indicator; None: nothing."""
    kind = indicator.answer_type
    if programme_of(indicator) is not None:
        return SampleKind.CLAIM_FILE
    if kind is AnswerType.MEASURE and indicator.unit == MINUTES:
        return SampleKind.TIMING
    if kind is AnswerType.SURVEY_NEGATIVE:
        return SampleKind.USER
    if kind is AnswerType.SCALE4 and indicator.respondents:
        return SampleKind.OFFICER
    return SampleKind.COUNTER if kind.choices and counters > 1 else None


def looked_at(
    place: SheetAnswer, definition: Definition, kind: SampleKind | None, today: date
) -> Looked | None:
    """Return it for the place of an answer. 0 to 2 statements."""
    if kind is None:
        return None
    samples = db.session.scalars(
        select(SheetSample)
        .where(
            SheetSample.sheet_id == place.sheet_id,
            SheetSample.indicator == place.indicator,
            SheetSample.removed_at.is_(None),
        )
        .options(joinedload(SheetSample.counter))
        .order_by(SheetSample.id)
    ).all()
    if not samples:
        return Looked(kind, (), None)
    try:
        found = _suggested(kind, samples, definition, place, today)
    except (SamplesUnfit, AnswersInvalid) as unfit:
        return Looked(kind, samples, None, getattr(unfit, "code", "unfit"))
    return Looked(kind, samples, found)


def _suggested(
    kind: SampleKind,
    samples: Sequence[SheetSample],
    definition: Definition,
    place: SheetAnswer,
    today: date,
) -> Suggestion:
    indicator = definition.by_id[place.indicator]
    match kind:
        case SampleKind.TIMING:
            return suggest_from_timer(indicator, [one.content["seconds"] for one in samples])
        case SampleKind.OFFICER:
            return suggest_from_officers(indicator, [one.content["value"] for one in samples])
        case SampleKind.USER:
            return suggest_from_users(definition, indicator, [one.content["experienced"] for one in samples])
        case SampleKind.COUNTER:
            return suggest_from_counters(indicator, _readings(samples, indicator))
        case SampleKind.CLAIM_FILE:
            programme = programme_of(indicator) or ""
            files = [_claim(one.content, programme, place.promised_days) for one in samples]
            return suggest_from_claims(files, programme, definition, calendar_of(), as_of=today)


def _readings(samples: Sequence[SheetSample], indicator: Indicator) -> dict[str, Answer]:
    """Return the last reading of each counter."""
    return {
        one.counter.name if one.counter else "–": read_answer({"value": one.content["value"]}, indicator)
        for one in samples
    }


def _claim(content: Any, programme: str, promised: int | None) -> ClaimFile:
    days = {name: content.get(name) for name in ("received_on", "complete_on", "decided_on")}
    return ClaimFile(
        programme=programme,
        **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
        promised_days=promised,
        label=content.get("mark", ""),
    )
