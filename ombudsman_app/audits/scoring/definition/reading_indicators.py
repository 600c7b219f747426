"""Reads one question of an instrument."""

from ombudsman_app.audits.scoring.reader import Reader, clean, is_id, is_shown, shown

from .pieces import read_anchors, read_weight
from .shape import (
    COMPONENTS,
    AnswerType,
    DayType,
    EvidenceKind,
    Indicator,
    Maladministration,
    RelevantIf,
    Verified,
)
from .thresholds import read_thresholds

QUESTION, LEGAL, UNIT, NA_REASON = 500, 500, 120, 300
MOST_RESPONDENTS, MOST_DAYS = 10_000, 3_660
_STANDARD = ("standard_days", "standard_day_type", "standard_verified")
# Which keys go with one kind of answer only.
_ONLY_FOR = {
    "thresholds": (AnswerType.MEASURE,),
    "anchors_id": (AnswerType.SCALE4,),
    "anchors_en": (AnswerType.SCALE4,),
    **dict.fromkeys(_STANDARD, (AnswerType.PERCENTAGE,)),
}


def read_indicator(reader: Reader) -> Indicator:
    """Return the indicator; what is wrong stands in the list of the reader."""
    name = reader.id("id")
    answer_type = reader.choice("answer_type", AnswerType)
    _note_unfit(reader, answer_type)
    standard = _standard(reader)
    return Indicator(
        id=name,
        item=reader.id("item") if reader.has("item") else name,
        variable=reader.id("variable"),
        component=_component(reader),
        weight=read_weight(reader),
        question_id=reader.text("question_id", QUESTION),
        question_en=reader.text("question_en", QUESTION),
        answer_type=answer_type or AnswerType.YES_NO,
        evidence=_evidence(reader),
        legal_basis=reader.text("legal_basis", LEGAL),
        maladministration_if_fail=reader.choice("maladministration_if_fail", Maladministration)
        or Maladministration.UNDUE_DELAY,
        critical=reader.flag("critical"),
        respondents=reader.whole("respondents", 1, MOST_RESPONDENTS),
        unit=reader.text("unit", UNIT, needed=False),
        thresholds=read_thresholds(reader) if answer_type is AnswerType.MEASURE else (),
        may_be_na=reader.flag("may_be_na"),
        na_reason=_na_reason(reader),
        standard_days=standard[0],
        standard_day_type=standard[1],
        standard_verified=standard[2],
        anchors_id=read_anchors(reader, "anchors_id"),
        anchors_en=read_anchors(reader, "anchors_en"),
        relevant_if=_relevance(reader),
    )


def _note_unfit(reader: Reader, answer_type: AnswerType | None) -> None:
    for key, fit in _ONLY_FOR.items():
        if reader.has(key) and answer_type is not None and answer_type not in fit:
            reader.note("not_for_this_type", key, key=key, answer_type=str(answer_type))
    for one, other in (("anchors_id", "anchors_en"), ("anchors_en", "anchors_id")):
        if reader.has(one) and not reader.has(other):
            reader.note("goes_with", one, key=other)


def _component(reader: Reader) -> str:
    if not reader.has("component"):
        reader.note("missing", key="component")
        return ""
    component = reader.given["component"]
    if component not in COMPONENTS:
        reader.note("unknown_choice", "component", value=shown(component), known=", ".join(COMPONENTS))
    return str(component)


def _evidence(reader: Reader) -> tuple[EvidenceKind, ...]:
    """Return the kinds. Without one nothing could ever be proved, so that no point could be had."""
    found: list[EvidenceKind] = []
    for given in reader.items("evidence", len(EvidenceKind)):
        kind = reader.one_of(given, EvidenceKind, "evidence")
        if kind in found:
            reader.note("double", "evidence", value=str(kind))
        elif kind:
            found.append(kind)
    return tuple(found)


def _na_reason(reader: Reader) -> str:
    reason = reader.text("na_reason", NA_REASON, needed=False)
    if reason and reader.given.get("may_be_na") is not True:
        reader.note("goes_with", "na_reason", key="may_be_na")
    return reason


def _standard(reader: Reader) -> tuple[int | None, DayType | None, Verified | None]:
    """Return days, kind of days and mark: all three or none."""
    given = [key for key in _STANDARD if reader.has(key)]
    if not given:
        return None, None, None
    if not reader.has("standard_days"):
        reader.note("missing", key="standard_days")
    return (
        reader.whole("standard_days", 1, MOST_DAYS),
        reader.choice("standard_day_type", DayType),
        reader.choice("standard_verified", Verified),
    )


def _relevance(reader: Reader) -> RelevantIf | None:
    if not reader.has("relevant_if"):
        return None
    inner = Reader(
        reader.given["relevant_if"], reader.at("relevant_if"), reader.problems, ("indicator", "is")
    )
    if not inner.given:
        return None
    name = inner.given.get("indicator")
    if not is_id(name):
        inner.note("bad_id" if inner.has("indicator") else "missing", key="indicator", most=32)
    values: list[str] = []
    for value in inner.items("is", 5):
        if not isinstance(value, str) or not is_shown(clean(value)):
            inner.note("not_text", "is")
        elif value in values:
            inner.note("double", "is", value=shown(value))
        else:
            values.append(value)
    return RelevantIf(name if isinstance(name, str) else "", tuple(values))
