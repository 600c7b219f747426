"""/staff/employers/cases/<id>/…: the case goes to offices, acts are recorded, protests and delays decided."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.directory.models import InstitutionKind
from ombudsman_app.employers.commands import cases as commands
from ombudsman_app.employers.compliance import forms
from ombudsman_app.employers.compliance.proposal import proposed_finding
from ombudsman_app.employers.compliance.rules import CaseState, Recipient, next_act, open_acts
from ombudsman_app.employers.errors import CaseRefused, StepRefused
from ombudsman_app.employers.models import EmployerComplianceCase
from ombudsman_app.employers.owners import ACTS
from ombudsman_app.employers.queries import cases as reading
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import VersionedForm
from ombudsman_app.web.refusals import REFUSALS

from .cases import case_shown
from .cases_blueprint import bp

_BODIES = {
    Recipient.BRANCH: InstitutionKind.SOCIAL_SECURITY_BODY,
    Recipient.LABOUR_OFFICE: InstitutionKind.LABOUR_OFFICE,
}


@bp.route("/cases/<int:case_id>/branch", methods=["GET", "POST"])
@policy("compliance.work", record=reading.visible_case)
def branch(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Write what the branch shall read. ≤ 7 statements."""
    return _forward(found, Recipient.BRANCH)


@bp.route("/cases/<int:case_id>/labour-office", methods=["GET", "POST"])
@policy("compliance.work", record=reading.visible_case)
def labour_office(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Write what the labour office shall read. ≤ 7 statements."""
    return _forward(found, Recipient.LABOUR_OFFICE)


def _forward(found: EmployerComplianceCase, recipient: Recipient) -> ResponseReturnValue:
    form = forms.ForwardForm(version=found.version)
    offices = reading.bodies_for(
        _BODIES[recipient], reading.province_of_case(found), found.employer.region_id
    )
    form.offer(offices)
    if form.is_submitted() and not offices:
        raise CaseRefused(why="no_office")
    if not form.is_submitted():
        draft = reading.draft_of(found, recipient)
        if draft:
            form.office.data, form.summary.data = draft.office_id, draft.summary
    elif form.validate():
        given = form.to_input(recipient)
        commands.propose_forwarding(found, given, version=form.shown_version, actor=current_actor())
        flash(_("The summary waits for another person, who releases it."))
        return redirect(url_for(".case", case_id=found.id))
    page = render_template(
        "employers/staff/case_forward.html", case=found, form=form, recipient=recipient, offices=offices
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/cases/<int:case_id>/forwardings/<int:forwarding_id>/release", methods=["POST"])
@policy("compliance.release", record=reading.visible_forwarding)
def release(found: reading.ForwardingOfCase) -> ResponseReturnValue:
    """Let a summary go: the letter gets its number in the same moment."""
    version = VersionedForm().shown_version
    commands.release_forwarding(found.row, version=version, actor=current_actor())
    flash(_("Forwarded. The letter has its number; the time of the branch runs once receipt is proven."))
    return redirect(url_for(".case", case_id=found.case.id))


@bp.route("/cases/<int:case_id>/steps/new", methods=["GET", "POST"])
@policy("compliance.work", record=reading.visible_case)
def new_step(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Record an act from the letter of a public body. ≤ 8 statements."""
    acts = open_acts(found.state)
    form = forms.StepForm(version=found.version)
    if not acts:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(found.state), event="record_step")
        return redirect(url_for(".case", case_id=found.id))
    form.offer(acts, _governments(found))
    if not form.is_submitted():
        form.renew()
        form.act.data = next_act(found.state)
        return _step_page(found, form)
    if not form.validate():
        return _step_page(found, form, 422)
    try:
        commands.record_step(found.id, form.to_input(), version=form.shown_version, actor=current_actor())
    except StepRefused as refused:
        form.refuse(refused)
        held = reading.visible_case(current_actor(), found.id)
        return _step_page(held or found, form, 422)
    flash(_("The step is recorded. Its time runs."))
    return redirect(url_for(".case", case_id=found.id))


@bp.route("/cases/<int:case_id>/steps/<int:step_id>/correct", methods=["GET", "POST"])
@policy("compliance.work", record=reading.visible_step)
def correct_step(found: reading.StepOfCase) -> ResponseReturnValue:
    """Record an act again as it really was; the earlier row stays. ≤ 8 statements."""
    case, step = found.case, found.step
    form = forms.StepForm(version=case.version)
    form.offer([step.act], _governments(case))
    if not form.is_submitted():
        form.fill(step)
        form.renew()
        return _step_page(case, form, step=step)
    if not form.validate():
        return _step_page(case, form, 422, step=step)
    try:
        commands.correct_step(
            case.id, step.id, form.to_input(), version=form.shown_version, actor=current_actor()
        )
    except StepRefused as refused:
        form.refuse(refused)
        held = reading.visible_case(current_actor(), case.id)
        return _step_page(held or case, form, 422, step=step)
    flash(_("The correction is recorded. The earlier record stays and is shown as replaced."))
    return redirect(url_for(".case", case_id=case.id))


