"""/staff/employers/projects/<id>: what follows where a project is not registered. A person confirms each."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.employers import project_forms as forms
from ombudsman_app.employers.commands import projects as commands
from ombudsman_app.employers.errors import ProjectRefused
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.project_papers import proposed_finding
from ombudsman_app.employers.queries import projects as queries
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import whole_number

from .blueprint import bp


@bp.route("/<int:project_id>/mark", methods=["POST"])
@policy("employers.write_project", record=queries.visible_project)
def mark(found: Project) -> ResponseReturnValue:
    """Note at the employers of a project that it is not registered."""
    version = whole_number(request.form.get("version"))
    marked = commands.mark_firms(found, version=version, actor=current_actor())
    flash(ngettext("It is noted at %(num)d employer.", "It is noted at %(num)d employers.", marked))
    return redirect(url_for(".project", project_id=found.id))


@bp.route("/<int:project_id>/new-finding", methods=["GET", "POST"])
@policy("employers.find_project", record=queries.visible_project)
def new_finding(found: Project) -> ResponseReturnValue:
    """Begin a finding against the agency; its words are proposed. ≤ 9 statements."""
    form = forms.OwnerFindingForm()
    page = queries.project_page(current_actor(), found)
    if not form.is_submitted():
        for name, words in vars(proposed_finding(page)).items():
            form[name].data = words
    elif form.validate():
        try:
            made = commands.find_at_owner(found, form.to_input(), actor=current_actor())
        except ProjectRefused:
            form.form_errors.append(str(forms.WHY["no_office"]))
        else:
            flash(_("The draft is there. Add evidence, then send it."))
            return redirect(url_for("staff.findings.finding", finding_id=made.id))
    status = 422 if form.is_submitted() else 200
    return render_template("employers/staff/new_project_finding.html", form=form, page=page), status
