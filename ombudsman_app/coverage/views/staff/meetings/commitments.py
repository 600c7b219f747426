"""/staff/meetings/commitments/<id>: one commitment, its evidence, its history, and what is done with it."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.coverage.commands import commitments as commands
from ombudsman_app.coverage.forms.commitments import CommitmentForm, ConfirmForm, ReasonForm, ReportForm
from ombudsman_app.coverage.meeting_errors import CommitmentRefused
from ombudsman_app.coverage.meeting_owners import EVIDENCE
from ombudsman_app.coverage.meeting_states import AFTER, COMMITMENT, RUNNING, CommitmentState
from ombudsman_app.coverage.models import Commitment, MonitoringMeeting
from ombudsman_app.coverage.queries import commitments as queries
from ombudsman_app.coverage.queries.meetings import bodies_for, visible_meeting
from ombudsman_app.web.access import current_actor, may, policy

from .blueprint import bp


@bp.route("/<int:meeting_id>/commitments/new", methods=["GET", "POST"])
@policy("meetings.work", record=visible_meeting)
def new_commitment(found: MonitoringMeeting) -> ResponseReturnValue:
    """Put down what was promised; the next one is asked at once. ≤ 6 statements."""
    if found.state not in AFTER:
        raise MoveNotAllowed(state=str(found.state), event="agree")
    form, office = CommitmentForm(), found.representative_office_id
    form.offer(queries.places_watched(office), bodies_for([office]))
    if not form.is_submitted():
        form.renew()
        return _new(found, form)
    if not form.validate():
        return _new(found, form, 422)
    try:
        made = commands.agree(found, form.to_input(), actor=current_actor())
    except CommitmentRefused as refused:
        form.refuse(refused)
        return _new(found, form, 422)
    flash(_("Commitment %(number)s is put down. Write the next one, or go back.", number=made.number))
    return redirect(url_for(".new_commitment", meeting_id=found.id))


def _new(found: MonitoringMeeting, form: CommitmentForm, status: int = 200) -> Response:
    page = render_template("coverage/staff/commitment_new.html", form=form, meeting=found)
    return make_response(page, status)


@bp.route("/commitments/<int:commitment_id>")
@policy("meetings.read_commitment", record=queries.visible_commitment)
def commitment(found: Commitment) -> ResponseReturnValue:
    """One commitment. ≤ 6 statements."""
    here = url_for(".commitment", commitment_id=found.id)
    day = today(found.representative_office.time_zone)
    is_worked = found.state in RUNNING and may("meetings.work_commitment", found)
    return render_template(
        "coverage/staff/commitment.html",
        commitment=found,
        zone=found.representative_office.time_zone,
        history=queries.history_of(found, with_names=True),
        files_there=files_of(found.files_id),
        days_left=(found.due_on - day).days,
        box=staff_box(EVIDENCE, found.id, here) if is_worked else None,
    )


@bp.route("/commitments/<int:commitment_id>/report", methods=["GET", "POST"])
@policy("meetings.work_commitment", record=queries.visible_commitment)
def report(found: Commitment) -> ResponseReturnValue:
    """Note that it is done, from a letter or a call; another person confirms it. ≤ 5 statements."""
    _refuse_move(found, "report")
    form = ReportForm(version=found.version)
    if not form.is_submitted():
        form.renew()
        return _step(found, form, "report")
    if not form.validate():
        return _step(found, form, "report", 422)
    try:
        commands.report_done(found, form.to_input(), version=form.shown_version, actor=current_actor())
    except CommitmentRefused as refused:
        form.refuse(refused)
        return _step(found, form, "report", 422)
    flash(_("The report is kept. Another person confirms it."))
    return redirect(url_for(".commitment", commitment_id=found.id))


@bp.route("/commitments/<int:commitment_id>/confirm", methods=["GET", "POST"])
@policy("meetings.judge", record=queries.visible_commitment)
def confirm(found: Commitment) -> ResponseReturnValue:
    """Confirm as another person that it is done. ≤ 5 statements."""
    return _judge(found, "confirm", ConfirmForm, commands.confirm_done, _("It is confirmed as done."))


@bp.route("/commitments/<int:commitment_id>/return", methods=["GET", "POST"])
@policy("meetings.judge", record=queries.visible_commitment)
def return_report(found: Commitment) -> ResponseReturnValue:
    """Say what is missing. ≤ 5 statements."""
    words = _("The report went back with your reason.")
    return _judge(found, "return", ReasonForm, commands.return_report, words)


@bp.route("/commitments/<int:commitment_id>/drop", methods=["GET", "POST"])
@policy("meetings.judge", record=queries.visible_commitment)
def drop(found: Commitment) -> ResponseReturnValue:
    """Wait for it no more. ≤ 5 statements."""
    return _judge(found, "drop", ReasonForm, commands.drop_commitment, _("The commitment is dropped."))


def _judge(found: Commitment, event: str, kind: Any, act: Any, words: str) -> ResponseReturnValue:
    _refuse_move(found, event)
    form = kind(version=found.version)
    if form.validate_on_submit():
        act(found, form.text.data or "", version=form.shown_version, actor=current_actor())
        flash(words)
        return redirect(url_for(".commitment", commitment_id=found.id))
    return _step(found, form, event, 422 if form.is_submitted() else 200)


def _refuse_move(found: Commitment, event: str) -> None:
    """Raise MoveNotAllowed where the table has no such move from here."""
    COMMITMENT.after(found.state, event)


def _step(found: Commitment, form: Any, event: str, status: int = 200) -> Response:
    page = render_template(
        "coverage/staff/commitment_step.html",
        form=form,
        commitment=found,
        event=event,
        is_reported=found.state is CommitmentState.REPORTED,
    )
    return make_response(page, status)
