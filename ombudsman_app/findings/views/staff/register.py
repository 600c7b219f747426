"""/staff/findings: all findings of one's offices, and how late their offices are."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.clock import today
from ombudsman_app.findings import formats, queries
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("")
@policy("findings.register")
def register() -> ResponseReturnValue:
    """What is due first stands first; the picture where nothing is asked. ≤ 6 statements."""
    actor, chosen = current_actor(), queries.read_filter(request.args)
    day, said = today(actor.time_zone), queries.said_filter(chosen)
    page = queries.register_page(actor, chosen, today=day)
    counts = queries.register_counts(actor, today=day)
    is_overview = not said and page.previous_key is None

    def address(**more: Any) -> str:
        kept = {name: value for name, value in {**said, **more}.items() if value}
        return url_for(".register", **kept)

    def late_at(office: str, band: int | None) -> str:
        return url_for(".register", office=office, late=band, overdue="yes" if band is None else None)

    return render_template(
        "findings/staff/register.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        counts=counts,
        address=address,
        office_name=_name_of(chosen.office, page.items),
        boxes=formats.register_boxes(chosen),
        picture=formats.lateness_picture(queries.lateness_by_office(actor, today=day), late_at)
        if is_overview
        else None,
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


def _name_of(slug: str, rows: Any) -> str:
    """Name the office that is chosen: from a row, else from the directory. ≤ 1 statement."""
    if not slug:
        return ""
    return next((row.office_name for row in rows if row.office_slug == slug), "") or queries.office_name(slug)
