"""/staff/operations: backups; what runs, waits and failed; and how far the own work is."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.shown import page_of, shown_job, state_word
from ombudsman_app.operations import commands, formats, queries
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.paging import asked_id

bp = Blueprint("operations", __name__, url_prefix="/operations")


@bp.route("/")
@policy("operations.overview")
def overview() -> ResponseReturnValue:
    """Show the last backups. 3 statements."""
    found = queries.backups_page(current_actor())
    return render_template(
        "operations/staff/overview.html",
        backups=found,
        rows=[formats.backup_row(one) for one in found.kept],
        job=shown_job(found.job) if found.job else None,
        form=BaseForm(formdata=None),
    )


@bp.route("/backups", methods=["POST"])
@policy("operations.back_up")
def back_up() -> ResponseReturnValue:
    """Have a backup made now."""
    if queries.backups_page(current_actor()).folder is not None:
        commands.ask_for_backup(actor=current_actor())
        flash(_("A backup is being made."))
    return redirect(url_for(".overview"))


@bp.route("/jobs")
@policy("operations.jobs")
def jobs() -> ResponseReturnValue:
    """List the jobs of one state. 5 statements."""
    asked = request.args.get("state", "")
    state = JobState(asked) if asked in set(JobState) else None
    shown = state or JobState.RUNNING
    found = queries.jobs_page(current_actor(), shown, before=asked_id("before"), after=asked_id("after"))
    return render_template(
        "operations/staff/jobs.html",
        rows=[formats.job_row(job) for job in found.page.items],
        page=found.page,
        state=shown,
        tabs=[(one.value, state_word(one), found.counts[one]) for one in JobState],
        oldest_due_minutes=found.oldest_due_minutes,
        is_misread=bool(asked) and state is None,
    )


@bp.route("/jobs/<uuid:uuid>")
@policy("operations.read_job", record=queries.visible_job)
def job(found: Job) -> ResponseReturnValue:
    """One job with its attempts. 4 statements."""
    return render_template(
        "operations/staff/job.html",
        job=found,
        shown=shown_job(found),
        attempts=[formats.attempt_row(attempt) for attempt in queries.attempts_of(found)],
        form=BaseForm(formdata=None),
    )


@bp.route("/jobs/<uuid:uuid>/cancel", methods=["POST"])
@policy("operations.change_job", record=queries.visible_job)
def cancel(found: Job) -> ResponseReturnValue:
    """Stop it."""
    commands.cancel_job(found, actor=current_actor())
    flash(_("The job is being stopped."))
    return redirect(url_for(".job", uuid=found.uuid))


@bp.route("/jobs/<uuid:uuid>/retry", methods=["POST"])
@policy("operations.change_job", record=queries.visible_job)
def retry(found: Job) -> ResponseReturnValue:
    """Let it begin anew."""
    commands.retry_job(found, actor=current_actor())
    flash(_("The job begins anew."))
    return redirect(url_for(".job", uuid=found.uuid))


@bp.route("/own/<uuid:uuid>")
@policy("operations.progress", record=queries.visible_job)
def progress(found: Job) -> ResponseReturnValue:
    """How far the own work is, for the bar that asks again and again. 3 statements."""
    return jsonify(formats.progress_of(shown_job(found)))


@bp.route("/own/<uuid:uuid>/cancel", methods=["POST"])
@policy("operations.cancel_own", record=queries.visible_job)
def cancel_own(found: Job) -> ResponseReturnValue:
    """Stop what one asked for oneself, and go back to its page; a script is told how far it is."""
    commands.cancel_job(found, actor=current_actor())
    if request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json":
        return jsonify(formats.progress_of(shown_job(found)))
    flash(_("The job is being stopped."))
    is_own = found.asked_by_id == current_actor().user_id
    endpoint, values = (page_of(found) if is_own else None) or ("staff.operations.job", {"uuid": found.uuid})
    return redirect(url_for(endpoint, **values))
