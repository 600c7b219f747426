"""/lacak/surat: letters for whoever holds ticket and code; the receipt, completing a report, ending it.

The receipt can also be had right after sending, by the cookie of the draft that was sent.
"""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import public_box
from ombudsman_app.complaints import commands, forms, queries
from ombudsman_app.complaints.errors import CodeNeeded
from ombudsman_app.complaints.formats import shown_clock
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import throttle
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents import commands as documents
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.formats import arrived
from ombudsman_app.documents.freezing import thawed
from ombudsman_app.documents.kinds import document_kind
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.queries import letter_of, receipt_of
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address
from ombudsman_app.web.downloads import download

from . import follow, follow_tip
from .blueprint import bp
from .draft_cookie import current_draft


def _opened() -> queries.OwnRecord:
    """Return what this browser has open: by ticket and code, else what it has just sent. ≤ 2 statements."""
    found = queries.own_record(session.get(follow.OPEN), session.get(follow_tip.OPEN))
    if found is None and (draft := current_draft()) is not None and draft.is_sent:
        found = queries.own_record(draft.complaint_id, draft.tip_id)
    if found is None:
        raise CodeNeeded
    return found


def _own_letter(_actor: Actor, uuid: UUID) -> Document | None:
    return letter_of(_opened().folder, uuid)


@bp.route("/lacak/surat/<uuid:uuid>")
@policy("public", record=_own_letter)
def letter(found: Document) -> ResponseReturnValue:
    """Show a letter in words; one that was not opened yet is opened by a button, since that starts a time."""
    if not arrived(found):
        return render_template("complaints/public/unopened.html", document=found)
    kind = document_kind(found.kind)
    words, paper = thawed(found.content or {})
    layout = "complaints/public/letter.html"
    return render_template(kind.template, layout=layout, document=found, letter=words, paper=paper)


@bp.route("/lacak/surat/<uuid:uuid>/buka", methods=["POST"])
@policy("public", record=_own_letter)
def open_letter(found: Document) -> ResponseReturnValue:
    """Open a letter: that proves its receipt, and what waits for it begins to run."""
    documents.open_paper(found)
    return redirect(url_for(".letter", uuid=found.uuid))


@bp.route("/lacak/surat/<uuid:uuid>/berkas")
@policy("public", record=_own_letter)
def letter_file(found: Document) -> ResponseReturnValue:
    """Hand over the signed PDF of a letter that was opened."""
    if not arrived(found):
        return redirect(url_for(".letter", uuid=found.uuid))
    content = bytes_of(found)
    if content is None:
        raise NotVisible
    return download(content, name=f"{found.number}.pdf", media_type="application/pdf")


@bp.route("/lacak/tanda-terima", methods=["GET", "POST"])
@policy("public")
def signed_receipt() -> ResponseReturnValue:
    """Ask for the signed receipt; show how far it is, then where it is."""
    own = _opened()
    found = receipt_of(own.folder, own.receipt_kind)
    if forms.ReceiptForm().validate_on_submit():
        if found is None or found.job_has_failed:
            throttle.check("receipt", str(own.folder), client_address())
            commands.make_receipt(own.receipt_kind, own.folder, own.ticket)
        return redirect(url_for(".signed_receipt"))
    job = shown_job(found.job) if found is not None and found.job is not None else None
    return render_template("complaints/public/signed_receipt.html", own=own, found=found, job=job)


def _open_case() -> Complaint:
    complaint_id = session.get(follow.OPEN)
    if complaint_id is None:
        raise CodeNeeded
    complaint = queries.complaint_of_follower(complaint_id)
    if complaint is None:
        raise NotVisible
    return complaint


@bp.route("/lacak/lengkapi", methods=["GET", "POST"])
@policy("public")
def complete() -> ResponseReturnValue:
    """Send what was missing: files first, then a few words that end it."""
    complaint, form = _open_case(), forms.CompleteForm()
    if complaint.state is not ComplaintState.AWAITING_COMPLETION:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(complaint.state), event="complete")
        return redirect(url_for(".follow"))
    if form.is_submitted() and form.validate():
        throttle.check("message", str(complaint.id), client_address())
        commands.complete(complaint, form.message.data, form_key=form.message_key.data)
        return redirect(url_for(".follow", terkirim="lengkap"))
    return _own_page("complete", complaint, form)


@bp.route("/lacak/cabut", methods=["GET", "POST"])
@policy("public")
def withdraw() -> ResponseReturnValue:
    """Ask in writing to end the report; an officer confirms it."""
    complaint, form = _open_case(), forms.WithdrawForm()
    if not complaint.is_open:
        return redirect(url_for(".follow"))
    if form.is_submitted() and form.validate():
        throttle.check("message", str(complaint.id), client_address())
        commands.ask_for_withdrawal(complaint, form.message.data, form_key=form.message_key.data)
        return redirect(url_for(".follow", terkirim="cabut"))
    return _own_page("withdraw", complaint, form)


@bp.route("/lacak/lanjutkan", methods=["POST"])
@policy("public")
def go_on() -> ResponseReturnValue:
    """Take back the wish to end it."""
    commands.take_back_withdrawal(_open_case())
    return redirect(url_for(".follow"))


def _own_page(name: str, complaint: Complaint, form: forms.CompleteForm | forms.WithdrawForm) -> Response:
    followed = queries.followed_complaint(complaint.id)
    page = render_template(
        f"complaints/public/{name}.html",
        followed=followed,
        clock=shown_clock(followed.clock, followed.today) if followed and followed.clock else None,
        form=form,
        files=files_of(complaint.files_id),
        file_box=public_box("case", url_for(f".{name}", _anchor="bukti")),
    )
    return make_response(page, 422 if form.is_submitted() else 200)
