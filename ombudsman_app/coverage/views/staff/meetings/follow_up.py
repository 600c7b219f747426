"""/staff/meetings/<id>/follow-up: what was promised, place by place, and what became of it."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.coverage.commands.commitments import carry_over
from ombudsman_app.coverage.forms.meetings import CarryForm
from ombudsman_app.coverage.models import MonitoringMeeting
from ombudsman_app.coverage.queries import commitments as promised
from ombudsman_app.coverage.queries import meetings as queries
from ombudsman_app.web import charts
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import whole_number
from ombudsman_app.web.formats import day_short

from .blueprint import bp

_STATES = ("done", "reported", "open", "dropped", "late")  # as `PlaceCount.parts`


@bp.route("/<int:meeting_id>/follow-up")
@policy("meetings.read", record=queries.visible_meeting)
def follow_up(found: MonitoringMeeting) -> ResponseReturnValue:
    """What became of the commitments, in a sentence, a picture and a table of places. ≤ 7 statements."""
    day = today(found.representative_office.time_zone)
    places = promised.matrix_of(found, today=day)

    def link(key: str, column: int | None) -> str:
        kind, _colon, row_id = key.partition(":")
        asked: dict[str, Any] = {"meeting": found.id, kind: row_id}
        if column is not None:
            asked |= {"late": "yes"} if _STATES[column] == "late" else {"state": _STATES[column]}
        return url_for(".commitments", **asked)

    return render_template(
        "coverage/staff/meeting_follow_up.html",
        meeting=found,
        places=places,
        sums=_sums(places),
        stacks=charts.stacks([(one.key, one.parts) for one in places], _columns(), most=40),
        names={one.key: one.name for one in places} | {"": _("All others")},
        link=link,
    )


def _columns() -> list[str]:
    return [_("Done"), _("Reported, to be confirmed"), _("Open, in time"), _("Dropped"), _("Late")]


def _sums(places: Sequence[promised.PlaceCount]) -> dict[str, int]:
    columns = zip(*(one.parts for one in places), strict=True)
    sums = dict(zip(_STATES, (sum(column) for column in columns), strict=False))
    return {**sums, "all": sum(sums.values()), "silent": sum(one.total == 0 for one in places)}


@bp.route("/<int:meeting_id>/carry", methods=["GET", "POST"])
@policy("meetings.work", record=queries.visible_meeting)
def carry(found: MonitoringMeeting) -> ResponseReturnValue:
    """Go on with what runs of an earlier meeting. ≤ 6 statements."""
    form, earlier = CarryForm(), queries.earlier_meetings(found)
    form.offer([(one.id, _named(one)) for one in earlier])
    if form.is_submitted() and not earlier:
        return redirect(url_for(".carry", meeting_id=found.id))
    if form.validate_on_submit():
        number = carry_over(found, whole_number(form.earlier.data), actor=current_actor())
        flash(_("Carried over: %(number)s.", number=number))
        return redirect(url_for(".meeting", meeting_id=found.id))
    page = render_template("coverage/staff/meeting_carry.html", form=form, meeting=found, earlier=earlier)
    return page, 422 if form.is_submitted() else 200


def _named(one: queries.EarlierMeeting) -> str:
    words: str = _(
        "%(topic)s, %(day)s: %(number)s still run",
        topic=one.topic,
        day=day_short(one.meets_on),
        number=one.running,
    )
    return words
