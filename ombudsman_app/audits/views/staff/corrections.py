"""/staff/audits/<id>/correction: a published result is corrected by two persons."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import formats, forms, queries
from ombudsman_app.audits.commands.correcting import (
    ask_correction,
    corrected_result,
    drop_correction,
    release_correction,
)
from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.page_parts import Part, part
from ombudsman_app.audits.policies import RELEASE_CORRECTION
from ombudsman_app.audits.queries.corrections import (
    CorrectedIndicator,
    corrected_indicator,
    corrections_of,
    public_page,
)
from ombudsman_app.audits.states import AuditState, CorrectionState
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.fields import VersionedForm

from .audit import audit_shown
from .blueprint import bp


@part(65)
def correction_part(actor: Actor, audit: Audit) -> Part | None:
    """What was corrected in a published result, and what waits. 1 statement."""
    if audit.state is not AuditState.PUBLISHED:
        return None
    rows = corrections_of(audit.id)
    waiting = next((one for one in rows if one.state is CorrectionState.ASKED), None)
    is_own = waiting is not None and waiting.asked_by_id == actor.user_id
    leads = RELEASE_CORRECTION.allows(actor, audit)
    values = {
        "corrections": [one for one in rows if one.state is not CorrectionState.ASKED],
        "waiting": waiting,
        "total_after": corrected_result(waiting.corrected, waiting.indicator, waiting.after).total
        if waiting
        else None,
        "is_own": is_own,
        "can_ask": waiting is None and may("audits.ask_correction", audit),
        "can_release": waiting is not None and not is_own and leads,
        "can_drop": waiting is not None and (is_own or leads),
        "drop_form": forms.DropCorrectionForm(formdata=None, version=audit.version),
    }
    return Part("audits/staff/_correction.html", values)


@bp.route("/<int:audit_id>/correction")
@policy("audits.ask_correction", record=queries.visible_audit)
def correction(found: Audit) -> ResponseReturnValue:
    """Choose the indicator whose answer is wrong."""
    page = public_page(found)
    if page is None:
        raise MoveNotAllowed(state=str(found.state), event="ask_correction")
    return render_template("audits/staff/correction.html", audit=found, page=page)


@bp.route("/<int:audit_id>/correction/indicators/<string:indicator>", methods=["GET", "POST"])
@policy("audits.ask_correction", record=corrected_indicator)
def correct_indicator(found: CorrectedIndicator) -> ResponseReturnValue:
    """Say what the answer should have been and why; another person releases it."""
    if not found.is_open:
        raise MoveNotAllowed(state=str(found.audit.state), event="ask_correction")
    form = forms.CorrectionForm(version=found.audit.version)
    form.fit(found.line.indicator, formats.choice_words(found.page.definition, found.line.indicator))
    if not form.is_submitted():
        form.show(found.line.answer)
        form.evidence.data = str(found.line.answer.get("evidence", 0))
        return _page(found, form)
    if not form.validate() or not form.validate_more(found.line.indicator):
        return _page(found, form, 422)
    try:
        given = form.to_input(found.line.id)
        ask_correction(found.audit, given, version=form.shown_version, actor=current_actor())
    except SheetRefused:
        return _refused(found, form)
    flash(_("Asked for. The result stands as it is until the head of your office releases the correction."))
    return redirect(_audit_page(found.audit))


def _refused(found: CorrectedIndicator, form: forms.CorrectionForm) -> Response:
    """The new answer changes nothing, or cannot be scored: 422, with what was typed."""
    held = corrected_indicator(current_actor(), found.audit.id, found.line.id)
    if held is None:
        raise NotVisible
    form.reason.errors = [
        _("This answer changes nothing, or the result cannot be computed with it. Look at it once more.")
    ]
    return _page(held, form, 422)


def _page(found: CorrectedIndicator, form: forms.CorrectionForm, status: int = 200) -> Response:
    page = render_template(
        "audits/staff/correct_indicator.html", audit=found.audit, line=found.line, form=form
    )
    return make_response(page, status)


@bp.route("/<int:audit_id>/correction/release", methods=["POST"])
@policy("audits.release_correction", record=queries.visible_audit)
def release_corrected(found: Audit) -> ResponseReturnValue:
    """Let the corrected result stand for everybody; the one from before stays named."""
    release_correction(found, version=VersionedForm().shown_version, actor=current_actor())
    flash(
        _("Corrected. The result from before, the day and the reason stand beside it. Issue the papers anew.")
    )
    return redirect(_audit_page(found))


@bp.route("/<int:audit_id>/correction/drop", methods=["POST"])
@policy("audits.ask_correction", record=queries.visible_audit)
def drop_corrected(found: Audit) -> ResponseReturnValue:
    """Take the wish back, or turn it down."""
    if not any(one.state is CorrectionState.ASKED for one in corrections_of(found.id)):
        raise MoveNotAllowed(state=str(found.state), event="drop_correction")
    form = forms.DropCorrectionForm()
    if not form.validate():
        return audit_shown(found, 422, drop_form=form)
    drop_correction(found, form.drop_reason.data, version=form.shown_version, actor=current_actor())
    flash(_("The result stays as it is."))
    return redirect(_audit_page(found))


def _audit_page(found: Audit) -> str:
    return url_for(".audit", audit_id=found.id, _anchor="correction")
