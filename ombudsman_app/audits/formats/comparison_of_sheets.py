"""How two sheets look beside each other."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.audits.queries.compare_sheets import SheetsBeside
from ombudsman_app.audits.scoring.agreement import Agreement
from ombudsman_app.audits.scoring.definition import SCALE, Definition, Indicator
from ombudsman_app.audits.scoring.exact import half_up
from ombudsman_app.web import charts
from ombudsman_app.web.formats import number, score

from .field import ShownItem, dimension_title, language, question, sheet_answer, shown_items

_ANSWERS = ("no", "yes", *SCALE, "na")


@dataclass(frozen=True)
class ShownAgreement:
    """How far two agree in one dimension, or in all: in figures, in words, as a picture."""

    title: str
    percent: str
    kappa: str
    n: str
    matrix: Any


@dataclass(frozen=True)
class ShownDifference:
    """An indicator on which the two differ."""

    id: str
    question: str
    is_critical: bool
    first: str
    second: str
    settled: str
    reason: str


@dataclass(frozen=True)
class ShownComparison:
    """The whole comparison as its page shows it."""

    whole: ShownAgreement
    dimensions: list[ShownAgreement]
    differ: list[ShownDifference]
    open: int
    words: dict[str, str]  # what each answer of a matrix is called


@dataclass(frozen=True)
class Side:
    """One sheet's answer to an indicator with its evidence."""

    title: str
    name: str
    answer: str
    note: str
    items: list[ShownItem]


def shown_comparison(beside: SheetsBeside) -> ShownComparison:
    """Return the comparison in words and pictures."""
    compared = beside.compared
    dimensions = [
        _agreement(dimension_title(one), compared.by_dimension[one.id], _matrix(beside, one))
        for one in beside.definition.dimensions
    ]
    return ShownComparison(
        whole=_agreement(str(_("All indicators")), compared.whole, None),
        dimensions=dimensions,
        differ=[_difference(beside, name) for name in compared.differ],
        open=len(beside.open),
        words=_matrix_words(),
    )


def _agreement(title: str, found: Agreement, matrix: Any) -> ShownAgreement:
    percent = "–" if found.observed is None else f"{score(half_up(found.observed * 100, 2))}%"
    kappa = "–" if found.kappa is None else number(half_up(found.kappa, 4))
    return ShownAgreement(title, percent, kappa, number(found.n), matrix)


def _matrix(beside: SheetsBeside, dimension: Any) -> Any:
    pairs = beside.pairs(dimension)
    used = {word for pair in pairs for word in pair}
    return charts.agreement(pairs, [one for one in _ANSWERS if one in used])


def _matrix_words() -> dict[str, str]:
    return {
        **{one: one for one in SCALE},
        "yes": str(_("Yes")),
        "no": str(_("No")),
        "na": str(_("Does not apply")),
    }


def _difference(beside: SheetsBeside, name: str) -> ShownDifference:
    indicator = beside.definition.by_id[name]
    one, other = (_words(beside, sheet.id, name) for sheet in (beside.first, beside.second))
    return ShownDifference(
        id=name,
        question=question(indicator),
        is_critical=indicator.critical,
        first=one,
        second=other,
        settled=settled_words(beside, name),
        reason=beside.reasons.get(name, ""),
    )


def settled_words(beside: SheetsBeside, name: str) -> str:
    """Say what holds; empty where nothing is settled."""
    if beside.agreed is None:
        return ""
    return _words(beside, beside.agreed.id, name)


def _words(beside: SheetsBeside, sheet_id: int, name: str) -> str:
    place = beside.places[sheet_id].get(name)
    return sheet_answer(beside.definition, place) if place else ""


def sides(beside: SheetsBeside, name: str) -> list[Side]:
    """Return what both sheets say to an indicator."""
    named = ((beside.first, _("First sheet")), (beside.second, _("Second sheet")))
    return [
        Side(
            title=str(title),
            name=sheet.assessor.name,
            answer=_words(beside, sheet.id, name),
            note=beside.places[sheet.id][name].note if name in beside.places[sheet.id] else "",
            items=shown_items(beside.items[sheet.id].get(name, ()), beside.files),
        )
        for sheet, title in named
    ]


def anchors(definition: Definition, indicator: Indicator) -> list[tuple[str, str]]:
    """Return what each step of the scale looks like, in the language of the reader."""
    return list(definition.anchors(indicator, language()))
