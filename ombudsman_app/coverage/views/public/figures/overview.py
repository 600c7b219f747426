"""/cakupan: the nation and its provinces, one definition at a time."""

from flask import render_template, url_for

from ombudsman_app.coverage import figure_pictures as pictures
from ombudsman_app.coverage import queries
from ombudsman_app.coverage.states import DEFINITIONS, NATION_CODE, Level
from ombudsman_app.coverage.views.asked import asked_measure
from ombudsman_app.web import charts
from ombudsman_app.web.access import policy
from ombudsman_app.web.published import published

from .blueprint import bp


@bp.route("")
@policy("public")
@published(queries.figures_stamp)
def overview() -> str:
    """Map, ranking and silent provinces. 8 statements."""
    asked = asked_measure(Level.PROVINCE)
    found = queries.provinces(asked.measure, on=asked.on)
    scale = pictures.scale_of(found.lines)

    def link(line: queries.PlaceLine) -> str:
        return url_for(".place", code=line.code, **asked.said)  # type: ignore[arg-type]

    areas = pictures.areas_of(found.lines, scale, link)
    outlines = queries.province_boundaries()
    return render_template(
        "coverage/public/overview.html",
        asked=asked,
        rule=DEFINITIONS[asked.measure.definition],
        found=found,
        ranked=sorted(found.lines, key=lambda line: line.rank_key),
        nation=pictures.newest_first(queries.figures_of(asked.measure, NATION_CODE)),
        map=pictures.map_of(outlines.outlines, areas, scale, charts.nation),
        outlines=outlines,
        gaps=pictures.gaps_of(found.lines, link),
    )
