"""/staff/findings/visits: what was seen on visits, and the findings that come from it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.directory.queries import office_by_slug
from ombudsman_app.directory.source_words import source_words
from ombudsman_app.findings import commands, forms, queries
from ombudsman_app.findings.models import VisitObservation
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import asked_id

from .blueprint import bp


@bp.route("/visits")
@policy("findings.visits")
def visits() -> ResponseReturnValue:
    """Visits of one's offices, the last noted first."""
    page = queries.visits_page(current_actor(), asked_id("after"))
    return render_template(
        "findings/staff/visits.html",
        rows=page.items,
        newer=url_for(".visits") if page.previous_key else "",
        older=url_for(".visits", after=page.next_key) if page.next_key else "",
    )


@bp.route("/visits/new", methods=["GET", "POST"])
@policy("findings.observe")
def new_visit() -> ResponseReturnValue:
    """Keep what was seen."""
    form = forms.VisitForm()
    if not form.is_submitted():
        return render_template("findings/staff/new_visit.html", form=form)
    is_valid = form.validate()
    is_whole = form.validate_more()
    office = office_by_slug(form.office.data or "") if is_valid else None
    if is_valid and office is None:
        form.office.errors = [
            *form.office.errors,
            _("There is no office of this name. Look it up once more."),
        ]
    if not is_valid or not is_whole or office is None:
        return render_template("findings/staff/new_visit.html", form=form), 422
    try:
        seen = commands.note_visit(form.to_input(office.id), actor=current_actor())
    except NotAllowed:
        form.office.errors = [_("Another office of the Ombudsman looks after this place.")]
        return render_template("findings/staff/new_visit.html", form=form), 422
    flash(_("The visit is noted. It is no score."))
    return redirect(url_for(".visit", visit_id=seen.id))


@bp.route("/visits/<int:visit_id>")
@policy("findings.read_visit", record=queries.visible_visit)
def visit(found: VisitObservation) -> ResponseReturnValue:
    """One visit and the findings from it."""
    names = source_words()
    return render_template(
        "findings/staff/visit.html",
        page=queries.visit_page(current_actor(), found),
        sources=[str(names.get(key, key)) for key in found.source_keys.split()],
    )


@bp.route("/visits/<int:visit_id>/new-finding", methods=["GET", "POST"])
@policy("findings.make", record=queries.visible_visit)
def new_finding(found: VisitObservation) -> ResponseReturnValue:
    """Begin a finding of what was seen."""
    form = forms.FindingForm()
    if not form.is_submitted() or not form.validate():
        page = render_template("findings/staff/new_finding.html", visit=found, form=form)
        return page, 422 if form.is_submitted() else 200
    made = commands.find_on_visit(found, form.to_input(), actor=current_actor())
    flash(_("The draft is there. Add evidence, then send it."))
    return redirect(url_for(".finding", finding_id=made.id))
