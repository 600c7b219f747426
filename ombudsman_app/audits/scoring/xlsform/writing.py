"""From the instrument to the rows of the three sheets. Nothing is written to a file here."""

from collections.abc import Iterator
from typing import Any

from ombudsman_app.audits.scoring.definition.shape import (
    Anchors,
    AnswerType,
    Definition,
    Dimension,
    EvidenceKind,
    Indicator,
    RelevantIf,
)
from ombudsman_app.audits.scoring.definition.writing import as_mapping, indicator_mapping
from ombudsman_app.audits.scoring.exact import plain
from ombudsman_app.audits.scoring.formula import SKM_LEAST, SKM_MOST

from . import columns as c
from .words import CHOICE_WORDS, EVIDENCE_WORDS, PART_WORDS, TOLD_WORDS

Row = dict[str, str]
_PICTURE = "max-pixels=2560"  # legible, and small enough for a phone in the field
_EVIDENCE_TYPE = {  # what the phone offers; all else is a file
    EvidenceKind.PHOTO: "image",
    EvidenceKind.URL: "text",
    EvidenceKind.INTERVIEW_NOTE: "text",
    EvidenceKind.OBSERVATION_NOTE: "text",
}


def rows_of(definition: Definition) -> dict[str, list[Row]]:
    """Return the rows by sheet."""
    return {
        c.SURVEY: [row for one in definition.dimensions for row in _dimension(one)],
        c.CHOICES: list(_choices(definition)),
        c.SETTINGS: [_settings(definition)],
    }


def _settings(definition: Definition) -> Row:
    written = as_mapping(definition)
    row = {column: str(written.get(key, "")) for column, key in c.SETTINGS_TEXTS.items()}
    row |= {column: str(written[key]) for column, key in c.SETTINGS_NUMBERS.items()}
    return {**row, "default_language": c.INDONESIAN}


def _choices(definition: Definition) -> Iterator[Row]:
    for name, (indonesian, english) in CHOICE_WORDS.items():
        yield _choice(c.YES_NO_LIST, name, indonesian, english)
    yield from _scale(c.SCALE_LIST, definition.anchors_id, definition.anchors_en)
    for indicator in definition.indicators:
        if indicator.anchors_id:
            name = c.scale_of(indicator.id, has_own=True)
            yield from _scale(name, indicator.anchors_id, indicator.anchors_en)


def _scale(name: str, indonesian: Anchors, english: Anchors) -> Iterator[Row]:
    for (step, one), (_step, other) in zip(indonesian, english, strict=True):
        yield _choice(name, step, one, other)


def _choice(list_name: str, name: str, indonesian: str, english: str) -> Row:
    return {"list_name": list_name, "name": name, c.LABEL_ID: indonesian, c.LABEL_EN: english}


def _dimension(dimension: Dimension) -> Iterator[Row]:
    written = {"weight": plain(dimension.weight)}
    for key in ("id", "title_id", "title_en", "description_id", "description_en"):
        written[key] = getattr(dimension, key)
    texts = {column: written[key] for column, key in c.DIMENSION_TEXTS.items()}
    yield {"type": "begin_group", c.ROLE: c.DIMENSION, **texts}
    for indicator in dimension.indicators:
        yield from _indicator(indicator)
    yield {"type": "end_group", c.ROLE: c.END, "name": dimension.id}


def _indicator(indicator: Indicator) -> Iterator[Row]:
    """The question, whether it applies, what it is made of, and its evidence."""
    asked_if = condition_of(indicator.relevant_if)
    applies_if = asked_if
    if indicator.may_be_na:
        is_na = f"${{{c.joined(indicator.id, c.NA)}}}"
        yield {
            **_part(indicator, c.NA, f"select_one {c.YES_NO_LIST}", asked_if),
            "default": c.NO,
            "required": c.YES,
        }
        yield {**_part(indicator, c.NA_REASON, "text", f"{is_na} = '{c.YES}'"), "required": c.YES}
        applies_if = _both(asked_if, f"{is_na} != '{c.YES}'")
    yield _main(indicator, applies_if)
    if indicator.answer_type.is_counted:
        yield from _counts(indicator, applies_if)
    for kind in indicator.evidence:
        asked = _EVIDENCE_TYPE.get(kind, "file")
        row = _part(indicator, kind, asked, applies_if, EVIDENCE_WORDS[kind])
        yield {**row, "parameters": _PICTURE} if asked == "image" else row


