"""/portal/outreach: a branch or a Pemda plans and reports its own events in its own place."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.coverage import outreach_words as words
from ombudsman_app.coverage.commands import outreach as commands
from ombudsman_app.coverage.forms.outreach import CancelOutreachForm, OutreachForm, ResultForm
from ombudsman_app.coverage.models import OutreachEvent
from ombudsman_app.coverage.outreach_errors import OutreachRefused
from ombudsman_app.coverage.outreach_owners import OWN_FILES
from ombudsman_app.coverage.outreach_scope import outreach_scope
from ombudsman_app.coverage.outreach_states import OUTREACH, OutreachState
from ombudsman_app.coverage.queries import outreach as queries
from ombudsman_app.coverage.queries import outreach_choices, outreach_list
from ombudsman_app.web.access import current_actor, may, policy

bp = Blueprint("outreach", __name__, url_prefix="/outreach")


@bp.route("")
@policy("outreach.own")
def events() -> ResponseReturnValue:
    """Events that the own office holds, the latest day first. ≤ 5 statements."""
    actor, chosen = current_actor(), outreach_list.read_filter(request.args)
    day = today(actor.time_zone)
    page = outreach_list.events_page(actor, chosen, today=day, is_own=True)
    return render_template(
        "coverage/portal/outreach.html",
        rows=page.items,
        words=words,
        today=day,
        newer=url_for(".events", before=page.previous_key) if page.previous_key else "",
        older=url_for(".events", after=page.next_key) if page.next_key else "",
    )


@bp.route("/new", methods=["GET", "POST"])
@policy("outreach.add_own")
def new() -> ResponseReturnValue:
    """Write an own event down, before or after its day. ≤ 6 statements."""
    form = _form()
    if not form.is_submitted():
        form.renew()
        return _plan(form)
    if form.validate():
        try:
            made = commands.plan_outreach(form.to_input(), actor=current_actor())
        except OutreachRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.say("region", "place")
        else:
            flash(_("The event is written down. The Ombudsman sees it as reported by your office."))
            is_over = made.starts_at <= now()
            return redirect(url_for(".report" if is_over else ".event", event_id=made.id))
    return _plan(form, status=422)


@bp.route("/<int:event_id>")
@policy("outreach.read_own", record=queries.own_event)
def event(found: OutreachEvent) -> ResponseReturnValue:
    """One event of the own office. What the Ombudsman wrote down is read only. ≤ 8 statements."""
    works = may("outreach.work_own", found) and found.state is not OutreachState.CANCELLED
    here = url_for(".event", event_id=found.id)
    return render_template(
        "coverage/portal/outreach_event.html",
        event=found,
        page=queries.outreach_page(found, with_names=False),
        words=words,
        zone=found.region.time_zone,
        today=today(found.region.time_zone),
        has_begun=found.starts_at <= now(),
        works=works,
        is_portal=True,
        box=portal_box(OWN_FILES, found.id, here) if works else None,
    )


@bp.route("/<int:event_id>/edit", methods=["GET", "POST"])
@policy("outreach.work_own", record=queries.own_event)
def edit(found: OutreachEvent) -> ResponseReturnValue:
    """Correct day, place and the like of an own event. ≤ 9 statements."""
    if found.state is OutreachState.CANCELLED:
        raise MoveNotAllowed(state=str(found.state), event="change")
    form = _form()
    form.keep(found)
    if not form.is_submitted():
        form.fill(found)
        return _plan(form, found)
    if form.validate():
        try:
            commands.change_outreach(
                found, form.to_input(), version=form.shown_version, actor=current_actor()
            )
        except OutreachRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.say("region", "place")
        else:
            return _stored(found, _("The changes are stored. What was there before stays to be read."))
    return _plan(form, found, 422)


@bp.route("/<int:event_id>/report", methods=["GET", "POST"])
@policy("outreach.work_own", record=queries.own_event)
def report(found: OutreachEvent) -> ResponseReturnValue:
    """Say what came of an own event, or correct that. ≤ 6 statements."""
    if found.state is not OutreachState.HELD:
        OUTREACH.after(found.state, "hold")
    form = ResultForm()
    form.offer([])  # promises are linked by the staff, who see those of all bodies
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        given: Any = form.to_input(kept_commitment=found.commitment_id)
        try:
            commands.report_outreach(found, given, version=form.shown_version, actor=current_actor())
        except OutreachRefused as refused:
            if "field" not in refused.details:
                raise
            form.refuse(refused)
        else:
            return _stored(found, _("What came of the event is stored."))
    page = render_template("coverage/portal/outreach_report.html", form=form, event=found)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:event_id>/cancel", methods=["GET", "POST"])
@policy("outreach.work_own", record=queries.own_event)
def cancel(found: OutreachEvent) -> ResponseReturnValue:
    """Say that an own event does not take place, or did not after all. ≤ 5 statements."""
    OUTREACH.after(found.state, "cancel")
    form = CancelOutreachForm()
    if not form.is_submitted():
        form.version.data = str(found.version)
    elif form.validate():
        commands.cancel_outreach(found, form.reason.data, version=form.shown_version, actor=current_actor())
        return _stored(found, _("The event is cancelled. What was written stays to be read."))
    page = render_template("coverage/portal/outreach_cancel.html", form=form, event=found)
    return page, 422 if form.is_submitted() else 200


def _form() -> OutreachForm:
    """Return the form with one's own offices and where they work. ≤ 3 statements."""
    actor, form = current_actor(), OutreachForm()
    offices = outreach_scope(actor).own_offices
    form.offer(outreach_choices.places_of_offices(offices), outreach_choices.own_offices(actor, offices))
    return form


def _stored(event: OutreachEvent, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for(".event", event_id=event.id))


def _plan(form: OutreachForm, event: OutreachEvent | None = None, status: int = 200) -> Response:
    page = render_template("coverage/portal/outreach_plan.html", form=form, event=event)
    return make_response(page, status)
