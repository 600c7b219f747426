"""/cakupan/perbandingan: two days side by side, place by place, one definition."""

from collections.abc import Sequence
from datetime import date

from flask import render_template, request, url_for

from ombudsman_app.coverage import figure_pictures as pictures
from ombudsman_app.coverage import queries
from ombudsman_app.coverage.queries import PlaceLine
from ombudsman_app.coverage.states import DEFINITIONS, Level
from ombudsman_app.coverage.views.asked import asked_day, asked_measure
from ombudsman_app.web.access import policy
from ombudsman_app.web.published import published

from .blueprint import bp


@bp.route("/perbandingan")
@policy("public")
@published(queries.figures_stamp)
def comparison() -> str:
    """Provinces, or the regencies of one, as they stood on two days. ≤ 7 statements."""
    province = request.args.get("provinsi", "")[:2]
    held = queries.place_of(province) if province else None
    asked = asked_measure(Level.REGENCY if held else Level.PROVINCE, held.code if held else None)
    first, last = _days(asked.days)
    before, after = (_lines(asked.measure, held.code if held else "", day) for day in (first, last))

    def link(line: PlaceLine) -> str:
        return url_for(".place", code=line.code, **asked.said)  # type: ignore[arg-type]

    return render_template(
        "coverage/public/comparison.html",
        asked=asked,
        place=held,
        rule=DEFINITIONS[asked.measure.definition],
        first=first,
        last=last,
        found=pictures.compared(zip(before, after, strict=True), link),
    )


def _days(held: Sequence[date]) -> tuple[date | None, date | None]:
    """Return the days that were asked for, the earlier one first; else the oldest and the newest held."""
    first, last = asked_day("dari"), asked_day("sampai")
    if first and last and first > last:
        first, last = last, first
    return first or (held[-1] if held else None), last or (held[0] if held else None)


def _lines(measure: queries.Measure, province: str, day: date | None) -> list[PlaceLine]:
    if province:
        return queries.regencies_of(province, measure, on=day)[0]
    return queries.province_lines(measure, on=day)
