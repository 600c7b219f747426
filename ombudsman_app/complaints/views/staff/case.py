"""/staff/complaints/<id>: the case."""

from flask import render_template
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import queries
from ombudsman_app.complaints.formats import shown_clock
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.web.access import policy

from .blueprint import bp


@bp.route("/<int:complaint_id>")
@policy("complaints.read", record=queries.visible_case)
def case(complaint: Complaint) -> ResponseReturnValue:
    """Where it stands, who must act, which clocks run; the identity stays sealed. 7 statements."""
    page = queries.case_page(complaint)
    clocks = [shown_clock(running, page.today) for running in page.clocks]
    return render_template("complaints/staff/case.html", page=page, case=complaint, clocks=clocks)
