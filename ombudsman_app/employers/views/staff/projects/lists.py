"""/staff/employers/projects: the list, and the list of agencies."""

import re
from pathlib import Path
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.employers import project_forms as forms
from ombudsman_app.employers import project_words as words
from ombudsman_app.employers.commands import projects as commands
from ombudsman_app.employers.models import ProjectOwner
from ombudsman_app.employers.policies import IMPORTERS
from ombudsman_app.employers.queries import places_of
from ombudsman_app.employers.queries import projects as queries
from ombudsman_app.employers.scope import scope
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp

_KEY = re.compile(rf"([0-9]{{1,{limits.ID_DIGITS}}})\.([0-9]{{1,{limits.ID_DIGITS}}})")
OCDS_SAMPLE = Path(__file__).parents[3] / "data" / "ocds-sample.json"
_YEARS = 6  # that the box offers; older ones by the address


@bp.route("")
@policy("employers.projects")
def projects() -> ResponseReturnValue:
    """Projects of one's offices, the newest SPK first. 6 statements, 7 or 8 with agency and number."""
    actor, chosen = current_actor(), queries.read_filter(request.args)
    day, said = today(actor.time_zone), chosen.said()
    numbered = queries.by_number(chosen.number, scope(actor).offices)
    page = queries.projects_page(actor, chosen, today=day, numbered=numbered)
    places = places_of(scope(actor).offices, zone=actor.time_zone)
    years = sorted({*range(day.year - _YEARS + 1, day.year + 1), *([chosen.year] if chosen.year else [])})

    def address(**more: Any) -> str:
        kept = {name: value for name, value in {**said, **more}.items() if value}
        return url_for(".projects", **kept)

    return render_template(
        "employers/staff/projects.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        counts=queries.project_counts(actor, chosen, today=day, numbered=numbered),
        verdicts=words.VERDICTS,
        boxes=words.project_boxes(chosen, places, years[::-1]),
        agency=queries.owner_name(actor, chosen.owner_id),
        address=address,
        may_bring=bool(actor.offices_as(*IMPORTERS)),
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


@bp.route("/ocds-sample")
@policy("employers.projects")
def ocds_sample() -> ResponseReturnValue:
    """A small OCDS package to begin from; the schema of its publisher accepts it."""
    return Response(
        OCDS_SAMPLE.read_bytes(),
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="contoh-ocds.json"'},
    )


@bp.route("/agencies")
@policy("employers.projects")
def owners() -> ResponseReturnValue:
    """Agencies of one's offices, those with the most unregistered projects first. ≤ 5 statements."""
    actor, given = current_actor(), request.args
    page = queries.owners_page(
        actor, _key(given.get("after")), _key(given.get("before")), today=today(actor.time_zone)
    )

    def link(agency: str, column: int | None) -> str:
        verdict = words.STACKED[column].value if column is not None else None
        return url_for(".projects", agency=agency, verdict=verdict)

    return render_template(
        "employers/staff/project_owners.html",
        rows=page.items,
        picture=words.owners_picture(page.items, link),
        newer=url_for(".owners", before=page.previous_key) if page.previous_key else "",
        older=url_for(".owners", after=page.next_key) if page.next_key else "",
    )


def _key(text: str | None) -> queries.OwnerKey | None:
    """Read the place in the list of agencies; None for what is none (IN4)."""
    found = _KEY.fullmatch(text or "")
    return (-int(found[1]), int(found[2])) if found else None


@bp.route("/agencies/<int:owner_id>", methods=["GET", "POST"])
@policy("employers.write_owner", record=queries.visible_owner)
def owner(found: ProjectOwner) -> ResponseReturnValue:
    """Say which office of the directory an agency is: it can become a respondent then. ≤ 6 statements."""
    form = forms.OwnerForm(bodies=queries.bodies_of(found), kept=found)
    if not form.is_submitted():
        form.fill(found)
    elif form.validate():
        commands.name_office(found, form.to_input(), version=form.shown_version, actor=current_actor())
        flash(_("It is noted which office this agency is."))
        return redirect(url_for(".owners"))
    page = render_template(
        "employers/staff/project_owner.html",
        form=form,
        owner=found,
        counts=queries.owner_counts(current_actor(), found),
    )
    return page, 422 if form.is_submitted() else 200
