"""/staff/audits/comparison: offices of one kind over the rounds, also with results that are final only."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ombudsman_app.audits import queries
from ombudsman_app.audits.views.asked import STAFF, asked_comparison, compared
from ombudsman_app.audits.views.files import comparison_file
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/comparison")
@policy("audits.list")
def comparison() -> ResponseReturnValue:
    """Published results of all, final ones of the own offices. 6 statements and those of the person."""
    shown = queries.for_staff(current_actor())
    asked = asked_comparison(STAFF, shown)
    return render_template(
        "audits/staff/comparison.html",
        asked=asked,
        found=compared(asked, shown),
        here=".comparison",
        file=".comparison_csv",
    )


@bp.route("/comparison/csv")
@policy("audits.list")
def comparison_csv() -> ResponseReturnValue:
    """Give all these offices as a sheet."""
    shown = queries.for_staff(current_actor())
    asked = asked_comparison(STAFF, shown)
    if asked is None:
        raise NotVisible
    return comparison_file(asked, shown)
