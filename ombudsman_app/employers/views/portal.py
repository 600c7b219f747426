"""/portal/compliance: cases that were forwarded to one's own office; opening one proves receipt."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.directory.models import InstitutionKind
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.employers.commands import cases as commands
from ombudsman_app.employers.compliance import forms, told
from ombudsman_app.employers.compliance.rules import WITH_BRANCH, next_act, open_acts
from ombudsman_app.employers.errors import StepRefused
from ombudsman_app.employers.models import CaseForwarding
from ombudsman_app.employers.owners import BRANCH_ACTS
from ombudsman_app.employers.queries import cases as reading
from ombudsman_app.employers.states import breaches_in
from ombudsman_app.employers.views.case_clocks import clock_page
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.paging import read_day_key

bp = Blueprint("compliance", __name__, url_prefix="/compliance")


@bp.route("")
@policy("compliance.inbox")
def inbox() -> ResponseReturnValue:
    """What was forwarded to the own office, what is due first stands first. ≤ 5 statements."""
    actor, given = current_actor(), request.args
    is_ended = given.get("show") == "ended"
    page = reading.forwarded_list(
        actor,
        is_ended=is_ended,
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
        today=today(actor.time_zone),
    )
    show = "ended" if is_ended else None
    return render_template(
        "employers/portal/inbox.html",
        rows=page.items,
        is_ended=is_ended,
        newer=url_for(".inbox", show=show, before=page.previous_key) if page.previous_key else "",
        older=url_for(".inbox", show=show, after=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:forwarding_id>")
@policy("compliance.read_forwarded", record=reading.forwarded_case)
def case(found: CaseForwarding) -> ResponseReturnValue:
    """One case. What was not opened yet shows its number alone. ≤ 8 statements."""
    if not found.is_received:
        return render_template("employers/portal/unopened.html", forwarding=found, case=found.case)
    page = reading.forwarded_page(found)
    here = url_for(".case", forwarding_id=found.id)
    is_worked = page.must_act and found.case.is_open
    return render_template(
        "employers/portal/case.html",
        forwarding=found,
        case=found.case,
        page=page,
        breaches=breaches_in(found.breaches),
        stops=told.stages(page),
        lines=told.forwarded_course(page),
        can_record=is_worked and bool(open_acts(found.case.state)),
        can_dispute=is_worked and found.case.state in WITH_BRANCH,
        box=portal_box(BRANCH_ACTS, found.id, here) if is_worked else None,
    )


@bp.route("/<int:forwarding_id>/open", methods=["POST"])
@policy("compliance.read_forwarded", record=reading.forwarded_case)
def open_it(found: CaseForwarding) -> ResponseReturnValue:
    """Open it: that proves receipt, and the time of the branch runs (design.md §12)."""
    commands.open_forwarding(found, actor=current_actor())
    return redirect(url_for(".case", forwarding_id=found.id))


@bp.route("/<int:forwarding_id>/letter")
@policy("compliance.read_forwarded", record=reading.forwarded_case)
def letter(found: CaseForwarding) -> ResponseReturnValue:
    """Hand over the signed letter, once receipt is proven."""
    content = bytes_of(found.document) if found.is_received and found.document else None
    if content is None or found.document is None:
        flash(_("The signed letter is not there yet. Try again in a minute."), "warning")
        return redirect(url_for(".case", forwarding_id=found.id))
    record_aside(Event.DOCUMENTS_FETCHED, "document", found.document.id, actor=current_actor())
    return download(content, name=f"{found.document.number}.pdf", media_type="application/pdf")


@bp.route("/<int:forwarding_id>/steps/new", methods=["GET", "POST"])
@policy("compliance.record", record=reading.forwarded_case)
def new_step(found: CaseForwarding) -> ResponseReturnValue:
    """Record what the branch did. ≤ 8 statements."""
    acts = open_acts(found.case.state)
    form = forms.StepForm(version=found.case.version)
    if not acts or not found.is_received:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(found.case.state), event="record_step")
        return redirect(url_for(".case", forwarding_id=found.id))
    form.offer(acts, _governments(found))
    if not form.is_submitted():
        form.renew()
        form.act.data = next_act(found.case.state)
        return _step_page(found, form)
    if not form.validate():
        return _step_page(found, form, 422)
    try:
        commands.record_step(
            found.case_id,
            form.to_input(),
            forwarding=found,
            version=form.shown_version,
            actor=current_actor(),
        )
    except StepRefused as refused:
        form.refuse(refused)
        return _step_page(_again(found), form, 422)
    flash(_("The step is recorded. Its time runs."))
    return redirect(url_for(".case", forwarding_id=found.id))


@bp.route("/<int:forwarding_id>/steps/<int:step_id>/correct", methods=["GET", "POST"])
@policy("compliance.record", record=reading.forwarded_step)
def correct_step(found: reading.StepOfCase) -> ResponseReturnValue:
    """Record an act again as it really was; the earlier row stays. ≤ 8 statements."""
    row, step = found.forwarding, found.step
    if row is None:
        raise NotVisible
    form = forms.StepForm(version=found.case.version)
    form.offer([step.act], _governments(row))
    if not form.is_submitted():
        form.fill(step)
        form.renew()
        return _step_page(row, form, step=step)
    if not form.validate():
        return _step_page(row, form, 422, step=step)
    try:
        commands.correct_step(
            found.case.id,
            step.id,
            form.to_input(),
            forwarding=row,
            version=form.shown_version,
            actor=current_actor(),
        )
    except StepRefused as refused:
        form.refuse(refused)
        return _step_page(_again(row), form, 422, step=step)
    flash(_("The correction is recorded. The earlier record stays and is shown as replaced."))
    return redirect(url_for(".case", forwarding_id=row.id))


def _again(row: CaseForwarding) -> CaseForwarding:
    """Read it again after a command was refused and rolled back."""
    held = reading.forwarded_case(current_actor(), row.id)
    if held is None:
        raise NotVisible
    return held


def _governments(row: CaseForwarding) -> list[reading.BodyChoice]:
    return reading.bodies_for(
        InstitutionKind.LOCAL_GOVERNMENT, row.office.province_code or "", row.office.region_id
    )


def _step_page(row: CaseForwarding, form: forms.StepForm, status: int = 200, step: Any = None) -> Response:
    here = url_for(".new_step", forwarding_id=row.id)
    page = render_template(
        "employers/portal/case_step.html",
        forwarding=row,
        case=row.case,
        form=form,
        step=step,
        box=portal_box(BRANCH_ACTS, row.id, here) if row.case.is_open else None,
        acts=reading.acts_of(row.case),
    )
    return make_response(page, status)


@bp.route("/<int:forwarding_id>/dispute", methods=["GET", "POST"])
@policy("compliance.record", record=reading.forwarded_case)
def dispute(found: CaseForwarding) -> ResponseReturnValue:
    """Protest: for the employer, or as the branch."""
    form = forms.DisputeForm(version=found.case.version)
    if found.case.state not in WITH_BRANCH or not found.is_received:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(found.case.state), event="dispute")
        return redirect(url_for(".case", forwarding_id=found.id))
    if not form.is_submitted():
        form.renew()
    elif form.validate():
        commands.dispute_case(
            found.case_id,
            form.text.data,
            forwarding=found,
            form_key=form.form_key.data or "",
            version=form.shown_version,
            actor=current_actor(),
        )
        flash(_("Your protest has been sent. Another officer of the Ombudsman reviews it."))
        return redirect(url_for(".case", forwarding_id=found.id))
    page = render_template("employers/portal/dispute.html", forwarding=found, case=found.case, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:forwarding_id>/clocks/<int:clock_id>")
@policy("compliance.read_forwarded", record=reading.forwarded_clock)
def clock(found: reading.ClockOfCase) -> ResponseReturnValue:
    """Each day of one's time, counted or skipped, and why."""
    return clock_page("employers/portal/clock.html", found, names=False)
