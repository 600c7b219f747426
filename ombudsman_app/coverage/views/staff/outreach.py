"""/staff/outreach: where people were told of their insurance, what came of it, and where nobody went."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.coverage import outreach_boxes as boxes
from ombudsman_app.coverage import outreach_pictures as pictures
from ombudsman_app.coverage import outreach_words as words
from ombudsman_app.coverage.commands import outreach as commands
from ombudsman_app.coverage.forms.outreach import CancelOutreachForm, OutreachForm, ResultForm
from ombudsman_app.coverage.measure_codes import measure_from
from ombudsman_app.coverage.models import OutreachEvent
from ombudsman_app.coverage.outreach_errors import OutreachRefused
from ombudsman_app.coverage.outreach_owners import FILES
from ombudsman_app.coverage.outreach_sheet import SHEET_ROWS, outreach_sheet
from ombudsman_app.coverage.outreach_states import OUTREACH, OutreachState
from ombudsman_app.coverage.queries import measures_held, outreach_choices, outreach_list
from ombudsman_app.coverage.queries import outreach as queries
from ombudsman_app.coverage.queries.local_rule_list import places_in
from ombudsman_app.coverage.queries.local_rule_page import places_to_write
from ombudsman_app.coverage.queries.outreach_places import reached_places
from ombudsman_app.coverage.queries.places import place_of
from ombudsman_app.coverage.states import Level
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv
from ombudsman_app.web.paging import read_id

bp = Blueprint("outreach", __name__, url_prefix="/outreach")


@bp.route("")
@policy("outreach.list")
def events() -> ResponseReturnValue:
    """Events in one's places, the latest day first. ≤ 9 statements."""
    actor, chosen = current_actor(), outreach_list.read_filter(request.args)
    day, said = today(actor.time_zone), chosen.said()
    page = outreach_list.events_page(actor, chosen, today=day)
    provinces = outreach_list.watched_provinces(actor, day)
    inside = chosen.province or (provinces[0][0] if len(provinces) == 1 else "")

    def address(**more: Any) -> str:
        return url_for(".events", **{name: value for name, value in {**said, **more}.items() if value})

    return render_template(
        "coverage/staff/outreach.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        words=words,
        today=day,
        counts=outreach_list.event_counts(actor, chosen, today=day),
        boxes=boxes.outreach_boxes(chosen, provinces, places_in(inside), _years()),
        address=address,
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


@bp.route("/csv")
@policy("outreach.list")
def events_csv() -> Response:
    """The events of a filter as a sheet. ≤ 5 statements."""
    actor, chosen = current_actor(), outreach_list.read_filter(request.args)
    day = today(actor.time_zone)
    rows = outreach_list.all_events(actor, chosen, today=day, limit=SHEET_ROWS + 1)
    head, lines = outreach_sheet(rows, day)
    word = _("outreach events")
    return download(write_csv(head, lines), name=f"{word}.csv", media_type=CSV)


@bp.route("/places")
@policy("outreach.list")
def places() -> ResponseReturnValue:
    """Where events were held in a province, beside the gap of coverage there. ≤ 10 statements."""
    actor = current_actor()
    provinces = outreach_list.watched_provinces(actor, today(actor.time_zone))
    known = [code for code, _name in provinces]
    asked = request.args.get("province", "")
    code = asked if asked in known else (known[0] if known else "")
    year = outreach_list.read_year(request.args.get("year", ""))
    measure = measure_from("", measures_held(Level.REGENCY))
    rows = reached_places(actor, code, measure, year=year) if code else []
    return render_template(
        "coverage/staff/outreach_places.html",
        province=place_of(code) if code else None,
        measure=measure,
        year=year,
        rows=rows,
        picture=pictures.picture_of(rows, lambda one: _link(code, one.id, year)),
        boxes=[boxes.province_box(provinces, code)] * (len(provinces) > 1) + [boxes.year_box(_years(), year)],
    )


@bp.route("/new", methods=["GET", "POST"])
@policy("outreach.add")
def new() -> ResponseReturnValue:
    """Write an event down, before or after its day. ≤ 6 statements."""
    actor, form = current_actor(), OutreachForm()
    form.offer(places_to_write(actor), outreach_choices.holders_for(actor))
    if not form.is_submitted():
        form.renew()
        form.region.data = str(read_id(request.args.get("place")) or "")
        return _plan(form)
    if form.validate():
        try:
            made = commands.plan_outreach(form.to_input(), actor=actor)
        except OutreachRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.say("region", "place")
        else:
            flash(_("The event is written down."))
            is_over = made.starts_at <= now()
            return redirect(url_for(".report" if is_over else ".event", event_id=made.id))
    return _plan(form, status=422)


@bp.route("/<int:event_id>")
@policy("outreach.read", record=queries.visible_event)
def event(found: OutreachEvent) -> ResponseReturnValue:
    """One event: what is planned, what came of it, its files, its history. ≤ 8 statements."""
    works = may("outreach.work", found) and found.state is not OutreachState.CANCELLED
    here = url_for(".event", event_id=found.id)
    return render_template(
        "coverage/staff/outreach_event.html",
        event=found,
        page=queries.outreach_page(found),
        words=words,
        zone=found.region.time_zone,
        today=today(found.region.time_zone),
        has_begun=found.starts_at <= now(),
        works=works,
        box=staff_box(FILES, found.id, here) if works else None,
    )


@bp.route("/<int:event_id>/edit", methods=["GET", "POST"])
@policy("outreach.work", record=queries.visible_event)
def edit(found: OutreachEvent) -> ResponseReturnValue:
    """Correct day, place, who holds it and the like. ≤ 9 statements."""
    if found.state is OutreachState.CANCELLED:
        raise MoveNotAllowed(state=str(found.state), event="change")
    actor, form = current_actor(), OutreachForm()
    form.offer(places_to_write(actor), outreach_choices.holders_for(actor))
    form.keep(found)
    if not form.is_submitted():
        form.fill(found)
        return _plan(form, found)
    if form.validate():
        try:
            commands.change_outreach(found, form.to_input(), version=form.shown_version, actor=actor)
        except OutreachRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.say("region", "place")
        else:
            return _stored(found, _("The changes are stored. What was there before stays to be read."))
    return _plan(form, found, 422)


@bp.route("/<int:event_id>/report", methods=["GET", "POST"])
@policy("outreach.work", record=queries.visible_event)
def report(found: OutreachEvent) -> ResponseReturnValue:
    """Say what came of it, or correct that. ≤ 7 statements."""
    if found.state is not OutreachState.HELD:
        OUTREACH.after(found.state, "hold")
    form = ResultForm()
    form.offer(outreach_choices.promises_near(found))
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        try:
            commands.report_outreach(
                found,
                form.to_input(kept_commitment=found.commitment_id),
                version=form.shown_version,
                actor=current_actor(),
            )
        except OutreachRefused as refused:
            if "field" not in refused.details:
                raise
            form.refuse(refused)
        else:
            return _stored(found, _("What came of the event is stored."))
    page = render_template("coverage/staff/outreach_report.html", form=form, event=found, words=words)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:event_id>/cancel", methods=["GET", "POST"])
@policy("outreach.work", record=queries.visible_event)
def cancel(found: OutreachEvent) -> ResponseReturnValue:
    """Say that it does not take place, or did not after all. ≤ 5 statements."""
    OUTREACH.after(found.state, "cancel")
    form = CancelOutreachForm()
    if not form.is_submitted():
        form.version.data = str(found.version)
    elif form.validate():
        commands.cancel_outreach(found, form.reason.data, version=form.shown_version, actor=current_actor())
        return _stored(found, _("The event is cancelled. What was written stays to be read."))
    page = render_template("coverage/staff/outreach_cancel.html", form=form, event=found)
    return page, 422 if form.is_submitted() else 200


def _stored(event: OutreachEvent, told: str) -> ResponseReturnValue:
    flash(told)
    return redirect(url_for(".event", event_id=event.id))


def _plan(form: OutreachForm, event: OutreachEvent | None = None, status: int = 200) -> Response:
    page = render_template("coverage/staff/outreach_plan.html", form=form, event=event)
    return make_response(page, status)


def _years() -> list[int]:
    """Return the years that one can ask for, the latest first. 1 statement."""
    actor = current_actor()
    present = today(actor.time_zone).year
    first, last = outreach_list.years_of(actor) or (present, present)
    return list(range(max(last, present), min(first, present) - 1, -1))


def _link(province: str, region_id: int, year: int | None) -> str:
    return url_for(".events", province=province, place=region_id, year=year, view="held")
