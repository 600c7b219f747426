"""/cakupan/lembar: the same figures as a sheet of paper, drawn once for everybody who asks for them."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from ombudsman_app.core import throttle
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage import queries
from ombudsman_app.coverage.commands.sheets import order_sheet
from ombudsman_app.coverage.forms.sheet import SheetForm
from ombudsman_app.coverage.measure_codes import measure_code
from ombudsman_app.coverage.queries import Place
from ombudsman_app.coverage.queries.sheets import AskedSheet, SheetOf, sheet_by_uuid, sheet_of
from ombudsman_app.coverage.states import NATION_CODE, Level
from ombudsman_app.coverage.views.asked import Asked, asked_measure
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address
from ombudsman_app.web.produced_files import handed_over

from .blueprint import bp


@bp.route("/lembar", methods=["GET", "POST"])
@policy("public")
def sheet() -> ResponseReturnValue:
    """Say what the sheet shows; a POST has it made, and is the only thing that does. ≤ 7 statements."""
    place, asked, selection = _asked()
    said = {"tempat": place.code, **asked.said} if place else asked.said
    found = sheet_of(selection)
    is_wanted = found is None or not (found.file or found.is_being_made)
    if SheetForm().validate_on_submit():
        if is_wanted:
            throttle.check("coverage_sheet", selection.key(""), client_address())
            order_sheet(selection)
        return redirect(url_for(".sheet", **said))  # type: ignore[arg-type]
    return render_template(
        "coverage/public/sheet.html",
        place=place,
        asked=asked,
        selection=selection,
        found=found,
        is_wanted=is_wanted,
        job=shown_job(found.job) if found and found.job else None,
        said=said,
    )


def _asked() -> tuple[Place | None, Asked, SheetOf]:
    """Read the address; a day for which nobody has a figure means the one before it. ≤ 3 statements.

    Raises NotVisible for a place that nobody knows and a measure of which there is no figure: only so many
    sheets can be asked for as there are figures to show.
    """
    code = request.args.get("tempat", "")[:8]
    place = queries.place_of(code) if code else None
    asked = asked_measure(*((Level.REGENCY, place.province_code) if place else (Level.PROVINCE, None)))
    if asked.measure not in asked.held:
        raise NotVisible
    held = [day for day in asked.days if asked.on and day <= asked.on] or asked.days[-1:]
    on = held[0] if asked.on and held else None
    language = str(get_locale() or "id")[:2]
    selection = SheetOf(place.code if place else NATION_CODE, measure_code(asked.measure), on, language)
    return place, Asked(asked.measure, on, asked.held, asked.days), selection


def _made(_actor: Actor, uuid: UUID) -> AskedSheet | None:
    return sheet_by_uuid(uuid)


@bp.route("/lembar/<uuid:uuid>")
@policy("public", record=_made)
def sheet_file(found: AskedSheet) -> ResponseReturnValue:
    """Hand over the PDF, if it is still what was stored. 3 statements."""
    return handed_over(found.file)
