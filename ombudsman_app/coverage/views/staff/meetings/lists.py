"""/staff/meetings and /staff/meetings/commitments: both lists."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.coverage.meeting_scope import meeting_scope
from ombudsman_app.coverage.queries import commitments as promised
from ombudsman_app.coverage.queries import meetings as queries
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import read_day_key

from .blueprint import bp


@bp.route("")
@policy("meetings.list")
def meetings() -> ResponseReturnValue:
    """Meetings of one's offices, the latest day first. ≤ 6 statements."""
    actor, given = current_actor(), request.args
    view = given.get("view", "") if given.get("view") in queries.VIEWS else ""
    page = queries.meetings_page(
        actor, view, after=read_day_key(given.get("after")), before=read_day_key(given.get("before"))
    )
    return render_template(
        "coverage/staff/meetings.html",
        rows=page.items,
        view=view,
        counts=queries.meeting_counts(actor),
        newer=url_for(".meetings", view=view or None, before=page.previous_key) if page.previous_key else "",
        older=url_for(".meetings", view=view or None, after=page.next_key) if page.next_key else "",
    )


@bp.route("/commitments")
@policy("meetings.commitments")
def commitments() -> ResponseReturnValue:
    """What was promised at all meetings, due first. ≤ 7 statements."""
    actor, chosen = current_actor(), promised.read_filter(request.args)
    day, said = today(actor.time_zone), chosen.said()
    page = promised.commitments_page(actor, chosen, today=day)

    def address(**more: Any) -> str:
        given: dict[str, Any] = {**said, **more}
        return url_for(".commitments", **given)

    return render_template(
        "coverage/staff/commitments.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        counts=promised.commitments_counts(actor, today=day),
        boxes=_boxes(said),
        meeting=queries.visible_meeting(actor, chosen.meeting_id) if chosen.meeting_id else None,
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


def _boxes(said: dict[str, str]) -> list[dict[str, Any]]:
    """Return the boxes for place and body. 2 statements for somebody of one office."""
    offices = meeting_scope(current_actor()).offices
    places = {key: name for office in offices for key, name in promised.places_watched(office).items()}
    bodies = {one.id: one.name for one in queries.bodies_for(offices)}
    return [_box("place", _("Place"), places, said), _box("body", _("Body"), bodies, said)]


def _box(name: str, label: str, options: dict[int, str], said: dict[str, str]) -> dict[str, Any]:
    every = [("", _("All")), *((str(key), words) for key, words in options.items())]
    return {"name": name, "label": label, "options": every, "chosen": said.get(name, "")}
