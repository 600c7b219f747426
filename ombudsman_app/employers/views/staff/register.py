"""/staff/employers: the employers that one's offices follow."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers import commands, formats, forms, queries
from ombudsman_app.employers.doors import doors_of_register
from ombudsman_app.employers.scope import scope
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("")
@policy("employers.list")
def register() -> ResponseReturnValue:
    """The largest gap first. ≤ 5 statements."""
    actor, chosen = current_actor(), queries.read_filter(request.args)
    said = queries.said_filter(chosen)
    page = queries.register_page(actor, chosen)
    places = queries.places_of(scope(actor).offices, zone=actor.time_zone)

    def address(**more: Any) -> str:
        kept = {name: value for name, value in {**said, **more}.items() if value}
        return url_for(".register", **kept)

    return render_template(
        "employers/staff/register.html",
        rows=page.items,
        meant=_meant(actor, chosen, page.items),
        most=max((row.gap_high for row in page.items), default=0),
        chosen=chosen,
        said=said,
        counts=queries.register_counts(actor),
        boxes=formats.register_boxes(chosen, places),
        doors=doors_of_register(actor),
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


def _meant(actor: Actor, chosen: queries.RegisterFilter, rows: Sequence[Any]) -> list[queries.Meant]:
    """Return other writings where words of a name found nothing. 2 statements then, else none."""
    return [] if rows or not chosen.text else queries.meant_by(chosen.text, scope(actor).offices)


@bp.route("/new", methods=["GET", "POST"])
@policy("employers.add")
def new() -> ResponseReturnValue:
    """An employer enters the register. What looks the same is shown before it is stored."""
    actor = current_actor()
    form = forms.EmployerForm(places=_places())
    if not form.is_submitted() or not form.validate():
        return _form(form, 422 if form.is_submitted() else 200)
    given = form.to_input()
    alike = [] if form.is_sure else queries.alike(actor, form.known())
    if alike:
        form.offer_sureness()
        return _form(form, 422, alike)
    try:
        made = commands.register_employer(given, actor=actor)
    except NotAllowed:
        form.refuse_place()
        return _form(form, 422)
    flash(_("The employer is in the register. Add what is known of its workers."))
    return redirect(url_for(".employer", employer_id=made.id))


def _form(form: forms.EmployerForm, status: int, alike: Any = ()) -> ResponseReturnValue:
    return render_template("employers/staff/new.html", form=form, alike=alike), status


def _places() -> list[queries.PlaceChoice]:
    actor = current_actor()
    return queries.places_of(scope(actor).offices, zone=actor.time_zone)
