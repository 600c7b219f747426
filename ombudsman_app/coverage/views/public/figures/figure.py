"""/cakupan/angka/<id>: where one number comes from."""

from flask import render_template

from ombudsman_app.core.policy import STRANGER
from ombudsman_app.coverage import queries
from ombudsman_app.coverage.states import DEFINITIONS
from ombudsman_app.web.access import policy
from ombudsman_app.web.published import published

from .blueprint import bp


@bp.route("/angka/<int:figure_id>")
@policy("public")
@published(queries.figures_stamp)
def figure(figure_id: int) -> str:
    """One released figure, as everybody sees it. 2 statements."""
    found = queries.provenance_of(figure_id, STRANGER)
    definition = found.figure.definition
    return render_template(
        "coverage/public/figure.html",
        found=found,
        one=found.figure,
        rule=DEFINITIONS[definition] if definition else None,
    )
