"""/portal/meetings: invitations, papers and promises of one's own office."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.core.clock import today
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.coverage.commands.commitments import report_done
from ombudsman_app.coverage.commands.meeting_papers import acknowledge_minutes
from ombudsman_app.coverage.forms.commitments import ReportForm
from ombudsman_app.coverage.forms.meetings import ReadingForm
from ombudsman_app.coverage.meeting_errors import CommitmentRefused
from ombudsman_app.coverage.meeting_owners import BODY_EVIDENCE
from ombudsman_app.coverage.meeting_states import COMMITMENT, RUNNING, MeetingState
from ombudsman_app.coverage.meeting_times import timed_agenda
from ombudsman_app.coverage.models import Commitment, MeetingBody
from ombudsman_app.coverage.queries import commitments as promised
from ombudsman_app.coverage.queries import invited_meetings as queries
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.paging import read_day_key

bp = Blueprint("meetings", __name__, url_prefix="/meetings")


@bp.route("")
@policy("meetings.inbox")
def inbox() -> ResponseReturnValue:
    """Meetings to which the own office is invited, the latest first. ≤ 5 statements."""
    given = request.args
    page = queries.invited_page(
        current_actor(),
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )
    return render_template(
        "coverage/portal/meetings.html",
        rows=page.items,
        newer=url_for(".inbox", before=page.previous_key) if page.previous_key else "",
        older=url_for(".inbox", after=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:body_id>", methods=["GET", "POST"])
@policy("meetings.read_invited", record=queries.invited_meeting)
def meeting(found: MeetingBody) -> ResponseReturnValue:
    """One meeting; the minutes are read, with a remark or without. ≤ 9 statements."""
    form = ReadingForm()
    if form.validate_on_submit():
        acknowledge_minutes(
            found, form.remark.data or "", form_key=form.form_key.data or "", actor=current_actor()
        )
        flash(_("It is noted that your office read the minutes."))
        return redirect(url_for(".meeting", body_id=found.id))
    if not form.is_submitted():
        form.renew()
    held, zone = found.meeting, found.meeting.representative_office.time_zone
    page = render_template(
        "coverage/portal/meeting.html",
        body=found,
        meeting=held,
        zone=zone,
        form=form,
        agenda=timed_agenda(held.agenda, held.starts_at, zone),
        is_minuted=held.state is MeetingState.MINUTED,
        papers=queries.papers_for(found),
        readings=queries.readings_of(found),
        commitments=promised.own_of_meeting(current_actor(), held.id, today=today(zone)),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:body_id>/papers/<int:document_id>")
@policy("meetings.read_invited", record=queries.invited_paper)
def paper(found: queries.InvitedPaper) -> ResponseReturnValue:
    """Hand over a signed paper."""
    content = bytes_of(found.document)
    if content is None:
        flash(_("The signed letter is not there yet. Try again in a minute."), "warning")
        return redirect(url_for(".meeting", body_id=found.body.id))
    record_aside(Event.DOCUMENTS_FETCHED, "document", found.document.id, actor=current_actor())
    return download(content, name=f"{found.document.number}.pdf", media_type="application/pdf")


@bp.route("/commitments")
@policy("meetings.own_commitments")
def commitments() -> ResponseReturnValue:
    """What the own office promised, due first. ≤ 5 statements."""
    actor, given = current_actor(), request.args
    is_ended = given.get("show") == "ended"
    page = promised.own_commitments_page(
        actor,
        is_ended=is_ended,
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
        today=today(actor.time_zone),
    )
    show = "ended" if is_ended else None
    return render_template(
        "coverage/portal/commitments.html",
        rows=page.items,
        is_ended=is_ended,
        newer=url_for(".commitments", show=show, before=page.previous_key) if page.previous_key else "",
        older=url_for(".commitments", show=show, after=page.next_key) if page.next_key else "",
    )


@bp.route("/commitments/<int:commitment_id>")
@policy("meetings.report", record=promised.own_commitment)
def commitment(found: Commitment) -> ResponseReturnValue:
    """One promise, its evidence and its history. ≤ 7 statements."""
    here = url_for(".commitment", commitment_id=found.id)
    zone = found.representative_office.time_zone
    return render_template(
        "coverage/portal/commitment.html",
        commitment=found,
        zone=zone,
        history=promised.history_of(found, with_names=False),
        files_there=files_of(found.files_id),
        days_left=(found.due_on - today(zone)).days,
        box=portal_box(BODY_EVIDENCE, found.id, here) if found.state in RUNNING else None,
    )


@bp.route("/commitments/<int:commitment_id>/report", methods=["GET", "POST"])
@policy("meetings.report", record=promised.own_commitment)
def report(found: Commitment) -> ResponseReturnValue:
    """Say that it is done, with evidence. ≤ 7 statements."""
    COMMITMENT.after(found.state, "report")
    form = ReportForm(version=found.version)
    if not form.is_submitted():
        form.renew()
        return _report(found, form)
    if not form.validate():
        return _report(found, form, 422)
    try:
        report_done(
            found, form.to_input(), is_by_body=True, version=form.shown_version, actor=current_actor()
        )
    except CommitmentRefused as refused:
        form.refuse(refused)
        return _report(found, form, 422)
    flash(_("Your report has been sent. An officer of the Ombudsman looks at it."))
    return redirect(url_for(".commitment", commitment_id=found.id))


def _report(found: Commitment, form: ReportForm, status: int = 200) -> Response:
    here = url_for(".report", commitment_id=found.id)
    page = render_template(
        "coverage/portal/commitment_report.html",
        commitment=found,
        form=form,
        files_there=files_of(found.files_id),
        box=portal_box(BODY_EVIDENCE, found.id, here),
    )
    return make_response(page, status)
