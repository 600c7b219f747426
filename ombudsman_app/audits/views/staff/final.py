"""/staff/audits/<id>: from the reviewed result to the final one."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import commands, forms, queries
from ombudsman_app.audits.errors import FindingsOpen, ResponsesOpen
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries.orders import SendingOrder, own_sending
from ombudsman_app.audits.states import AuditState
from ombudsman_app.audits.views.clocks import clock_page
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:audit_id>/draft", methods=["GET", "POST"])
@policy("audits.release", record=queries.visible_audit)
def send_draft(audit: Audit) -> ResponseReturnValue:
    """Look at the reviewed result once more and send it to the office as a draft."""
    form = forms.VersionedForm(version=audit.version)
    if form.is_submitted():
        if audit.state is not AuditState.REVIEWED:
            raise MoveNotAllowed(state=str(audit.state), event="send_draft")
        form.validate()
        commands.send_draft(audit, version=form.shown_version, actor=current_actor())
        flash(_("The draft was sent to the office. Its time begins when receipt is proven."))
        return redirect(url_for(".responses", audit_id=audit.id))
    if audit.state is not AuditState.REVIEWED:
        return redirect(url_for(".responses", audit_id=audit.id))
    page = queries.draft_page(audit)
    if page is None:
        raise NotVisible
    return render_template("audits/staff/send_draft.html", audit=audit, page=page, form=form)


@bp.route("/<int:audit_id>/responses")
@policy("audits.read", record=queries.visible_audit)
def responses(audit: Audit) -> ResponseReturnValue:
    """What the office says, beside what was assessed. ≤ 8 statements."""
    found = queries.responses_page(audit)
    if found is None:
        raise NotVisible
    return render_template("audits/staff/responses.html", audit=audit, found=found, page=found.page)


@bp.route("/<int:audit_id>/answer-time")
@policy("audits.read", record=queries.visible_audit_clock)
def answer_time(found: queries.ClockOfAudit) -> ResponseReturnValue:
    """Each day of the office's time to answer, counted or skipped, and why."""
    form = forms.VersionedForm(formdata=None, version=found.audit.version)
    return clock_page("audits/staff/clock.html", found, names=True, form=form)


@bp.route("/<int:audit_id>/answer-time/release", methods=["POST"])
@policy("audits.release", record=queries.visible_audit_clock)
def release_answer_day(found: queries.ClockOfAudit) -> ResponseReturnValue:
    """Let the time end on the earlier day that a newer calendar gives."""
    commands.release_earlier_audit_day(found.audit, actor=current_actor())
    flash(_("The earlier last day holds now. Tell the office."))
    return redirect(url_for(".answer_time", audit_id=found.audit.id))


@bp.route("/<int:audit_id>/final", methods=["GET", "POST"])
@policy("audits.release", record=queries.visible_audit)
def final(audit: Audit) -> ResponseReturnValue:
    """What changed between draft and final result; make it final. 409 while something is open."""
    form = forms.VersionedForm(version=audit.version)
    if not form.is_submitted():
        return _final_page(audit, form)
    if audit.state is not AuditState.DRAFT_SENT:
        raise MoveNotAllowed(state=str(audit.state), event="finalise")
    form.validate()
    try:
        commands.finalise(audit, version=form.shown_version, actor=current_actor())
    except (ResponsesOpen, FindingsOpen):
        held = queries.visible_audit(current_actor(), audit.id)
        if held is None:
            raise NotVisible from None
        return _final_page(held, forms.VersionedForm(formdata=None, version=held.version), 409)
    flash(_("The result is final. The office was told."))
    return redirect(url_for(".proposals", audit_id=audit.id))


def _final_page(audit: Audit, form: forms.VersionedForm, status: int = 200) -> Response:
    found = queries.responses_page(audit)
    if found is None:
        raise NotVisible
    after = queries.foreseen(found)
    page = render_template(
        "audits/staff/final.html",
        audit=audit,
        page=found.page,
        after=after,
        changed=queries.differences(found.page.draft, after, found.page.last),
        open_points=queries.open_points(found, queries.proposals_of(audit)),
        form=form,
    )
    return make_response(page, status)


@bp.route("/<int:audit_id>/findings/send", methods=["POST"])
@policy("audits.confirm", record=queries.visible_audit)
def send_findings(audit: Audit) -> ResponseReturnValue:
    """Have the findings of the final audit sent, each with its letter."""
    return redirect(url_for(".sending", uuid=commands.order_sending(audit, actor=current_actor())))


@bp.route("/sending/<uuid:uuid>")
@policy("audits.read_order", record=own_sending)
def sending(found: SendingOrder) -> ResponseReturnValue:
    """Show how many findings are sent."""
    return render_template("audits/staff/sending.html", audit=found.audit, job=shown_job(found.job))
