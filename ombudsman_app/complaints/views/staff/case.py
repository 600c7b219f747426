"""/staff/complaints/<id>: the case at a glance."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import FORMAL_ITEMS, MATERIAL_ITEMS
from ombudsman_app.web.access import current_actor, may, policy

from .blueprint import bp
from .letters import offered

_LINES_OPEN, _MESSAGES_OPEN = 15, 6  # the rest is folded, so that the box to write stays near


@bp.route("/<int:complaint_id>")
@policy("complaints.read", record=queries.visible_case)
def case(complaint: Complaint) -> ResponseReturnValue:
    """Where it stands, who must act, which clocks run; the identity stays sealed. ≤ 10 statements."""
    return case_page(complaint)


def case_page(complaint: Complaint, status: int = 200, **changed: Any) -> Response:
    """Write the page of a case; `changed` puts a form with its errors in the place of an empty one."""
    actor = current_actor()
    page = queries.case_page(actor, complaint, is_whole=request.args.get("history") == "all")
    here = url_for(".case", complaint_id=complaint.id, _anchor="evidence")
    clocks = [formats.clock_line(clock, page.today) for clock in page.clocks]
    found = queries.report_of_case(complaint) if complaint.state in queries.HAS_REPORT else None
    shown: dict[str, Any] = {
        "page": page,
        "found": found,
        "report_name": formats.report_name(complaint),
        "monitored": formats.monitored(found) if found and found.is_out else None,
        "has_report": complaint.state in queries.HAS_REPORT and (found or complaint.is_open),
        "case": complaint,
        "clocks": clocks,
        "stages": formats.stages(complaint, page.history),
        "span": formats.days_of(page, clocks),
        "marks": formats.marks(complaint),
        "history": formats.folded(formats.shown_history(page.history), _LINES_OPEN),
        "conversation": formats.folded(
            formats.shown_conversation(page.history, for_reporter=False), _MESSAGES_OPEN
        ),
        "is_late": any(clock.look == "late" for clock in clocks),
        "formal": formats.shown_checks(FORMAL_ITEMS, page.checks),
        "material": formats.shown_checks(MATERIAL_ITEMS, page.checks),
        "action": formats.next_action(complaint, actor, found),
        "waits_for": formats.waits_for(complaint),
        "similar_filters": queries.similar_filters(complaint),
        "begin_form": forms.BeginForm(formdata=None, version=complaint.version),
        "message_form": forms.AnswerForm(formdata=None),
        "note_form": forms.NoteForm(formdata=None),
        "last_message": page.last_message,
        "files": page.files,
        "files_back": here,
        "file_box": staff_box("complaint", complaint.id, here)
        if may("complaints.answer", complaint)
        else None,
        "offered": offered(complaint),
        "opens_originals": may("complaints.open_identity", complaint),
    }
    return make_response(render_template("complaints/staff/case.html", **{**shown, **changed}), status)


@bp.route("/<int:complaint_id>/messages", methods=["POST"])
@policy("complaints.answer", record=queries.visible_case)
def send_message(complaint: Complaint) -> ResponseReturnValue:
    """Put a message on the page of the reporter."""
    form = forms.AnswerForm()
    if not form.validate():
        return case_page(complaint, 422, message_form=form)
    text, key = form.message.data, form.message_key.data
    commands.write_to_reporter(complaint, text, form_key=key, seen=form.seen_id, actor=current_actor())
    flash(_("Your message stands on the reporter's page."))
    return redirect(url_for(".case", complaint_id=complaint.id, _anchor="messages"))


@bp.route("/<int:complaint_id>/settled", methods=["POST"])
@policy("complaints.answer", record=queries.visible_case)
def settle_message(complaint: Complaint) -> ResponseReturnValue:
    """Take a message that needs no answer off the list."""
    commands.settle_message(complaint, seen=forms.SettleForm().seen_id, actor=current_actor())
    return redirect(url_for(".case", complaint_id=complaint.id, _anchor="messages"))


@bp.route("/<int:complaint_id>/notes", methods=["POST"])
@policy("complaints.note", record=queries.visible_case)
def write_note(complaint: Complaint) -> ResponseReturnValue:
    """Keep a note for the office."""
    form = forms.NoteForm()
    if not form.validate():
        return case_page(complaint, 422, note_form=form)
    text, key = form.note.data, form.note_key.data
    commands.write_note(complaint, text, form_key=key, actor=current_actor())
    flash(_("The note is kept."))
    return redirect(url_for(".case", complaint_id=complaint.id, _anchor="history"))
