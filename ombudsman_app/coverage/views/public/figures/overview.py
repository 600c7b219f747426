"""/cakupan: the nation and its provinces, one definition at a time."""

from flask import render_template, url_for

from ombudsman_app.coverage import queries
from ombudsman_app.coverage.drawn import drawn_nation
from ombudsman_app.coverage.states import DEFINITIONS, Level
from ombudsman_app.coverage.views.asked import asked_measure
from ombudsman_app.web.access import policy
from ombudsman_app.web.published import published

from .blueprint import bp


@bp.route("")
@policy("public")
@published(queries.figures_stamp)
def overview() -> str:
    """Map, ranking and silent provinces. 8 statements."""
    asked = asked_measure(Level.PROVINCE)

    def link(line: queries.PlaceLine) -> str:
        return url_for(".place", code=line.code, **asked.said)  # type: ignore[arg-type]

    drawn = drawn_nation(asked.measure, asked.on, link)
    return render_template(
        "coverage/public/overview.html",
        asked=asked,
        rule=DEFINITIONS[asked.measure.definition],
        drawn=drawn,
        ranked=sorted(drawn.lines, key=lambda line: line.rank_key),
    )
