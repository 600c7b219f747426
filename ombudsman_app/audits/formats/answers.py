"""What was answered to an indicator, in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.queries.score_page import IndicatorLine
from ombudsman_app.audits.scoring.definition import AnswerType, Indicator
from ombudsman_app.web.formats import number, score

SEVERITY_WORDS: dict[str, Any] = {"major": _l("Major finding"), "minor": _l("Minor finding")}
# The shipped instrument names its units in English alone; what an office adds is shown as it wrote it.
_UNITS: dict[str, Any] = {
    "ratio actual/standard": _l("ratio actual/standard"),
    "recorded checks in last 3 months": _l("recorded checks in last 3 months"),
    "% of files without extra requirement": _l("%% of files without extra requirement"),
    "minutes": _l("minutes"),
    "% acted on in time": _l("%% acted on in time"),
}
# So it is with the words on where an instrument or a scheme comes from.
_ORIGINS: dict[str, Any] = {
    "Peraturan Ombudsman 17/2015 and later": _l("Peraturan Ombudsman 17/2015 and later"),
    "proposal of this product, built on the four dimensions and weights of the 2023 Ombudsman assessment; "
    "not an official Ombudsman instrument": _l(
        "Proposal of this product, built on the four dimensions and weights of the 2023 Ombudsman "
        "assessment; not an official Ombudsman instrument"
    ),
}
_YES_NO: dict[str, Any] = {"yes": _l("Yes"), "no": _l("No")}


def audit_answer(line: IndicatorLine) -> str:
    """Say what was answered: “3: Ada, hampir lengkap”, “8 of 10 (80,00%)”, “Not applicable”."""
    if line.score is None:
        return str(_("Not applicable"))
    return answer_words(line.indicator, line.answer, line.anchor)


def answer_words(indicator: Indicator, given: Mapping[str, Any], anchor: str) -> str:
    """Say an answer as `scoring.answers` reads it. `anchor`: what the chosen step looks like."""
    if "na" in given:
        return str(_("Not applicable"))
    if "denominator" in given:
        counted, of = int(given["numerator"]), int(given["denominator"])
        share = Decimal(counted * 100) / of if of else Decimal(0)
        return str(
            _(
                "%(part)s of %(whole)s (%(share)s%%)",
                part=number(counted),
                whole=number(of),
                share=score(share),
            )
        )
    return _value(indicator, str(given.get("value", "")), anchor)


def _value(indicator: Indicator, value: str, anchor: str) -> str:
    match indicator.answer_type:
        case AnswerType.YES_NO:
            return str(_YES_NO.get(value, value))
        case AnswerType.SCALE4:
            return f"{value}: {anchor}" if anchor else value
        case _:
            shown = number(Decimal(value)) if value else ""
            return f"{shown} {unit_of(indicator.unit)}".strip()


def unit_of(unit: str, language: str = "") -> str:
    """Return a unit of a measure in a language, else in that of the reader."""
    if language:
        with force_locale(language):
            return unit_of(unit)
    return str(_UNITS.get(unit, unit)).replace("%%", "%")


def origin_of(words: str) -> str:
    """Return where an instrument or a scheme comes from, in the language of the reader."""
    return str(_ORIGINS.get(words, words))


def severity_word(severity: str) -> str:
    """Return how grave a finding is, in words."""
    return str(SEVERITY_WORDS.get(severity, severity))


FILTERS = {
    "audit_unit": unit_of,
    "audit_answer": audit_answer,
    "audit_origin": origin_of,
    "severity_word": severity_word,
}
