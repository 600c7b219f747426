"""/staff/findings/visits: what was seen on visits, and the findings that come from it."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core import limits
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.directory.models import Office
from ombudsman_app.directory.queries import office_by_slug, offices_for_picker, province_of
from ombudsman_app.directory.source_words import source_words
from ombudsman_app.findings import commands, forms, queries
from ombudsman_app.findings.models import VisitObservation
from ombudsman_app.findings.policies import MAKERS
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import read_day_key

from .blueprint import bp


@bp.route("/visits")
@policy("findings.visits")
def visits() -> ResponseReturnValue:
    """Visits of one's offices, the latest day first."""
    given = request.args
    page = queries.visits_page(
        current_actor(), read_day_key(given.get("after")), read_day_key(given.get("before"))
    )
    return render_template(
        "findings/staff/visits.html",
        rows=page.items,
        newer=url_for(".visits", before=page.previous_key) if page.previous_key else "",
        older=url_for(".visits", after=page.next_key) if page.next_key else "",
    )


@bp.route("/visits/new", methods=["GET", "POST"])
@policy("findings.observe")
def new_visit() -> ResponseReturnValue:
    """First the office, looked for by name or place; then what was seen there. ≤ 5 statements."""
    form = forms.VisitForm()
    office = office_by_slug((form.office.data if form.is_submitted() else request.args.get("office")) or "")
    if office is None:
        return _which_office(is_missing=form.is_submitted())
    if not form.is_submitted():
        form.office.data = office.slug
        return _visit_form(form, office)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return _visit_form(form, office, 422)
    try:
        seen = commands.note_visit(form.to_input(office.id), actor=current_actor())
    except NotAllowed:
        form.form_errors.append(str(_("Another office of the Ombudsman looks after this place.")))
        return _visit_form(form, office, 422)
    flash(_("The visit is noted. It is no score."))
    return redirect(url_for(".visit", visit_id=seen.id))


def _visit_form(form: forms.VisitForm, office: Office, status: int = 200) -> Response:
    return make_response(render_template("findings/staff/new_visit.html", form=form, office=office), status)


def _which_office(*, is_missing: bool) -> Response:
    """Offices that hold the words; without words those of the own province."""
    text = " ".join(request.args.get("q", "").split())[: limits.SEARCH]
    own = current_actor().offices_as(*MAKERS)
    found = offices_for_picker(text, None if text else province_of(min(own, default=0)))
    page = render_template(
        "findings/staff/which_office.html", text=text, offices=found, is_missing=is_missing
    )
    return make_response(page, 422 if is_missing else 200)


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
