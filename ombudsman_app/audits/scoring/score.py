"""From a filled sheet to the total, exactly: fractions inside, decimals outside, no rounding on the way."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from .answers import Answer
from .definition.shape import AnswerType, Definition, Dimension, Indicator
from .exact import half_up
from .formula import FORMULA_VERSION, FULL, MAJOR_BELOW, SCALE4, SKM_LEAST, SKM_MOST, TOTAL_DECIMALS, YES_NO
from .refusals import (
    DimensionNotApplicable,
    NotAllowedToBeNotApplicable,
    NothingToDivide,
    ReasonMissing,
    SheetIncomplete,
    SheetRefused,
)
from .result import DimensionResult, IndicatorResult, NaKind, Result
from .scheme import Band, Scheme, band_for

__all__ = [
    "FORMULA_VERSION",
    "DimensionNotApplicable",
    "NotAllowedToBeNotApplicable",
    "NothingToDivide",
    "ReasonMissing",
    "Result",
    "SheetIncomplete",
    "SheetRefused",
    "irrelevant_of",
    "score_sheet",
]


def score_sheet(
    definition: Definition, scheme: Scheme, answers: Mapping[str, Answer], *, cap: bool = True
) -> Result:
    """Score a sheet by the rules of audits.md §6. Raises SheetRefused.

    `cap`: whether a critical indicator below 50 caps the category (product rule). `answers` as
    `read_answers` returns them.
    """
    irrelevant = irrelevant_of(definition, answers)
    _refuse_unfit(definition, answers, irrelevant)
    dimensions = tuple(_dimension(definition, one, answers, irrelevant) for one in definition.dimensions)
    total_exact = sum((Fraction(one.weight) * one.exact / FULL for one in dimensions), Fraction(0))
    total = half_up(total_exact, TOTAL_DECIMALS)
    failed = tuple(
        one.id
        for dimension in dimensions
        for one in dimension.indicators
        if one.critical and one.score is not None and one.score < MAJOR_BELOW
    )
    band = band_for(scheme, total)
    capped = _capped(scheme, band) if cap and failed else band
    return Result(
        definition=definition,
        scheme=scheme,
        cap=cap,
        dimensions=dimensions,
        total_exact=total_exact,
        total=total,
        band=capped,
        band_before_cap=band,
        critical_failed=failed,
    )


def _capped(scheme: Scheme, band: Band | None) -> Band | None:
    """Return the lower one of the band reached and the band that the cap allows."""
    limit = scheme.cap_band
    return limit if band and limit and limit.min < band.min else band


def irrelevant_of(definition: Definition, answers: Mapping[str, Answer]) -> frozenset[str]:
    """Return the indicators whose condition is not met. One that depends on such a one is irrelevant too."""
    known = definition.by_id
    met: dict[str, bool] = {}

    def is_met(indicator: Indicator) -> bool:
        if indicator.id not in met:
            condition = indicator.relevant_if
            if condition is None:
                met[indicator.id] = True
            else:
                answer = answers.get(condition.indicator)
                met[indicator.id] = (
                    is_met(known[condition.indicator])
                    and answer is not None
                    and answer.value in condition.is_
                )
        return met[indicator.id]

    return frozenset(indicator.id for indicator in definition.indicators if not is_met(indicator))


def _refuse_unfit(definition: Definition, answers: Mapping[str, Answer], irrelevant: frozenset[str]) -> None:
    asked = [one for one in definition.indicators if one.id not in irrelevant]
    if missing := [one.id for one in asked if one.id not in answers]:
        raise SheetIncomplete(missing)
    not_applicable = [one for one in asked if answers[one.id].is_na]
    if refused := [one.id for one in not_applicable if not one.may_be_na]:
        raise NotAllowedToBeNotApplicable(refused)
    if silent := [one.id for one in not_applicable if not answers[one.id].na]:
        raise ReasonMissing(silent)
    if empty := [one.id for one in asked if answers[one.id].denominator == 0]:
        raise NothingToDivide(empty)
    whole = [
        dimension.id
        for dimension in definition.dimensions
        if all(one.id in irrelevant or answers[one.id].is_na for one in dimension.indicators)
    ]
    if whole:
        raise DimensionNotApplicable(whole)


def _dimension(
    definition: Definition, dimension: Dimension, answers: Mapping[str, Answer], irrelevant: frozenset[str]
) -> DimensionResult:
    """Weigh the scores of what applies; the weight of the rest moves inside the dimension."""
    applies = [one for one in dimension.indicators if one.id not in irrelevant and not answers[one.id].is_na]
    weights = sum((Fraction(one.weight) for one in applies), Fraction(0))
    results = tuple(
        _applicable(definition, dimension, one, answers[one.id], Fraction(one.weight) / weights)
        if one in applies
        else _not_applicable(one, "" if one.id in irrelevant else answers[one.id].na)
        for one in dimension.indicators
    )
    exact = sum((one.share * one.score for one in results if one.score is not None), Fraction(0))
    return DimensionResult(dimension.id, dimension.weight, exact, results)


def _applicable(
    definition: Definition, dimension: Dimension, indicator: Indicator, answer: Answer, share: Fraction
) -> IndicatorResult:
    reached = score_of(indicator, answer)
    has_no_evidence = reached > 0 and answer.evidence == 0
    score = Fraction(0) if has_no_evidence else reached
    return IndicatorResult(
        id=indicator.id,
        item=indicator.item,
        weight=indicator.weight,
        critical=indicator.critical,
        share=share,
        score=score,
        score_without_evidence_rule=reached,
        cost=Fraction(dimension.weight) * share * (FULL - score) / FULL,
        no_evidence=has_no_evidence,
        low_sample=is_low_sample(definition, indicator, answer),
        na=None,
        na_reason="",
    )


def _not_applicable(indicator: Indicator, reason: str | None) -> IndicatorResult:
    return IndicatorResult(
        id=indicator.id,
        item=indicator.item,
        weight=indicator.weight,
        critical=indicator.critical,
        share=Fraction(0),
        score=None,
        score_without_evidence_rule=None,
        cost=Fraction(0),
        no_evidence=False,
        low_sample=False,
        na=NaKind.BY_REASON if reason else NaKind.BY_INSTRUMENT,
        na_reason=reason or "",
    )


def score_of(indicator: Indicator, answer: Answer) -> Fraction:
    """Turn one answer into 0-100, before the rule of evidence."""
    match indicator.answer_type:
        case AnswerType.YES_NO:
            return Fraction(YES_NO[str(answer.value)])
        case AnswerType.SCALE4:
            return Fraction(SCALE4[str(answer.value)])
        case AnswerType.MEASURE:
            return _measured(indicator, Decimal(answer.value or 0))
        case AnswerType.SKM:
            return (Fraction(answer.value or 0) - SKM_LEAST) / (SKM_MOST - SKM_LEAST) * FULL
    if not answer.denominator:
        raise NothingToDivide([indicator.id])
    share = Fraction(answer.numerator or 0, answer.denominator) * FULL
    return FULL - share if indicator.answer_type is AnswerType.SURVEY_NEGATIVE else share


def _measured(indicator: Indicator, value: Decimal) -> Fraction:
    """Read the thresholds from the top: `max` means up to it, `min` from it on; the last takes the rest."""
    for step in indicator.thresholds:
        fits_max = step.max is None or value <= step.max
        fits_min = step.min is None or value >= step.min
        if fits_max and fits_min:
            return Fraction(step.score)
    return Fraction(0)


def is_low_sample(definition: Definition, indicator: Indicator, answer: Answer) -> bool:
    """Whether there are fewer cases, or fewer people asked, than the instrument wants."""
    if answer.denominator is None:
        return False
    if indicator.answer_type is AnswerType.SURVEY_NEGATIVE:
        return answer.denominator < (indicator.respondents or definition.min_respondents)
    return answer.denominator < definition.min_denominator
