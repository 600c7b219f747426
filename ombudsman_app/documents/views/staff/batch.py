"""/staff/documents/all: many letters that go out together, by one job."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.jobs.shown import reason_words, shown_job
from ombudsman_app.core.signatures import why_unready
from ombudsman_app.documents import commands, forms, queries
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/all", methods=["GET", "POST"])
@policy("documents.issue_all")
def issue_all() -> ResponseReturnValue:
    """Choose which approved letters go out, and let them. 4 statements with session and rights.

    Sent once more while they go out, it leads to the job that runs.
    """
    actor = current_actor()
    running = queries.living_batches(actor)
    busy = {queries.batch_of(job.uuid, job.arguments).office_id for job in running}
    form = forms.IssueAllForm()
    form.offer([ready for ready in queries.ready_letters(actor) if ready.office_id not in busy])
    if form.is_submitted() and not form.letters.choices:
        if not running:
            raise MoveNotAllowed(state="none", event="issue")
        return redirect(url_for(".issuing", uuid=running[0].uuid))
    if form.is_submitted() and form.validate():
        office_id, kind = form.chosen
        return redirect(url_for(".issuing", uuid=commands.order_all(office_id, kind, actor=actor)))
    why = why_unready()
    page = render_template(
        "documents/staff/issue_all.html",
        form=form,
        running=running,
        unready=reason_words(f"signing_{why}") if why else "",
    )
    return make_response(page, 422 if form.is_submitted() else 200)


@bp.route("/all/<uuid:uuid>")
@policy("documents.watch_issuing", record=queries.office_batch)
def issuing(job: Job) -> ResponseReturnValue:
    """Show how far it is, and what came of it. 5 statements with session and rights."""
    is_own = job.asked_by_id == current_actor().user_id
    return render_template(
        "documents/staff/issuing.html", page=queries.batch_page(job), job=shown_job(job), is_own=is_own
    )


@bp.route("/all/<uuid:uuid>/stop", methods=["POST"])
@policy("documents.watch_issuing", record=queries.office_batch)
def stop_issuing(job: Job) -> ResponseReturnValue:
    """Let it stop after the letter it works on."""
    commands.stop_batch(job, actor=current_actor())
    flash(_("It stops after the letter that is being made now."))
    return redirect(url_for(".issuing", uuid=job.uuid))
