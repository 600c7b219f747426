"""/staff/documents/all: many letters that go out together, by one job."""

import json

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.documents import commands, queries
from ombudsman_app.documents.policies import ISSUERS_OF_MANY
from ombudsman_app.documents.states import ISSUE_ALL
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/all", methods=["POST"])
@policy("documents.issue_all")
def issue_all() -> ResponseReturnValue:
    """Issue every approved letter of one's office."""
    actor = current_actor()
    office_id = min(actor.offices_as(*ISSUERS_OF_MANY))
    return redirect(url_for(".issuing", uuid=commands.order_all(office_id, actor=actor)))


@bp.route("/all/<uuid:uuid>")
@policy("documents.watch_issuing", record=lambda actor, uuid: queries.own_job(actor, uuid, ISSUE_ALL))
def issuing(job: Job) -> ResponseReturnValue:
    """Show how far it is."""
    result = json.loads(job.result) if job.result else {}
    return render_template("documents/staff/issuing.html", job=shown_job(job), result=result)
