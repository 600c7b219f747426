"""/staff/complaints/<id>/letters: writing a letter about a case; ending a case that was withdrawn."""

from collections.abc import Callable
from datetime import date

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.accounts.formats import role_word
from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import (
    FIRST_REQUEST,
    INTERIM_NOTICE,
    REPORT,
    SECOND_REQUEST,
    ComplaintState,
    hears_reporter,
)
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.directory import queries as directory
from ombudsman_app.documents import commands as documents
from ombudsman_app.documents.formats import document_label
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.queries import visible_document
from ombudsman_app.web.access import current_actor, may, policy

from .blueprint import bp
from .reasoned import ReasonedAct, reasoned_page

_FORMS: dict[str, type[forms.LetterForm]] = {
    "completion_request": forms.CompletionForm,
    "refusal_notice": forms.RefusalForm,
    "not_competent_notice": forms.NotCompetentForm,
    "transfer_notice": forms.TransferForm,
    FIRST_REQUEST: forms.ClarificationForm,
    SECOND_REQUEST: forms.ClarificationForm,
    INTERIM_NOTICE: forms.InterimForm,
}
# Which letter belongs to which step: each tells of a move that is possible from there.
OFFERED: dict[ComplaintState, tuple[str, ...]] = {
    ComplaintState.FORMAL_VERIFICATION: ("completion_request",),
    ComplaintState.PLENARY_DECISION: ("refusal_notice", "not_competent_notice", "transfer_notice"),
    ComplaintState.DOCUMENT_EXAMINATION: (FIRST_REQUEST,),
    ComplaintState.CLARIFICATION_FIRST: (SECOND_REQUEST,),
    ComplaintState.CASE_REVIEW: (INTERIM_NOTICE,),
}
_HINTS = {
    "items": _l("What is judged missing is chosen already."),
    "words": _l("Parts of a text are set apart by an empty line."),
    "participants": _l("One person a line: name - office held."),
    "copies": _l("One a line: an office or its head, no person who reports. It stands below the signature."),
    "considerations": _l("It stands in the minutes, not in the letter."),
    "summary": _l(
        "This alone is what the respondent learns of the report. Of a confidential one no name, no exact "
        "day, nothing that only one person can know; never a number, an address or a birthday."
    ),
    "questions": _l("One question a line; they are numbered in the letter."),
}
_WHAT = {
    "completion_request": _l(
        "When it is issued the case waits for the reporter. The time runs from proven receipt alone."
    ),
    "refusal_notice": _l(
        "Another person, the head, issues it: by this the report is refused and ends. The minutes of the "
        "meeting and of the closing are made with it."
    ),
    "not_competent_notice": _l(
        "Another person, the head, issues it: by this the report ends. The minutes of the meeting and of the "
        "closing are made with it."
    ),
    "transfer_notice": _l(
        "Another person, the head, issues it: by this the case goes to the other office and keeps its number."
    ),
    FIRST_REQUEST: _l(
        "Another person, the head, approves the summary. When it is issued the case waits for the "
        "respondent; the time runs from proven receipt alone. No file of the reporter goes with it."
    ),
    SECOND_REQUEST: _l(
        "It can be issued when the first time has ended without answer. Another person approves it; the "
        "second time runs from proven receipt alone. After it the right to answer lapses."
    ),
    INTERIM_NOTICE: _l(
        "Only in cases under the older rules. Another person approves it; when it is issued the reporter may "
        "react, and the time runs from proven receipt alone. After it the report is issued."
    ),
}
_SUBJECTS: dict[str, Callable[[str], str]] = {
    "completion_request": lambda number: f"Permintaan kelengkapan laporan {number}",
    "refusal_notice": lambda number: f"Pemberitahuan atas laporan {number}",
    "not_competent_notice": lambda number: f"Pemberitahuan atas laporan {number}",
    "transfer_notice": lambda number: f"Pelimpahan laporan {number}",
    FIRST_REQUEST: lambda number: f"Permintaan penjelasan atas laporan {number}",
    SECOND_REQUEST: lambda number: f"Permintaan penjelasan kedua atas laporan {number}",
    INTERIM_NOTICE: lambda number: f"Hasil sementara pemeriksaan laporan {number}",
}


def offered(complaint: Complaint) -> list[str]:
    """Return the letters that can be written now, by this person."""
    kinds = OFFERED.get(complaint.state, ())
    if SECOND_REQUEST in kinds and not commands.is_answer_over(complaint, complaint.clocks):
        return []  # proposed when the first time has ended without answer
    kinds = tuple(kind for kind in kinds if kind != INTERIM_NOTICE or hears_reporter(complaint.regime))
    return [kind for kind in kinds if may("complaints.write_letter", queries.LetterOfCase(complaint, kind))]


@bp.route("/<int:complaint_id>/letters/<string:kind>", methods=["GET", "POST"])
@policy("complaints.write_letter", record=queries.letter_of_case)
def write_letter(wanted: queries.LetterOfCase) -> ResponseReturnValue:
    """Begin a letter, filled in with what the case says. GET ≤ 8 statements."""
    complaint, kind = wanted.complaint, wanted.kind
    if kind not in _FORMS:
        raise NotVisible
    is_of_rules = kind != INTERIM_NOTICE or hears_reporter(complaint.regime)
    if kind not in OFFERED.get(complaint.state, ()) or not is_of_rules:
        raise MoveNotAllowed(state=str(complaint.state), event=kind)
    form = _form(kind, complaint)
    if not form.is_submitted():
        form.subject.data = _SUBJECTS[kind](complaint.registration_number or complaint.ticket)
        form.propose(queries.checks_of(complaint.id), _people(complaint), _day(complaint))
        return _letter_page(complaint, kind, form)
    if not form.validate() or _names_reporter(complaint, form):
        return _letter_page(complaint, kind, form, 422)
    document = documents.write_draft(
        kind,
        commands.folder_of(complaint),
        subject=form.subject.data,
        answers=form.answers(),
        actor=current_actor(),
    )
    flash(_("The draft is kept. Look at it, then have it issued."))
    return redirect(url_for("staff.documents.document", document_id=document.id))


