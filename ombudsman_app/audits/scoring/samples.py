"""Timer readings, counters, interviews: what they suggest as an answer. Claim files stand in `claims`."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from .answers import Answer
from .claims import TOO_FEW, ClaimFile, ClaimLine, Outcome, programme_of, suggest_from_claims
from .definition.shape import AnswerType, Definition, Indicator
from .exact import half_up, plain, written
from .score import score_of
from .suggestion import SamplesUnfit, Suggestion

__all__ = [
    "ClaimFile",
    "ClaimLine",
    "How",
    "Outcome",
    "SamplesUnfit",
    "Suggestion",
    "programme_of",
    "suggest_from_claims",
    "suggest_from_counters",
    "suggest_from_officers",
    "suggest_from_timer",
    "suggest_from_users",
]

MOST_NOTES = 10_000
LONGEST_SECONDS = 86_400
_MINUTE = 60
# So fine that rounding never crosses a threshold: means of whole seconds differ from one by more.
_MINUTE_DECIMALS = 6


class How(StrEnum):
    """Which middle of the readings is taken."""

    MEDIAN = "median"
    MEAN = "mean"


def suggest_from_timer(indicator: Indicator, seconds: Sequence[int], how: How = How.MEDIAN) -> Suggestion:
    """Return the minutes that readings of a timer come to. Raises SamplesUnfit."""
    _refuse_kind(indicator, AnswerType.MEASURE)
    _refuse_number(len(seconds))
    for number, reading in enumerate(seconds, 1):
        if type(reading) is not int or not 0 <= reading <= LONGEST_SECONDS:
            raise SamplesUnfit("strange_reading", number=number, most=LONGEST_SECONDS)
    ordered = sorted(seconds)
    middle = _median(ordered) if how is How.MEDIAN else Fraction(sum(ordered), len(ordered))
    minutes = half_up(middle / _MINUTE, _MINUTE_DECIMALS)
    values = {
        "n": len(ordered),
        "minutes": plain(minutes),
        "shortest": written(Fraction(ordered[0], _MINUTE), 2),
        "longest": written(Fraction(ordered[-1], _MINUTE), 2),
    }
    return Suggestion(Answer(value=minutes), how.value, values, tuple(seconds))


def _median(ordered: Sequence[int]) -> Fraction:
    half, is_odd = divmod(len(ordered), 2)
    return Fraction(ordered[half]) if is_odd else Fraction(ordered[half - 1] + ordered[half], 2)


def suggest_from_counters(indicator: Indicator, readings: Mapping[str, Answer]) -> Suggestion:
    """Return the lowest answer of several counters: what a user can meet at the worst of them.

    Counters at which it does not apply are shown and passed over. Raises SamplesUnfit.
    """
    _refuse_number(len(readings))
    for name, one in readings.items():
        if one.denominator == 0:
            raise SamplesUnfit("nothing_to_divide", counter=name)
    scores = {name: None if one.is_na else score_of(indicator, one) for name, one in readings.items()}
    known = {name: score for name, score in scores.items() if score is not None}
    lines = tuple((name, one, scores[name]) for name, one in readings.items())
    if not known:
        return Suggestion(None, "all_counters_na", {"n": len(readings)}, lines)
    lowest = min(known, key=lambda name: known[name])  # the first of several that are alike
    read = readings[lowest]
    answer = Answer(value=read.value, numerator=read.numerator, denominator=read.denominator)
    values = {"n": len(readings), "counter": lowest, "alike": len(set(known.values())) == 1}
    return Suggestion(answer, "lowest_counter", values, lines)


def suggest_from_officers(indicator: Indicator, values: Sequence[str]) -> Suggestion:
    """Return the mean of what several officers reached on the scale, rounded down. Raises SamplesUnfit."""
    _refuse_kind(indicator, AnswerType.SCALE4)
    _refuse_number(len(values))
    for number, value in enumerate(values, 1):
        if value not in indicator.answer_type.choices:
            raise SamplesUnfit("strange_reading", number=number, most=indicator.answer_type.choices[-1])
    mean = Fraction(sum(map(int, values)), len(values))
    told = {"n": len(values), "mean": written(mean, 2), "wanted": indicator.respondents}
    is_few = indicator.respondents is not None and len(values) < indicator.respondents
    answer = Answer(value=str(int(mean)))
    return Suggestion(answer, "mean_of_officers", told, tuple(values), (TOO_FEW,) if is_few else ())


def suggest_from_users(
    definition: Definition, indicator: Indicator, experienced: Sequence[bool]
) -> Suggestion:
    """Return how many of the people asked experienced it. Raises SamplesUnfit."""
    _refuse_kind(indicator, AnswerType.SURVEY_NEGATIVE)
    _refuse_number(len(experienced))
    n, told = len(experienced), sum(experienced)
    wanted = indicator.respondents or definition.min_respondents
    values = {"n": n, "experienced": told, "wanted": wanted}
    warnings = (TOO_FEW,) if n < wanted else ()
    return Suggestion(
        Answer(numerator=told, denominator=n), "users_experienced", values, tuple(experienced), warnings
    )


def _refuse_kind(indicator: Indicator, wanted: AnswerType) -> None:
    if indicator.answer_type is not wanted:
        raise SamplesUnfit("other_kind_of_answer", indicator=indicator.id, wanted=str(wanted))


def _refuse_number(number: int) -> None:
    if not number:
        raise SamplesUnfit("no_notes")
    if number > MOST_NOTES:
        raise SamplesUnfit("too_many_notes", most=MOST_NOTES)
