"""/cakupan/<code>: one province with its regencies, or one regency or city."""

from flask import render_template, url_for

from ombudsman_app.coverage import innovation_words, outreach_words, queries
from ombudsman_app.coverage.drawn import drawn_place
from ombudsman_app.coverage.queries.innovation_list import innovations_in
from ombudsman_app.coverage.queries.outreach_places import held_in
from ombudsman_app.coverage.states import DEFINITIONS, Level
from ombudsman_app.coverage.views.asked import asked_measure
from ombudsman_app.web.access import policy
from ombudsman_app.web.published import published

from .blueprint import bp


@bp.route("/<string:code>")
@policy("public")
@published(queries.figures_stamp)
def place(code: str) -> str:
    """Its figures over time, outreach and innovations there; of a province its regencies. ≤ 10 statements."""
    held = queries.place_of(code)
    asked = asked_measure(Level.REGENCY, held.province_code)

    def link(line: queries.PlaceLine) -> str:
        return url_for(".place", code=line.code, **asked.said)  # type: ignore[arg-type]

    return render_template(
        "coverage/public/place.html",
        place=held,
        asked=asked,
        rule=DEFINITIONS[asked.measure.definition],
        drawn=drawn_place(held, asked.measure, asked.on, link),
        outreach=held_in(held),
        outreach_words=outreach_words,
        innovations=innovations_in(held.code) if held.has_innovations else [],
        innovation_words=innovation_words,
    )