@bp.route("/letters/<int:document_id>", methods=["GET", "POST"])
@policy("documents.write", record=visible_document)
def edit_letter(document: Document) -> ResponseReturnValue:
    """Change the words of a draft; who approved the old ones has not approved these."""
    complaint = queries.case_of_folder(document.folder)
    if complaint is not None and document.kind == REPORT and not request.form:
        return redirect(url_for(".report", complaint_id=complaint.id))
    if complaint is None or document.kind not in _FORMS:
        raise NotVisible
    form = _form(document.kind, complaint, version=document.version)
    if not form.is_submitted():
        form.subject.data = document.subject
        form.fill(document.answers)
        return _letter_page(complaint, document.kind, form, document=document)
    if not form.validate() or _names_reporter(complaint, form):
        return _letter_page(complaint, document.kind, form, 422, document=document)
    documents.change_draft(
        document,
        subject=form.subject.data,
        answers=form.answers(),
        version=form.shown_version,
        actor=current_actor(),
    )
    flash(_("The draft is changed."))
    return redirect(url_for("staff.documents.document", document_id=document.id))


def _names_reporter(complaint: Complaint, form: forms.LetterForm) -> bool:
    """Say beside each box of a letter to the respondent that it gives the reporter away, never by what."""
    if not isinstance(form, forms.ClarificationForm):
        return False
    texts = commands.texts_of(form.subject.data, form.answers())
    found = commands.parts_that_name_reporter(complaint, texts, actor=current_actor())
    for name in found:
        form[name].errors = [
            _("This would tell the respondent who reports: a name, an address or a number. Take it out.")
        ]
    return bool(found)


def _form(kind: str, complaint: Complaint, *, version: int = 0) -> forms.LetterForm:
    form = _FORMS[kind](version=version)
    if complaint.confidentiality != "open" and not isinstance(form, forms.ClarificationForm):
        form.hidden_names = (complaint.office.name, complaint.office.short_name)
    if isinstance(form, forms.TransferForm):
        here = complaint.representative_office_id
        form.offer([(one.id, one.name) for one in directory.representatives() if one.id != here])
    return form


def _people(complaint: Complaint) -> str:
    """Propose who was at the meeting: who asks, and who has the case."""
    actor = current_actor()
    role = next((role_word(grant.role) for grant in actor.grants), "")
    lines = [f"{actor.name} - {role}"]
    if complaint.officer is not None and complaint.officer_id != actor.user_id:
        lines.append(complaint.officer.name)
    return "\n".join(lines)


def _day(complaint: Complaint) -> date:
    return today(complaint.representative_office.time_zone)


def _letter_page(
    complaint: Complaint,
    kind: str,
    form: forms.LetterForm,
    status: int = 200,
    *,
    document: Document | None = None,
) -> Response:
    page = render_template(
        "complaints/staff/letter.html",
        case=complaint,
        label=document_label(kind),
        kind=kind,
        form=form,
        document=document,
        hints={name: str(words) for name, words in _HINTS.items()},
        what=str(_WHAT[kind]),
    )
    return make_response(page, status)


@bp.route("/<int:complaint_id>/completed", methods=["GET", "POST"])
@policy("complaints.verify", record=queries.visible_case)
def completed(complaint: Complaint) -> ResponseReturnValue:
    """Note that what was missing came at the counter or by post."""
    form = forms.CompletedForm(version=complaint.version)
    act = ReasonedAct("completed", commands.complete_at_desk, _("Noted. The formal check goes on."))
    return reasoned_page(
        complaint, form, act, is_possible=complaint.state is ComplaintState.AWAITING_COMPLETION
    )


@bp.route("/<int:complaint_id>/deem-withdrawn", methods=["GET", "POST"])
@policy("complaints.verify", record=queries.visible_case)
def deem_withdrawn(complaint: Complaint) -> ResponseReturnValue:
    """Let the report count as withdrawn, after a look at the proof of receipt (UU 37/2008 Pasal 25)."""
    form = forms.CloseForm(version=complaint.version)
    done = _("The report counts as withdrawn. Notice and minutes are made.")
    act = ReasonedAct("deem_withdrawn", commands.deem_withdrawn, done)
    return reasoned_page(
        complaint, form, act, is_possible=commands.is_completion_over(complaint, complaint.clocks)
    )


@bp.route("/<int:complaint_id>/withdrawal", methods=["GET", "POST"])
@policy("complaints.close_withdrawn", record=queries.visible_case)
def confirm_withdrawal(complaint: Complaint) -> ResponseReturnValue:
    """Confirm that the reporter wants to end it."""
    form = forms.CloseForm(version=complaint.version)
    done = _("The report has ended. Notice and minutes are made.")
    act = ReasonedAct("withdrawal", commands.confirm_withdrawal, done)
    return reasoned_page(complaint, form, act, is_possible=complaint.withdrawal_asked_at is not None)