def _governments(found: EmployerComplianceCase) -> list[reading.BodyChoice]:
    return reading.bodies_for(
        InstitutionKind.LOCAL_GOVERNMENT, reading.province_of_case(found), found.employer.region_id
    )


def _step_page(
    found: EmployerComplianceCase, form: forms.StepForm, status: int = 200, step: Any = None
) -> Response:
    here = url_for(".new_step", case_id=found.id)
    page = render_template(
        "employers/staff/case_step.html",
        case=found,
        form=form,
        step=step,
        box=staff_box(ACTS, found.id, here) if found.is_open else None,
        acts=reading.acts_of(found),
    )
    return make_response(page, status)


@bp.route("/cases/<int:case_id>/dispute", methods=["GET", "POST"])
@policy("compliance.work", record=reading.visible_case)
def dispute(found: EmployerComplianceCase) -> ResponseReturnValue:
    """File a protest that came by letter."""
    form = forms.DisputeForm(version=found.version)
    if not form.is_submitted():
        form.renew()
    elif form.validate():
        commands.dispute_case(
            found.id,
            form.text.data,
            form_key=form.form_key.data or "",
            version=form.shown_version,
            actor=current_actor(),
        )
        flash(_("The protest is filed. Another officer reviews it."))
        return redirect(url_for(".case", case_id=found.id))
    page = render_template("employers/staff/case_dispute.html", case=found, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/cases/<int:case_id>/review", methods=["POST"])
@policy("compliance.review", record=reading.visible_case)
def review(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Say whether a protest is right."""
    if found.state is not CaseState.DISPUTED:
        raise MoveNotAllowed(state=str(found.state), event="review")
    form = forms.ReviewForm()
    if not form.validate():
        return case_shown(found, 422, review_form=form)
    try:
        commands.review_dispute(found, form.to_input(), version=form.shown_version, actor=current_actor())
    except CaseRefused as refused:
        form.reason.errors = [*form.reason.errors, refused_words(refused)]
        held = reading.visible_case(current_actor(), found.id)
        return case_shown(held or found, 422, review_form=form)
    flash(_("Your review stands. The branch is told."))
    return redirect(url_for(".case", case_id=found.id))


def refused_words(refused: CaseRefused) -> str:
    """Return the sentence of a refusal, to stand beside a field."""
    return str(REFUSALS[refused.code].by_why[refused.details["why"]])


@bp.route("/cases/<int:case_id>/delays/<int:delay_id>", methods=["GET", "POST"])
@policy("compliance.decide_delay", record=reading.visible_delay)
def delay(found: reading.DelayOfCase) -> ResponseReturnValue:
    """Let a delay become a finding, in the words that are proposed or in others."""
    if found.delay.decision is not None or found.delay.proposed_at is None:
        form = forms.DelayForm()
        if form.is_submitted():
            raise MoveNotAllowed(state="decided", event="decide_delay")
        return redirect(url_for(".case", case_id=found.case.id))
    form = forms.DelayForm(version=found.case.version)
    if not form.is_submitted():
        form.fill(proposed_finding(found))
        return _delay_page(found, form)
    if not form.validate():
        return _delay_page(found, form, 422)
    made = commands.find_delay(
        found.delay, form.to_input(), version=form.shown_version, actor=current_actor()
    )
    flash(_("The finding is a draft now. Read it once more, then send it to the office."))
    return redirect(url_for("staff.findings.finding", finding_id=made.id))


@bp.route("/cases/<int:case_id>/delays/<int:delay_id>/drop", methods=["POST"])
@policy("compliance.decide_delay", record=reading.visible_delay)
def drop_delay(found: reading.DelayOfCase) -> ResponseReturnValue:
    """Make no finding of a delay, with the reason."""
    form = forms.DropDelayForm()
    if not form.validate():
        return _delay_page(found, _proposed_form(found), 422, drop=form)
    commands.drop_delay(found.delay, form.reason.data, version=form.shown_version, actor=current_actor())
    flash(_("No finding is made. The lateness stays on the case."))
    return redirect(url_for(".case", case_id=found.case.id))


def _proposed_form(found: reading.DelayOfCase) -> forms.DelayForm:
    form = forms.DelayForm(formdata=None, version=found.case.version)
    form.fill(proposed_finding(found))
    return form


def _delay_page(
    found: reading.DelayOfCase, form: forms.DelayForm, status: int = 200, drop: Any = None
) -> Response:
    page = render_template(
        "employers/staff/case_delay.html",
        case=found.case,
        delay=found.delay,
        clock=found.clock,
        form=form,
        drop_form=drop or forms.DropDelayForm(formdata=None, version=found.case.version),
    )
    return make_response(page, status)
