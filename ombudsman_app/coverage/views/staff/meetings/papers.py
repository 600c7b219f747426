"""/staff/meetings/<id>/papers: invitation and minutes are written; the head issues them as other letters."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.coverage.commands.meeting_papers import INVITATION, MINUTES, refuse_unready, write_paper
from ombudsman_app.coverage.forms.meetings import PaperForm
from ombudsman_app.coverage.meeting_errors import MeetingRefused
from ombudsman_app.coverage.models import MonitoringMeeting
from ombudsman_app.coverage.queries import meetings as queries
from ombudsman_app.documents import commands as documents
from ombudsman_app.documents.models import Document
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:meeting_id>/invitation", methods=["GET", "POST"])
@policy("meetings.write_paper", record=queries.visible_meeting)
def write_invitation(found: MonitoringMeeting) -> ResponseReturnValue:
    """Begin the letter that invites all bodies. ≤ 7 statements."""
    return _write(found, INVITATION)


@bp.route("/<int:meeting_id>/minutes", methods=["GET", "POST"])
@policy("meetings.write_paper", record=queries.visible_meeting)
def write_minutes(found: MonitoringMeeting) -> ResponseReturnValue:
    """Begin the minutes, once each point has its result. ≤ 7 statements."""
    return _write(found, MINUTES)


def _write(found: MonitoringMeeting, kind: str) -> ResponseReturnValue:
    form = PaperForm()
    try:
        refuse_unready(found, kind)
    except (MeetingRefused, MoveNotAllowed):
        if form.is_submitted():
            raise
        flash(_("Something is missing before this paper can be written. The page of the meeting says what."))
        return redirect(url_for(".meeting", meeting_id=found.id))
    if not form.is_submitted():
        form.subject.data = _subject(found, kind)
        return _page(found, form, kind)
    if not form.validate():
        return _page(found, form, kind, status=422)
    document = write_paper(found, kind, subject=form.subject.data, **form.answers(), actor=current_actor())
    flash(_("The draft is kept. Another person looks at it and issues it."))
    return redirect(url_for("staff.documents.document", document_id=document.id))


@bp.route("/papers/<int:document_id>", methods=["GET", "POST"])
@policy("meetings.write_paper", record=queries.visible_paper)
def edit_paper(found: queries.PaperOfMeeting) -> ResponseReturnValue:
    """Change the words of a draft; who approved the old ones has not approved these."""
    document = found.document
    form = PaperForm(version=document.version)
    if not form.is_submitted():
        form.subject.data = document.subject
        form.words.data = document.answers.get("words", "")
        form.copies.data = document.answers.get("copies", "")
        return _page(found.meeting, form, document.kind, document)
    if not form.validate():
        return _page(found.meeting, form, document.kind, document, 422)
    documents.change_draft(
        document,
        subject=form.subject.data,
        answers=form.answers(),
        version=form.shown_version,
        actor=current_actor(),
    )
    flash(_("The draft is changed."))
    return redirect(url_for("staff.documents.document", document_id=document.id))


def _subject(found: MonitoringMeeting, kind: str) -> str:
    """The papers of an office are in Indonesian, whatever language the writer reads."""
    words = "Undangan: " if kind == INVITATION else "Notulen: "
    return f"{words}{found.topic}"[:200]


def _page(
    found: MonitoringMeeting,
    form: PaperForm,
    kind: str,
    document: Document | None = None,
    status: int = 200,
) -> Response:
    page = render_template(
        "coverage/staff/meeting_paper.html",
        meeting=found,
        form=form,
        document=document,
        is_invitation=kind == INVITATION,
    )
    return make_response(page, status)
