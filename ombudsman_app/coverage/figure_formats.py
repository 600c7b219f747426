"""How figures look in words."""

from decimal import Decimal
from typing import Any, Protocol

from flask_babel import gettext as _

from ombudsman_app.directory.source_words import source_words
from ombudsman_app.web.formats import day_short, number

from . import figure_words as words
from .measure_codes import measure_code
from .queries import Measure
from .states import ODD, FigureStatus, Flag, Level


class HasPercent(Protocol):
    """What a percentage is said of: a figure as it is stored, or as pages show it."""

    @property
    def percent(self) -> Decimal | None: ...
    @property
    def quoted(self) -> Decimal | None: ...
    @property
    def quoted_places(self) -> int | None: ...
    @property
    def status(self) -> FigureStatus: ...


def percent_words(percent: Decimal, places: int = 2) -> str:
    """33,73%: with the decimals that it has a right to; a quoted 34 stays 34."""
    text = f"{percent:.{places}f}"
    whole, _dot, rest = text.partition(".")
    said = number(int(whole))
    return f"{said}{_separator()}{rest}%" if rest else f"{said}%"


def figure_percent(one: HasPercent) -> str:
    """Return the percentage of a figure in words; "" where it has none."""
    if one.status is FigureStatus.COMPUTED and one.percent is not None:
        return percent_words(one.percent)
    if one.quoted is None:
        return ""
    return percent_words(one.quoted, one.quoted_places or 0)


def figure_value(one: Any) -> str:
    """Return what a figure says, shortly: its percentage, else its count, else a dash."""
    return figure_percent(one) or (number(one.numerator) if one.numerator is not None else "–")


def figure_day(one: Any) -> str:
    """Return "as of 30 Jun 2026", with a sign where the day is that of the source."""
    if one.as_of is None:
        return str(_("no day given"))
    if Flag.APPROXIMATE in one.flags:
        return str(_("about %(day)s", day=day_short(one.as_of)))
    return str(_("as of %(day)s", day=day_short(one.as_of)))


def figure_day_alone(one: Any) -> str:
    """Return the same for a column that is called "as of": 30 Jun 2026, or about 30 Jun 2026."""
    if one.as_of is None or Flag.APPROXIMATE in one.flags:
        return figure_day(one)
    return day_short(one.as_of)


def as_sentence(text: str) -> str:
    """Return what somebody wrote with a full stop at its end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def measure_name(measure: Measure) -> str:
    """Return what a measure counts."""
    return words.measure_words(measure.definition, measure.part, measure.programme)


def _separator() -> str:
    return number(Decimal("0.5"))[1]


def measure_of(one: Any) -> Measure:
    """Return the measure of a stored figure that has a definition."""
    return Measure(one.definition, one.part, one.programme)


def is_odd(one: Any) -> bool:
    """Whether something beside the day of a figure is to be told."""
    return any(flag in ODD for flag in one.flags)


def source_name(key: str) -> str:
    """Return what a page calls a source of the registry."""
    return str(source_words().get(key, key))


def title_of(source: Any) -> str:
    """Return what a page calls a source, shipped or brought by an officer."""
    return source_name(source.key) if source.key else str(source.title)


FIGURE_FILTERS: dict[str, Any] = {
    "figure_percent": figure_percent,
    "figure_value": figure_value,
    "figure_day": figure_day,
    "figure_day_alone": figure_day_alone,
    "as_sentence": as_sentence,
    "percent_exact": percent_words,
    "measure_name": measure_name,
    "measure_of": measure_of,
    "measure_code": measure_code,
    "figure_is_odd": is_odd,
    "source_name": source_name,
    "definition_words": lambda one: words.DEFINITION_WORDS[one],
    "figure_flag": lambda one: words.FLAG_WORDS[Flag(one)],
    "figure_status": lambda one: words.STATUS_WORDS[one],
    "figure_standing": lambda one: words.STANDING_WORDS[one],
    "figure_standing_tone": lambda one: words.STANDING_TONES[one],
    "figure_level": lambda one: words.LEVEL_WORDS[Level(one)],
    "figure_source_kind": lambda one: words.SOURCE_KIND_WORDS[one],
}
