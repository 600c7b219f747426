"""/staff/identities: who opened whose identity, when and why (PD2)."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints import queries
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import asked_id

from .blueprint import identities_bp


@identities_bp.route("/")
@policy("complaints.supervise")
def opened() -> ResponseReturnValue:
    """The openings at one's own office, the youngest first. 4 statements."""
    page = queries.opened_identities(current_actor(), before=asked_id("before"), after=asked_id("after"))
    return render_template(
        "complaints/staff/opened_identities.html",
        rows=page.items,
        newer=url_for(".opened", after=page.previous_key) if page.previous_key else "",
        older=url_for(".opened", before=page.next_key) if page.next_key else "",
    )
