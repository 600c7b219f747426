"""Pictures of papers, from what was frozen with them: a paper drawn again shows the same."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from ombudsman_app.audits.queries.score_page import LIMITS
from ombudsman_app.web import charts


def paper_wheel(letter: Mapping[str, Any]) -> charts.Wheel:
    """Return the wheel of a frozen result."""
    dimensions = [
        charts.Dimension(
            block["title"],
            Decimal(block["score"]),
            Decimal(block["weight"]),
            [
                charts.Indicator(
                    line["id"],
                    Decimal(line["score"]) if line["score"] else None,
                    Decimal(line["weight"]),
                    line["is_alarm"],
                )
                for line in block["lines"]
            ],
        )
        for block in letter["dimensions"]
    ]
    return charts.wheel(dimensions, total=Decimal(letter["total"]), band=_own_band(letter), limits=LIMITS)


def paper_ring(letter: Mapping[str, Any]) -> charts.Wheel:
    """Return the total alone, for small pictures."""
    return charts.wheel([], total=Decimal(letter["total"]), band=_own_band(letter))


def paper_scale(letter: Mapping[str, Any]) -> charts.Scale:
    """Return the strip of the bands with this total on it."""
    own = ("own", str(_("This office")), Decimal(letter["total"]))
    return charts.scale([_band(one) for one in letter["bands"]], [own])


def paper_costs(letter: Mapping[str, Any]) -> charts.Costs:
    """Return what cost most points, as bars."""
    return charts.costs(
        [
            charts.Loss(
                line["id"], line["question"], Decimal(line["cost"]), Decimal(line["score"]), line["is_alarm"]
            )
            for line in letter["costliest"]
        ]
    )


def _own_band(letter: Mapping[str, Any]) -> charts.Band | None:
    held = (letter["category"] or "", letter["zone"])
    return next((_band(one) for one in letter["bands"] if (one["id"], one["zone"]) == held), None)


def _band(told: Mapping[str, Any]) -> charts.Band:
    low, high = Decimal(told["low"]), Decimal(told["high"])
    return charts.Band(told["id"], told["label"], told["zone"], low, high)


def decimal(text: str) -> Decimal:
    """Return a number that was frozen as text."""
    return Decimal(text)


def exact(text: str) -> str:
    """Write a number that was frozen as text to its last digit, with the comma of this language."""
    return text.replace(".", ",") if str(get_locale()) == "id" else text


FILTERS = {
    "decimal": decimal,
    "exact": exact,
    "paper_costs": paper_costs,
    "paper_ring": paper_ring,
    "paper_scale": paper_scale,
    "paper_wheel": paper_wheel,
}