def _both(one: str, other: str) -> str:
    return f"({one}) and {other}" if one else other


def condition_of(relevance: RelevantIf | None) -> str:
    """Return the condition as forms write it."""
    if relevance is None:
        return ""
    return " or ".join(f"${{{relevance.indicator}}} = '{value}'" for value in relevance.is_)


def _main(indicator: Indicator, applies_if: str) -> Row:
    written: dict[str, Any] = indicator_mapping(indicator)
    row = {column: str(written.get(key, "")) for column, key in c.INDICATOR_TEXTS.items()}
    row |= {column: str(written.get(key, "")) for column, key in c.INDICATOR_NUMBERS.items()}
    row |= {column: c.YES if written.get(key) else c.NO for column, key in c.INDICATOR_FLAGS.items()}
    list_name = c.scale_of(indicator.id, has_own=bool(indicator.anchors_id))
    row |= {
        "type": f"select_one {list_name}"
        if indicator.answer_type is AnswerType.SCALE4
        else c.TYPE_OF[indicator.answer_type],
        c.ROLE: c.INDICATOR,
        c.RELEVANT: applies_if,
        c.EVIDENCE: " ".join(indicator.evidence),
        c.THRESHOLDS: thresholds_text(indicator),
        c.HINT_ID: indicator.unit,
        c.HINT_EN: indicator.unit,
    }
    if not indicator.answer_type.is_counted:
        row["required"] = c.YES
    if indicator.answer_type is AnswerType.SKM:
        row |= _limited(f". >= {SKM_LEAST} and . <= {SKM_MOST}", "skm")
    elif indicator.answer_type is AnswerType.MEASURE:
        row |= _limited(". >= 0", "measure")
    return row


def _counts(indicator: Indicator, applies_if: str) -> Iterator[Row]:
    whole = c.joined(indicator.id, c.DENOMINATOR)
    yield {
        **_part(indicator, c.DENOMINATOR, "integer", applies_if),
        "required": c.YES,
        **_limited(". >= 1", c.DENOMINATOR),
    }
    words = PART_WORDS["experienced" if indicator.answer_type is AnswerType.SURVEY_NEGATIVE else c.NUMERATOR]
    yield {
        **_part(indicator, c.NUMERATOR, "integer", applies_if, words),
        "required": c.YES,
        **_limited(f". >= 0 and . <= ${{{whole}}}", c.NUMERATOR),
    }


def _limited(constraint: str, told: str) -> Row:
    indonesian, english = TOLD_WORDS[told]
    return {"constraint": constraint, c.TOLD_ID: indonesian, c.TOLD_EN: english}


def _part(
    indicator: Indicator, part: str, asked: str, relevant: str, words: tuple[str, str] | None = None
) -> Row:
    indonesian, english = words or PART_WORDS[part]
    return {
        "type": asked,
        "name": c.joined(indicator.id, part),
        c.LABEL_ID: f"{indicator.id}: {indonesian}",
        c.LABEL_EN: f"{indicator.id}: {english}",
        c.RELEVANT: relevant,
        c.ROLE: c.PART,
    }


def thresholds_text(indicator: Indicator) -> str:
    """Return the steps of a measure on one line, `max 15 = 100 | max 30 = 75 | else = 0`."""
    steps = []
    for step in indicator.thresholds:
        ends = [(name, end) for name, end in (("max", step.max), ("min", step.min)) if end is not None]
        named = f"{ends[0][0]} {plain(ends[0][1])}" if ends else "else"
        steps.append(f"{named} = {plain(step.score)}")
    return " | ".join(steps)
