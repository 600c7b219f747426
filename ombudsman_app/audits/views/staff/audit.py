"""/staff/audits/<id>: the page of an audit; its parts come from the slices that have them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from ombudsman_app.audits.formats.stages import STAGE_WORDS
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.page_parts import parts_of
from ombudsman_app.audits.queries import visible_audit
from ombudsman_app.audits.states import STAGES, AuditState
from ombudsman_app.web import charts
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import VersionedForm
from ombudsman_app.web.formats import day_brief

from .blueprint import bp


@bp.route("/<int:audit_id>")
@policy("audits.read", record=visible_audit)
def audit(found: Audit) -> ResponseReturnValue:
    """Where it stands, who works on it, and what comes next. ≤ 10 statements with all parts."""
    return audit_shown(found)


def audit_shown(found: Audit, status: int = 200, **changed: Any) -> Response:
    """Write the page; `changed` puts a form with its errors in the place of an empty one of a part."""
    parts = parts_of(current_actor(), found, changed)
    page = render_template(
        "audits/staff/audit.html",
        audit=found,
        stops=_stops(found),
        zone=found.representative_office.time_zone,
        version_form=VersionedForm(formdata=None, version=found.version),
        **{
            f"{place}_parts": [one for one in parts if one.place == place]
            for place in ("next", "main", "aside")
        },
    )
    return make_response(page, status)


def _stops(found: Audit) -> Any:
    """Return the stages with the days on which they were reached; none where it was cancelled."""
    if found.state is AuditState.CANCELLED:
        return ()
    zone = ZoneInfo(found.representative_office.time_zone)
    reached = {
        AuditState.IN_FIELD: found.started_at,
        AuditState.SUBMITTED: found.submitted_at,
        AuditState.REVIEWED: found.reviewed_at,
        AuditState.DRAFT_SENT: found.draft_sent_on,
        AuditState.FINAL: found.finalised_at,
        AuditState.PUBLISHED: found.published_on,
    }
    present = STAGES.index(found.state)
    named = [
        (str(STAGE_WORDS[state]), _brief(reached.get(state), zone) if place <= present else "")
        for place, state in enumerate(STAGES)
    ]
    return charts.stops(named, present=present)


def _brief(at: date | datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return ""
    return day_brief(at.astimezone(zone).date() if isinstance(at, datetime) else at)
