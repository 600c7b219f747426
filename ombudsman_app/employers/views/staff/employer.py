"""/staff/employers/<id>: one employer, what was said of it, and what is added."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.employers import commands, forms, queries
from ombudsman_app.employers.doors import doors_of
from ombudsman_app.employers.errors import ObservationRefused
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.scope import scope
from ombudsman_app.employers.states import Breach
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import read_id

from .blueprint import bp


@bp.route("/<int:employer_id>")
@policy("employers.read", record=queries.visible_employer)
def employer(found: Employer) -> ResponseReturnValue:
    """All that is known of one employer. ≤ 14 statements."""
    actor = current_actor()
    page = queries.employer_page(actor, found, whole=request.args.get("all") == "yes")
    return render_template(
        "employers/staff/employer.html",
        page=page,
        happenings=queries.timeline_of(page),
        similar=queries.similar_to(actor, found),
        doors=doors_of(actor, found),
    )


@bp.route("/<int:employer_id>/edit", methods=["GET", "POST"])
@policy("employers.write", record=queries.visible_employer)
def edit(found: Employer) -> ResponseReturnValue:
    """Change what is known of an employer."""
    form = forms.EmployerForm(places=_places(), kept=found)
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        try:
            commands.change_employer(
                found, form.to_input(), version=form.shown_version, actor=current_actor()
            )
        except NotAllowed:
            form.refuse_place()
        else:
            flash(_("The changes are stored."))
            return redirect(url_for(".employer", employer_id=found.id))
    page = render_template("employers/staff/edit.html", employer=found, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:employer_id>/observe", methods=["GET", "POST"])
@policy("employers.write", record=queries.visible_employer)
def observe(found: Employer) -> ResponseReturnValue:
    """Add what a source says about its workers."""
    form = forms.ObservationForm()
    if form.is_submitted() and form.validate():
        try:
            commands.observe(found, form.to_input(), form_key=form.form_key.data or "", actor=current_actor())
        except ObservationRefused as refused:
            form.refuse(refused)
        else:
            flash(_("The observation is stored. Earlier ones stay as they were."))
            return redirect(url_for(".employer", employer_id=found.id))
    page = render_template("employers/staff/observe.html", employer=found, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:employer_id>/breach", methods=["GET", "POST"])
@policy("employers.write", record=queries.visible_employer)
def breach(found: Employer) -> ResponseReturnValue:
    """Say in which way the employer does not comply."""
    form = forms.BreachForm()
    if form.is_submitted() and form.validate():
        try:
            for given in form.to_inputs():
                commands.say_breach(found, given, actor=current_actor())
        except ObservationRefused as refused:
            form.refuse(refused)
        else:
            flash(_("It is noted. As long as nothing proves it, it stays inside this house."))
            return redirect(url_for(".employer", employer_id=found.id))
    page = render_template("employers/staff/breach.html", employer=found, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:employer_id>/end-breach", methods=["GET", "POST"])
@policy("employers.write", record=queries.visible_employer)
def end_breach(found: Employer) -> ResponseReturnValue:
    """End a kind of non-compliance, with the reason."""
    form = forms.EndBreachForm(breaches=queries.open_breaches(found))
    if not form.is_submitted():
        form.breach.data = request.args.get("breach")
    elif form.validate():
        commands.end_breach(
            found, Breach(form.breach.data), form.end, reason=form.reason.data, actor=current_actor()
        )
        flash(_("It is noted with the reason."))
        return redirect(url_for(".employer", employer_id=found.id))
    page = render_template("employers/staff/end_breach.html", employer=found, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:employer_id>/number", methods=["GET", "POST"])
@policy("employers.open_number", record=queries.visible_employer, fresh=True)
def number(found: Employer) -> ResponseReturnValue:
    """Ask why; then show the number in the answer to this POST alone."""
    form = forms.OpenNumberForm()
    opened = None
    is_valid = form.is_submitted() and form.validate()
    if is_valid:
        opened = commands.open_number(found, form.reason.data, actor=current_actor())
    page = render_template("employers/staff/number.html", employer=found, form=form, opened=opened)
    return page, 422 if form.is_submitted() and not is_valid else 200


@bp.route("/<int:employer_id>/same-as", methods=["GET", "POST"])
@policy("employers.write", record=queries.visible_employer)
def same_as(found: Employer) -> ResponseReturnValue:
    """Say that this row is the same employer as another, both side by side; or take it back."""
    actor = current_actor()
    form = forms.SameForm()
    other_id = found.same_as_id or read_id(
        form.other.data if form.is_submitted() else request.args.get("other")
    )
    other = queries.visible_employer(actor, other_id) if other_id else None
    if other is not None and form.is_submitted() and form.validate():
        if found.same_as_id:
            commands.part_employers(found, reason=form.reason.data, actor=actor)
            flash(_("They are two employers again."))
        else:
            commands.join_employers(found, other, reason=form.reason.data, actor=actor)
            flash(_("The rows are joined. Nothing was lost, and it can be taken back."))
        return redirect(url_for(".employer", employer_id=found.id))
    if not form.is_submitted() and other is not None:
        form.other.data = str(other.id)
    elif other is None and form.is_submitted():
        form.form_errors.append(str(_("This employer is not in your register. Choose one of these.")))
    page = render_template(
        "employers/staff/same_as.html",
        form=form,
        rows=[found, other] if other else [found],
        employer=found,
        other=other,
        similar=[] if other else queries.similar_to(actor, found),
    )
    return page, 422 if form.is_submitted() else 200


def _places() -> list[queries.PlaceChoice]:
    actor = current_actor()
    return queries.places_of(scope(actor).offices, zone=actor.time_zone)
