"""/cakupan/<code>: one province with its regencies, or one regency or city."""

from flask import render_template, url_for

from ombudsman_app.coverage import figure_pictures as pictures
from ombudsman_app.coverage import queries
from ombudsman_app.coverage.borders import cut_since
from ombudsman_app.coverage.states import DEFINITIONS, Level
from ombudsman_app.coverage.views.asked import asked_measure
from ombudsman_app.web import charts
from ombudsman_app.web.access import policy
from ombudsman_app.web.published import published

from .blueprint import bp


@bp.route("/<string:code>")
@policy("public")
@published(queries.figures_stamp)
def place(code: str) -> str:
    """Its figures over time; of a province also its regencies and their sum. 8 statements."""
    held = queries.place_of(code)
    asked = asked_measure(Level.REGENCY, held.province_code)
    figures = queries.figures_of(asked.measure, held.code)
    is_province = held.level is Level.PROVINCE
    lines, total = queries.regencies_of(held.code, asked.measure, on=asked.on) if is_province else ([], None)
    scale = pictures.scale_of(lines)
    targets = queries.targets_of(asked.measure.definition, [held.code])
    target = pictures.target_of(targets)
    newest = next((one for one in reversed(figures) if one.as_of and one.percent is not None), None)

    def link(line: queries.PlaceLine) -> str:
        return url_for(".place", code=line.code, **asked.said)  # type: ignore[arg-type]

    areas = pictures.areas_of(lines, scale, link)
    outlines = queries.regency_boundaries(held.code) if is_province else queries.BoundaryMap([])
    first = min((one.as_of for one in figures if one.as_of), default=None)
    return render_template(
        "coverage/public/place.html",
        place=held,
        asked=asked,
        rule=DEFINITIONS[asked.measure.definition],
        figures=pictures.newest_first(figures),
        lines=lines,
        total=total,
        newest=newest,
        gauge=charts.gauge(pictures.drawn_percent(newest), target) if newest else None,
        trend=pictures.trend_of(figures, held.name),
        map=pictures.map_of(outlines.outlines, areas, scale, charts.tiles),
        outlines=outlines,
        ranking=charts.ranking(
            [one for one in areas if scale.is_percent and one.value is not None], target=target
        ),
        gaps=pictures.gaps_of(lines, link),
        cut=cut_since(held.code, first) if is_province else [],
    )
