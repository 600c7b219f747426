"""/staff/employers/pictures: where workers are left out."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.employers import formats, queries
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/pictures")
@policy("employers.list")
def pictures() -> ResponseReturnValue:
    """Sums by regency and sector. ≤ 5 statements."""
    actor = current_actor()
    places, sections = queries.gap_by_place(actor), queries.gap_by_section(actor)
    return render_template(
        "employers/staff/pictures.html",
        by_place=formats.gap_picture(places, {one.key: one.name for one in places}),
        by_section=formats.gap_picture(
            sections, {one.key: formats.section_word(one.key) for one in sections}
        ),
        of_place=lambda key, _column: url_for(".register", place=key, gap="yes"),
        of_section=lambda key, _column: url_for(".register", sector=key, gap="yes"),
        low=sum(one.low for one in places),
        high=sum(one.high for one in places),
        employers=sum(one.employers for one in places),
    )
