"""/staff/employers/projects/<id>: one project, and how its last day was counted."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.employers.commands import projects as commands
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.projects.rules import CHANGE_OF_WORKERS, REGISTRATION, WHO_LEGAL, is_vat_odd
from ombudsman_app.employers.queries import projects as queries
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.deadlines import shown_deadline
from ombudsman_app.web.fields import whole_number

from .blueprint import bp


@bp.route("/<int:project_id>")
@policy("employers.read_project", record=queries.visible_project)
def project(found: Project) -> ResponseReturnValue:
    """What is known of one project, and the verdict. ≤ 9 statements."""
    page = queries.project_page(current_actor(), found)
    net, gross = found.current_net, found.current_value
    return render_template(
        "employers/staff/project.html",
        page=page,
        project=found,
        verdict=page.verdict,
        rule=REGISTRATION,
        workers=CHANGE_OF_WORKERS,
        who_legal=WHO_LEGAL,
        is_odd=net is not None and gross is not None and is_vat_odd(gross, net),
    )


@bp.route("/<int:project_id>/days")
@policy("employers.read_project", record=queries.visible_project)
def days(found: Project) -> ResponseReturnValue:
    """Each day of the time to register, counted or skipped, and why. ≤ 8 statements."""
    if found.due_on is None:
        return redirect(url_for(".project", project_id=found.id))
    counted = queries.explained_days(found)
    shown = shown_deadline(
        counted,
        found.due_on,
        today(found.representative_office.time_zone),
        counted_with=found.calendar_version or "",
    )
    return render_template("employers/staff/project_days.html", project=found, shown=shown, rule=REGISTRATION)


@bp.route("/<int:project_id>/days/json")
@policy("employers.read_project", record=queries.visible_project)
def days_json(found: Project) -> dict[str, Any]:
    """The same, as `ombudsman deadlines explain` says it, with what is stored beside it. ≤ 8 statements."""
    stored = {
        "project": found.id,
        "start": found.spk_on.isoformat() if found.spk_on else None,
        "length": found.length,
        "unit": found.unit,
        "stored_due": found.due_on.isoformat() if found.due_on else None,
        "ended_on": found.registered_on.isoformat() if found.registered_on else None,
        "rule_version": found.rule_version,
        "calendar_version": found.calendar_version,
    }
    return {**stored, **queries.explained_days(found).as_json()} if found.due_on else stored


@bp.route("/<int:project_id>/release-day", methods=["POST"])
@policy("employers.release_day", record=queries.visible_project)
def release_day(found: Project) -> ResponseReturnValue:
    """Let the time end on the earlier day that a newer calendar gives."""
    version = whole_number(request.form.get("version"))
    commands.release_earlier_day(found, version=version, actor=current_actor())
    flash(_("The earlier day holds now."))
    return redirect(url_for(".days", project_id=found.id))
