"""/staff/employers/projects/<id>/firms/<id>: a person says which employer of the register a firm is."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core import limits
from ombudsman_app.employers import project_forms as forms
from ombudsman_app.employers.commands import projects as commands
from ombudsman_app.employers.queries import projects as queries
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:project_id>/firms/<int:party_id>", methods=["GET", "POST"])
@policy("employers.write_project", record=queries.visible_party)
def party(found: queries.PartyOfProject) -> ResponseReturnValue:
    """Employers that look like the firm are offered, with reasons; others are looked for. ≤ 8 statements."""
    actor = current_actor()
    text = " ".join(request.args.get("q", "").split())[: limits.SEARCH]
    offered = queries.candidates(actor, found, text)
    form = forms.PartyForm()
    form.offer([(one.id, one.name) for one in offered])
    if not form.is_submitted():
        form.version.data = str(found.project.version)
        form.employer.data = str(found.party.employer_id or "")
    elif form.validate():
        commands.link_party(
            found.project, found.party.id, form.employer_id, version=form.shown_version, actor=actor
        )
        flash(_("It is noted which employer this firm is."))
        return redirect(url_for(".project", project_id=found.project.id))
    page = render_template(
        "employers/staff/project_party.html",
        form=form,
        project=found.project,
        party=found.party,
        text=text,
        hints={
            str(one.id): " · ".join(filter(None, (one.place, f"NPP {one.npp}" if one.npp else "")))
            for one in offered
        },
        why={str(one.id): one.reasons for one in offered},
    )
    return page, 422 if form.is_submitted() else 200
