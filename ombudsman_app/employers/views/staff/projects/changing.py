"""/staff/employers/projects: a project is written down, corrected, registered, amended."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.employers import project_forms as forms
from ombudsman_app.employers.commands import projects as commands
from ombudsman_app.employers.errors import ProjectRefused
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.projects.rules import is_vat_odd
from ombudsman_app.employers.queries import PlaceChoice, places_of
from ombudsman_app.employers.queries import projects as queries
from ombudsman_app.employers.scope import scope
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import VersionedForm

from .blueprint import bp


@bp.route("/new", methods=["GET", "POST"])
@policy("employers.add_project")
def new() -> ResponseReturnValue:
    """A contract enters the list. ≤ 5 statements."""
    form = forms.ProjectForm(places=_places())
    if form.is_submitted() and form.validate():
        try:
            made = commands.add_project(form.to_input(), actor=current_actor())
        except ProjectRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.refuse_place()
        else:
            return _stored(made, _("The project is in the list."))
    return _form("employers/staff/new_project.html", form)


@bp.route("/<int:project_id>/edit", methods=["GET", "POST"])
@policy("employers.write_project", record=queries.visible_project)
def edit(found: Project) -> ResponseReturnValue:
    """Correct what was written of a contract as signed. ≤ 8 statements."""
    form = forms.ProjectForm(places=_places(), kept=found)
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        try:
            commands.change_project(found, form.to_input(), version=form.shown_version, actor=current_actor())
        except ProjectRefused as refused:
            form.refuse(refused)
        except NotAllowed:
            form.refuse_place()
        else:
            return _stored(found, _("The changes are stored."))
    return _form("employers/staff/edit_project.html", form, found)


@bp.route("/<int:project_id>/registration", methods=["GET", "POST"])
@policy("employers.write_project", record=queries.visible_project)
def registration(found: Project) -> ResponseReturnValue:
    """Note that BPJS has registered a project. ≤ 7 statements."""
    form = forms.RegistrationForm()
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        try:
            commands.note_registration(
                found, form.to_input(), version=form.shown_version, actor=current_actor()
            )
        except ProjectRefused as refused:
            form.refuse(refused)
        else:
            return _stored(found, _("The registration is noted."))
    return _form("employers/staff/project_registration.html", form, found)


@bp.route("/<int:project_id>/amend", methods=["GET", "POST"])
@policy("employers.write_project", record=queries.visible_project)
def amend(found: Project) -> ResponseReturnValue:
    """Add an amendment, or the end of a contract. ≤ 7 statements."""
    form = forms.ChangeForm()
    if not form.is_submitted():
        form.version.data = str(found.version)
    elif form.validate():
        try:
            commands.amend_project(found, form.to_input(), version=form.shown_version, actor=current_actor())
        except ProjectRefused as refused:
            form.refuse(refused)
        else:
            return _stored(found, _("The change is added. What was there before stays to be read."))
    return _form("employers/staff/amend_project.html", form, found)


def _stored(project: Project, words: str) -> ResponseReturnValue:
    flash(words)
    net, gross = project.current_net, project.current_value
    if net is not None and gross is not None and is_vat_odd(gross, net):
        flash(_("The two values lie apart by no usual share of VAT. Look whether both are right."))
    return redirect(url_for(".project", project_id=project.id))


def _form(template: str, form: VersionedForm, project: Project | None = None) -> ResponseReturnValue:
    return render_template(template, form=form, project=project), 422 if form.is_submitted() else 200


def _places() -> list[PlaceChoice]:
    actor = current_actor()
    return places_of(scope(actor).offices, zone=actor.time_zone)
