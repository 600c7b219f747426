"""/staff/complaints/<id>/examine, /answers, /review, /resolved: a case from its examiner to its review."""

from textwrap import shorten

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.errors import AnswerRefused, AnswerStillRuns, NotConfirmed
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import REQUESTS, ComplaintState, request_waited_for
from ombudsman_app.core.errors import MoveNotAllowed, RecordChanged
from ombudsman_app.documents.queries import letters_of
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.formats import instant

from .blueprint import bp
from .changed import changed_page
from .reasoned import ReasonedAct, reasoned_page

_SHOWN = 90  # characters of a message that can confirm
_MESSAGES = 10  # of the reporter, the newest, among which one may confirm
_REFUSED = {
    "in_future": _l("This day lies in the future."),
    "before_receipt": _l("The request reached them later than this day. Look at the proof of receipt."),
    "not_asked": _l("The respondent was not asked for an explanation yet."),
}


@bp.route("/<int:complaint_id>/examine", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.visible_case)
def examine(complaint: Complaint) -> ResponseReturnValue:
    """Begin to examine the file."""
    form = forms.ExamineForm(version=complaint.version)
    act = ReasonedAct("examine", commands.examine_documents, _("Noted. You may ask the respondent now."))
    return reasoned_page(complaint, form, act, is_possible=complaint.state is ComplaintState.ASSIGNED)


@bp.route("/<int:complaint_id>/review", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.visible_case)
def review(complaint: Complaint) -> ResponseReturnValue:
    """Put the case to review: the answer was judged, none is needed, or the right to answer has lapsed."""
    form = forms.ReviewForm(version=complaint.version)
    act = ReasonedAct("review", commands.review_case, _("The case is with the review now."))
    is_waived = request_waited_for(complaint.state) is not None and not complaint.is_answered
    is_possible = commands.is_reviewable(complaint, complaint.clocks)
    try:
        return reasoned_page(complaint, form, act, is_possible=is_possible, is_waived=is_waived)
    except AnswerStillRuns:
        return changed_page(complaint, form)


@bp.route("/<int:complaint_id>/answers/new", methods=["GET", "POST"])
@policy("complaints.file_answer", record=queries.visible_case)
def file_answer(complaint: Complaint) -> ResponseReturnValue:
    """File what the respondent answered by post, at the counter or by mail. GET ≤ 8 statements."""
    form = forms.FileAnswerForm(version=complaint.version)
    is_possible = complaint.is_open and _was_asked(complaint)
    if form.is_submitted() and not is_possible:
        return changed_page(complaint, form)
    if not form.is_submitted() or not form.validate():
        return _answer_page(complaint, form, is_possible, 422 if form.is_submitted() else 200)
    try:
        answer = commands.file_answer(
            complaint, form.to_input(), version=form.shown_version, actor=current_actor()
        )
    except RecordChanged:
        return changed_page(complaint, form)
    except AnswerRefused as refused:
        form.received_on.errors = [_REFUSED[refused.details["why"]]]
        return _answer_page(complaint, form, is_possible, 422)
    if answer is None:
        return redirect(url_for(".case", complaint_id=complaint.id, _anchor="answers"))
    flash(_("The answer is filed. Add its papers here."))
    return redirect(url_for(".answer", complaint_id=complaint.id, answer_id=answer.id))


def _was_asked(complaint: Complaint) -> bool:
    return any(letter.number and letter.kind in REQUESTS for letter in letters_of(complaint.files_id))


def _answer_page(
    complaint: Complaint, form: forms.FileAnswerForm, is_possible: bool, status: int
) -> Response:
    page = render_template(
        "complaints/staff/file_answer.html", case=complaint, form=form, is_possible=is_possible
    )
    return make_response(page, status)


@bp.route("/<int:complaint_id>/answers/<int:answer_id>")
@policy("complaints.read", record=queries.visible_answer)
def answer(found: queries.AnswerOfCase) -> ResponseReturnValue:
    """One answer of the respondent, with its papers. ≤ 8 statements."""
    complaint = found.complaint
    here = url_for(".answer", complaint_id=complaint.id, answer_id=found.answer.id, _anchor="evidence")
    is_ours = found.answer.channel not in queries.READ_THERE  # else the office wrote it, word by word
    may_add = is_ours and complaint.is_open and may("complaints.file_answer", complaint)
    return render_template(
        "complaints/staff/answer.html",
        case=complaint,
        answer=found.answer,
        text=found.text,
        channel=forms.ANSWER_CHANNELS[found.answer.channel],
        files=found.files,
        files_back=here,
        file_box=staff_box("answer", found.answer.id, here) if may_add else None,
        opens_originals=may("complaints.open_identity", complaint),
    )


@bp.route("/<int:complaint_id>/resolved", methods=["GET", "POST"])
@policy("complaints.decide", record=queries.visible_case)
def resolved(complaint: Complaint) -> ResponseReturnValue:
    """Close the case: the respondent solved it, the reporter confirms. GET ≤ 9 statements."""
    form = forms.ResolvedForm(version=complaint.version)
    is_possible = complaint.state is ComplaintState.CASE_REVIEW
    _offer(form, complaint)
    if form.is_submitted() and not (is_possible and form.confirmation.choices):
        return changed_page(complaint, form)
    if not form.is_submitted() or not form.validate():
        return _resolved_page(complaint, form, is_possible, 422 if form.is_submitted() else 200)
    try:
        commands.close_as_resolved(
            complaint,
            form.reason.data,
            form.to_confirmation(),
            version=form.shown_version,
            actor=current_actor(),
        )
    except (RecordChanged, MoveNotAllowed):
        return changed_page(complaint, form)
    except NotConfirmed:
        form.confirmation.errors = [_("This is not there any more. Choose another one.")]
        return _resolved_page(complaint, form, is_possible, 422)
    flash(_("The report has ended. Notice and minutes are made."))
    return redirect(url_for(".case", complaint_id=complaint.id))


def _offer(form: forms.ResolvedForm, complaint: Complaint) -> None:
    zone = complaint.representative_office.time_zone
    messages = queries.messages_of_reporter(complaint.id, _MESSAGES)
    form.offer(
        [(row.id, f"{instant(row.sent_at, zone)}: {shorten(text, _SHOWN)}") for row, text in messages],
        [(line.uuid, line.name) for line in files_of(complaint.files_id)],
    )


def _resolved_page(
    complaint: Complaint, form: forms.ResolvedForm, is_possible: bool, status: int
) -> Response:
    page = render_template(
        "complaints/staff/resolved.html", case=complaint, form=form, is_possible=is_possible
    )
    return make_response(page, status)
