"""/staff/findings: all findings of one's offices, and how old the open ones are."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.clock import today
from ombudsman_app.findings import formats, queries
from ombudsman_app.findings.states import FindingState, Origin
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import read_day_key

from .blueprint import bp


def _chosen() -> queries.RegisterFilter:
    """Read what the address asks for; what is no filter is left out."""
    given = request.args
    state, origin, age = given.get("state", ""), given.get("origin", ""), given.get("age", "")
    return queries.RegisterFilter(
        office=given.get("office", "")[:120],
        origin=Origin(origin) if origin in tuple(Origin) else None,
        state=FindingState(state) if state in tuple(FindingState) else None,
        age=int(age) if age in map(str, range(len(queries.AGES) + 1)) else None,
        is_overdue=given.get("overdue") == "yes",
        is_done=given.get("done") == "yes" or state == FindingState.DONE,
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )


def _said(chosen: queries.RegisterFilter) -> dict[str, str]:
    """Write the filters as an address has them, without the place in the list."""
    said = {
        "office": chosen.office,
        "origin": chosen.origin.value if chosen.origin else "",
        "state": chosen.state.value if chosen.state else "",
        "age": "" if chosen.age is None else str(chosen.age),
        "overdue": "yes" if chosen.is_overdue else "",
        "done": "yes" if chosen.is_done else "",
    }
    return {name: value for name, value in said.items() if value}


@bp.route("")
@policy("findings.register")
def register() -> ResponseReturnValue:
    """What is due first stands first. ≤ 6 statements, whatever the data."""
    actor, chosen = current_actor(), _chosen()
    day = today(actor.time_zone)
    page = queries.register_page(actor, chosen, today=day)
    ages = queries.ages_by_office(actor, today=day)
    said = _said(chosen)

    def address(**more: Any) -> str:
        kept = {name: value for name, value in {**said, **more}.items() if value}
        return url_for(".register", **kept)

    names = {row.office_slug: row.office_name for row in page.items} | {one.slug: one.name for one in ages}
    return render_template(
        "findings/staff/register.html",
        rows=page.items,
        chosen=chosen,
        is_filtered=bool(said),
        address=address,
        boxes=formats.register_boxes(chosen, names),
        picture=formats.ages_picture(ages, lambda slug: address(office=slug)),
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )
